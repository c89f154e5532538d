package report

import (
	"fmt"
	"math"
	"strings"

	"diapason/surveys"
)

// mostFaults is how many faults of a census are told one by one.
const mostFaults = 3

// censusFaults are what makes the census of the dossier unfit to weight with,
// as sentences; nil when nothing does, or when there is none. A census that
// leaves communes out would make their people weigh nothing.
func (b *builder) censusFaults() []string {
	census := b.Dossier.Census
	if len(census.Counts) == 0 {
		return nil
	}
	var faults []string
	counted := map[string]bool{}
	for _, c := range census.Counts {
		if !b.communes[c.Commune] {
			continue // of a neighbour: it is passed over
		}
		if counted[c.Commune] {
			faults = append(faults, fmt.Sprintf("%s y est deux fois : gardez une ligne.", b.communeName(c.Commune)))
		}
		counted[c.Commune] = true
		if fault := countFault(c); fault != "" {
			faults = append(faults, b.communeName(c.Commune)+" : "+fault)
		}
	}
	var missing []string
	for _, c := range b.Diagnostic.Territory.Communes {
		if !counted[c.Code] && c.Population > 0 {
			missing = append(missing, b.communeName(c.Code))
		}
	}
	if len(missing) > 0 {
		faults = append([]string{"Il ne couvre pas tout le territoire : il manque " + someOf(missing) + "."}, faults...)
	}
	if more := len(faults) - mostFaults; more > 0 {
		faults = append(faults[:mostFaults], fmt.Sprintf("Autres lignes à corriger : %d.", more))
	}
	return faults
}

// countFault is what is wrong with the counts of a commune, "" when nothing is.
func countFault(c surveys.CensusCount) string {
	for _, bands := range [][surveys.CensusBands]float64{c.Men, c.Women} {
		for _, n := range bands {
			switch {
			case math.IsNaN(n) || math.IsInf(n, 0):
				return "un effectif de population n’est pas un nombre, complétez-le."
			case n < 0:
				return "un effectif de population est négatif, corrigez-le."
			}
		}
	}
	return ""
}

// communeName is a commune as people call it, its code when it has no name.
func (b *builder) communeName(code string) string {
	if c := b.Diagnostic.Territory.Commune(code); c != nil && c.Name != "" {
		return c.Name
	}
	return code
}

// someOf names the first of many, and tells how many others there are.
func someOf(names []string) string {
	if more := len(names) - mostFaults; more > 0 {
		return fmt.Sprintf("%s et %d autres communes", strings.Join(names[:mostFaults], ", "), more)
	}
	return enumerate(names)
}
