package report

import (
	"math"
	"slices"
)

// differenceTest is the two-sided p-value of the pooled two-proportion z test:
// how often two audiences that think alike would differ as much as a share p of
// n people and q of m, effective sizes where people are weighted. It is 1 when
// nothing can be told.
func differenceTest(p, n, q, m float64) float64 {
	if n <= 0 || m <= 0 {
		return 1
	}
	pooled := (p*n + q*m) / (n + m)
	deviation := math.Sqrt(pooled * (1 - pooled) * (1/n + 1/m))
	if !(deviation > 0) {
		return 1
	}
	return math.Erfc(math.Abs(p-q) / deviation / math.Sqrt2)
}

// benjaminiHochberg adjusts p-values for their number, so that at most 5 % of
// those still under 5 % are expected to be chance (Y. Benjamini, Y. Hochberg,
// "Controlling the false discovery rate", JRSS B 57, 1995). The result is in
// the order of p.
func benjaminiHochberg(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		switch {
		case p[i] > p[j]:
			return -1
		case p[i] < p[j]:
			return 1
		}
		return 0
	})
	adjusted := make([]float64, len(p))
	least := 1.0
	for i, at := range order { // from the greatest
		rank := len(p) - i
		least = min(least, p[at]*float64(len(p))/float64(rank))
		adjusted[at] = least
	}
	return adjusted
}
