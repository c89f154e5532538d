package report

import (
	"slices"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/weights"
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
	communes    map[string]bool
	sectors     map[string]int
	populations []int
}

func groundOf(t surveys.Territory) ground {
	g := ground{communes: map[string]bool{}, sectors: map[string]int{}, populations: make([]int, len(t.Sectors))}
	for i, s := range t.Sectors {
		for _, commune := range s.Communes {
			if _, taken := g.sectors[commune]; !taken {
				g.sectors[commune] = i
			}
		}
	}
	for _, c := range t.Communes {
		g.communes[c.Code] = true
		if i, ok := g.sectors[c.Code]; ok {
			g.populations[i] += max(c.Population, 0)
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

// sectorAt is a sector by its place; after the last one is elsewhere.
func (b *builder) sectorAt(i int) (id, label string) {
	if sectors := b.Diagnostic.Territory.Sectors; i < len(sectors) {
		return sectors[i].ID, sectors[i].Name
	}
	return elsewhereKey, "Ailleurs"
}

// sectorTable shows the commune question of an audience by sector.
func (b *builder) sectorTable(p public, k block, q *tally.Question) *sheet {
	s := p.sheet(k)
	p.shared(s, "Secteur")
	s.Note = "Base : personnes qui ont indiqué une commune. Les réponses sont montrées par secteur, jamais par commune."
	s.Chart = Chart{Kind: Bars, Label: atLabel, Series: []int{atShare}}
	name := k.question().Name
	opinions := p.opinions(name, q)
	var parts []crowd
	for i, m := range b.sectorsOf(q.Codes) {
		id, label := b.sectorAt(i)
		here := crowd{p.group(name, " sector "+id), m}
		s.shareRow(id, label, here, opinions)
		parts = append(parts, here)
	}
	s.sum(opinions, parts...)
	s.sum(p.asked(name, q), append(p.outside(s, k, q), opinions)...)
	return s
}

// isZone recognises a multiple choice of communes.
func isZone(q *surveys.Question) bool {
	return q.Kind == surveys.SelectMultiple && q.List == surveys.CommunesList
}

// zones are the sectors as groups of communes, then the choices of a question
// that are no commune and the answers it does not offer, with what each is
// called. A commune that the territory has no longer is not named.
func (g ground) zones(q *surveys.Question, counts *tally.Question, sectors []surveys.Sector) (groups []tally.Group, rows []surveys.Choice) {
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
	outside := tally.Group{Code: outsideKey}
	for _, c := range strays(q, counts) {
		if _, commune := g.sectors[c.Name]; !commune {
			outside.Codes = append(outside.Codes, c.Name)
		}
	}
	if len(outside.Codes) > 0 {
		groups = append(groups, outside)
		rows = append(rows, surveys.Choice{Name: outsideKey, Label: surveys.Text{surveys.NoLanguage: "Hors liste"}})
	}
	return groups, rows
}

// outsideKey is the row of the answers that a multiple choice of communes does
// not offer.
const outsideKey = "hors-liste"

// zoneTable shows a multiple choice of communes by sector: the people who
// chose at least one commune of each. Choices that are no commune stay.
func (b *builder) zoneTable(p public, k block) *sheet {
	q := *k.question()
	_, q.Choices = b.zones(&q, p.counts.Question(&q), b.Diagnostic.Territory.Sectors)
	k.rows = []*surveys.Question{&q}
	s := p.setTable(k, p.zones[q.Name].Question(k.question()))
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
	if slices.ContainsFunc(b.populations, func(n int) bool { return n <= 0 }) {
		s.Note += " La population d’un secteur n’est pas connue : son taux n’est pas donné."
	}
	located := b.located(s)
	for i := range len(b.populations) + 2 { // then elsewhere, then those who did not say
		row := b.sectorRow(s, i)
		for _, l := range located {
			s.located(row, l, i, i > len(b.populations))
		}
	}
	for _, l := range located {
		s.sum(l.all, l.counts...)
	}
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
	all         crowd
	counts      []crowd // by sector, then elsewhere, then those who did not say
	populations []int   // for a rate, nil without one
}

// located adds the columns of the audiences that have a commune question.
func (b *builder) located(s *sheet) []located {
	var all []located
	for _, p := range b.people {
		if len(p.counts.Communes) == 0 {
			continue
		}
		l := located{column: len(s.Columns), all: p.all()}
		silent := crowd{p.group(p.commune, " silent"), l.all.Mass}
		for i, m := range b.sectorsOf(p.counts.Communes) {
			id, _ := b.sectorAt(i)
			l.counts = append(l.counts, crowd{p.group(p.commune, " sector "+id), m})
			silent.Mass = silent.Minus(m)
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
	if b.populations[i] > 0 {
		cells[1] = count(b.populations[i])
	}
	return s.add(sectors[i].ID, Ordinary, cells...)
}

// located fills the cells of one audience in a row.
func (s *sheet) located(row int, l located, i int, aside bool) {
	here := l.counts[i]
	f := fact{row: row, who: here.who, n: here.N, aside: aside, cells: []int{l.column}}
	*s.cell(row, l.column) = count(here.N)
	if i < len(l.populations) && l.populations[i] > 0 {
		*s.cell(row, l.column+1) = value(1000 * float64(here.N) / float64(l.populations[i]))
		f.cells = append(f.cells, l.column+1)
	}
	s.tell(f)
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
	for i, adjusted := range weights.BenjaminiHochberg(p) {
		here := float64(populations[i])
		if adjusted < alpha && float64(counts[i].N)*float64(people) < float64(answers)*here {
			names = append(names, "« "+sectors[i].Name+" »")
		}
	}
	return names
}
