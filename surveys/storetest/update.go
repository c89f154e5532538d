package storetest

import (
	"errors"
	"testing"

	"diapason/surveys"
)

func testUpdates(t *testing.T, open Open) {
	rename := func(d *surveys.Diagnostic) error {
		d.Title += " bis"
		return nil
	}

	t.Run("an update is stored and returned", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), Diagnostic("sud-2026")))
		updated, err := store.UpdateDiagnostic(t.Context(), "sud-2026", rename)
		noError(t, err)
		equal(t, updated.Title, Diagnostic("").Title+" bis")
		got, err := store.Diagnostic(t.Context(), "sud-2026")
		noError(t, err)
		equal(t, got, updated)
	})

	t.Run("the store counts revisions, whatever the caller writes there", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), Diagnostic("sud-2026")))
		first, err := store.UpdateDiagnostic(t.Context(), "sud-2026", rename)
		noError(t, err)
		second, err := store.UpdateDiagnostic(t.Context(), "sud-2026", func(d *surveys.Diagnostic) error {
			d.Revision = -7
			return nil
		})
		noError(t, err)
		equal(t, second.Revision, first.Revision+1)
	})

	t.Run("an update cannot change the ID", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), Diagnostic("sud-2026")))
		got, err := store.UpdateDiagnostic(t.Context(), "sud-2026", func(d *surveys.Diagnostic) error {
			d.ID = "nord-2026"
			return nil
		})
		noError(t, err)
		equal(t, got.ID, "sud-2026")
		_, err = store.Diagnostic(t.Context(), "nord-2026")
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("an update that fails stores nothing and says why", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), Diagnostic("sud-2026")))
		why := errors.New("pas maintenant")
		_, err := store.UpdateDiagnostic(t.Context(), "sud-2026", func(d *surveys.Diagnostic) error {
			d.Title = "gâché"
			return why
		})
		wantError(t, err, why)
		got, err := store.Diagnostic(t.Context(), "sud-2026")
		noError(t, err)
		equal(t, got, Diagnostic("sud-2026"))
	})

	t.Run("what does not exist is not found, and change does not run", func(t *testing.T) {
		store := open(t)
		ran := errors.New("change ran")
		_, err := store.UpdateDiagnostic(t.Context(), "x", func(*surveys.Diagnostic) error { return ran })
		wantError(t, err, surveys.ErrNotFound)
		_, err = store.UpdateSurvey(t.Context(), "x", func(*surveys.Survey) error { return ran })
		wantError(t, err, surveys.ErrNotFound)
		_, err = store.UpdateAccount(t.Context(), "x", func(*surveys.Account) error { return ran })
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("changing what an update returned changes nothing", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), Diagnostic("sud-2026")))
		updated, err := store.UpdateDiagnostic(t.Context(), "sud-2026", rename)
		noError(t, err)
		spoil(updated)
		got, err := store.Diagnostic(t.Context(), "sud-2026")
		noError(t, err)
		equal(t, got.Territory, Diagnostic("").Territory)
	})
}
