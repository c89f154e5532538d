package authoring

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
)

// interval is what a choice such as « 15 à 17 ans » covers, in whole numbers,
// both ends included.
type interval struct {
	low, high float64
	unit      string
	label     string
}

// intervalForms are the ways to write an interval, folded: the first number,
// the second if any, then the unit.
var intervalForms = []struct {
	form *regexp.Regexp
	ends func(a, b float64) (low, high float64)
}{
	{regexp.MustCompile(`^(?:de |entre )?(\d+)(?: \w+)? ?(?:a|-|–|—|et) ?(\d+) ?([a-z]*)`), func(a, b float64) (float64, float64) { return a, b }},
	{regexp.MustCompile(`^moins de (\d+)() ?([a-z]*)`), func(a, _ float64) (float64, float64) { return math.Inf(-1), a - 1 }},
	{regexp.MustCompile(`^jusqu'a (\d+)() ?([a-z]*)`), func(a, _ float64) (float64, float64) { return math.Inf(-1), a }},
	{regexp.MustCompile(`^plus de (\d+)() ?([a-z]*)`), func(a, _ float64) (float64, float64) { return a + 1, math.Inf(1) }},
	{regexp.MustCompile(`^(?:a partir de )(\d+)() ?([a-z]*)`), func(a, _ float64) (float64, float64) { return a, math.Inf(1) }},
	{regexp.MustCompile(`^(\d+)() ?([a-z]*) ?(?:et|ou|\+) ?(?:plus|\+)?`), func(a, _ float64) (float64, float64) { return a, math.Inf(1) }},
}

// thousands are the spaces inside a number.
var thousands = regexp.MustCompile(`(\d) (\d{3})\b`)

func readInterval(label string) (interval, bool) {
	s := thousands.ReplaceAllString(fold(clean(label)), "$1$2")
	for _, f := range intervalForms {
		m := f.form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		a, _ := strconv.ParseFloat(m[1], 64)
		b, _ := strconv.ParseFloat(m[2], 64)
		unit := m[3]
		if unit == "et" || unit == "ou" {
			unit = ""
		}
		low, high := f.ends(a, b)
		return interval{low, high, unit, clean(label)}, low <= high
	}
	return interval{}, false
}

// intervals are those of a list, sorted, when it is made of them: at least
// three, in one unit, and nothing else but ways out and a last resort.
func intervals(list surveys.List, language string) []interval {
	var all []interval
	others := 0
	for _, c := range list.Choices {
		i, ok := readInterval(c.Label.In(language, surveys.NoLanguage))
		switch {
		case ok:
			all = append(all, i)
		case !isWayOut(c, language):
			others++
		}
	}
	if len(all) < 3 || others > 1 {
		return nil
	}
	unit := ""
	for _, i := range all {
		if i.unit != "" && unit != "" && strings.TrimSuffix(i.unit, "s") != strings.TrimSuffix(unit, "s") {
			return nil
		}
		if i.unit != "" {
			unit = i.unit
		}
	}
	slices.SortStableFunc(all, func(a, b interval) int {
		switch {
		case a.low < b.low:
			return -1
		case a.low > b.low:
			return 1
		}
		return 0
	})
	return all
}

func overlaps(p *proof) []Hint {
	return p.lists(func(list surveys.List) string {
		all := intervals(list, p.main)
		for i := 1; i < len(all); i++ {
			a, b := all[i-1], all[i]
			if b.low <= a.high {
				return fmt.Sprintf("%s et %s se recouvrent : à %s, on ne sait pas quoi répondre. Faites commencer le second à %s.",
					quote(a.label), quote(b.label), plainNumber(b.low), plainNumber(min(a.high, b.low)+1))
			}
		}
		return ""
	})
}

func gaps(p *proof) []Hint {
	return p.lists(func(list surveys.List) string {
		all := intervals(list, p.main)
		for i := 1; i < len(all); i++ {
			a, b := all[i-1], all[i]
			if b.low > a.high+1 {
				return fmt.Sprintf("Entre %s et %s, il n’y a rien pour qui répondrait %s. Faites se suivre les tranches.",
					quote(a.label), quote(b.label), plainNumber(a.high+1))
			}
		}
		return ""
	})
}
