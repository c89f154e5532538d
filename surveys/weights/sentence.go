package weights

import (
	"fmt"
	"math"
	"strings"
)

// sentence says what was done with the weights, or why nothing was.
func (r *Result) sentence(margins []Margin, targets []target, limits Limits) string {
	if !r.Applied {
		return "Pas de redressement : " + r.why(margins, targets, limits)
	}
	s := fmt.Sprintf("Réponses redressées sur %s. Pour la précision, %s comptent comme %s (effet de plan : %s).",
		quoted(r.Used), plural(r.N, "réponse"), whole(int(math.Round(r.Effective))), decimal(r.Design, 2))
	if r.Trimmed > 0 {
		s += fmt.Sprintf(" Les poids sont tenus entre %s et %s ; l’un de ces bouts est atteint par %s.",
			decimal(limits.Low, 2), decimal(limits.High, 2), plural(r.Trimmed, "réponse"))
	}
	if !r.Converged {
		s += " Il reste un écart de " + r.where(margins, targets) + "."
	}
	return s
}

// where is the greatest gap and its place.
func (r *Result) where(margins []Margin, targets []target) string {
	t := &targets[r.worst.target]
	m := &margins[t.at]
	return points(r.Gap) + " avec la population sur « " + m.Name + " », " + t.label(m, r.worst.lot)
}

func (r *Result) why(margins []Margin, targets []target, limits Limits) string {
	switch r.Reason {
	case NoAnswers:
		return "il n’y a pas encore de réponse."
	case NoMargins:
		return "aucune marge de calage n’est renseignée."
	case FewAnswers:
		return fmt.Sprintf("il y a %s, et il en faut au moins %s pour que les poids ne fassent pas parler quelques personnes à la place de beaucoup d’autres.", plural(r.N, "réponse"), whole(limits.Answers))
	case SmallCells:
		return fmt.Sprintf("sur %s, trop peu de cases ont au moins %s.", quoted(r.Dropped), plural(max(1, limits.Cell), "réponse"))
	case Contradiction:
		return fmt.Sprintf("les marges ne peuvent pas être atteintes ensemble avec ces réponses. Après %d passages, il reste un écart de %s.", r.Rounds, r.where(margins, targets))
	case TooFar:
		return fmt.Sprintf("les personnes qui ont répondu ressemblent trop peu à la population. Même avec des poids de %s à %s, il reste un écart de %s.",
			decimal(limits.Low, 2), decimal(limits.High, 2), r.where(margins, targets))
	case Costly:
		return fmt.Sprintf("les personnes qui ont répondu ressemblent trop peu à la population. Les poids feraient passer la précision de %s à %s (effet de plan : %s, au-dessus de %s).",
			plural(r.N, "réponse"), whole(int(math.Round(float64(r.N)/r.Design))), decimal(r.Design, 2), decimal(limits.Design, 2))
	}
	return strings.Join([]string{"le nombre de personnes n’est pas connu pour", quoted(unknownLabels(margins)) + "."}, " ")
}

// unknownLabels are the cells whose population is not known.
func unknownLabels(margins []Margin) []string {
	var labels []string
	for _, m := range margins {
		for _, c := range m.Cells {
			if math.IsNaN(c.Population) {
				labels = append(labels, c.Label)
			}
		}
	}
	return labels
}
