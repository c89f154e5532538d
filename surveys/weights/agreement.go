package weights

import "math"

// Spearman is the rank correlation of two lists of values: the correlation of
// their ranks, equal values sharing the mean of their places (C. Spearman,
// "The proof and measurement of association between two things", American
// Journal of Psychology 15, 1904). It is from -1, opposite orders, to 1, the
// same; ok is false when a list says nothing, being all equal or shorter than
// three.
func Spearman(x, y []float64) (rho float64, ok bool) {
	if len(x) != len(y) || len(x) < 3 || !ordered(x) || !ordered(y) {
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

// A Concordance is how far several judges put things in one order.
type Concordance struct {
	W         float64 // from 0, no agreement, to 1, the same order
	ChiSquare float64 // judges·(things−1)·W
	Freedom   int     // things−1
	P         float64 // how often chance alone would agree as much; rough below 8 things
}

// KendallW is the agreement of several judges, one list of values each over
// the same things: W = 12·S/(m²(n³−n) − m·ΣT), where S is the sum of squares
// of the sums of ranks about their mean and T = Σ(t³−t) over the ties of a
// judge (M. G. Kendall, B. Babington Smith, "The problem of m rankings",
// Annals of Mathematical Statistics 10, 1939; ties: M. G. Kendall, Rank
// Correlation Methods, 1948). ok is false below two judges or three things, or
// when no judge prefers anything.
func KendallW(judges [][]float64) (c Concordance, ok bool) {
	if len(judges) < 2 || len(judges[0]) < 3 {
		return Concordance{}, false
	}
	m, n := float64(len(judges)), float64(len(judges[0]))
	sums, ties := make([]float64, len(judges[0])), 0.0
	for _, values := range judges {
		if len(values) != len(sums) || !ordered(values) {
			return Concordance{}, false
		}
		ranks := meanRanks(values)
		for i, rank := range ranks {
			sums[i] += rank
		}
		ties += tied(values)
	}
	most := m*m*(n*n*n-n) - m*ties
	if most <= 0 {
		return Concordance{}, false
	}
	c.W = min(1, 12*squaresAbout(sums, m*(n+1)/2)/most)
	c.Freedom = len(sums) - 1
	c.ChiSquare = m * (n - 1) * c.W
	c.P = chiSquareTail(c.ChiSquare, c.Freedom)
	return c, true
}

func squaresAbout(values []float64, middle float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += (v - middle) * (v - middle)
	}
	return sum
}

// tied is Σ(t³−t) over the sets of t equal values.
func tied(values []float64) float64 {
	times := map[float64]float64{}
	for _, v := range values {
		times[v]++
	}
	sum := 0.0
	for _, t := range times {
		sum += t*t*t - t
	}
	return sum
}

// ordered reports whether all the values can be ranked.
func ordered(values []float64) bool {
	for _, v := range values {
		if math.IsNaN(v) {
			return false
		}
	}
	return true
}

// meanRanks are the places of the values in ascending order, from 1; equal
// values share the mean of their places.
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
