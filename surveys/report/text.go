package report

import (
	"strconv"
	"strings"
	"time"

	"diapason/surveys"
)

// The spaces of French typography: before : ; ? ! « » and %, and between
// thousands.
const (
	fixed  = "\u00a0"
	narrow = "\u202f"
)

// months as a date names them.
var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// dayText is a day as people say it: "1er novembre", with the year when asked.
func dayText(day surveys.Day, year bool) string {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return string(day)
	}
	s := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		s += "er"
	}
	s += fixed + months[t.Month()-1]
	if year {
		s += " " + strconv.Itoa(t.Year())
	}
	return s
}

// period is "le 2 novembre 2026" or "du 2 au 10 novembre 2026".
func period(first, last surveys.Day) string {
	switch {
	case first == last:
		return "le " + dayText(last, true)
	case first[:7] == last[:7]:
		number, _, _ := strings.Cut(dayText(first, false), fixed)
		return "du " + number + " au " + dayText(last, true)
	}
	return "du " + dayText(first, first[:4] != last[:4]) + " au " + dayText(last, true)
}

// whole writes a whole number with its thousands apart.
func whole(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + narrow + digits[at:]
	}
	return digits
}

// answersOf names the answers of an audience after a number.
func answersOf(a surveys.Audience) string {
	switch a {
	case surveys.Habitants:
		return "d’habitants"
	case surveys.Professionnels:
		return "de professionnels"
	case surveys.Associations:
		return "d’associations"
	}
	return "du public « " + a.Label() + " »"
}

// howMany says how many answers an audience gave, as far as it may be told.
func (r *Report) howMany(a AudienceCount) string {
	switch {
	case a.State == Hidden:
		return "moins de 11 réponses " + answersOf(a.Audience)
	case a.N == 0:
		return "aucune réponse " + answersOf(a.Audience)
	case a.N == 1:
		return "une réponse " + answersOf(a.Audience)
	}
	return r.about() + whole(a.N) + " réponses " + answersOf(a.Audience)
}

// about stands before the numbers that were rounded.
func (r *Report) about() string {
	if r.View == Restitution {
		return "environ "
	}
	return ""
}

// sentence starts with a capital and ends with a stop.
func sentence(s string) string {
	first := []rune(s)[:1]
	return strings.ToUpper(string(first)) + s[len(string(first)):] + "."
}

// enumerate joins with commas and a last "et".
func enumerate(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " et " + parts[last]
}

// typeset puts the unbreakable spaces French asks for in a text written with
// ordinary ones.
func typeset(s string) string { return spaces.Replace(s) }

var spaces = strings.NewReplacer(
	" :", fixed+":", " ;", narrow+";", " ?", narrow+"?", " !", narrow+"!", " %", fixed+"%",
	"« ", "«"+fixed, " »", fixed+"»",
)

// typeset mends every text of a table, its author's included.
func (t *Table) typeset() {
	for _, s := range []*string{&t.Section, &t.Title, &t.Note, &t.Source} {
		*s = typeset(*s)
	}
	for i := range t.Columns {
		t.Columns[i].Title = typeset(t.Columns[i].Title)
	}
	for _, row := range t.Rows {
		for i := range row.Cells {
			if c := &row.Cells[i]; c.Text != "" {
				c.Text = typeset(c.Text)
			}
		}
	}
}
