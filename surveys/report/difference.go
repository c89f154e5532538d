package report

import (
	"math"
	"slices"
)

// differenceTest is the two-sided p-value of the pooled two-proportion z test:
// how often two audiences that think alike would differ as much as a people
// among n and b among m. It is 1 when nothing can be told.
func differenceTest(a, n, b, m int) float64 {
	if n == 0 || m == 0 {
		return 1
	}
	pooled := float64(a+b) / float64(n+m)
	deviation := math.Sqrt(pooled * (1 - pooled) * (1/float64(n) + 1/float64(m)))
	if deviation == 0 {
		return 1
	}
	z := (float64(a)/float64(n) - float64(b)/float64(m)) / deviation
	return math.Erfc(math.Abs(z) / math.Sqrt2)
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
