package report

import (
	"diapason/surveys"
	"diapason/surveys/tally"
)

const populationKey = "population"

// elsewhereKey is the row of answers that belong to no sector.
const elsewhereKey = "hors-secteur"

func isCommune(q *surveys.Question) bool {
	return q.Kind == surveys.SelectOne && q.HasProfile(surveys.ProfileCommune)
}

// ground is the territory at hand: the sector of each commune, and the
// population of each sector.
type ground struct {
	sectors     map[string]int
	populations []int
}

func groundOf(t surveys.Territory) ground {
	g := ground{sectors: map[string]int{}, populations: make([]int, len(t.Sectors))}
	for i, s := range t.Sectors {
		for _, commune := range s.Communes {
			if _, taken := g.sectors[commune]; !taken {
				g.sectors[commune] = i
			}
		}
	}
	for _, c := range t.Communes {
		if i, ok := g.sectors[c.Code]; ok {
			g.populations[i] += c.Population
		}
	}
	return g
}

// sectorsOf adds up the answers to a commune question by sector, the last
// number being those of no sector. Answers are collected by commune, and
// shown by sector.
func (b *builder) sectorsOf(codes []tally.Code) []tally.Mass {
	sectors := b.Diagnostic.Territory.Sectors
	counts := make([]tally.Mass, len(sectors)+1)
	for _, c := range codes {
		if surveys.NoOpinion(c.Code) {
			continue
		}
		at, ok := b.sectors[c.Code]
		if !ok {
			at = len(sectors)
		}
		counts[at] = counts[at].Plus(c.Mass)
	}
	return counts
}

// sectorTable shows the commune question of an audience by sector.
func (b *builder) sectorTable(p public, k block, q *tally.Question) *sheet {
	s := p.sheet(k)
	s.Columns = shareColumns("Secteur")
	s.Note = "Base : personnes qui ont indiqué une commune. Les réponses sont montrées par secteur, jamais par commune."
	s.Chart = Chart{Kind: Bars, Label: atLabel, Series: []int{atShare}}
	counts := b.sectorsOf(q.Codes)
	var part []int
	for i, sector := range b.Diagnostic.Territory.Sectors {
		part = append(part, s.shareRow(sector.ID, sector.Name, counts[i], q.Opinions(), false))
	}
	part = append(part, s.shareRow(elsewhereKey, "Ailleurs", counts[len(counts)-1], q.Opinions(), false))
	s.parts = append(s.parts, part, s.outside(k, q))
	return s
}

// isZone recognises a multiple choice of communes.
func isZone(q *surveys.Question) bool {
	return q.Kind == surveys.SelectMultiple && q.List == surveys.CommunesList
}

// zones are the sectors as groups of communes, then the choices of a question
// that are no commune, with what each is called.
func (g ground) zones(q *surveys.Question, sectors []surveys.Sector) (groups []tally.Group, rows []surveys.Choice) {
	for _, s := range sectors {
		groups = append(groups, tally.Group{Code: s.ID, Codes: s.Communes})
		rows = append(rows, surveys.Choice{Name: s.ID, Label: surveys.Text{surveys.NoLanguage: s.Name}})
	}
	for _, c := range q.Choices {
		if _, commune := g.sectors[c.Name]; !commune {
			groups = append(groups, tally.Group{Code: c.Name, Codes: []string{c.Name}})
			rows = append(rows, c)
		}
	}
	return groups, rows
}

// zoneTable shows a multiple choice of communes by sector: the people who
// chose at least one commune of each. Choices that are no commune stay.
func (b *builder) zoneTable(p public, k block) *sheet {
	q := *k.question()
	_, q.Choices = b.zones(&q, b.Diagnostic.Territory.Sectors)
	k.rows = []*surveys.Question{&q}
	s := p.setTable(k, p.zones[q.Name].Question(q.Name, q.Kind))
	s.Columns[atLabel].Title = "Secteur"
	s.Note += " Les réponses sont montrées par secteur, jamais par commune."
	return s
}

// bySector sets the answers of each audience beside the population.
func (b *builder) bySector() *sheet {
	s := &sheet{Table: Table{
		ID: "par-secteur", Title: "Réponses par secteur", Source: "Enquêtes du diagnostic ; " + b.populationSource(),
		Note: "Habitants : commune de résidence. Professionnels : commune principale d’exercice. Taux : réponses d’habitants pour 1" + narrow + "000 habitants de tous âges.",
		Columns: []Column{
			{Key: labelKey, Title: "Secteur", Kind: Label},
			{Key: populationKey, Title: "Population", Kind: Count},
		},
	}}
	located := b.located(s)
	parts := make([][]int, len(located))
	silent := len(b.populations) + 1 // the last row: those who did not say
	for i := range silent + 1 {
		row := b.sectorRow(s, i)
		for j, l := range located {
			if f := s.located(row, l, i); i < silent {
				parts[j] = append(parts[j], f)
			}
		}
	}
	s.parts = parts // as in the chapters of the audiences, so that the same cells are hidden
	return s
}

func (b *builder) populationSource() string {
	if src := b.Diagnostic.Territory.Source; src != "" {
		return src
	}
	return "population du territoire"
}

// located is an audience that says where it lives or works.
type located struct {
	column      int
	counts      []int // by sector, then elsewhere, then those who did not say
	populations []int // for a rate, nil without one
}

// located adds the columns of the audiences that have a commune question.
func (b *builder) located(s *sheet) []located {
	var all []located
	for _, p := range b.people {
		if len(p.counts.Communes) == 0 {
			continue
		}
		l := located{column: len(s.Columns)}
		silent := p.counts.N
		for _, m := range b.sectorsOf(p.counts.Communes) {
			l.counts = append(l.counts, m.N)
			silent -= m.N
		}
		l.counts = append(l.counts, silent)
		s.Columns = append(s.Columns, Column{Key: string(p.Audience) + "." + nKey, Title: p.Audience.Label(), Kind: Count, Audience: p.Audience})
		if p.Audience == surveys.Habitants {
			l.populations = b.populations
			s.Chart = Chart{Kind: Bars, Label: 0, Series: []int{len(s.Columns)}}
			s.Columns = append(s.Columns, Column{Key: string(p.Audience) + ".rate", Title: "Pour 1" + narrow + "000 habitants", Kind: Rate, Audience: p.Audience})
		}
		all = append(all, l)
	}
	return all
}

// sectorRow adds the row of a sector, then of elsewhere, then of those who did
// not say.
func (b *builder) sectorRow(s *sheet, i int) int {
	cells := make([]Cell, len(s.Columns))
	sectors := b.Diagnostic.Territory.Sectors
	switch i {
	case len(sectors):
		cells[0] = text("Ailleurs")
		return s.add(elsewhereKey, Outside, cells...)
	case len(sectors) + 1:
		cells[0] = text("Commune non indiquée")
		return s.add(blankKey, Outside, cells...)
	}
	cells[0] = text(sectors[i].Name)
	cells[1] = count(b.populations[i])
	return s.add(sectors[i].ID, Ordinary, cells...)
}

// located fills the cells of one audience in a row.
func (s *sheet) located(row int, l located, i int) int {
	n := l.counts[i]
	f := fact{row: row, n: n, cells: []int{l.column}}
	*s.cell(row, l.column) = count(n)
	if i < len(l.populations) && l.populations[i] > 0 {
		*s.cell(row, l.column+1) = value(1000 * float64(n) / float64(l.populations[i]))
		f.cells = append(f.cells, l.column+1)
	}
	return s.tell(f)
}

// enough is how many located answers it takes to say where they are missing.
const enough = 100

// missingSectors names, between quotes, the sectors whose residents answered less than those
// of the rest of the territory, beyond chance: a two-proportion test for each
// sector, corrected for their number.
func (b *builder) missingSectors() []string {
	t := b.Diagnostic.Territory
	for _, p := range b.people {
		if p.Audience != surveys.Habitants || len(t.Sectors) < 2 {
			continue
		}
		counts := b.sectorsOf(p.counts.Communes)
		return missing(t.Sectors, b.populations, counts[:len(t.Sectors)])
	}
	return nil
}

func missing(sectors []surveys.Sector, populations []int, counts []tally.Mass) []string {
	answers, people := 0, 0
	for i, m := range counts {
		answers += m.N
		people += populations[i]
	}
	if answers < enough {
		return nil
	}
	p := make([]float64, len(counts))
	for i, m := range counts {
		here, there := float64(populations[i]), float64(people-populations[i])
		p[i] = differenceTest(float64(m.N)/max(here, 1), here, float64(answers-m.N)/max(there, 1), there)
	}
	var names []string
	for i, adjusted := range benjaminiHochberg(p) {
		here := float64(populations[i])
		if adjusted < alpha && float64(counts[i].N)*float64(people) < float64(answers)*here {
			names = append(names, "« "+sectors[i].Name+" »")
		}
	}
	return names
}
