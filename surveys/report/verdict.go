package report

import (
	"slices"

	"diapason/surveys/tally"
	"diapason/surveys/weights"
)

// The verdicts on an item that several audiences were asked about.
const (
	Convergence = "convergence"
	Divergence  = "divergence"
	BlindSpot   = "angle mort"
	Moderate    = "écart modéré"
	Unproven    = "écart non significatif"
	TooSmall    = "effectifs trop faibles"
)

// The thresholds of the verdicts.
const (
	alpha      = 0.05 // of the corrected tests
	closeGap   = 0.10 // at most: the audiences agree
	wideGap    = 0.20 // more: they do not
	topPlaces  = 5    // the items an audience puts forward
	seenPlaces = 8    // beyond, an audience does not see the item
)

// A side is what one audience says of an item.
type side struct {
	who, of string // names of the two groups
	n, base tally.Mass
	place   int  // among the items, 1 is first
	enough  bool // its base allows a comparison
}

func (s side) share() float64 { return s.n.W / s.base.W }

// A finding is what the sides of one item add up to.
type finding struct {
	gap     float64
	known   bool // at least two sides can be compared
	verdict string
}

// compare judges every item of a table. The family of the tests is the table:
// each pair of audiences on each item, corrected together, because a reader
// looks for the greatest gap among all of them.
func compare(items [][]side) []finding {
	type pair struct{ item, a, b int }
	var pairs []pair
	var p []float64
	for i, sides := range items {
		for a := range sides {
			for b := a + 1; b < len(sides); b++ {
				if sides[a].enough && sides[b].enough {
					pairs = append(pairs, pair{i, a, b})
					p = append(p, differenceTest(sides[a].share(), sides[a].base.Effective(), sides[b].share(), sides[b].base.Effective()))
				}
			}
		}
	}
	real := map[pair]bool{}
	for i, adjusted := range weights.BenjaminiHochberg(p) {
		real[pairs[i]] = adjusted < alpha
	}
	findings := make([]finding, len(items))
	for i, sides := range items {
		findings[i] = judge(sides, func(a, b int) bool { return real[pair{i, min(a, b), max(a, b)}] })
	}
	return findings
}

// judge gives the verdict on one item. No difference is called real unless
// its test says so: neither a divergence nor a blind spot.
func judge(sides []side, real func(a, b int) bool) finding {
	var able []int
	for i, s := range sides {
		if s.enough {
			able = append(able, i)
		}
	}
	if len(able) < 2 {
		return finding{verdict: TooSmall}
	}
	byShare := func(a, b int) int {
		if sides[a].share() < sides[b].share() {
			return -1
		}
		return 1
	}
	least, most := slices.MinFunc(able, byShare), slices.MaxFunc(able, byShare)
	f := finding{gap: sides[most].share() - sides[least].share(), known: true}
	agreed := !slices.ContainsFunc(able, func(i int) bool { return sides[i].place > topPlaces })
	switch {
	case f.gap <= closeGap && agreed:
		f.verdict = Convergence
	case blind(sides, able, real):
		f.verdict = BlindSpot
	case !real(least, most):
		f.verdict = Unproven
	case f.gap > wideGap:
		f.verdict = Divergence
	default:
		f.verdict = Moderate
	}
	return f
}

// blind reports whether an audience puts the item forward that another does
// not see.
func blind(sides []side, able []int, real func(a, b int) bool) bool {
	for _, a := range able {
		for _, b := range able {
			if sides[a].place <= topPlaces && sides[b].place > seenPlaces && real(a, b) {
				return true
			}
		}
	}
	return false
}
