package pages

import (
	"cmp"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/report"
)

// cellOf is the cell of a row under the column with a key; empty when the table
// has no such column.
func cellOf(t report.Table, row report.Row, key string) report.Cell {
	at := slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Key == key })
	if at < 0 || at >= len(row.Cells) {
		return report.Cell{}
	}
	return row.Cells[at]
}

// wordsOf is what a cell of words says, "" when it may not.
func wordsOf(t report.Table, row report.Row, key string) string {
	if c := cellOf(t, row, key); c.State == report.Shown {
		return c.Text
	}
	return ""
}

// tableOf is a table of the report by its chapter and its ID; an empty one when
// the report has none.
func tableOf(r *report.Report, chapter, id string) report.Table {
	found, ok := r.Chapter(chapter)
	if !ok {
		return report.Table{}
	}
	for _, t := range found.Tables {
		if t.ID == id {
			return t
		}
	}
	return report.Table{}
}

// asOf is the day the numbers of a report stop at. The day is enough: with the
// hour, a page made again a minute later would be another page.
func asOf(r *report.Report) string {
	if !r.Until.IsZero() {
		return frenchDay(r.Until)
	}
	return frenchDay(r.Made)
}

// A KeyNumber is one of the first numbers of a report, as it may be told.
type KeyNumber struct {
	Key      string // for an address: letters, digits, hyphens
	Row      string // the question it comes from
	Label    string
	Audience surveys.Audience
	Share    report.Cell
	Told     string // the share in words: « 29 % », « masqué »
	Withheld bool
	Care     bool
	Base     string // « 570 », "" when it may not be told
	Interval string // « 25 à 33 % », "" when it may not be told
	Before   string // the share of the edition before, "" when it is not told
	Source   string
}

// People is whom the number is about: « habitants qui ont répondu ».
func (k KeyNumber) People() string {
	return strings.ToLower(k.Audience.Label()) + " qui ont répondu"
}

// KeyNumbers are the first numbers of a report, those that may be shown first.
func KeyNumbers(r *report.Report) []KeyNumber {
	t := tableOf(r, report.ChapterSummary, "chiffres-cles")
	var all []KeyNumber
	for _, row := range t.Rows {
		share, base := cellOf(t, row, "share"), cellOf(t, row, "base")
		k := KeyNumber{Row: row.Key, Label: wordsOf(t, row, "label"), Audience: audienceNamed(wordsOf(t, row, "audience")), Share: share, Source: t.Source}
		k.Key = slug(row.Key + "-" + string(k.Audience))
		drawn := drawCell(report.Column{Kind: report.Share}, share)
		k.Told, k.Care, k.Withheld = drawn.Text, drawn.Care, share.State != report.Shown
		if base.State == report.Shown {
			k.Base = number(report.Base, base.Number)
		}
		k.Interval = interval(report.Low, cellOf(t, row, "low"), cellOf(t, row, "high"), "")
		if before := cellOf(t, row, "before.share"); before.State == report.Shown {
			k.Before = number(report.Share, before.Number)
		}
		all = append(all, k)
	}
	slices.SortStableFunc(all, func(x, y KeyNumber) int { return cmp.Compare(bit(x.Withheld), bit(y.Withheld)) })
	return all
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// audienceNamed is the audience with a label; one of a diagnostic's own is its
// own label.
func audienceNamed(label string) surveys.Audience {
	for _, a := range surveys.Audiences() {
		if a.Label() == label {
			return a
		}
	}
	return surveys.Audience(label)
}

// slug keeps of a name what an address holds without being written in another
// way.
func slug(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return '-'
	}, strings.ToLower(name))
}

// A FirstPlaces is what an audience puts first, best first.
type FirstPlaces struct {
	Key      string // for an address
	Audience surveys.Audience
	Places   []string
	Source   string
}

// People is whose places they are: « habitants ».
func (f FirstPlaces) People() string { return strings.ToLower(f.Audience.Label()) }

// Priorities are the first subjects of each audience.
func Priorities(r *report.Report) []FirstPlaces {
	t := tableOf(r, report.ChapterSummary, "premieres-places")
	var all []FirstPlaces
	for _, row := range t.Rows {
		f := FirstPlaces{Key: slug("priorites-" + row.Key), Audience: surveys.Audience(row.Key), Source: t.Source}
		for _, place := range []string{"1", "2", "3"} {
			if said := wordsOf(t, row, place); said != "" {
				f.Places = append(f.Places, said)
			}
		}
		if len(f.Places) > 0 {
			all = append(all, f)
		}
	}
	return all
}

// A Reading is what the audiences say of one question with one verdict.
type Reading struct {
	Question string
	Subjects []string
}

// readingsOf are the readings of a verdict: report.Convergence, say.
func readingsOf(r *report.Report, verdict string) []Reading {
	t := tableOf(r, report.ChapterSummary, "lectures")
	var all []Reading
	for _, row := range t.Rows {
		if said := wordsOf(t, row, "label"); strings.EqualFold(said, verdict) {
			all = append(all, Reading{wordsOf(t, row, "question"), listed(wordsOf(t, row, "items"))})
		}
	}
	return all
}

// listed are the items of a list written with semicolons.
func listed(s string) []string {
	items := strings.Split(s, ";")
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}

// A Retained is a priority the committee kept.
type Retained struct{ Title, Theme, Source string }

func retained(r *report.Report) []Retained {
	t := tableOf(r, report.ChapterPriorities, "priorites")
	var all []Retained
	for _, row := range t.Rows {
		if wordsOf(t, row, "chosen") == "oui" {
			all = append(all, Retained{wordsOf(t, row, "label"), wordsOf(t, row, "theme"), wordsOf(t, row, "source")})
		}
	}
	return all
}

// reasons are the paragraphs that say why a priority was kept: they begin with
// its title.
func reasons(r *report.Report) []string {
	c, ok := r.Chapter(report.ChapterPriorities)
	if !ok {
		return nil
	}
	var all []string
	for _, p := range c.Paragraphs {
		for _, kept := range retained(r) {
			if strings.HasPrefix(bare(p), bare("«"+kept.Title+"»")) {
				all = append(all, p)
			}
		}
	}
	return all
}

// bare is a text without its spaces: typography puts several kinds.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// A Sheet is an action sheet as it is told in public.
type Sheet struct{ Title, Pilot, State, Indicator string }

// An Axis is the actions of one orientation.
type Axis struct {
	Name   string
	Sheets []Sheet
}

// axes are the actions, by orientation, in the order they are written.
func axes(r *report.Report) []Axis {
	t := tableOf(r, report.ChapterActions, "actions")
	var all []Axis
	for _, row := range t.Rows {
		name := cmp.Or(wordsOf(t, row, "axis"), "Autres actions")
		at := slices.IndexFunc(all, func(a Axis) bool { return a.Name == name })
		if at < 0 {
			at, all = len(all), append(all, Axis{Name: name})
		}
		all[at].Sheets = append(all[at].Sheets, Sheet{wordsOf(t, row, "label"), wordsOf(t, row, "pilot"), wordsOf(t, row, "state"), wordsOf(t, row, "indicator")})
	}
	return all
}
