package report

import "math"

// spearman is the rank correlation of two lists of values: the Pearson
// correlation of their ranks, equal values sharing the mean of their places
// (C. Spearman, 1904). It is between -1 and 1; ok is false when one list says
// nothing, being all equal or shorter than three.
func spearman(x, y []float64) (rho float64, ok bool) {
	if len(x) != len(y) || len(x) < 3 {
		return 0, false
	}
	a, b := meanRanks(x), meanRanks(y)
	middle := float64(len(x)+1) / 2
	var both, first, second float64
	for i := range a {
		both += (a[i] - middle) * (b[i] - middle)
		first += (a[i] - middle) * (a[i] - middle)
		second += (b[i] - middle) * (b[i] - middle)
	}
	if first == 0 || second == 0 {
		return 0, false
	}
	return both / math.Sqrt(first*second), true
}

// meanRanks are the places of the values in ascending order, from 1.
func meanRanks(values []float64) []float64 {
	ranks := make([]float64, len(values))
	for i, v := range values {
		below, equal := 0, 0
		for _, w := range values {
			switch {
			case w < v:
				below++
			case w == v:
				equal++
			}
		}
		ranks[i] = float64(below) + float64(equal+1)/2
	}
	return ranks
}

// placesOf are the ranks a reader sees: 1 is the greatest value, equal values
// share the best place.
func placesOf(values []float64) []int {
	places := make([]int, len(values))
	for i, v := range values {
		places[i] = 1
		for _, w := range values {
			if w > v {
				places[i]++
			}
		}
	}
	return places
}
