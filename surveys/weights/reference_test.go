package weights

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// A reference is one case computed with R's survey package.
type reference struct{ folder, name string }

// references are the case kept here and, when they are there, all of those
// shared with the project.
func references(t *testing.T) []reference {
	t.Helper()
	all := []reference{{"testdata", "api_srs"}}
	const shared = "../../../shared/reference/weighting"
	if _, err := os.Stat(shared); err != nil {
		t.Log("only the case of testdata is held: ", err)
		return all
	}
	return append(all, reference{shared, "api_srs"}, reference{shared, "api1"})
}

// read is a table of the case, a map for each line.
func (r reference) read(t *testing.T, table string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(r.folder, r.name+"_"+table+".csv"))
	if err != nil {
		t.Fatal(err)
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

// margins are those of the case, with the code of each answer.
func (r reference) margins(t *testing.T, sample []map[string]string) []Margin {
	t.Helper()
	var margins []Margin
	for _, line := range r.read(t, "margins") {
		if len(margins) == 0 || margins[len(margins)-1].Name != line["variable"] {
			margins = append(margins, Margin{Name: line["variable"]})
		}
		m := &margins[len(margins)-1]
		m.Cells = append(m.Cells, Cell{Label: line["value"], Population: number(t, line["population"])})
	}
	for i := range margins {
		m := &margins[i]
		for _, answer := range sample {
			at := slices.IndexFunc(m.Cells, func(c Cell) bool { return c.Label == answer[m.Name] })
			m.Codes = append(m.Codes, uint8(at))
		}
	}
	return margins
}

// raked is the case raked by us.
func (r reference) raked(t *testing.T) (sample []map[string]string, margins []Margin, result Result) {
	t.Helper()
	sample = r.read(t, "sample")
	margins = r.margins(t, sample)
	result, err := Rake(len(sample), margins, Usual())
	if err != nil {
		t.Fatal(err)
	}
	if !result.Applied || !result.Converged {
		t.Fatalf("not applied: %s", result.Sentence)
	}
	return sample, margins, result
}

func number(t *testing.T, s string) float64 {
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

func TestRakedWeightsAreThoseOfTheReference(t *testing.T) {
	for _, r := range references(t) {
		t.Run(r.name, func(t *testing.T) {
			_, margins, result := r.raked(t)
			scale := margins[0].total() / float64(result.N)
			for i, line := range r.read(t, "weights") {
				if got := result.Weights[i] * scale; !near(got, number(t, line["weight"]), 1e-6) {
					t.Errorf("answer %s: %v, want %s", line["id"], got, line["weight"])
				}
			}
		})
	}
}

func TestWeightedSharesAreThoseOfTheReference(t *testing.T) {
	for _, r := range references(t) {
		t.Run(r.name, func(t *testing.T) {
			sample, _, result := r.raked(t)
			for _, line := range r.read(t, "shares") {
				checkShare(t, line, sample, result.Weights)
			}
		})
	}
}

func checkShare(t *testing.T, line map[string]string, sample []map[string]string, weights []float64) {
	t.Helper()
	var part, base Base
	for i, answer := range sample {
		if group := line["group"]; group != "" && answer[group] != line["level"] {
			continue
		}
		base.Add(weights[i], 1)
		if answer[line["outcome"]] == line["value"] {
			part.Add(weights[i], 1)
		}
	}
	e, ok := EstimateOf(part, base)
	if !ok {
		t.Fatalf("%v: no estimate", line)
	}
	for _, c := range []struct {
		name string
		got  float64
	}{{"n", float64(e.N)}, {"base", float64(e.Base)}, {"n_eff", e.Effective}, {"share", e.Share}, {"low", e.Low}, {"high", e.High}} {
		if !near(c.got, number(t, line[c.name]), 1e-6) {
			t.Errorf("%s %s=%s %s: %s is %v, want %s", line["outcome"], line["group"], line["level"], line["value"], c.name, c.got, line[c.name])
		}
	}
}

func TestTestsAreThoseOfTheReference(t *testing.T) {
	for _, r := range references(t) {
		t.Run(r.name, func(t *testing.T) {
			sample, _, result := r.raked(t)
			lines := r.read(t, "tests")
			p := make([]float64, len(lines))
			for i, line := range lines {
				p[i] = checkTest(t, line, sample, result.Weights)
			}
			for i, line := range lines {
				if got := BenjaminiHochberg(p)[i]; !near(got, number(t, line["p_bh"]), 1e-6) {
					t.Errorf("line %d: Benjamini–Hochberg %v, want %s", i+2, got, line["p_bh"])
				}
				if got := Holm(p)[i]; !near(got, number(t, line["p_holm"]), 1e-6) {
					t.Errorf("line %d: Holm %v, want %s", i+2, got, line["p_holm"])
				}
			}
		})
	}
}

// checkTest compares one test and returns its p-value.
func checkTest(t *testing.T, line map[string]string, sample []map[string]string, weights []float64) float64 {
	t.Helper()
	var rows, columns []string
	place := func(names *[]string, name string) int {
		if !slices.Contains(*names, name) {
			*names = append(*names, name)
		}
		return slices.Index(*names, name)
	}
	table := [][]float64{}
	for range 5 {
		table = append(table, make([]float64, 5))
	}
	for i, answer := range sample {
		table[place(&rows, answer[line["outcome"]])][place(&columns, answer[line["group"]])] += weights[i]
	}
	a, ok := Independence(table, BaseOf(weights).Effective())
	if !ok {
		t.Fatalf("%v: no test", line)
	}
	for _, c := range []struct {
		name string
		got  float64
	}{{"chi2", a.ChiSquare}, {"df", float64(a.Freedom)}, {"p_value", a.P}, {"cramers_v", a.V}, {"n_eff", BaseOf(weights).Effective()}} {
		if !near(c.got, number(t, line[c.name]), 1e-6) {
			t.Errorf("%s by %s: %s is %v, want %s", line["outcome"], line["group"], c.name, c.got, line[c.name])
		}
	}
	return a.P
}
