package surveys

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// SectorFloor is the least population of a sector that is published: about that
// of an IRIS, the size Insee agreed with the CNIL for local figures.
const SectorFloor = 2000

// maxSectorName is how long the name of a sector may be, in letters: it stands
// at the head of table rows.
const maxSectorName = 80

// CheckSectors finds what is wrong with a grouping of a territory, all at once:
// each commune is in exactly one sector, each sector has a name of its own, a
// commune and [SectorFloor] inhabitants, unless the whole territory has fewer.
// The place of a problem is "sector-" and the number of the sector, or
// "commune-" and the code of the commune.
func CheckSectors(t Territory, sectors []Sector) Problems {
	if len(sectors) == 0 {
		return Problems{{Place: Place{Question: "sectors"}, Code: "sectors.none",
			Message: "il faut au moins un secteur : nommez-en un et rattachez-y des communes."}}
	}
	problems := checkSectorNames(sectors)
	problems = append(problems, checkPartition(t, sectors)...)
	return append(problems, checkSectorPeople(t, sectors)...)
}

func checkSectorNames(sectors []Sector) Problems {
	var problems Problems
	named := map[string]int{}
	for i, s := range sectors {
		add := func(code, format string, args ...any) {
			problems = append(problems, Problem{Place: sectorPlace(i), Code: code, Message: fmt.Sprintf(format, args...)})
		}
		name := strings.TrimSpace(s.Name)
		folded := fold(name)
		switch first, taken := named[folded]; {
		case folded == "":
			add("sector.unnamed", "le secteur n° %d n’a pas de nom : donnez-lui celui que les gens emploient, ou celui de sa plus grande commune.", i+1)
		case utf8.RuneCountInString(name) > maxSectorName:
			add("sector.long", "le nom du secteur n° %d est trop long pour les tableaux : %d caractères au plus.", i+1, maxSectorName)
		case taken:
			add("sector.twice", "les secteurs n° %d et n° %d s’appellent tous deux « %s » : changez l’un des noms.", first+1, i+1, name)
		default:
			named[folded] = i
		}
		if len(s.Communes) == 0 {
			add("sector.empty", "le secteur %s n’a aucune commune : rattachez-lui des communes, ou effacez son nom.", calledSector(i, s))
		}
	}
	return problems
}

// checkPartition holds every commune to exactly one sector.
func checkPartition(t Territory, sectors []Sector) Problems {
	var problems Problems
	in := map[string][]int{}
	for i, s := range sectors {
		for _, code := range s.Communes {
			in[code] = append(in[code], i)
		}
	}
	add := func(code, fault, format string, args ...any) {
		problems = append(problems, Problem{Place: Place{Question: "commune-" + code}, Code: fault, Message: fmt.Sprintf(format, args...)})
	}
	for _, c := range t.Communes {
		switch at := in[c.Code]; {
		case len(at) == 0:
			add(c.Code, "commune.nowhere", "%s n’est dans aucun secteur : choisissez-en un.", c.Name)
		case len(at) > 1:
			add(c.Code, "commune.twice", "%s est dans deux secteurs, %s et %s : gardez-en un.", c.Name, calledSector(at[0], sectors[at[0]]), calledSector(at[1], sectors[at[1]]))
		}
		delete(in, c.Code)
	}
	for _, s := range sectors {
		for _, code := range s.Communes {
			if in[code] != nil {
				add(code, "commune.foreign", "la commune de code %s n’est pas du territoire : retirez-la du secteur « %s ».", code, s.Name)
				delete(in, code)
			}
		}
	}
	return problems
}

// checkSectorPeople holds every sector to the floor.
func checkSectorPeople(t Territory, sectors []Sector) Problems {
	if all := t.Population(); all < SectorFloor {
		if len(sectors) == 1 {
			return nil
		}
		return Problems{{Place: sectorPlace(1), Code: "sector.territory", Message: fmt.Sprintf(
			"le territoire compte %d habitants, moins que les %d d’un secteur : il n’en forme qu’un seul.", all, SectorFloor)}}
	}
	var problems Problems
	for i, s := range sectors {
		if people := t.PopulationOf(s.Communes); len(s.Communes) > 0 && people < SectorFloor {
			problems = append(problems, Problem{Place: sectorPlace(i), Code: "sector.small", Message: fmt.Sprintf(
				"le secteur %s compte %d habitants : il en faut au moins %d pour que personne n’y soit reconnu. Ajoutez-lui une commune voisine, ou réunissez-le à un autre secteur.", calledSector(i, s), people, SectorFloor)})
		}
	}
	return problems
}

// PopulationOf is the number of inhabitants of some communes of the territory.
func (t Territory) PopulationOf(communes []string) int {
	n := 0
	for _, c := range t.Communes {
		if slices.Contains(communes, c.Code) {
			n += c.Population
		}
	}
	return n
}

func sectorPlace(i int) Place { return Place{Question: fmt.Sprintf("sector-%d", i+1)} }

func calledSector(i int, s Sector) string {
	if name := strings.TrimSpace(s.Name); name != "" {
		return "« " + name + " »"
	}
	return fmt.Sprintf("n° %d", i+1)
}
