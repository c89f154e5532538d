package weights

import "math"

// PostStratify gives each of n answers a weight so that each group counts as
// many as it has members: professionals by family and sector. Within a group
// everybody has the weight N_h/n_h, brought to a mean of 1 (D. Holt, T. M. F.
// Smith, "Post stratification", JRSS A 142, 1979).
//
// The members of every group must be known: when one is NaN the result is not
// applied, and names the group. A group with more answers than members is an
// error of type [Problems]. Merging, trimming and limits are those of [Rake].
func PostStratify(n int, groups Margin, limits Limits) (Result, error) {
	for _, c := range groups.Cells {
		if math.IsNaN(c.Population) {
			return uncounted(n, groups, limits)
		}
	}
	if problems := check(n, []Margin{groups}, limits); problems != nil {
		return Result{}, problems
	}
	if problems := checkMembers(&groups); problems != nil {
		return Result{}, problems
	}
	return Rake(n, []Margin{groups}, limits)
}

// uncounted is the result where some group has no known number of members.
func uncounted(n int, groups Margin, limits Limits) (Result, error) {
	if n < 0 {
		return Result{}, check(n, nil, limits)
	}
	r := unweighted(n)
	r.Reason = NotCounted
	r.Sentence = r.sentence([]Margin{groups}, nil, limits)
	return r, nil
}

func checkMembers(groups *Margin) Problems {
	var problems Problems
	for i, n := range groups.count()[:len(groups.Cells)] {
		if c := groups.Cells[i]; float64(n) > c.Population {
			problems.add("population.fewer", "« %s » : %s pour une population de %s. Vérifiez le nombre de personnes de ce groupe.", c.Label, plural(n, "réponse"), people(c.Population))
		}
	}
	return problems
}
