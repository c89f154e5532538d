package weights

import "math"

// A Difference is one share less another, from -1 to 1, with its 95 % interval
// and the p-value of the test that there is none. The p-value is one among
// those of its table: correct them together before calling anything real.
type Difference struct {
	Gap, Low, High float64
	P              float64
}

// Compare sets two independent shares side by side. The test is the pooled
// two-proportion z test on effective numbers; the interval is the one built
// from Wilson's (R. G. Newcombe, "Interval estimation for the difference
// between independent proportions", Statistics in Medicine 17, 1998, method
// 10). ok is false when either share stands for nobody.
func Compare(a, b Estimate) (d Difference, ok bool) {
	if !a.usable() || !b.usable() {
		return Difference{}, false
	}
	d.Gap = a.Share - b.Share
	below := math.Hypot(a.Share-a.Low, b.High-b.Share)
	above := math.Hypot(a.High-a.Share, b.Share-b.Low)
	d.Low, d.High = max(-1, d.Gap-below), min(1, d.Gap+above)
	d.P = twoShares(a, b)
	return d, true
}

// twoShares is the two-sided p-value of the z test, 1 when nobody or everybody
// on both sides leaves nothing to tell.
func twoShares(a, b Estimate) float64 {
	pooled := (a.Share*a.Effective + b.Share*b.Effective) / (a.Effective + b.Effective)
	deviation := math.Sqrt(pooled * (1 - pooled) * (1/a.Effective + 1/b.Effective))
	if !(deviation > 0) {
		return 1
	}
	return math.Erfc(math.Abs(a.Share-b.Share) / deviation / math.Sqrt2)
}

// usable reports whether the estimate is of somebody.
func (e Estimate) usable() bool {
	return e.Effective > 0 && e.Effective <= mostPeople && e.Share >= 0 && e.Share <= 1 &&
		e.Low <= e.Share && e.Share <= e.High
}

// A Ratio is how many times more often something happens to a group than to
// the others, with its 95 % interval.
type Ratio struct{ Risk, Low, High float64 }

// RelativeRisk is the ratio of the share of a group to that of the others,
// with the interval exp(ln RR ± z·√(1/a − 1/n₁ + 1/c − 1/n₀)) where a and c
// are cases among n₁ and n₀ people (D. Katz et al., "Obtaining confidence
// intervals for the risk ratio in cohort studies", Biometrics 34, 1978), all
// of them effective numbers. ok is false when either has no case: the
// logarithm then says nothing.
func RelativeRisk(group, others Estimate) (r Ratio, ok bool) {
	if !group.usable() || !others.usable() || group.N == 0 || others.N == 0 {
		return Ratio{}, false
	}
	r.Risk = group.Share / others.Share
	half := z95 * math.Sqrt(group.logVariance()+others.logVariance())
	r.Low, r.High = r.Risk*math.Exp(-half), r.Risk*math.Exp(half)
	if !(r.Risk > 0) || !finite(r.High) || math.IsNaN(r.Low) {
		return Ratio{}, false
	}
	return r, true
}

// logVariance is that of the logarithm of the share, 1/a − 1/n.
func (e Estimate) logVariance() float64 {
	return (1 - e.Share) / (e.Share * e.Effective)
}
