package pages

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/report"
)

// RestitutionSimplePage says the restitution in plain words (langage simple):
// short sentences, one idea in each, numbers as people out of ten. Its rules
// are those of « Facile à lire et à comprendre » (Inclusion Europe), which a
// page written by a program follows only in part: no reader proofread it.
type RestitutionSimplePage struct{ Restitution }

// mostPlain is how many things of a kind the page says: more are not read.
const mostPlain = 5

// plainWords say what people of a known question do: one of them, after
// « 1 habitant sur 10 », then several. Any other question is told by its own
// label.
var plainWords = map[string][2]string{
	"h_renonce":     {"n’a pas eu un soin, alors qu’il le fallait", "n’ont pas eu un soin, alors qu’il le fallait"},
	"h_moral":       {"a un moral bas", "ont un moral bas"},
	"c_renonce":     {"voit souvent des gens qui se soignent trop tard, ou pas du tout", "voient souvent des gens qui se soignent trop tard, ou pas du tout"},
	"h_mt":          {"n’a pas de médecin traitant", "n’ont pas de médecin traitant"},
	"x_note":        {"donne une mauvaise note pour se soigner ici", "donnent une mauvaise note pour se soigner ici"},
	"p_5ans.depart": {"pense partir ou arrêter de travailler dans les 5 ans", "pensent partir ou arrêter de travailler dans les 5 ans"},
}

// doing is what people who gave an answer do, one or several.
func (o outOfTen) doing(question, label string) string {
	one, several := "dit", "disent"
	if words, known := plainWords[question]; known {
		one, several = words[0], words[1]
	} else {
		said := " : « " + strings.TrimSuffix(label, ".") + " »"
		one, several = one+said, several+said
	}
	if o.Ten == 1 {
		return one
	}
	return several
}

// An outOfTen is a share told as people out of ten.
type outOfTen struct {
	Ten  int    // 0 to 10
	Says string // « Environ 3 habitants sur 10 »
	What string
	Hue  surveys.Audience
}

// People are the ten of the picture, true for those who are counted.
func (o outOfTen) People() []bool {
	people := make([]bool, 10)
	for i := range o.Ten {
		people[i] = true
	}
	return people
}

// tenOf tells a share that is shown, already rounded, as people out of ten. A
// share that is withheld is not told.
func tenOf(share report.Cell, people string) (outOfTen, bool) {
	o := outOfTen{}
	switch share.State {
	case report.Shown:
		o.Ten = int(math.Round(share.Number * 10))
	case report.BlurLow:
		o.Ten = 0
	case report.BlurHigh:
		o.Ten = 10
	default:
		return o, false
	}
	switch o.Ten {
	case 0:
		o.Says = "Très peu " + of(people)
	case 10:
		o.Says = "Presque tous les " + people
		if people == "associations" {
			o.Says = "Presque toutes les " + people
		}
	default:
		one := people
		if o.Ten == 1 {
			one = strings.TrimSuffix(people, "s")
		}
		o.Says = "Environ " + thousands(o.Ten) + " " + one + " sur 10"
	}
	return o, true
}

// of is « de » before a name, elided before a vowel or the h of « habitants ».
func of(name string) string {
	if name != "" && strings.ContainsRune("aeiouyéèêàâîôûh", []rune(name)[0]) {
		return "d’" + name
	}
	return "de " + name
}

var restitutionSimple = restitutionPage("restitution_simple.html")

// Render writes the page.
func (p RestitutionSimplePage) Render(w io.Writer) error {
	r := p.Report
	started, planned := deeds(r)
	return draw(w, restitutionSimple, struct {
		restitutionFrame
		Answers          []string
		Numbers          []outOfTen
		Hard             []outOfTen
		Firsts           []FirstPlaces
		Retained         []Retained
		Started, Planned []string
		Contact          string
	}{
		p.dress("En mots simples", RestitutionSimple, "Les résultats en phrases courtes. "+r.Title+"."),
		plainAnswers(r), plainNumbers(r), hardest(r), Priorities(r), retained(r), started, planned, r.Contact,
	})
}

// plainAnswers say how many people answered, one audience a sentence.
func plainAnswers(r *report.Report) []string {
	var all []string
	for _, a := range r.Answers {
		people := strings.ToLower(a.Label)
		switch {
		case a.State == report.Hidden:
			all = append(all, "Quelques "+people+" ont répondu.")
		case a.N > 0:
			all = append(all, "Environ "+thousands(a.N)+" "+people+" ont répondu.")
		}
	}
	return all
}

// plainNumbers are the first numbers that may be told. What is hard to get is
// told apart, see hardest.
func plainNumbers(r *report.Report) []outOfTen {
	var all []outOfTen
	for _, k := range KeyNumbers(r) {
		o, ok := tenOf(k.Share, strings.ToLower(k.Audience.Label()))
		if !ok || len(all) == mostPlain || strings.HasPrefix(k.Row, "x_acces_") {
			continue
		}
		o.Hue, o.What = k.Audience, o.doing(k.Row, k.Label)
		all = append(all, o)
	}
	return all
}

// hardest are what the residents find hardest to get: the question of the
// library on access, known by its name.
func hardest(r *report.Report) []outOfTen {
	t := tableOf(r, report.ChapterCrossed, "x_acces")
	rows := slices.Clone(t.Rows)
	share := func(row report.Row) report.Cell { return cellOf(t, row, string(surveys.Habitants)+".share") }
	rows = slices.DeleteFunc(rows, func(row report.Row) bool { return share(row).State != report.Shown })
	slices.SortStableFunc(rows, func(x, y report.Row) int { return cmp.Compare(share(y).Number, share(x).Number) })
	var all []outOfTen
	for _, row := range rows[:min(len(rows), 3)] {
		if o, ok := tenOf(share(row), "habitants"); ok && o.Ten >= 5 {
			o.What, o.Hue = wordsOf(t, row, "label"), surveys.Habitants
			all = append(all, o)
		}
	}
	return all
}

// deeds are the actions that have begun and those that are planned.
func deeds(r *report.Report) (started, planned []string) {
	for _, axis := range axes(r) {
		for _, sheet := range axis.Sheets {
			switch surveys.ActionState(sheet.State) {
			case surveys.Started, surveys.Done:
				started = append(started, sheet.Title)
			case surveys.Planned:
				planned = append(planned, sheet.Title)
			}
		}
	}
	return started[:min(len(started), mostPlain)], planned[:min(len(planned), mostPlain)]
}
