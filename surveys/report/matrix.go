package report

import (
	"slices"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// matrixTable: one row an item, one column of shares for each step of the
// scale.
func (b *builder) matrixTable(p public, k block) *sheet {
	s := p.sheet(k)
	scale, aside := k.scale()
	s.Columns = []Column{{Key: labelKey, Title: subjectTitle, Kind: Label}}
	s.Chart = Chart{Kind: Stacked, Label: 0}
	for i, c := range scale {
		s.Columns = append(s.Columns, Column{Key: c.Name, Title: labelOf(c.Label, c.Name, k.form), Kind: Share})
		s.Chart.Series = append(s.Chart.Series, i+1)
	}
	s.Columns = append(s.Columns, Column{Key: baseKey, Title: "Base", Kind: Base})
	for _, c := range aside {
		s.Columns = append(s.Columns, Column{Key: c.Name, Title: labelOf(c.Label, c.Name, k.form), Kind: Count})
	}
	s.Columns = append(s.Columns, Column{Key: blankKey, Title: "Sans réponse", Kind: Count})
	outside := p.strays(k.rows)
	for _, c := range outside {
		s.Columns = append(s.Columns, Column{Key: c.Name, Title: labelOf(c.Label, c.Name, k.form), Kind: Count})
	}
	s.Note = "Base : personnes qui ont donné un avis sur la ligne. « Ne sait pas » et « sans réponse » sont comptés à part."
	if len(outside) > 0 {
		s.Note += " Les réponses hors liste sont comptées dans la base et dans une colonne."
	}
	crossed := slices.ContainsFunc(b.crossings, func(c crossing) bool { return c.name == k.name })
	labels := k.labels()
	for i, q := range k.rows {
		s.matrixRow(p, q, labels[i], scale, aside, outside)
		if crossed { // the crossed views tell the sum of the unfavourable steps
			all, worse, steps := p.scaleOf(q.Name, p.counts.Question(q), scale, unfavourable(k))
			s.sum(worse, steps...)
			s.sum(all, worse, all.others(worse))
		}
	}
	return s
}

// scale splits the choices of a block into opinions and the rest.
func (b block) scale() (opinions, aside []surveys.Choice) {
	for _, c := range b.question().Choices {
		if surveys.NoOpinion(c.Name) {
			aside = append(aside, c)
		} else {
			opinions = append(opinions, c)
		}
	}
	return opinions, aside
}

// scaleOf is the people who gave an opinion on a row, and those who chose one
// of the unfavourable steps, together and step by step.
func (p public) scaleOf(name string, q *tally.Question, scale []surveys.Choice, bad []string) (all, worse crowd, steps []crowd) {
	for _, c := range scale {
		if slices.Contains(bad, c.Name) {
			steps = append(steps, p.chose(name, c.Name, q))
		}
	}
	return p.opinions(name, q), sumOf(p.group(name, " unfavourable"), steps), steps
}

// strays are the answers that somebody gave to a row and the scale does not
// have, each once.
func (p public) strays(rows []*surveys.Question) []surveys.Choice {
	var choices []surveys.Choice
	for _, q := range rows {
		for _, c := range strays(q, p.counts.Question(q)) {
			if !slices.ContainsFunc(choices, func(o surveys.Choice) bool { return o.Name == c.Name }) {
				choices = append(choices, c)
			}
		}
	}
	return choices
}

// matrixRow adds a row: each step of the scale, then who is outside: without an
// opinion or an answer, or with one that the scale does not have.
func (s *sheet) matrixRow(p public, q *surveys.Question, label string, scale, aside, outside []surveys.Choice) {
	counts := p.counts.Question(q)
	opinions := p.opinions(q.Name, counts)
	row := s.add(q.Name, Ordinary, text(label))
	put := func(c Cell) int {
		cells := &s.Rows[row].Cells
		*cells = append(*cells, c)
		return len(*cells) - 1
	}
	var steps []crowd
	for _, c := range scale {
		chose := p.chose(q.Name, c.Name, counts)
		share, _, _ := shareCells(chose.Mass, opinions.Mass)
		s.tell(fact{row: row, who: chose.who, n: chose.N, base: opinions.N, cells: []int{put(share)}})
		steps = append(steps, chose)
	}
	s.tellBase(row, put(count(opinions.N)), opinions)
	without := []crowd{opinions}
	for _, c := range aside {
		without = append(without, p.chose(q.Name, c.Name, counts))
	}
	without = append(without, p.blank(q.Name, counts))
	for _, c := range without[1:] {
		s.tell(fact{row: row, who: c.who, n: c.N, aside: true, cells: []int{put(count(c.N))}})
	}
	for _, c := range outside {
		chose := p.chose(q.Name, c.Name, counts)
		s.tell(fact{row: row, who: chose.who, n: chose.N, aside: surveys.NoOpinion(c.Name), cells: []int{put(count(chose.N))}})
		if surveys.NoOpinion(c.Name) {
			without = append(without, chose)
		} else {
			steps = append(steps, chose)
		}
	}
	s.sum(opinions, steps...)
	s.sum(p.asked(q.Name, counts), without...)
}
