package weights

import (
	"cmp"
	"math"
	"slices"
)

// BenjaminiHochberg adjusts the p-values of one table for their number, so
// that at most 5 % of those still under 5 % are expected to be chance (Y.
// Benjamini, Y. Hochberg, "Controlling the false discovery rate", JRSS B 57,
// 1995). The result is in the order of p; what is not a number counts as 1.
func BenjaminiHochberg(p []float64) []float64 {
	order, adjusted := ascending(p)
	least := 1.0
	for i, at := range slices.Backward(order) {
		least = min(least, probability(p[at])*float64(len(p))/float64(i+1))
		adjusted[at] = least
	}
	return adjusted
}

// Holm adjusts the p-values of one table so that there is at most one chance
// in twenty that any of those still under 5 % is chance: stricter than
// [BenjaminiHochberg] (S. Holm, "A simple sequentially rejective multiple test
// procedure", Scandinavian Journal of Statistics 6, 1979).
func Holm(p []float64) []float64 {
	order, adjusted := ascending(p)
	most := 0.0
	for i, at := range order {
		most = max(most, min(1, probability(p[at])*float64(len(p)-i)))
		adjusted[at] = most
	}
	return adjusted
}

// ascending is where the p-values are, the smallest first, and room for as
// many adjusted ones.
func ascending(p []float64) (order []int, adjusted []float64) {
	order = make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(probability(p[i]), probability(p[j])) })
	return order, make([]float64, len(p))
}

func probability(p float64) float64 {
	if math.IsNaN(p) {
		return 1
	}
	return min(1, max(0, p))
}
