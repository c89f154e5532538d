package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/weights"
)

// mostFigures is how many key figures a sector is described by: the same for
// all, so that they compare.
const mostFigures = 8

// A keyFigure is a share of the residents that every sector is described by.
type keyFigure struct {
	question *surveys.Question
	label    string
	short    string // label, where it stands among others of its question
	scale    string // what that leaves out, "" for nothing
	// which of its answers count; the base is everybody with an opinion.
	codes []string
	// mark takes the answers of at most [poor] instead.
	mark bool
}

// which names the people of a figure as the other chapters do.
func (f keyFigure) which() string {
	switch {
	case f.mark:
		return "<=4"
	case matrixOf(f.question) != nil:
		return " unfavourable"
	case f.question.HasProfile(surveys.ProfileOutcome):
		return " event"
	}
	return " key " + f.codes[0]
}

// keyFigures are what the author marked as outcomes, then the publics fragiles
// of access, then the access that is hardest, then the mark out of ten.
func (b *builder) keyFigures(p public) []keyFigure {
	var all []keyFigure
	for _, q := range p.markedQuestions(surveys.ProfileOutcome) {
		name, codes := events(q, p.form.Questionnaire)
		all = append(all, keyFigure{question: q, label: name, codes: codes})
	}
	for _, q := range p.markedQuestions(surveys.ProfileVulnerable) {
		if themeOf(q, nil) == "T01" && q.Kind == surveys.SelectOne {
			for _, f := range flagsOf(q, p.form.Questionnaire) {
				all = append(all, keyFigure{question: q, label: f.name, codes: f.codes})
			}
		}
	}
	last := b.marks(p)
	room := mostFigures - len(all) - len(last)
	return append(append(all[:min(len(all), mostFigures)], b.hardest(p, room)...), last...)
}

// hardest are the rows of the first crossed matrix that most residents find
// hard, all sectors together.
func (b *builder) hardest(p public, most int) []keyFigure {
	var all []keyFigure
	for _, k := range p.blocks {
		if !k.matrix || !slices.ContainsFunc(b.crossings, func(c crossing) bool { return c.name == k.name }) {
			continue
		}
		rows := k.labels()
		share := map[string]float64{}
		scale, _ := k.scale()
		for i, row := range k.rows {
			opinions, worse, _ := p.scaleOf(row.Name, p.counts.Question(row), scale, unfavourable(k))
			if opinions.W > 0 {
				share[row.Name] = worse.W / opinions.W
			}
			worst := crossing{block: k}.unfavourableLabels()
			all = append(all, keyFigure{question: row, label: rows[i] + " : " + worst, short: rows[i], scale: k.title + " – part de " + worst, codes: unfavourable(k)})
		}
		slices.SortStableFunc(all, func(x, y keyFigure) int {
			return compareShares(share[y.question.Name], share[x.question.Name])
		})
		break
	}
	return all[:min(len(all), max(most, 0))]
}

func compareShares(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// marks is the first mark out of ten every audience gives.
func (b *builder) marks(p public) []keyFigure {
	for _, c := range b.crossings {
		if q, ok := p.form.Question(c.name); ok && !c.matrix && toTen(q) {
			return []keyFigure{{question: q, label: "Note de 4 ou moins : " + strings.TrimSuffix(labelOf(q.Label, q.Name, p.form.Questionnaire), "."), mark: true}}
		}
	}
	return nil
}

// sectorCards describes each sector by the same figures, beside the whole
// territory, and says which differ from the rest of it.
func (b *builder) sectorCards() (draft, error) {
	d := draft{Chapter: Chapter{
		ID: ChapterSectors, Title: "Les secteurs",
		Lead: "Les mêmes chiffres pour chaque secteur, à côté du territoire entier. Un secteur n’est dit différent que si le hasard n’explique pas l’écart avec le reste du territoire.",
	}}
	for _, p := range b.people {
		if p.Audience != surveys.Habitants || p.commune == "" || len(b.Diagnostic.Territory.Sectors) < 2 {
			continue
		}
		figures := b.keyFigures(p)
		if len(figures) == 0 {
			continue
		}
		split, err := b.bySectorSplit(p, figures)
		if err != nil {
			return d, err
		}
		overview := b.overview(p, figures)
		for i, f := range figures {
			s := b.cardTable(p, f, split)
			d.sheets = append(d.sheets, s)
			overview.fill(s, i)
		}
		d.sheets = slices.Insert(d.sheets, len(d.sheets)-len(figures), overview.sheet)
	}
	if len(d.sheets) == 0 {
		d.Lead = "Les secteurs ne sont pas décrits : il faut au moins deux secteurs, et un questionnaire aux habitants qui demande leur commune."
	}
	return d, nil
}

func (b *builder) bySectorSplit(p public, figures []keyFigure) (*tally.Split, error) {
	var by []tally.By
	if p.weighting != nil {
		by = p.weighting.by
	}
	commune, _ := p.form.Question(p.commune)
	sectors := tally.By{Question: commune}
	for _, s := range b.Diagnostic.Territory.Sectors {
		sectors.Groups = append(sectors.Groups, tally.Group{Code: s.ID, Codes: s.Communes})
	}
	var of []*surveys.Question
	for _, f := range figures {
		of = append(of, f.question)
	}
	return b.Table.Cross(p.ID, of, append(by[:len(by):len(by)], sectors)...)
}

// A sectorFigure is the people of a sector that one figure is about.
type sectorFigure struct {
	id, name string
	n, base  crowd
}

// cardTable is one figure, sector by sector, then for the whole territory.
func (b *builder) cardTable(p public, f keyFigure, split *tally.Split) *sheet {
	s := &sheet{sensitive: f.question.Sensitive, Table: Table{
		ID: "secteur." + f.question.Name, Title: f.label + ", par secteur", Theme: themeOf(f.question, nil), Source: p.source(),
		Note:    "Base : personnes du secteur qui ont donné un avis. Lecture : le secteur comparé au reste du territoire, après correction pour le nombre de secteurs.",
		Columns: append(shareColumns("Secteur"), Column{Key: "verdict", Title: "Lecture", Kind: Verdict}),
		Chart:   Chart{Kind: Bars, Label: atLabel, Series: []int{atShare}},
	}}
	all, parts := b.sectorFigures(p, f, split)
	if !f.mark {
		p.chosen(s, f.question, f.which(), f.codes)
	}
	verdicts := againstTheRest(all, parts)
	people := b.sectorsOf(p.counts.Communes)
	var ns, bases []crowd
	for i, part := range parts {
		if i < len(b.Diagnostic.Territory.Sectors) {
			s.cardRow(part, Ordinary, verdicts[i])
		} else { // of no sector: in the sums, not in the table
			s.aside(part.n)
			s.aside(part.base)
			s.aside(part.base.others(part.n))
		}
		s.sum(part.base, part.n, part.base.others(part.n))
		if i < len(b.Diagnostic.Territory.Sectors) {
			here := crowd{p.group(p.commune, " sector "+part.id), people[i]}
			silent := crowd{part.base.who + " silent", here.Minus(part.base.Mass)}
			s.aside(silent)
			s.sum(here, part.base, silent)
		}
		ns, bases = append(ns, part.n), append(bases, part.base)
	}
	s.cardRow(all, Total, "")
	s.sum(all.n, ns...)
	s.sum(all.base, bases...)
	s.sum(all.base, all.n, all.base.others(all.n))
	return s
}

func (s *sheet) cardRow(f sectorFigure, role Role, verdict string) {
	share, low, high := shareCells(f.n.Mass, f.base.Mass)
	row := s.add(f.id, role, text(f.name), count(f.n.N), count(f.base.N), share, low, high, said(verdict))
	s.tell(fact{row: row, who: f.n.who, n: f.n.N, base: f.base.N, cells: []int{atN, atShare, atLow, atHigh, atHigh + 1}})
	s.tellBase(row, atBase, f.base)
}

// sectorFigures are the figure for the whole territory, then for each sector,
// then for the people of none.
func (b *builder) sectorFigures(p public, f keyFigure, split *tally.Split) (all sectorFigure, parts []sectorFigure) {
	name, which := f.question.Name, f.which()
	count := func(counts *tally.Question, who string) (n, base crowd) {
		base = crowd{who: p.group(name, who+" opinions"), Mass: counts.Opinions()}
		n = crowd{who: p.group(name, who+which)}
		if f.mark {
			base = crowd{who: p.group(name, who+" answered"), Mass: counts.Answered}
			n.Mass = counts.AtMost(poor)
			return n, base
		}
		for _, code := range f.codes {
			n.Mass = n.Plus(counts.Count(code))
		}
		return n, base
	}
	all = sectorFigure{id: "total", name: "Territoire"}
	all.n, all.base = count(p.counts.Question(f.question), "")
	for i := range len(b.Diagnostic.Territory.Sectors) + 1 {
		id, label := b.sectorAt(i)
		group := id
		if id == elsewhereKey {
			group = ""
		}
		inside := func(s tally.Stratum) bool { return s.Groups[len(s.Groups)-1] == group }
		part := sectorFigure{id: id, name: label}
		part.n, part.base = count(split.Survey(p.weighting.weigh(), inside).Question(f.question), " sector "+id)
		parts = append(parts, part)
	}
	return all, parts
}

// againstTheRest reads each sector beside all the others, the tests of a table
// corrected together.
func againstTheRest(all sectorFigure, parts []sectorFigure) []string {
	verdicts, at, p := make([]string, len(parts)), []int{}, []float64{}
	shares := make([][2]float64, len(parts))
	for i, part := range parts {
		verdicts[i] = TooSmall
		rest := all.base.others(part.base)
		in, known := estimate(part.n, part.base)
		out, also := estimate(all.n.others(part.n), rest)
		if !known || !also || part.base.N < leastBase || rest.N < leastBase {
			continue
		}
		if d, ok := weights.Compare(in, out); ok {
			verdicts[i], at, p = Unproven, append(at, i), append(p, d.P)
			shares[i] = [2]float64{in.Share, out.Share}
		}
	}
	for j, adjusted := range weights.BenjaminiHochberg(p) {
		if i := at[j]; adjusted < alpha {
			verdicts[i] = MoreOften
			if shares[i][0] < shares[i][1] {
				verdicts[i] = LessOften
			}
		}
	}
	return verdicts
}

// An overview is all figures of all sectors on one table.
type overview struct{ *sheet }

func (b *builder) overview(p public, figures []keyFigure) overview {
	s := &sheet{Table: Table{
		ID: "ensemble", Title: "Tous les secteurs d’un coup d’œil", Source: p.source(),
		Note:    "Sous chaque part, sa base : les personnes du secteur qui ont donné un avis. Chaque colonne est reprise plus bas avec son intervalle et sa lecture.",
		Columns: []Column{{Key: labelKey, Title: "Secteur", Kind: Label}},
		Chart:   Chart{Kind: Heat, Label: 0},
	}}
	var among []string // the short labels of one scale
	scale := ""
	for _, f := range figures {
		title := cmp.Or(f.short, f.label)
		s.Chart.Series = append(s.Chart.Series, len(s.Columns))
		s.Columns = append(s.Columns,
			Column{Key: f.question.Name + "." + shareKey, Title: title, Kind: Share, Audience: p.Audience},
			Column{Key: f.question.Name + "." + baseKey, Title: title + ", base", Kind: Base, Audience: p.Audience})
		if f.scale != "" {
			among, scale = append(among, "« "+f.short+" »"), f.scale
		}
	}
	if len(among) > 0 {
		s.Note = fmt.Sprintf("%s : %s. ", firstUpper(enumerate(among)), scale) + s.Note
	}
	return overview{s}
}

// fill copies the shares and bases of a figure's table, with what they tell.
func (o overview) fill(from *sheet, figure int) {
	column := 1 + 2*figure
	for i, row := range from.Rows {
		if i == len(o.Rows) {
			o.add(row.Key, row.Role, append([]Cell{row.Cells[atLabel]}, make([]Cell, len(o.Columns)-1)...)...)
		}
		*o.cell(i, column), *o.cell(i, column+1) = row.Cells[atShare], row.Cells[atBase]
	}
	for _, f := range from.facts {
		if f.row < 0 || len(f.cells) == 0 {
			continue
		}
		if f.whole {
			f.cells = []int{column + 1}
		} else {
			f.cells = []int{column}
		}
		o.tell(f)
	}
}
