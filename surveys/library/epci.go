package library

import (
	"fmt"
	"strings"

	"diapason/surveys"
	"diapason/surveys/territory"
)

// Territory is any intercommunalité of France, by its SIREN or by a name that
// only it answers to. A name that none or several answer to is an error that
// says so. It is one sector until somebody groups its communes otherwise.
func Territory(query string) (surveys.Territory, error) {
	france, err := territory.Load()
	if err != nil {
		return surveys.Territory{}, fmt.Errorf("library: territory %s: %w", query, err)
	}
	group, ok := france.EPCI(query)
	if !ok {
		if group, err = named(france, query); err != nil {
			return surveys.Territory{}, err
		}
	}
	return assemble(group.Name, []string{group.Code}, nil)
}

// proposed is how many names an ambiguous one is answered with.
const proposed = 6

func named(france *territory.France, query string) (territory.Group, error) {
	found := france.FindGroups(query, proposed)
	if len(found) == 1 || len(found) > 0 && territory.Fold(found[0].Name) == territory.Fold(query) {
		return found[0], nil
	}
	if len(found) == 0 {
		return territory.Group{}, fmt.Errorf("aucune intercommunalité ne répond à « %s » : vérifiez le nom, ou les neuf chiffres du SIREN", query)
	}
	var names []string
	for _, g := range found {
		names = append(names, g.Name+" ("+g.Code+")")
	}
	return territory.Group{}, fmt.Errorf("plusieurs intercommunalités répondent à « %s » : %s… Donnez le SIREN de la vôtre", query, strings.Join(names, ", "))
}
