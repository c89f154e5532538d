package report

import (
	"context"
	"fmt"
	"math"
	"time"

	"diapason/surveys"
)

// Residents are how many residents of each commune of a diagnostic answered:
// what groupings of communes are weighed with. One commune is never shown, for
// most of these numbers are about a handful of people.
type Residents struct{ byCommune map[string]int }

// Residents counts them.
func (s Source) Residents(ctx context.Context, d surveys.Diagnostic) (Residents, error) {
	asked, err := s.Forms.Store.Surveys(ctx, d.ID)
	if err != nil {
		return Residents{}, fmt.Errorf("residents of %s: %w", d.ID, err)
	}
	table, err := s.Tables.Counter(ctx, d.ID)
	if err != nil {
		return Residents{}, fmt.Errorf("residents of %s: %w", d.ID, err)
	}
	r := Residents{byCommune: map[string]int{}}
	for _, survey := range asked {
		if survey.Audience != surveys.Habitants {
			continue
		}
		split, err := table.Split(survey.ID)
		if err != nil {
			return Residents{}, fmt.Errorf("residents of %s: %w", d.ID, err)
		}
		for _, code := range split.Survey(nil, nil).Communes {
			r.byCommune[code.Code] += code.N
		}
	}
	return r, nil
}

// Of adds up some communes.
func (r Residents) Of(communes []string) int {
	n := 0
	for _, code := range communes {
		n += r.byCommune[code]
	}
	return n
}

// Expected is how many residents of a commune will have answered on the last
// day of a collection, should they go on as they began.
func (r Residents) Expected(commune string, d surveys.Diagnostic, now time.Time) int {
	return int(math.Round(float64(r.byCommune[commune]) * collectionLeft(d, now)))
}

// mostGrowth keeps the first days of a collection from promising too much.
const mostGrowth = 5

// collectionLeft is by how much the answers of a collection grow until its end,
// when they come evenly: 1 once it is over, or when its dates say nothing.
func collectionLeft(d surveys.Diagnostic, now time.Time) float64 {
	whole, past := d.Closes.Sub(d.Opens), now.Sub(d.Opens)
	if d.Opens.IsZero() || whole <= 0 || past <= 0 || past >= whole {
		return 1
	}
	return min(float64(whole)/float64(past), mostGrowth)
}

// EnoughAnswers is the base from which a share is given at all.
const EnoughAnswers = leastBase

// Class says how many people answered by the thresholds of the report, not
// exactly: two groupings that differ by one village must not tell how many of
// its people answered. Enough reports whether a share may be given.
func Class(n int) (words string, enough bool) {
	switch {
	case n <= 0:
		return "aucune réponse", false
	case n < floor:
		return "moins de 11 réponses", false
	case n < leastBase:
		return "de 11 à 29 réponses", false
	case n < cautionBase:
		return "de 30 à 49 réponses", true
	case n < 100:
		return "de 50 à 99 réponses", true
	}
	return "100 réponses ou plus", true
}
