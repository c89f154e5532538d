package weights

import "math"

// Limits are the rules of prudence of a weighting.
type Limits struct {
	Cell      int     // answers a cell needs; smaller ones are merged
	Answers   int     // answers below which nothing is weighted
	Design    float64 // Kish's design effect above which the weights are not used
	Low, High float64 // a weight stays between them, the mean being 1
	Gap       float64 // difference left above which the weights are not used, as a share
	Rounds    int     // passes over the margins at most, before trimming and again after
}

// Usual are the limits of the method: cells of 10 answers, 100 answers, a
// design effect of 2, weights from 0.3 to 3 times their mean, 100 passes. The
// gap of 5 points is about the half-width of the interval of a usual survey (382
// answers): beyond, numbers said to be corrected would not be.
func Usual() Limits {
	return Limits{Cell: 10, Answers: 100, Design: 2, Low: 0.3, High: 3, Gap: 0.05, Rounds: 100}
}

func (l Limits) check(problems *Problems) {
	if !(l.Low > 0 && l.Low <= 1 && l.High >= 1 && !math.IsInf(l.High, 1)) {
		problems.add("limits.trim", "Les bornes des poids (%s et %s) ne vont pas : il faut la première entre 0 et 1, la seconde au-dessus de 1, puisque le poids moyen vaut 1.", decimal(l.Low, 2), decimal(l.High, 2))
	}
	if !(l.Design >= 1) {
		problems.add("limits.design", "L’effet de plan admis (%s) doit valoir au moins 1, celui d’un échantillon sans poids.", decimal(l.Design, 2))
	}
	if !(l.Gap >= accepted) {
		problems.add("limits.gap", "L’écart admis avec la population (%s) doit être d’au moins %s.", points(l.Gap), points(accepted))
	}
	if l.Rounds < 1 {
		problems.add("limits.rounds", "Le nombre de passages (%d) doit valoir au moins 1.", l.Rounds)
	}
}
