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
	s.Columns = []Column{{Key: labelKey, Title: "Sujet", Kind: Label}}
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
	s.Note = "Base : personnes qui ont donné un avis sur la ligne. « Ne sait pas » et « sans réponse » sont comptés à part."
	crossed := slices.ContainsFunc(b.crossings, func(c crossing) bool { return c.name == k.name })
	labels := k.labels()
	for i, q := range k.rows {
		part := s.matrixRow(p, q, labels[i], scale, aside)
		if crossed { // the crossed views tell the sum of the unfavourable steps
			s.parts = append(s.parts, splitScale(part, scale, unfavourable(k))...)
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

// splitScale cuts the facts of a scale in two: unfavourable steps and others.
func splitScale(part []int, scale []surveys.Choice, bad []string) [][]int {
	halves := make([][]int, 2)
	for i, c := range scale {
		at := bit(slices.Contains(bad, c.Name))
		halves[at] = append(halves[at], part[i])
	}
	return halves
}

// matrixRow adds a row and returns the facts of its scale.
func (s *sheet) matrixRow(p public, q *surveys.Question, label string, scale, aside []surveys.Choice) (part []int) {
	counts := p.counts.Question(q.Name, q.Kind)
	var base tally.Mass
	for _, c := range scale {
		base = base.Plus(counts.Count(c.Name))
	}
	row := s.add(q.Name, Ordinary, text(label))
	put := func(c Cell) int {
		cells := &s.Rows[row].Cells
		*cells = append(*cells, c)
		return len(*cells) - 1
	}
	var outside []int
	for _, c := range scale {
		n := counts.Count(c.Name)
		share, _, _ := shareCells(n, base)
		part = append(part, s.tell(fact{row: row, n: n.N, base: base.N, cells: []int{put(share)}}))
	}
	put(count(base.N))
	for _, c := range aside {
		n := counts.Count(c.Name).N
		outside = append(outside, s.tell(fact{row: row, n: n, cells: []int{put(count(n))}}))
	}
	blank := s.tell(fact{row: row, n: counts.Blank().N, cells: []int{put(count(counts.Blank().N))}})
	s.parts = append(s.parts, part, append(outside, blank))
	return part
}
