package weights

import "math"

// A Merge is cells of a margin that were too small and count as one.
type Merge struct {
	Margin string
	Cells  []string // labels
	N      int      // answers in all of them
}

// A lot is cells of a margin that are weighted as one.
type lot struct {
	cells      []int
	n          int
	population float64
}

// small reports whether a lot cannot stand alone: too few answers to carry a
// weight, or nobody in the census to give it one.
func (l lot) small(least int) bool { return l.n < max(1, least) || l.population <= 0 }

// lots are the cells of a margin, merged until each has at least as many
// answers as least. Cells without answers and without people are left out.
func (m *Margin) lots(counts []int, least int) []lot {
	var lots []lot
	for i, c := range m.Cells {
		if counts[i] > 0 || c.Population > 0 {
			lots = append(lots, lot{cells: []int{i}, n: counts[i], population: c.Population})
		}
	}
	for len(lots) > 1 {
		at := smallest(lots, least)
		if at < 0 {
			break
		}
		lots = join(lots, at, m.partner(lots, at))
	}
	return lots
}

// smallest is the lot with the fewest answers among those that are too small,
// -1 when none is.
func smallest(lots []lot, least int) int {
	at := -1
	for i, l := range lots {
		if l.small(least) && (at < 0 || l.n < lots[at].n) {
			at = i
		}
	}
	return at
}

// partner is the lot to merge another with: of its group if one is left, a
// neighbour if the cells are ordered, and of those the one with the fewest
// answers.
func (m *Margin) partner(lots []lot, at int) int {
	best, bestRank := -1, math.MaxInt
	for i, l := range lots {
		if i == at {
			continue
		}
		rank := l.n
		if m.Ordered && i != at-1 && i != at+1 {
			continue
		}
		if !m.sameGroup(lots[at], l) {
			rank += math.MaxInt / 2
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

// sameGroup holds for lots that crossed no border of a group so far.
func (m *Margin) sameGroup(a, b lot) bool {
	group := m.Cells[a.cells[0]].Group
	for _, cells := range [][]int{a.cells, b.cells} {
		for _, i := range cells {
			if m.Cells[i].Group != group {
				return false
			}
		}
	}
	return true
}

// join puts two lots together at the place of the first of them.
func join(lots []lot, a, b int) []lot {
	first, second := min(a, b), max(a, b)
	lots[first].cells = append(lots[first].cells, lots[second].cells...)
	lots[first].n += lots[second].n
	lots[first].population += lots[second].population
	return append(lots[:second], lots[second+1:]...)
}
