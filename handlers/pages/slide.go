package pages

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys/report"
)

// A talk makes slides of a report.
type talk struct {
	*report.Report
	picture Picture
}

// slides are the talk in its order (docs/guide.md, « Au COPIL : vingt
// minutes »); what the report has nothing to say of is left out.
func (t talk) slides() []Slide {
	all := []Slide{t.cover(), t.answered(), t.missing(), t.keyNumbers()}
	all = append(all, t.crossed(report.Convergence, 2)...)
	all = append(all, t.crossed(report.Divergence, 1)...)
	all = append(all, t.crossed(report.BlindSpot, 1)...)
	all = append(all, t.fragile(), t.sectors(), t.evolution(), t.unknown(), t.firsts(), t.priorities(), t.actions(), t.method())
	return slices.DeleteFunc(all, func(s Slide) bool { return s.Title == "" })
}

// What is said, and never said, on every slide of numbers.
var (
	sayAnswered = "« Parmi celles et ceux qui ont répondu… »"
	avoidWhole  = "Ne dites pas « X % des habitants » : dites « X % des habitants qui ont répondu »."
)

func (t talk) cover() Slide {
	s := Slide{Kicker: "Comité de pilotage", Title: t.Title, Source: t.Controller,
		Say: []string{"Annoncez vingt minutes, et ce que vous attendez : discuter des priorités à la fin.", "« Ce sont des volontaires. »"}}
	if t.Edition != "" {
		s.Says = append(s.Says, "Édition "+t.Edition)
	}
	s.Says = append(s.Says, t.Territory)
	if dates := Dates(t.Opens, t.Closes); dates != "" {
		s.Says = append(s.Says, "Réponses recueillies "+dates)
	}
	return s
}

func (t talk) answered() Slide {
	var parts []string
	for _, a := range t.Answers {
		if a.State != report.Hidden && a.N > 0 {
			parts = append(parts, thousands(a.N)+" "+strings.ToLower(a.Label))
		}
	}
	if len(parts) == 0 {
		return Slide{}
	}
	s := t.slideOf("Qui a répondu", "Environ "+joinAnd(parts)+" ont répondu", tableOf(t.Report, report.ChapterParticipation, "par-semaine"), 1)
	s.N = "Environ " + thousands(t.Total()) + " réponses"
	s.Say = []string{"« Environ " + joinAnd(parts) + " ont répondu. Ce sont des volontaires. »"}
	s.Avoid = []string{"Ne parlez jamais d’échantillon : personne n’a été tiré au sort.", "Ne dites pas « le questionnaire est anonyme » : dites « sans nom ni adresse »."}
	return s
}

func (t talk) missing() Slide {
	s := t.slideOf("Qui a répondu", "Où il manque des réponses", tableOf(t.Report, report.ChapterParticipation, "par-secteur"), 2)
	if chapter, ok := t.Chapter(report.ChapterParticipation); ok && s.Title != "" {
		if _, where, found := strings.Cut(chapter.Lead, ". "); found {
			s.Says = []string{where}
		}
	}
	s.Say = []string{"« Voici où il en manque. » Dites-le avant que la salle ne le demande."}
	s.Avoid = []string{"Pas de classement de communes : on montre des secteurs, assez grands pour protéger."}
	return s
}

func (t talk) keyNumbers() Slide {
	numbers := KeyNumbers(t.Report)
	if len(numbers) == 0 || numbers[0].Withheld {
		return Slide{}
	}
	first := numbers[0]
	title := strings.TrimSuffix(first.Label, ".") + " : " + first.Told + " des " + first.People()
	table := tableOf(t.Report, report.ChapterSummary, "chiffres-cles")
	told := slices.DeleteFunc(slices.Clone(table.Rows), func(row report.Row) bool { return cellOf(table, row, "share").State != report.Shown })
	table.Rows = told[:min(len(told), mostRows)]
	s := t.slideOf("Les chiffres à retenir", title, table, 3)
	s.Say, s.Avoid = []string{sayAnswered, "Donnez l’intervalle quand on vous demande si le chiffre est sûr."}, []string{avoidWhole}
	return s
}

// crossed are the slides of one verdict: the first questions with subjects that
// have it, with those subjects alone.
func (t talk) crossed(verdict string, most int) []Slide {
	chapter, ok := t.Chapter(report.ChapterCrossed)
	if !ok {
		return nil
	}
	var tables []report.Table
	for _, table := range chapter.Tables {
		if table = onlyWith(table, verdict); len(table.Rows) > 0 && slices.ContainsFunc(readingsOf(t.Report, verdict), asks(table)) {
			tables = append(tables, table)
		}
	}
	var all []Slide
	for _, table := range tables[:min(len(tables), most)] {
		all = append(all, t.crossedSlide(verdict, table))
	}
	return all
}

// asks reports whether a reading is of the question of a table.
func asks(table report.Table) func(Reading) bool {
	return func(r Reading) bool { return strings.HasPrefix(table.Title, r.Question) }
}

// mostRows is what a room reads from the back.
const mostRows = 6

// onlyWith is a table with the subjects of one verdict alone.
func onlyWith(t report.Table, verdict string) report.Table {
	rows := t.Rows
	t.Rows = nil
	for _, row := range rows {
		if len(row.Cells) > 0 && row.Cells[len(row.Cells)-1].Text == verdict && len(t.Rows) < mostRows {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// verdictSlides are what stands around the subjects of a verdict.
var verdictSlides = map[string]struct {
	kicker, begins string
	minute         int
	say, avoid     string
}{
	report.Convergence: {"Ce que tout le monde voit", "Tout le monde le dit : ", 4, "« Les trois publics le disent, presque autant. » C’est la priorité la plus facile à porter.", "Convergence ne veut pas dire unanimité : lisez la part de chaque public."},
	report.Divergence:  {"Ce qui nous sépare", "Les publics ne disent pas la même chose : ", 9, "« L’écart est réel. » Donnez la parole : pourquoi voit-on les choses autrement ?", "Ne faites pas la moyenne des publics."},
	report.BlindSpot:   {"Ce qui nous sépare", "Un angle mort : ", 11, "« Un public le met en avant, un autre ne le voit presque pas. » Demandez pourquoi.", "Ne dites pas qu’un public se trompe."},
}

func (t talk) crossedSlide(verdict string, table report.Table) Slide {
	words := verdictSlides[verdict]
	var names []string
	for _, row := range table.Rows[:min(len(table.Rows), 2)] {
		names = append(names, "«\u00a0"+row.Cells[0].Text+"\u00a0»")
	}
	title := words.begins + joinAnd(names)
	if more := len(table.Rows) - len(names); more > 0 {
		title += "…"
	}
	s := t.slideOf(words.kicker, title, table, words.minute)
	s.Says = []string{table.Title}
	s.Say, s.Avoid = []string{words.say}, []string{words.avoid, avoidWhole}
	return s
}

func (t talk) fragile() Slide {
	table := t.fragileTable()
	said := onlyWith(table, report.MoreOften)
	title := "Publics fragiles : aucun écart n’est assez net pour conclure"
	if len(said.Rows) > 0 {
		outcome, _, _ := strings.Cut(table.Title, ", selon")
		var names []string
		for _, row := range said.Rows {
			names = append(names, row.Cells[0].Text)
		}
		title = outcome + ", plus souvent : " + joinAnd(names)
	}
	s := t.slideOf("Publics fragiles", title, table, 13)
	s.Say = []string{"« Plus souvent », seulement quand la lecture le dit. Sinon : « nous ne pouvons pas conclure »."}
	s.Avoid = []string{"Jamais « à cause de » : ces tableaux disent plus souvent, pas pourquoi.", "Pas « les jeunes pensent que… » quand ils sont 14."}
	return s
}

// fragileTable is the outcome with the most publics that it happens to more, the
// first one when no public differs.
func (t talk) fragileTable() report.Table {
	chapter, ok := t.Chapter(report.ChapterFragile)
	if !ok || len(chapter.Tables) == 0 {
		return report.Table{}
	}
	return slices.MaxFunc(chapter.Tables, func(x, y report.Table) int {
		return len(onlyWith(x, report.MoreOften).Rows) - len(onlyWith(y, report.MoreOften).Rows)
	})
}

func (t talk) sectors() Slide {
	whole := tableOf(t.Report, report.ChapterSectors, "ensemble")
	var says []string
	for _, card := range sectorCards(t.Report, whole) {
		for _, n := range card.Figures {
			if n.Verdict != "" && !n.Withheld {
				says = append(says, fmt.Sprintf("%s : %s, %s (%s ; territoire %s)", card.Name, n.Label, n.Verdict, n.Share, n.Territory))
			}
		}
	}
	title := "Les secteurs, côte à côte"
	if len(says) == 0 {
		title = "Aucun secteur ne se distingue nettement du territoire"
	}
	s := t.slideOf("Secteurs", title, whole, 14)
	s.Says = says[:min(len(says), 4)]
	s.Say = []string{"Un secteur n’est dit différent que si le hasard ne l’explique pas.", "« Certaines cases sont cachées pour protéger les personnes. »"}
	s.Avoid = []string{"Ce n’est pas un classement."}
	return s
}

func (t talk) evolution() Slide {
	chapter, ok := t.Chapter(report.ChapterEvolution)
	if !ok {
		return Slide{}
	}
	for _, table := range chapter.Tables {
		if !strings.HasPrefix(table.ID, "change.") || len(table.Rows) == 0 {
			continue
		}
		table.Rows = table.Rows[:min(len(table.Rows), mostRows)]
		s := t.slideOf("Évolution", "Depuis l’édition précédente : "+changes(table), table, 15)
		s.Say = []string{"Seules les questions posées avec les mêmes mots sont comparées."}
		s.Avoid = []string{"Un changement n’est pas un effet : ne l’attribuez pas à une action."}
		return s
	}
	return Slide{}
}

// changes names the first answers that moved.
func changes(t report.Table) string {
	var parts []string
	for _, row := range t.Rows[:min(len(t.Rows), 2)] {
		parts = append(parts, "«\u00a0"+wordsOf(t, row, "label")+"\u00a0» "+wordsOf(t, row, "verdict"))
	}
	return strings.Join(parts, ", ")
}
