package library

import (
	"strings"
	"testing"
)

func TestATerritoryIsFoundByItsSIRENOrItsName(t *testing.T) {
	for query, want := range map[string]string{
		"247100290":               "34 communes",
		"CU Creusot Montceau":     "34 communes",
		"creusot montceau":        "34 communes",
		"communauté de communes":  "plusieurs intercommunalités",
		"999999999":               "aucune intercommunalité",
		"Brocéliande-sur-Mer-Nul": "aucune intercommunalité",
	} {
		found, err := Territory(query)
		got := ""
		if err != nil {
			got = err.Error()
		} else if len(found.Communes) == 34 {
			got = "34 communes"
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q gives %q, %v, want %q", query, found.Name, err, want)
		}
	}
}
