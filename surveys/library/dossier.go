package library

import (
	"slices"

	"diapason/surveys"
	"diapason/surveys/territory"
)

// Census turns counts read from a file into the census of a dossier. Source is
// who published them.
func Census(read *territory.Census, source string) surveys.Census {
	c := surveys.Census{Source: source, Year: read.Year}
	for _, commune := range read.Communes {
		c.Counts = append(c.Counts, surveys.CensusCount{
			Commune: commune.Code, Men: commune.Counts[territory.Men], Women: commune.Counts[territory.Women],
		})
	}
	return c
}

// demoAges is about how the population of France divides into the bands of the
// census, men then women, of a thousand inhabitants (round numbers, after the
// pyramid of ages that Insee publishes each year).
var demoAges = [2][surveys.CensusBands]float64{
	{87, 89, 91, 97, 82, 41},
	{83, 87, 94, 99, 91, 59},
}

// DemoDossier is what stands beside the demonstration's answers. The communes,
// their populations, and what comes from the real contract are real; the rest
// is invented and says so.
func DemoDossier(d surveys.Diagnostic) surveys.Dossier {
	return surveys.Dossier{
		Diagnostic: d.ID, Phases: demoPhases(d.Opens), Census: demoCensus(d.Territory), Members: demoMembers(d.Opens.Year() - 1),
		Figures:   demoFiguresOf(d, d.Opens.Year()-2),
		Resources: demoResources, Findings: demoFindings, Priorities: demoPriorities, Actions: demoActionSheets(), Codes: slices.Clone(demoCodes),
	}
}

func demoCensus(t surveys.Territory) surveys.Census {
	c := surveys.Census{Source: "Démonstration : populations réelles des communes, âges et sexes inventés", Demo: true}
	for _, commune := range t.Communes {
		count := surveys.CensusCount{Commune: commune.Code}
		for band := range surveys.CensusBands {
			count.Men[band] = float64(commune.Population) * demoAges[0][band] / 1000
			count.Women[band] = float64(commune.Population) * demoAges[1][band] / 1000
		}
		c.Counts = append(c.Counts, count)
	}
	return c
}
