package territory

import (
	"slices"
	"strings"
)

// Sex is one of the two sexes the census counts.
type Sex uint8

// The sexes, in the order of [Counts].
const (
	Men Sex = iota
	Women
)

// Label is the sex as a table shows it.
func (s Sex) Label() string {
	if s == Women {
		return "Femmes"
	}
	return "Hommes"
}

// Band is one of the age bands INSEE publishes for every commune.
type Band uint8

// The bands, in the order of [Counts].
const (
	Under15 Band = iota
	From15To29
	From30To44
	From45To59
	From60To74
	From75
)

// Bands is how many bands there are.
const Bands = 6

var bandLabels = [Bands]string{"moins de 15 ans", "15–29 ans", "30–44 ans", "45–59 ans", "60–74 ans", "75 ans ou plus"}

// Label is the band as a table shows it.
func (b Band) Label() string {
	if int(b) < Bands {
		return bandLabels[b]
	}
	return ""
}

// Counts are inhabitants by sex and age band. INSEE's counts are estimates and
// have decimals.
type Counts [2][Bands]float64

// Total is everybody.
func (c Counts) Total() float64 { return c.From15() + c[Men][Under15] + c[Women][Under15] }

// From15 is the inhabitants of 15 years or more: those the residents' survey
// is for.
func (c Counts) From15() float64 {
	sum := 0.0
	for _, bands := range c {
		for _, n := range bands[From15To29:] {
			sum += n
		}
	}
	return sum
}

func (c *Counts) add(more Counts) {
	for sex := range c {
		for band := range c[sex] {
			c[sex][band] += more[sex][band]
		}
	}
}

// CommuneCounts are the inhabitants of one commune.
type CommuneCounts struct {
	Code string // INSEE code
	Counts
}

// Census is the inhabitants of some communes by sex and age band.
type Census struct {
	Year     int             // of the census, 0 when the file does not say
	Communes []CommuneCounts // in order of code
}

// Of gives the inhabitants of a commune.
func (c *Census) Of(commune string) (Counts, bool) {
	at, found := slices.BinarySearchFunc(c.Communes, commune, func(one CommuneCounts, code string) int {
		return strings.Compare(one.Code, code)
	})
	if !found {
		return Counts{}, false
	}
	return c.Communes[at].Counts, true
}

// Sum adds up the inhabitants of groups of communes, the sectors of a
// territory say; a commune of two groups counts in both. Communes the census
// does not have are an error of type [MarginProblems] that names them all.
func (c *Census) Sum(groups ...[]string) ([]Counts, error) {
	sums := make([]Counts, len(groups))
	var problems MarginProblems
	told := map[string]bool{}
	for i, communes := range groups {
		for _, code := range communes {
			counts, found := c.Of(code)
			if !found && !told[code] {
				told[code] = true
				problems = append(problems, missingCommune(Commune{Code: code}))
			}
			sums[i].add(counts)
		}
	}
	if problems != nil {
		return nil, problems
	}
	return sums, nil
}
