package library

import (
	"fmt"

	"diapason/surveys"
	"diapason/surveys/territory"
)

// Territory is any intercommunalité of France by its SIREN; a code nobody has
// is an error that says so. It is one sector until somebody groups its
// communes otherwise.
func Territory(siren string) (surveys.Territory, error) {
	france, err := territory.Load()
	if err != nil {
		return surveys.Territory{}, fmt.Errorf("library: territory %s: %w", siren, err)
	}
	group, ok := france.EPCI(siren)
	if !ok {
		return surveys.Territory{}, fmt.Errorf("aucune intercommunalité n’a le numéro SIREN « %s » : vérifiez ses neuf chiffres", siren)
	}
	return assemble(group.Name, []string{siren}, nil)
}
