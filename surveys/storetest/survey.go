package storetest

import (
	"testing"

	"diapason/surveys"
)

func testSurveys(t *testing.T, open Open) {
	t.Run("a survey comes back as it was added", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddSurvey(t.Context(), Survey("h26", DiagnosticID)))
		got, err := store.Survey(t.Context(), "h26")
		noError(t, err)
		equal(t, got, Survey("h26", DiagnosticID))
	})

	t.Run("a survey nobody added is not found", func(t *testing.T) {
		_, err := open(t).Survey(t.Context(), "h26")
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("an ID that is taken is refused, in another diagnostic too", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddSurvey(t.Context(), Survey("h26", DiagnosticID)))
		wantError(t, store.AddSurvey(t.Context(), Survey("h26", "ailleurs")), surveys.ErrExists)
	})

	t.Run("the surveys of a diagnostic are listed by ID, and no others", func(t *testing.T) {
		store := open(t)
		for _, s := range []surveys.Survey{Survey("p26", DiagnosticID), Survey("a26", DiagnosticID), Survey("h26", "ailleurs")} {
			noError(t, store.AddSurvey(t.Context(), s))
		}
		got, err := store.Surveys(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, got, []surveys.Survey{Survey("a26", DiagnosticID), Survey("p26", DiagnosticID)})
		none, err := store.Surveys(t.Context(), "nulle-part")
		noError(t, err)
		equal(t, len(none), 0)
	})

	t.Run("an update is stored and returned", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddSurvey(t.Context(), Survey("h26", DiagnosticID)))
		updated, err := store.UpdateSurvey(t.Context(), "h26", func(s *surveys.Survey) error {
			s.State = surveys.Closed
			return nil
		})
		noError(t, err)
		equal(t, updated.State, surveys.Closed)
		got, err := store.Survey(t.Context(), "h26")
		noError(t, err)
		equal(t, got, updated)
	})

	t.Run("a survey moved to another diagnostic is listed there", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddSurvey(t.Context(), Survey("h26", DiagnosticID)))
		moved, err := store.UpdateSurvey(t.Context(), "h26", func(s *surveys.Survey) error {
			s.Diagnostic = "ailleurs"
			return nil
		})
		noError(t, err)
		got, err := store.Surveys(t.Context(), "ailleurs")
		noError(t, err)
		equal(t, got, []surveys.Survey{moved})
		left, err := store.Surveys(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, len(left), 0)
	})
}
