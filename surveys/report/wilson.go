package report

import "math"

// confidence is the standard normal quantile of two-sided 95 %.
const confidence = 1.959963984540054

// wilson is the 95 % score interval of a share of n people among base
// (E. B. Wilson, "Probable inference, the law of succession, and statistical
// inference", JASA 22, 1927). Base may be an effective size; it is positive.
func wilson(share, base float64) (low, high float64) {
	const z2 = confidence * confidence
	middle := share + z2/(2*base)
	half := confidence * math.Sqrt(share*(1-share)/base+z2/(4*base*base))
	scale := 1 + z2/base
	return max(0, (middle-half)/scale), min(1, (middle+half)/scale)
}
