package weights

import "math"

const (
	// mostPeople is more than any census counts: beyond, a number is a fault.
	mostPeople = 1e10
	// sameTotal is how far apart the totals of two margins may be, as a share:
	// two vintages of one census differ by less.
	sameTotal = 0.05
)

// check finds everything that makes margins unusable for n answers.
func check(n int, margins []Margin, limits Limits) Problems {
	var problems Problems
	if n < 0 {
		problems.add("rows.negative", "Le nombre de réponses (%s) est négatif.", whole(n))
		return problems
	}
	limits.check(&problems)
	for i := range margins {
		margins[i].check(n, &problems)
	}
	if problems == nil {
		checkTotals(margins, &problems)
	}
	return problems
}

func (m *Margin) check(n int, problems *Problems) {
	if len(m.Cells) == 0 || len(m.Cells) > maxCells {
		problems.add("margin.cells", "La marge « %s » a %s : il en faut de 1 à %d.", m.Name, plural(len(m.Cells), "case"), maxCells)
		return
	}
	if len(m.Codes) != n {
		problems.add("margin.rows", "La marge « %s » donne la case de %s, mais il y a %s : donnez-en une par réponse.", m.Name, plural(len(m.Codes), "réponse"), plural(n, "réponse"))
	}
	m.checkCodes(problems)
	m.checkPopulations(problems)
}

// checkCodes tells the first answer of each code that names no cell.
func (m *Margin) checkCodes(problems *Problems) {
	var told [256]bool
	for row, code := range m.Codes {
		if int(code) < len(m.Cells) || code == Unknown || told[code] {
			continue
		}
		told[code] = true
		problems.add("margin.code", "La marge « %s » ne couvre pas toutes les réponses : la réponse %s porte le code %d et la marge n’a que %s. Ajoutez la case qui manque, ou dites la réponse inconnue.", m.Name, whole(row+1), code, plural(len(m.Cells), "case"))
	}
}

func (m *Margin) checkPopulations(problems *Problems) {
	before := len(*problems)
	for _, c := range m.Cells {
		switch p := c.Population; {
		case math.IsNaN(p):
			problems.add("population.missing", "Marge « %s », case « %s » : la population manque. Complétez-la d’après le recensement.", m.Name, c.Label)
		case p < 0:
			problems.add("population.negative", "Marge « %s », case « %s » : la population (%s) est négative. Corrigez-la.", m.Name, c.Label, decimal(max(p, -mostPeople), 2))
		case p > mostPeople:
			problems.add("population.huge", "Marge « %s », case « %s » : la population dépasse celle de la Terre. Vérifiez le nombre et sa virgule.", m.Name, c.Label)
		}
	}
	if len(*problems) == before && m.total() == 0 {
		problems.add("population.none", "La marge « %s » ne compte personne : toutes ses populations valent 0. Vérifiez le fichier du recensement.", m.Name)
	}
}

// checkTotals holds the margins of one territory to one total: otherwise one
// of them leaves some people out, or counts those of elsewhere.
func checkTotals(margins []Margin, problems *Problems) {
	widest := -1
	for i := range margins {
		if !margins[i].SharesOnly && (widest < 0 || margins[i].total() > margins[widest].total()) {
			widest = i
		}
	}
	for i := range margins {
		if m := &margins[i]; !m.SharesOnly && m.total() < (1-sameTotal)*margins[widest].total() {
			problems.add("margin.cover", "La marge « %s » compte %s personnes et la marge « %s » en compte %s : elles ne couvrent pas la même population. Prenez-les sur les mêmes communes, les mêmes âges et la même année.",
				m.Name, people(m.total()), margins[widest].Name, people(margins[widest].total()))
		}
	}
}
