package storetest

import (
	"testing"

	"diapason/surveys"
)

func testDiagnostics(t *testing.T, open Open) {
	t.Run("a diagnostic comes back as it was added", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), Diagnostic("sud-2026")))
		got, err := store.Diagnostic(t.Context(), "sud-2026")
		noError(t, err)
		equal(t, got, Diagnostic("sud-2026"))
	})

	t.Run("times come back in UTC, cut to milliseconds", func(t *testing.T) {
		store := open(t)
		d := Diagnostic("sud-2026")
		d.Opens = noon
		noError(t, store.AddDiagnostic(t.Context(), d))
		got, err := store.Diagnostic(t.Context(), d.ID)
		noError(t, err)
		equal(t, got.Opens, kept(noon))
		updated, err := store.UpdateDiagnostic(t.Context(), d.ID, func(d *surveys.Diagnostic) error {
			d.Closes = noon
			return nil
		})
		noError(t, err)
		equal(t, updated.Closes, kept(noon))
	})

	t.Run("a date that is not set stays not set", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), surveys.Diagnostic{ID: "vide"}))
		got, err := store.Diagnostic(t.Context(), "vide")
		noError(t, err)
		if !got.Opens.IsZero() {
			t.Fatalf("opens on %v", got.Opens)
		}
	})

	t.Run("a restitution is opened once, and taken back", func(t *testing.T) {
		store := open(t)
		d := Diagnostic("sud-2026")
		d.Restitution = nil
		noError(t, store.AddDiagnostic(t.Context(), d))
		for i, login := range []string{"nadia", "omar"} {
			changed, err := surveys.OpenRestitution(t.Context(), store, d.ID, login, noon)
			noError(t, err)
			equal(t, changed, i == 0)
		}
		got, err := store.Diagnostic(t.Context(), d.ID)
		noError(t, err)
		equal(t, got.Restitution, &surveys.Opening{Since: kept(noon), By: "nadia"})
		for _, want := range []bool{true, false} {
			changed, err := surveys.CloseRestitution(t.Context(), store, d.ID)
			noError(t, err)
			equal(t, changed, want)
		}
		got, err = store.Diagnostic(t.Context(), d.ID)
		noError(t, err)
		equal(t, got.Restitution == nil, true)
		_, err = surveys.OpenRestitution(t.Context(), store, "ailleurs", "nadia", noon)
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("a diagnostic nobody added is not found", func(t *testing.T) {
		_, err := open(t).Diagnostic(t.Context(), "ailleurs")
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("an ID that is taken is refused and keeps what it names", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDiagnostic(t.Context(), Diagnostic("sud-2026")))
		other := Diagnostic("sud-2026")
		other.Title = "Un autre"
		wantError(t, store.AddDiagnostic(t.Context(), other), surveys.ErrExists)
		got, err := store.Diagnostic(t.Context(), "sud-2026")
		noError(t, err)
		equal(t, got, Diagnostic("sud-2026"))
	})

	t.Run("changing what was put or got changes nothing", func(t *testing.T) {
		store := open(t)
		put := Diagnostic("sud-2026")
		noError(t, store.AddDiagnostic(t.Context(), put))
		spoil(put)
		got, err := store.Diagnostic(t.Context(), put.ID)
		noError(t, err)
		equal(t, got, Diagnostic("sud-2026"))
		spoil(got)
		again, err := store.Diagnostic(t.Context(), put.ID)
		noError(t, err)
		equal(t, again, Diagnostic("sud-2026"))
	})

	t.Run("diagnostics are listed by ID", func(t *testing.T) {
		store := open(t)
		for _, id := range []string{"sud-2026", "est-2026", "sud-2021"} {
			noError(t, store.AddDiagnostic(t.Context(), Diagnostic(id)))
		}
		got, err := store.Diagnostics(t.Context())
		noError(t, err)
		equal(t, got, []surveys.Diagnostic{Diagnostic("est-2026"), Diagnostic("sud-2021"), Diagnostic("sud-2026")})
	})

	t.Run("an empty store lists none", func(t *testing.T) {
		got, err := open(t).Diagnostics(t.Context())
		noError(t, err)
		equal(t, len(got), 0)
	})
}

// spoil writes over everything a diagnostic points to.
func spoil(d surveys.Diagnostic) {
	d.Territory.Communes[0].Name = "gâché"
	d.Territory.Communes[1].PostalCodes[0] = "gâché"
	d.Territory.Sectors[0].Communes[0] = "gâché"
	d.Frame.Axes[0].Themes[0] = "gâché"
	d.Restitution.By = "gâché"
}
