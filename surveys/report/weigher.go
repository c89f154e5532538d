package report

import (
	"diapason/surveys"
)

// Weigher says how much each answer to a survey counts for. It is made with the
// working view, for the raw answers that go with it.
type Weigher struct{ *weighting }

// Weigher is that of a survey; weighted is false when each of its answers
// counts for one, and in the restitution.
func (r *Report) Weigher(survey string) (w Weigher, weighted bool) {
	w, weighted = r.weighers[survey]
	return w, weighted
}

// Of is the weight of somebody who gave these answers to a version of the
// survey; the mean weight of all is 1.
func (w Weigher) Of(form *surveys.Form, a surveys.Answers) float64 {
	groups := make([]string, len(w.by))
	for i, by := range w.by {
		groups[i] = by.Of(form, a)
	}
	weight, known := w.weights[stratumName(groups)]
	if !known { // it arrived since
		return 1
	}
	return weight
}

// weighers are those of the audiences that are weighted.
func (b *builder) weighers() map[string]Weigher {
	all := map[string]Weigher{}
	for _, p := range b.people {
		if b.View == Work && p.weighting.weigh() != nil {
			all[p.ID] = Weigher{p.weighting}
		}
	}
	return all
}
