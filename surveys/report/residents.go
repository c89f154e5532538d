package report

import (
	"context"
	"fmt"

	"diapason/surveys"
)

// Residents counts how many residents of each commune answered. It is what
// groupings of communes are weighed with, and is never shown as it is: by
// commune, most numbers are about a handful of people. [Class] says a sum of
// them in words.
func (s Source) Residents(ctx context.Context, d surveys.Diagnostic) (map[string]int, error) {
	asked, err := s.Forms.Store.Surveys(ctx, d.ID)
	if err != nil {
		return nil, fmt.Errorf("residents of %s: %w", d.ID, err)
	}
	table, err := s.Tables.Table(ctx, d.ID)
	if err != nil {
		return nil, fmt.Errorf("residents of %s: %w", d.ID, err)
	}
	counts := map[string]int{}
	for _, survey := range asked {
		if survey.Audience != surveys.Habitants {
			continue
		}
		split, err := table.Split(survey.ID)
		if err != nil {
			return nil, fmt.Errorf("residents of %s: %w", d.ID, err)
		}
		for _, code := range split.Survey(nil, nil).Communes {
			counts[code.Code] += code.N
		}
	}
	for code := range counts {
		if d.Territory.Commune(code) == nil {
			delete(counts, code) // elsewhere, or no opinion
		}
	}
	return counts, nil
}

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
