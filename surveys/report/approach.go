package report

import (
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
)

// approach says how the diagnostic is led: its phases, and what was asked of
// whom.
func (b *builder) approach() draft {
	d := draft{Chapter: Chapter{ID: ChapterApproach, Title: "La démarche", Lead: b.whoWasAsked()}}
	if len(b.Dossier.Phases) > 0 {
		d.sheets = append(d.sheets, b.phaseTable())
	} else {
		d.Paragraphs = append(d.Paragraphs, "Les étapes du contrat (gouvernance, diagnostic, priorités, rédaction, actions, évaluation) ne sont pas encore renseignées.")
	}
	if len(b.people) > 0 {
		d.sheets = append(d.sheets, b.surveyTable())
	}
	if axes := b.Diagnostic.Frame.Axes; len(axes) > 0 {
		d.sheets = append(d.sheets, b.axisTable(axes))
	}
	return d
}

func (b *builder) phaseTable() *sheet {
	s := &sheet{Table: Table{
		ID: "etapes", Title: "Les étapes", Source: "Équipe du diagnostic",
		Columns: labels(labelKey, "Étape", "from", "Début", "to", "Fin", "stage", "Où elle en est", "owner", "Qui la porte", "output", "Ce qui en sort"),
	}}
	today := surveys.DayOf(b.Now)
	for _, p := range b.Dossier.Phases {
		s.add(p.Name, Ordinary, text(p.Name), dayCell(p.From), dayCell(p.To), text(stageOf(p, today)), said(p.Owner), said(p.Output))
	}
	return s
}

// stageOf is how far a phase is on a day.
func stageOf(p surveys.Phase, today surveys.Day) string {
	switch {
	case p.From == "" && p.To == "":
		return "dates à fixer"
	case p.From != "" && today < p.From:
		return "à venir"
	case p.To != "" && today > p.To:
		return "terminée"
	}
	return "en cours"
}

func (b *builder) surveyTable() *sheet {
	s := &sheet{Table: Table{
		ID: "enquetes", Title: "Les questionnaires", Source: "Enquêtes du diagnostic",
		Note: "Questions : celles que la version en cours pose, dont certaines aux seules personnes concernées.",
		Columns: labels(labelKey, "Public", "title", "Questionnaire", "state", "Collecte", "version", "Version",
			"questions", "Questions", "shared", "Communes à plusieurs publics", "languages", "Langues"),
	}}
	for _, p := range b.people {
		asked, shared := 0, 0
		for _, k := range p.blocks {
			asked++
			if slices.ContainsFunc(b.crossings, func(c crossing) bool { return c.name == k.name }) {
				shared++
			}
		}
		s.add(p.ID, Ordinary, text(p.Audience.Label()), text(p.Title), text(collection[p.State]),
			text(strconv.Itoa(p.Current)), text(strconv.Itoa(asked)), text(strconv.Itoa(shared)), said(languagesOf(p.form.Questionnaire)))
	}
	return s
}

// collection is the state of a survey's collection, in words.
var collection = map[surveys.State]string{
	surveys.Draft: "à ouvrir", surveys.Open: "ouverte", surveys.Closed: "close", surveys.Archived: "archivée",
}

// languagesOf names the languages of a questionnaire: "Français, العربية".
func languagesOf(q *surveys.Questionnaire) string {
	var names []string
	for _, l := range q.Languages {
		names = append(names, ownName(l))
	}
	return strings.Join(names, ", ")
}

// ownName is a language as those who speak it call it: "Français (fr)" without
// its code.
func ownName(language string) string {
	name, _, _ := strings.Cut(language, " (")
	return name
}

// axisTable shows the axes of the local contract and their themes.
func (b *builder) axisTable(axes []surveys.Axis) *sheet {
	s := &sheet{Table: Table{
		ID: "axes", Title: "Les orientations du contrat et les thèmes qu’elles couvrent", Source: "Référentiel du diagnostic",
		Columns: labels(labelKey, "Code", "name", "Orientation", "themes", "Thèmes"),
	}}
	for _, a := range axes {
		var names []string
		for _, code := range a.Themes {
			names = append(names, b.themeName(code))
		}
		s.add(a.Code, Ordinary, text(a.Code), text(a.Name), said(strings.Join(names, " ; ")))
	}
	return s
}

// themeName is a theme as a table names it; its code when the frame has none.
func (b *builder) themeName(code string) string {
	if t, ok := b.Diagnostic.Frame.Theme(code); ok {
		return t.Name
	}
	return code
}

// labels are columns of text: keys and titles in turn. The first names the row.
func labels(keysAndTitles ...string) []Column {
	var columns []Column
	for i := 0; i < len(keysAndTitles); i += 2 {
		columns = append(columns, Column{Key: keysAndTitles[i], Title: keysAndTitles[i+1], Kind: Label})
	}
	return columns
}

// said is a text, or an empty cell when nothing was said.
func said(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return text(s)
}

func dayCell(d surveys.Day) Cell {
	if d == "" {
		return Cell{}
	}
	return text(dayText(d, true))
}
