package report

import (
	"testing"

	"diapason/surveys/tally"
)

// large makes a side with a base that allows everything.
func large(percent, place int) side {
	return side{n: tally.People(percent * 10), base: tally.People(1000), place: place, enough: true}
}

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		name  string
		sides []side
		want  string
	}{
		{"close and in everybody's top five: convergence", []side{large(50, 1), large(42, 3), large(45, 5)}, Convergence},
		{"close but sixth for one: nothing but a real, moderate gap", []side{large(50, 1), large(42, 6)}, Moderate},
		{"far apart and sure: divergence", []side{large(50, 1), large(25, 3)}, Divergence},
		{"exactly 20 points is not more than 20", []side{large(50, 1), large(30, 3)}, Moderate},
		{"far apart, sure, and unseen by one: angle mort", []side{large(50, 1), large(10, 9)}, BlindSpot},
		{"eighth is still seen", []side{large(50, 1), large(10, 8)}, Divergence},
		{"unseen by one, beside a third who agrees with none", []side{large(30, 4), large(18, 9), large(60, 6)}, BlindSpot},
		{"far apart on few people: not significant", []side{{n: tally.People(18), base: tally.People(30), place: 1, enough: true}, {n: tally.People(11), base: tally.People(30), place: 3, enough: true}}, Unproven},
		{"ninth, on few people: not a blind spot either", []side{{n: tally.People(9), base: tally.People(30), place: 5, enough: true}, {n: tally.People(6), base: tally.People(30), place: 9, enough: true}}, Unproven},
		{"one base too small leaves nobody to compare with", []side{large(50, 1), {n: tally.People(20), base: tally.People(29), place: 1}}, TooSmall},
		{"a small audience does not keep the others from converging", []side{large(50, 1), {n: tally.People(1), base: tally.People(29), place: 9}, large(48, 2)}, Convergence},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := compare([][]side{c.sides})[0].verdict; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}

	t.Run("a test is corrected for all the comparisons of the table", func(t *testing.T) {
		// Alone p = 0.03; among forty items that agree, it is chance.
		items := [][]side{{{n: tally.People(50), base: tally.People(100), place: 1, enough: true}, {n: tally.People(39), base: tally.People(120), place: 6, enough: true}}}
		if got := compare(items)[0].verdict; got != Moderate {
			t.Fatalf("alone: %q", got)
		}
		for range 40 {
			items = append(items, []side{large(50, 6), large(50, 6)})
		}
		if got := compare(items)[0].verdict; got != Unproven {
			t.Errorf("among many: %q", got)
		}
	})
}
