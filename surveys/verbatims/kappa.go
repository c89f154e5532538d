package verbatims

import (
	"cmp"
	"slices"

	"diapason/surveys"
)

// An Agreement is how far two readers agree on texts both have coded.
type Agreement struct {
	Texts int // coded by both
	Codes []CodeAgreement
	// Pooled is the kappa of all codes together, see [Kappa]; not OK where it is
	// undefined.
	Pooled float64
	OK     bool
}

// A CodeAgreement is how far they agree on one code.
type CodeAgreement struct {
	Code              string
	First, Both, Last int // texts that have it for the first reader, for both, for the second
	Observed          float64
	Expected          float64
	Kappa             float64
	OK                bool // kappa is defined
}

// Kappa compares the codes that two readers gave the same texts: a[i] and b[i]
// are those of the text i. For each code, each reader says of each text whether
// it has it, and kappa is (po − pe) / (1 − pe), po being the share of texts on
// which they say the same and pe the share expected by chance, were they to
// give the code as often as they do and independently (J. Cohen, "A Coefficient
// of Agreement for Nominal Scales", Educational and Psychological Measurement
// 20, 1960). It is not defined when pe is 1: both give the code to every text.
// A code that neither gave is not listed.
//
// Pooled is (mean po − mean pe) / (1 − mean pe) over the listed codes, which a
// rare code does not upset as it does a mean of kappas (H. De Vries et al.,
// "Using Pooled Kappa to Summarize Interrater Agreement across Many Items",
// Field Methods 20, 2008).
//
// Texts beyond the shorter list are not compared.
func Kappa(a, b [][]string) Agreement {
	n := min(len(a), len(b))
	agreement := Agreement{Texts: n}
	var codes []string
	for i := range n {
		codes = append(append(codes, a[i]...), b[i]...)
	}
	slices.Sort(codes)
	observed, expected := 0.0, 0.0
	for _, code := range slices.Compact(codes) {
		c := agreementOn(code, a[:n], b[:n])
		observed, expected = observed+c.Observed, expected+c.Expected
		agreement.Codes = append(agreement.Codes, c)
	}
	if k := float64(len(agreement.Codes)); k > 0 {
		agreement.Pooled, agreement.OK = kappa(observed/k, expected/k)
	}
	return agreement
}

func agreementOn(code string, a, b [][]string) CodeAgreement {
	c := CodeAgreement{Code: code}
	same := 0
	for i := range a {
		first, last := slices.Contains(a[i], code), slices.Contains(b[i], code)
		if first {
			c.First++
		}
		if last {
			c.Last++
		}
		if first && last {
			c.Both++
		}
		if first == last {
			same++
		}
	}
	n := float64(len(a))
	p, q := float64(c.First)/n, float64(c.Last)/n
	c.Observed, c.Expected = float64(same)/n, p*q+(1-p)*(1-q)
	c.Kappa, c.OK = kappa(c.Observed, c.Expected)
	return c
}

func kappa(observed, expected float64) (float64, bool) {
	if expected >= 1 {
		return 0, false
	}
	return (observed - expected) / (1 - expected), true
}

// Strength says a kappa in words. The limits are a convention, of J. R. Landis
// and G. G. Koch, "The Measurement of Observer Agreement for Categorical Data",
// Biometrics 33, 1977: moderate from 0.41, substantial from 0.61, almost
// perfect from 0.81.
func Strength(kappa float64) string {
	switch {
	case kappa > 0.80:
		return "très bon"
	case kappa > 0.60:
		return "bon"
	case kappa > 0.40:
		return "moyen"
	}
	return "faible"
}

// A Pair is two readers who coded the same texts.
type Pair struct {
	First, Second string // logins
	Agreement
}

// Pairs compares the readers of some reviews two by two; those who share most
// texts come first, those who share none are left out.
func Pairs(reviews []surveys.Review) []Pair {
	var logins []string
	for _, r := range reviews {
		for _, c := range r.Codings {
			logins = append(logins, c.Login)
		}
	}
	slices.Sort(logins)
	logins = slices.Compact(logins)
	var pairs []Pair
	for i, first := range logins {
		for _, second := range logins[i+1:] {
			if p := pairOf(first, second, reviews); p.Texts > 0 {
				pairs = append(pairs, p)
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int { return cmp.Compare(b.Texts, a.Texts) })
	return pairs
}

func pairOf(first, second string, reviews []surveys.Review) Pair {
	var a, b [][]string
	for _, r := range reviews {
		x, by := r.Coding(first)
		y, and := r.Coding(second)
		if by && and {
			a, b = append(a, x.Codes), append(b, y.Codes)
		}
	}
	return Pair{First: first, Second: second, Agreement: Kappa(a, b)}
}
