package weights

import "math"

// Rake gives each of n answers a weight so that the weighted answers are
// spread over every margin as the population is: raking ratio, or calage sur
// marges (W. E. Deming, F. F. Stephan, "On a least squares adjustment of a
// sampled frequency table when the expected marginal totals are known", Annals
// of Mathematical Statistics 11, 1940). Weights have a mean of 1.
//
// Cells with too few answers are merged. Answers unknown on a margin are left
// alone by it: those of the others are spread as the population. Weights out
// of the limits are cut to them and the margins met again within the limits,
// as nearly as can be: each margin in turn is met exactly with the closest
// weights allowed (L. M. Bregman, "The relaxation method of finding the common
// point of convex sets", 1967).
//
// When weighting would do harm, the result is not [Result.Applied] and says
// why: every weight is then 1. Margins that cannot be used at all are an error
// of type [Problems].
func Rake(n int, margins []Margin, limits Limits) (Result, error) {
	if problems := check(n, margins, limits); problems != nil {
		return Result{}, problems
	}
	r := unweighted(n)
	counts := make([][]int, len(margins))
	for i := range margins {
		counts[i] = margins[i].count()
	}
	targets := r.prepare(margins, counts, limits)
	r.Reason = prudence(n, len(margins), len(targets), limits)
	if r.Reason == "" {
		r.fit(n, margins, targets, limits)
	} else {
		r.Used, r.Merged = nil, nil // nothing was tried
	}
	r.settle(n, margins, counts, targets, limits)
	return r, nil
}

// prepare merges cells and keeps the margins that still ask for something.
func (r *Result) prepare(margins []Margin, counts [][]int, limits Limits) []target {
	var targets []target
	for i := range margins {
		t, ok := targetOf(i, &margins[i], counts[i], limits.Cell)
		r.Merged = append(r.Merged, merges(&margins[i], t.lots)...)
		if !ok {
			r.Dropped = append(r.Dropped, margins[i].Name)
			continue
		}
		r.Used = append(r.Used, margins[i].Name)
		targets = append(targets, t)
	}
	return targets
}

// prudence is the reason not even to try, "" when there is none.
func prudence(n, margins, targets int, limits Limits) Reason {
	switch {
	case n == 0:
		return NoAnswers
	case margins == 0:
		return NoMargins
	case n < limits.Answers:
		return FewAnswers
	case targets == 0:
		return SmallCells
	}
	return ""
}

const (
	// settled is the sum of all the gaps that is not worth another pass, as
	// shares.
	settled = 1e-9
	// still is a change of that sum that moves nothing.
	still = 1e-12
	// accepted is the gap under which a margin is met: 0.1 point.
	accepted = 1e-3
)

// fit meets the margins freely, then within the limits if some weight is out
// of them.
func (r *Result) fit(n int, margins []Margin, targets []target, limits Limits) {
	c := gather(n, margins, targets)
	r.meet(c, targets, loose, limits.Rounds)
	if r.Gap > accepted {
		r.Reason = Contradiction
	}
	if trim := (bounds{limits.Low, limits.High}); !trim.hold(c.weight) && r.Reason == "" {
		trim.balance(c.weight, c.size, make([]uint8, len(c.weight)), 1).to([]float64{float64(n)})
		r.meet(c, targets, trim, limits.Rounds)
		r.Trimmed = c.at(trim)
	}
	r.Converged, r.Design = r.Gap <= accepted, c.design()
	switch {
	case r.Reason != "":
	case r.Gap > limits.Gap:
		r.Reason = TooFar
	case r.Design > limits.Design:
		r.Reason = Costly
	default:
		c.copyTo(r.Weights)
	}
}

// meet goes over the margins until they are met, nothing moves any more, or
// the passes are used up.
func (r *Result) meet(c *crowd, targets []target, b bounds, rounds int) {
	before := math.Inf(1)
	for range rounds {
		gaps := 0.0
		for i := range targets {
			gaps += c.adjust(i, &targets[i], b)
		}
		r.Rounds++
		if gaps <= settled || math.Abs(gaps-before) <= still {
			break
		}
		before = gaps
	}
	r.Gap, r.worst = c.gap(targets)
}

// adjust meets one margin, and returns the sum of its gaps before. Answers
// unknown on it keep their weight.
func (c *crowd) adjust(at int, t *target, b bounds) (gaps float64) {
	s := b.balance(c.weight, c.size, c.lot[at], len(t.lots)+1)
	sizes := make([]float64, len(t.lots))
	for i, l := range t.lots {
		sizes[i] = float64(l.n)
	}
	// What the unknown leave of n, so that rounding never builds up.
	all := float64(len(c.kindOf)) - s.searches[len(t.lots)].sum
	for i, share := range t.shares {
		gaps += math.Abs(s.searches[i].sum/all - share)
	}
	s.to(b.reach(t.shares, sizes, all))
	return gaps
}

// A spot is a lot of a target.
type spot struct{ target, lot int }

// gap is the greatest difference between a weighted share and that of the
// population, and where it is.
func (c *crowd) gap(targets []target) (gap float64, at spot) {
	for i := range targets {
		sums, all := c.sums(i, len(targets[i].lots))
		for j, share := range targets[i].shares {
			if g := math.Abs(sums[j]/all - share); g > gap {
				gap, at = g, spot{i, j}
			}
		}
	}
	return gap, at
}

// design is Kish's effect of the weights.
func (c *crowd) design() float64 {
	var b Base
	for kind, size := range c.size {
		b.Add(c.weight[kind], int(size))
	}
	return b.Design()
}

// onBound is how near a bound a weight is that was cut to it.
const onBound = 1e-6

// at is how many answers have a weight on one of the bounds.
func (c *crowd) at(b bounds) int {
	n := 0
	for kind, w := range c.weight {
		if w < b.low*(1+onBound) || w > b.high*(1-onBound) {
			n += int(c.size[kind])
		}
	}
	return n
}

// copyTo writes the weight of each answer.
func (c *crowd) copyTo(weights []float64) {
	for row, kind := range c.kindOf {
		weights[row] = c.weight[kind]
	}
}
