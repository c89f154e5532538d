package report

import (
	"fmt"
	"math"

	"diapason/surveys"
	"diapason/surveys/weights"
)

// ChapterRepresentation sets those who answered beside the population.
const ChapterRepresentation = "representativite"

// representation says how those who answered differ from the population, and
// what was done about it. The word "représentatif" is for samples drawn at
// random: never here.
func (b *builder) representation() draft {
	d := draft{Chapter: Chapter{
		ID: ChapterRepresentation, Title: "Qui a répondu, par rapport à la population",
		Lead: "Aucun public n’est comparé à la population : aucun recensement n’est renseigné pour ce diagnostic.",
	}}
	for _, p := range b.people {
		if p.weighting == nil || p.weighting.Reason == weights.NoMargins || p.counts.N == 0 && len(b.ofAudience(p.Audience)) > 1 {
			continue
		}
		if said := b.weightingSentence(p); len(d.sheets) == 0 {
			d.Lead = p.Audience.Label() + " – " + said
		} else {
			d.Paragraphs = append(d.Paragraphs, p.Audience.Label()+" – "+said)
		}
		if b.invented(p) {
			d.Paragraphs = append(d.Paragraphs, p.Audience.Label()+" – les effectifs de la population sont ceux d’une démonstration : ils sont inventés.")
		}
		if b.View == Work {
			d.Paragraphs = append(d.Paragraphs, b.mergedSentences(p.weighting)...)
			if p.Audience == surveys.Habitants {
				d.Paragraphs = append(d.Paragraphs, b.missingSentences(p)...)
				if s := b.missingTable(p); len(s.Rows) > 0 {
					d.sheets = append(d.sheets, s)
				}
			}
		}
		for i, balance := range p.weighting.Balance {
			d.sheets = append(d.sheets, b.balanceTable(p, p.weighting.by[i].Question.Name, balance))
		}
	}
	return d
}

// weightingSentence is what was done with the weights, or why nothing was. The
// team reads exact numbers; what may be shared tells none: it does not go
// through the ledger.
func (b *builder) weightingSentence(p public) string {
	w := p.weighting
	if b.View == Work {
		return w.Sentence
	}
	switch {
	case w.Applied:
		return "Réponses redressées sur " + enumerate(quotedAll(w.Used)) + ". Effet de plan : " + decimal(math.Round(w.Design*10)/10) + "."
	case w.Reason == weights.FewAnswers || w.Reason == weights.NoAnswers:
		return fmt.Sprintf("Pas de redressement : il y a moins de %d réponses.", weights.Usual().Answers)
	case w.Reason == weights.Contradiction || w.Reason == weights.TooFar || w.Reason == weights.Costly:
		return "Pas de redressement : les personnes qui ont répondu ressemblent trop peu à la population."
	case w.Reason == weights.SmallCells:
		return "Pas de redressement : trop peu de réponses dans les groupes que compte le recensement."
	}
	return "Pas de redressement : le recensement de ce diagnostic est à compléter ou à corriger."
}

// ofAudience are the surveys of an audience.
func (b *builder) ofAudience(a surveys.Audience) []public {
	var all []public
	for _, p := range b.people {
		if p.Audience == a {
			all = append(all, p)
		}
	}
	return all
}

// mergedSentences tell which cells were too small to be weighted alone.
func (b *builder) mergedSentences(w *weighting) []string {
	var all []string
	for _, m := range w.Merged {
		all = append(all, fmt.Sprintf("Marge « %s » : les cases %s sont réunies, car l’une d’elles a moins de %d réponses.", m.Margin, enumerate(quotedAll(m.Cells)), weights.Usual().Cell))
	}
	return all
}

func quotedAll(names []string) []string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "« " + name + " »"
	}
	return quoted
}

// balanceTable sets one margin of the answers beside the census.
func (b *builder) balanceTable(p public, question string, balance weights.Balance) *sheet {
	of := "la population de 15 ans et plus"
	if p.Audience != surveys.Habitants {
		of = "l’ensemble de ce public"
	}
	s := &sheet{Table: Table{
		ID: "marge." + question, Title: p.Audience.Label() + " : répartition par " + balance.Margin,
		Source: p.source() + " ; " + b.countedBy(p),
		Note:   "Base : personnes qui ont dit leur " + balance.Margin + ". Écart : part parmi les réponses moins part dans " + of + ".",
		Columns: []Column{
			{Key: labelKey, Title: "Groupe", Kind: Label},
			{Key: nKey, Title: "Réponses", Kind: Count},
			{Key: shareKey, Title: "Parmi les réponses", Kind: Share},
			{Key: populationShareKey, Title: "Dans la population", Kind: Share},
			{Key: "gap", Title: "Écart", Kind: Gap},
		},
		Chart: Chart{Kind: Clustered, Label: 0, Series: []int{2, 3}},
	}}
	if p.weighting.Applied {
		s.Columns = append(s.Columns, Column{Key: "weighted", Title: "Après redressement", Kind: Share})
	}
	known := 0
	for _, c := range balance.Cells {
		known += c.N
	}
	var parts []crowd
	for _, c := range balance.Cells {
		group := crowd{who: p.group(question, " margin "+c.Label)}
		group.N = c.N
		s.balanceRow(c, group, known, p.weighting.Applied)
		parts = append(parts, group)
	}
	if known > 0 {
		s.sum(sumOf(p.group(question, " margins"), parts), parts...)
		s.facts[len(s.facts)-len(parts)-1].known = true
	}
	return s
}

const populationShareKey = "population.share"

func (s *sheet) balanceRow(c weights.CellBalance, group crowd, known int, weighted bool) {
	cells := []Cell{text(c.Label), count(c.N), {}, {}, {}}
	told := []int{1, 2, 4}
	if !math.IsNaN(c.Population) {
		cells[3] = value(c.Population)
	}
	if known > 0 {
		cells[2] = value(c.Sample)
		if !math.IsNaN(c.Population) {
			cells[4] = value(c.Sample - c.Population)
		}
	}
	if weighted {
		told = append(told, len(cells))
		cells = append(cells, value(c.Weighted))
	}
	row := s.add(c.Label, Ordinary, cells...)
	s.tell(fact{row: row, who: group.who, n: group.N, base: known, cells: told})
}

// countedBy is who counted the population of an audience.
func (b *builder) countedBy(p public) string {
	if p.Audience == surveys.Habitants {
		return b.censusSource()
	}
	return joined(b.Dossier.Members.Source, yearText(b.Dossier.Members.Year))
}

// invented reports whether the population of an audience is a demonstration's.
func (b *builder) invented(p public) bool {
	if p.Audience == surveys.Habitants {
		return b.Dossier.Census.Demo
	}
	return b.Dossier.Members.Demo
}

func (b *builder) censusSource() string {
	c := b.Dossier.Census
	source := c.Source
	if c.Year > 0 {
		source += fmt.Sprintf(", recensement de %d", c.Year)
	}
	return source
}

// weighted reports whether the shares of an audience go by weight.
func (p public) weighted() bool { return p.weighting != nil && p.weighting.Applied }
