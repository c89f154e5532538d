package weights

// A target is a margin ready to be met: cells merged, populations as shares.
type target struct {
	at     int        // which margin
	lots   []lot      // at least two
	shares []float64  // of each lot, adding up to 1
	lotOf  [256]uint8 // code of an answer → lot; len(lots) when unknown
}

// targetOf prepares a margin; ok is false when it has fewer than two lots, and
// so asks for nothing.
func targetOf(at int, m *Margin, counts []int, least int) (t target, ok bool) {
	t = target{at: at, lots: m.lots(counts, least)}
	if len(t.lots) < 2 {
		return t, false
	}
	total := m.total()
	for code := range t.lotOf {
		t.lotOf[code] = uint8(len(t.lots))
	}
	for i, l := range t.lots {
		t.shares = append(t.shares, l.population/total)
		for _, cell := range l.cells {
			t.lotOf[cell] = uint8(i)
		}
	}
	return t, true
}

// label names a lot by its cells.
func (t *target) label(m *Margin, at int) string {
	var labels []string
	for _, cell := range t.lots[at].cells {
		labels = append(labels, m.Cells[cell].Label)
	}
	return quoted(labels)
}

// merges lists the lots of several cells.
func merges(m *Margin, lots []lot) []Merge {
	var merged []Merge
	for _, l := range lots {
		if len(l.cells) < 2 {
			continue
		}
		one := Merge{Margin: m.Name, N: l.n}
		for _, cell := range l.cells {
			one.Cells = append(one.Cells, m.Cells[cell].Label)
		}
		merged = append(merged, one)
	}
	return merged
}
