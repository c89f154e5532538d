package weights

import (
	"math"
	"testing"
)

// FuzzRake: whatever the answers and the populations, the weights are positive
// numbers of mean 1, and a sentence says what was done.
func FuzzRake(f *testing.F) {
	f.Add([]byte{}, 1.0, 1.0, 1.0, 1.0, uint8(2))
	f.Add([]byte{0}, 50.0, 50.0, 10.0, 90.0, uint8(2))
	f.Add(append(repeated(6, 5), repeated(3, 9)...), 50.0, 50.0, 1e-9, 1e9, uint8(1))
	f.Add(repeated(9, 9, 9, 9), 0.0, 50.0, 1e10, 1e10, uint8(3))
	f.Add([]byte{1, 2, 3}, math.NaN(), -1.0, math.Inf(1), 0.0, uint8(0))
	f.Fuzz(func(t *testing.T, answers []byte, a, b, c, d float64, least uint8) {
		first, second := Margin{Name: "un"}, Margin{Name: "deux", Ordered: true, SharesOnly: true}
		for i, p := range []float64{a, b, c, d} {
			first.Cells = append(first.Cells, Cell{Label: "x", Population: p})
			second.Cells = append(second.Cells, Cell{Label: "y", Population: []float64{d, a, c, b}[i], Group: "g"})
		}
		for _, answer := range answers {
			first.Codes = append(first.Codes, answer&7)
			second.Codes = append(second.Codes, answer>>3&3)
		}
		for i := range first.Codes {
			if first.Codes[i] > 4 {
				first.Codes[i] = Unknown
			}
		}
		limits := Usual()
		limits.Cell, limits.Answers, limits.Gap, limits.Design = int(least%8), int(least), 1, 1e6
		r, err := Rake(len(answers), []Margin{first, second}, limits)
		if err == nil {
			checkResult(t, r)
		}
		if r, err = PostStratify(len(answers), first, limits); err == nil {
			checkResult(t, r)
		}
	})
}

func checkResult(t *testing.T, r Result) {
	t.Helper()
	sum := 0.0
	for i, w := range r.Weights {
		if !(w > 0) || math.IsInf(w, 1) {
			t.Fatalf("weight %d is %v", i, w)
		}
		sum += w
	}
	if !near(sum, float64(r.N), 1e-9) {
		t.Fatalf("the weights add up to %v, not %d", sum, r.N)
	}
	for _, f := range []float64{r.Design, r.Effective, r.Gap} {
		if !finite(f) {
			t.Fatalf("%+v", r)
		}
	}
	for _, b := range r.Balance {
		for _, c := range b.Cells {
			if !(c.Sample >= 0 && c.Weighted >= 0 && c.Population >= 0 && c.Sample <= 1 && c.Weighted <= 1+1e-9 && c.Population <= 1) {
				t.Fatalf("%+v", b)
			}
		}
	}
	if r.Sentence == "" || r.Applied != (r.Reason == "") {
		t.Fatalf("%+v", r)
	}
}

// FuzzStatistics: no number in gives NaN or an infinity out.
func FuzzStatistics(f *testing.F) {
	f.Add(1.0, 2.0, 3.0, 4.0)
	f.Add(0.0, 0.0, 0.0, 0.0)
	f.Add(math.NaN(), math.Inf(1), -1.0, 1e308)
	f.Add(1e-300, 1e300, 5e-324, 1.0)
	f.Fuzz(func(t *testing.T, a, b, c, d float64) {
		var part, base Base
		part.Add(a, 1)
		base.Add(a, 1)
		base.Add(b, 2)
		first, _ := EstimateOf(part, base)
		second, _ := EstimateOf(Base{N: 1, Sum: c, Squares: c * c}, Base{N: 3, Sum: d, Squares: d * d / 3})
		given := Estimate{N: 1, Base: 2, Effective: a, Share: b, Low: c, High: d}
		low, high := Wilson(a, b)
		numbers := []float64{low, high, base.Effective(), base.Design(), first.Share, first.Low, first.High, second.Share, second.Low, second.High}
		for _, pair := range [][2]Estimate{{first, second}, {first, given}, {given, second}} {
			difference, _ := Compare(pair[0], pair[1])
			ratio, _ := RelativeRisk(pair[0], pair[1])
			numbers = append(numbers, difference.Gap, difference.Low, difference.High, difference.P, ratio.Risk, ratio.Low, ratio.High)
		}
		association, _ := Independence([][]float64{{a, b}, {c, d}}, d)
		rho, _ := Spearman([]float64{a, b, c}, []float64{d, a, b})
		w, _ := KendallW([][]float64{{a, b, c}, {d, a, b}})
		numbers = append(numbers, association.ChiSquare, association.P, association.V, rho, w.W, w.P, w.ChiSquare)
		numbers = append(numbers, append(Holm([]float64{a, b, c, d}), BenjaminiHochberg([]float64{a, b, c, d})...)...)
		for i, f := range numbers {
			if !finite(f) {
				t.Fatalf("number %d of %v is %v", i, numbers, f)
			}
		}
	})
}
