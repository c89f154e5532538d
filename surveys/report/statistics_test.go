package report

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"diapason/surveys/weights"
)

// reference reads a table computed with R's survey package.
func reference(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("../../../shared/reference/weighting", name))
	if err != nil {
		t.Skip("the reference tables are not here: ", err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, header := range lines[0] {
			row[header] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func numberOf(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func near(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*max(1e-300, math.Abs(a), math.Abs(b))
}

func TestWilsonIntervalsAreThoseOfTheReference(t *testing.T) {
	for _, name := range []string{"api1_shares.csv", "api_srs_shares.csv"} {
		for _, row := range reference(t, name) {
			low, high := weights.Wilson(numberOf(t, row["share"]), numberOf(t, row["n_eff"]))
			if !near(low, numberOf(t, row["low"]), 1e-6) || !near(high, numberOf(t, row["high"]), 1e-6) {
				t.Errorf("%s, %s %s: %v to %v, want %s to %s", name, row["outcome"], row["value"], low, high, row["low"], row["high"])
			}
		}
	}
}

func TestCorrectedTestsAreThoseOfTheReference(t *testing.T) {
	for _, name := range []string{"api1_tests.csv", "api_srs_tests.csv"} {
		rows := reference(t, name)
		p := make([]float64, len(rows))
		for i, row := range rows {
			p[i] = numberOf(t, row["p_value"])
		}
		for i, adjusted := range weights.BenjaminiHochberg(p) {
			if !near(adjusted, numberOf(t, rows[i]["p_bh"]), 1e-6) {
				t.Errorf("%s, line %d: %v, want %s", name, i+2, adjusted, rows[i]["p_bh"])
			}
		}
	}
}

// The example of Benjamini and Hochberg (1995), section 3.2: fifteen p-values
// of which four are rejected at 5 %.
func TestBenjaminiHochbergRejectsFourInThePublishedExample(t *testing.T) {
	p := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000}
	rejected := 0
	for _, adjusted := range weights.BenjaminiHochberg(p) {
		if adjusted <= 0.05 {
			rejected++
		}
	}
	if rejected != 4 {
		t.Errorf("%d rejected, want 4", rejected)
	}
}

// share is NaN of nobody: the test must not read it.
func share(n, base int) float64 { return float64(n) / float64(base) }

func TestDifferenceTest(t *testing.T) {
	for _, c := range []struct {
		name       string
		a, n, b, m int
		want       float64
	}{
		// z² is the chi-square of the two by two table, here
		// 200·(60·60-40·40)²/100⁴ = 8.
		{"60 of 100 against 40 of 100", 60, 100, 40, 100, 0.004677735},
		// 110·(15·30-35·30)²/(50·60·45·65) = 4.51282.
		{"15 of 50 against 30 of 60", 15, 50, 30, 60, 0.033642},
		{"the same share", 10, 40, 20, 80, 1},
		{"everybody on both sides", 40, 40, 80, 80, 1},
		{"nobody asked", 0, 0, 3, 80, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := differenceTest(share(c.a, c.n), float64(c.n), share(c.b, c.m), float64(c.m)); math.Abs(got-c.want) > 1e-5 {
				t.Errorf("p = %v, want %v", got, c.want)
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
		// 1 - 6·Σd²/(n(n²-1)), without ties: the classic IQ and television
		// example, Σd² = 194, n = 10.
		{"a published example", []float64{106, 100, 86, 101, 99, 103, 97, 113, 112, 110}, []float64{7, 27, 2, 50, 28, 29, 20, 12, 6, 17}, 1 - 6*194.0/990, true},
		{"ties share a rank", []float64{1, 2, 2, 3}, []float64{1, 2, 3, 4}, 0.9486832980505138, true},
		{"one list all equal", []float64{1, 1, 1}, []float64{1, 2, 3}, 0, false},
		{"two items", []float64{1, 2}, []float64{1, 2}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := weights.Spearman(c.x, c.y)
			if ok != c.ok || !near(got, c.want, 1e-12) {
				t.Errorf("%v %v, want %v %v", got, ok, c.want, c.ok)
			}
		})
	}
}
