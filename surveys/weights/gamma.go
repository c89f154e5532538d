package weights

import "math"

// chiSquareTail is how often a chi-square variable exceeds x: the regularised
// upper incomplete gamma function Q(freedom/2, x/2).
func chiSquareTail(x float64, freedom int) float64 {
	a, half := float64(freedom)/2, x/2
	switch {
	case !(x > 0) || freedom < 1:
		return 1
	case math.IsInf(x, 1):
		return 0
	case half < a+1:
		return max(0, 1-lowerGamma(a, half))
	}
	return upperGamma(a, half)
}

const (
	terms = 10_000
	tiny  = 1e-300 // in the place of a denominator of zero
)

// lowerGamma is P(a, x) by its series (DLMF 8.11.4), which is quick for x
// below a+1.
func lowerGamma(a, x float64) float64 {
	term := 1 / a
	sum := term
	for k := 1; k < terms; k++ {
		term *= x / (a + float64(k))
		sum += term
		if term < sum*1e-17 {
			break
		}
	}
	return min(1, sum*gammaFront(a, x))
}

// upperGamma is Q(a, x) by its continued fraction (DLMF 8.9.2), which keeps
// its precision however small the result; evaluated by the method of W. J.
// Lentz (Applied Optics 15, 1976).
func upperGamma(a, x float64) float64 {
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	fraction := d
	for k := 1; k < terms; k++ {
		n := float64(k)
		an := n * (a - n)
		b += 2
		d = 1 / awayFromZero(an*d+b)
		c = awayFromZero(b + an/c)
		fraction *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	return min(1, max(0, fraction*gammaFront(a, x)))
}

func awayFromZero(f float64) float64 {
	if math.Abs(f) < tiny {
		return tiny
	}
	return f
}

// gammaFront is x^a·e^-x/Γ(a), by its logarithm: the parts overflow.
func gammaFront(a, x float64) float64 {
	logGamma, _ := math.Lgamma(a)
	return math.Exp(a*math.Log(x) - x - logGamma)
}
