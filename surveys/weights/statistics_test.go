package weights

import (
	"math"
	"slices"
	"testing"
)

// estimate is n people of a base, all of weight 1.
func estimate(t *testing.T, n, base int) Estimate {
	t.Helper()
	var a, b Base
	a.Add(1, n)
	b.Add(1, base)
	e, ok := EstimateOf(a, b)
	if !ok {
		t.Fatalf("no estimate of %d among %d", n, base)
	}
	return e
}

func TestWilsonGivesAPublishedInterval(t *testing.T) {
	// Newcombe, "Two-sided confidence intervals for the single proportion",
	// Statistics in Medicine 17, 1998: 81 of 263.
	e := estimate(t, 81, 263)
	if math.Abs(e.Low-0.2553) > 5e-5 || math.Abs(e.High-0.3662) > 5e-5 {
		t.Errorf("%v to %v", e.Low, e.High)
	}
	t.Run("nobody leaves nothing known", func(t *testing.T) {
		for _, n := range []float64{0, -1, math.NaN(), math.Inf(1)} {
			if low, high := Wilson(0.5, n); low != 0 || high != 1 {
				t.Errorf("n = %v: %v to %v", n, low, high)
			}
		}
	})
}

func TestShareOfNobody(t *testing.T) {
	if e, ok := EstimateOf(Base{}, Base{}); ok {
		t.Errorf("got %+v", e)
	}
	if d := (Base{}).Design(); d != 1 {
		t.Errorf("design %v", d)
	}
}

func TestCompare(t *testing.T) {
	t.Run("a published interval", func(t *testing.T) {
		// Newcombe 1998, table II, (a), method 10: 56/70 less 48/80.
		d, ok := Compare(estimate(t, 56, 70), estimate(t, 48, 80))
		if !ok || !near(d.Gap, 0.2, 1e-12) || math.Abs(d.Low-0.0524) > 5e-5 || math.Abs(d.High-0.3339) > 5e-5 {
			t.Errorf("%+v", d)
		}
	})
	t.Run("z² is the chi-square of the table", func(t *testing.T) {
		d, _ := Compare(estimate(t, 60, 100), estimate(t, 40, 100))
		a, ok := Independence([][]float64{{60, 40}, {40, 60}}, 200)
		if !ok || !near(a.ChiSquare, 8, 1e-12) || !near(d.P, a.P, 1e-9) {
			t.Errorf("p = %v and %v, chi-square %v", d.P, a.P, a.ChiSquare)
		}
	})
	t.Run("everybody on both sides tells nothing", func(t *testing.T) {
		if d, ok := Compare(estimate(t, 40, 40), estimate(t, 80, 80)); !ok || d.P != 1 || d.Gap != 0 {
			t.Errorf("%+v", d)
		}
	})
	t.Run("nobody on one side", func(t *testing.T) {
		if _, ok := Compare(estimate(t, 40, 40), Estimate{}); ok {
			t.Error("compared with nobody")
		}
	})
}

func TestRelativeRisk(t *testing.T) {
	t.Run("15 of 100 against 10 of 100", func(t *testing.T) {
		// ln 1.5 ± 1.96·√(1/15 − 1/100 + 1/10 − 1/100)
		r, ok := RelativeRisk(estimate(t, 15, 100), estimate(t, 10, 100))
		if !ok || !near(r.Risk, 1.5, 1e-12) || math.Abs(r.Low-0.70812) > 1e-4 || math.Abs(r.High-3.17743) > 1e-4 {
			t.Errorf("%+v", r)
		}
	})
	for name, c := range map[string]struct{ group, others Estimate }{
		"no case in the group":       {estimate(t, 0, 100), estimate(t, 10, 100)},
		"no case in the others":      {estimate(t, 10, 100), estimate(t, 0, 100)},
		"nobody in the group at all": {Estimate{}, estimate(t, 10, 100)},
	} {
		t.Run(name, func(t *testing.T) {
			if r, ok := RelativeRisk(c.group, c.others); ok {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestIndependence(t *testing.T) {
	t.Run("empty rows and columns are left out", func(t *testing.T) {
		a, ok := Independence([][]float64{{60, 0, 40}, {0, 0, 0}, {40, 0, 60}}, 200)
		if !ok || a.Freedom != 1 || !near(a.ChiSquare, 8, 1e-12) || !near(a.V, 0.2, 1e-12) {
			t.Errorf("%+v", a)
		}
	})
	for name, table := range map[string][][]float64{
		"nothing":             nil,
		"one row":             {{1, 2, 3}},
		"one column":          {{1}, {2}},
		"nobody":              {{0, 0}, {0, 0}},
		"rows of two lengths": {{1, 2}, {3}},
		"a negative count":    {{1, -2}, {3, 4}},
		"no number":           {{1, math.NaN()}, {3, 4}},
		"infinity":            {{1, math.Inf(1)}, {3, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			if a, ok := Independence(table, 100); ok {
				t.Errorf("%+v", a)
			}
		})
	}
}

func TestChiSquareTail(t *testing.T) {
	t.Run("tabulated quantiles", func(t *testing.T) {
		for freedom, x := range map[int]float64{1: 3.841458820694124, 2: 5.991464547107979, 5: 11.070497693516351, 10: 18.307038053275146, 100: 124.3421134004} {
			if p := chiSquareTail(x, freedom); !near(p, 0.05, 1e-9) {
				t.Errorf("%d: %v", freedom, p)
			}
		}
	})
	t.Run("the closed form of even degrees", func(t *testing.T) {
		// Q(n, y) = e^-y·Σ y^k/k!, k < n.
		for n := 1; n <= 30; n++ {
			for _, x := range []float64{1e-6, 0.5, 3, 20, 59, 61, 200, 900} {
				y := x / 2
				term, sum := math.Exp(-y), 0.0
				for k := range n {
					sum += term
					term *= y / float64(k+1)
				}
				if p := chiSquareTail(x, 2*n); !near(p, sum, 1e-11) {
					t.Errorf("x = %v, %d degrees: %v, want %v", x, 2*n, p, sum)
				}
			}
		}
	})
}

func TestCorrectionsForTheNumberOfTests(t *testing.T) {
	for _, c := range []struct {
		name         string
		p, bh, holms []float64
	}{
		{"none", []float64{}, []float64{}, []float64{}},
		{"one", []float64{0.03}, []float64{0.03}, []float64{0.03}},
		{"four in a row", []float64{0.04, 0.01, 0.03, 0.02}, []float64{0.04, 0.04, 0.04, 0.04}, []float64{0.06, 0.04, 0.06, 0.06}},
		{"never above one", []float64{0.9, 0.8}, []float64{0.9, 0.9}, []float64{1, 1}},
		{"what could not be tested", []float64{math.NaN(), 0.01}, []float64{1, 0.02}, []float64{1, 0.02}},
	} {
		t.Run(c.name, func(t *testing.T) {
			same := func(a, b float64) bool { return near(a, b, 1e-12) }
			if got := BenjaminiHochberg(c.p); !slices.EqualFunc(got, c.bh, same) {
				t.Errorf("Benjamini–Hochberg %v, want %v", got, c.bh)
			}
			if got := Holm(c.p); !slices.EqualFunc(got, c.holms, same) {
				t.Errorf("Holm %v, want %v", got, c.holms)
			}
		})
	}
}

func TestSpearman(t *testing.T) {
	for _, c := range []struct {
		name string
		x, y []float64
		want float64
		ok   bool
	}{
		{"the same order", []float64{1, 5, 9}, []float64{10, 20, 400}, 1, true},
		{"the opposite order", []float64{1, 5, 9}, []float64{3, 2, 1}, -1, true},
		{"ties share a rank", []float64{1, 2, 2, 3}, []float64{1, 2, 3, 4}, 0.9486832980505138, true},
		{"one list all equal", []float64{1, 1, 1}, []float64{1, 2, 3}, 0, false},
		{"two things", []float64{1, 2}, []float64{1, 2}, 0, false},
		{"something not ranked", []float64{1, math.NaN(), 2}, []float64{1, 2, 3}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Spearman(c.x, c.y)
			if ok != c.ok || !near(got, c.want, 1e-12) {
				t.Errorf("%v %v, want %v %v", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestKendallW(t *testing.T) {
	t.Run("a published example", func(t *testing.T) {
		// Siegel, Nonparametric Statistics, 1956: three executives rank six
		// applicants; S = 25.5 of 157.5.
		c, ok := KendallW([][]float64{{1, 6, 3, 2, 5, 4}, {1, 5, 6, 4, 2, 3}, {6, 3, 2, 5, 4, 1}})
		if !ok || !near(c.W, 25.5/157.5, 1e-12) || c.Freedom != 5 || !near(c.ChiSquare, 15*25.5/157.5, 1e-12) {
			t.Errorf("%+v", c)
		}
	})
	t.Run("judges who tie alike agree wholly", func(t *testing.T) {
		if c, ok := KendallW([][]float64{{1, 2, 2, 3}, {10, 20, 20, 30}, {1, 5, 5, 9}}); !ok || !near(c.W, 1, 1e-12) {
			t.Errorf("%+v", c)
		}
	})
	for name, judges := range map[string][][]float64{
		"nobody":                  nil,
		"one judge":               {{1, 2, 3}},
		"two things":              {{1, 2}, {2, 1}},
		"lists of two lengths":    {{1, 2, 3}, {1, 2}},
		"nobody prefers anything": {{1, 1, 1}, {2, 2, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if c, ok := KendallW(judges); ok {
				t.Errorf("%+v", c)
			}
		})
	}
}
