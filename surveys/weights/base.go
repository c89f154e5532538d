package weights

import "math"

// A Base is people and the sums of their weights: what shares are made of.
type Base struct {
	N       int     // people, unweighted
	Sum     float64 // of weights
	Squares float64 // of weights squared
}

// Add counts some people of one weight.
func (b *Base) Add(weight float64, people int) {
	b.N += people
	b.Sum += weight * float64(people)
	b.Squares += weight * weight * float64(people)
}

// BaseOf counts one person for each weight.
func BaseOf(weights []float64) Base {
	var b Base
	for _, w := range weights {
		b.Add(w, 1)
	}
	return b
}

// Effective is how many people of equal weights would be as sure:
// (Σw)²/Σw² (L. Kish, Survey Sampling, 1965). It is 0 for nobody.
func (b Base) Effective() float64 {
	if !(b.Squares > 0) {
		return 0
	}
	if n := b.Sum * b.Sum / b.Squares; finite(n) {
		return n
	}
	return 0
}

// Design is Kish's design effect of unequal weights, n·Σw²/(Σw)²: how many
// times more answers the weights cost. It is 1 for nobody.
func (b Base) Design() float64 {
	n := b.Effective()
	if n == 0 {
		return 1
	}
	return float64(b.N) / n
}

// An Estimate is a share, from 0 to 1, with its 95 % interval. N and Base are
// unweighted: they are shown beside it.
type Estimate struct {
	N, Base   int
	Effective float64 // of the base
	Share     float64
	Low, High float64
}

// EstimateOf is the share that part is of a base it belongs to; ok is false
// when the base is empty or the part is not one.
func EstimateOf(part, base Base) (e Estimate, ok bool) {
	effective := base.Effective()
	share := part.Sum / base.Sum
	if part.N > base.N || effective <= 0 || !(share >= 0 && share <= 1+1e-9) {
		return Estimate{}, false
	}
	e = Estimate{N: part.N, Base: base.N, Effective: effective, Share: min(1, share)}
	e.Low, e.High = Wilson(e.Share, effective)
	return e, true
}

// z95 is the standard normal quantile of two-sided 95 %.
const z95 = 1.959963984540054

// Wilson is the 95 % score interval of a share among a number of people, which
// may be an effective one (E. B. Wilson, "Probable inference, the law of
// succession, and statistical inference", JASA 22, 1927). Of nobody nothing is
// known: from 0 to 1.
func Wilson(share, n float64) (low, high float64) {
	if !(n > 0) || math.IsInf(n, 1) || !(share >= 0 && share <= 1) {
		return 0, 1
	}
	const z2 = z95 * z95
	middle := n*share + z2/2
	half := z95 * math.Sqrt(n*share*(1-share)+z2/4)
	return max(0, (middle-half)/(n+z2)), min(1, (middle+half)/(n+z2))
}

// finite reports whether f is a number.
func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
