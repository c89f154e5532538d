package report

import "diapason/surveys/weights"

// differenceTest is how often two audiences that think alike would differ as
// much as a share p of n people and q of m, effective sizes where people are
// weighted. It is 1 when nothing can be told.
func differenceTest(p, n, q, m float64) float64 {
	d, ok := weights.Compare(
		weights.Estimate{Effective: n, Share: p, High: 1},
		weights.Estimate{Effective: m, Share: q, High: 1})
	if !ok {
		return 1
	}
	return d.P
}
