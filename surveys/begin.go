package surveys

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Begin adds a survey that is still to be written: a draft, without a version,
// whose manuscript starts as the questionnaire given. What is wrong with the
// survey comes back as Problems, all at once, and nothing is added.
func Begin(ctx context.Context, store Store, survey Survey, first Questionnaire, by string, now time.Time) error {
	survey.State, survey.Current, survey.Updated = Draft, 0, now.UTC()
	if problems := survey.CheckNew(); problems != nil {
		return problems
	}
	err := store.AddSurvey(ctx, survey)
	if errors.Is(err, ErrExists) {
		return Problems{addressTaken(survey.ID)}
	}
	if err != nil {
		return fmt.Errorf("begin %s: %w", survey.ID, err)
	}
	first.Title = survey.Title
	if first.FormID == "" {
		first.FormID = survey.ID
	}
	m := Manuscript{Survey: survey.ID, Questionnaire: *first.Keyed(nil), By: by, Updated: now.UTC()}
	if err := store.AddManuscript(ctx, m); err != nil {
		return fmt.Errorf("begin the manuscript of %s: %w", survey.ID, err)
	}
	return nil
}

// CheckNew finds what is wrong with a survey that somebody begins, nil when
// nothing is: people read its title.
func (s Survey) CheckNew() Problems {
	problems := s.Check()
	if strings.TrimSpace(s.Title) == "" {
		problems = append(problems, Problem{Place: Place{Question: "title"}, Code: "title.missing", Message: "Donnez un titre à l’enquête : les personnes le liront en haut du questionnaire."})
	}
	return problems
}

func addressTaken(id string) Problem {
	return Problem{Place: Place{Question: "id"}, Code: "slug.taken", Message: fmt.Sprintf(
		"L’adresse « %s » sert déjà à une autre enquête : choisissez-en une autre.", id)}
}
