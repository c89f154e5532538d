package storetest

import (
	"testing"

	"diapason/surveys"
)

func testVersions(t *testing.T, open Open) {
	t.Run("a version comes back as it was published", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddVersion(t.Context(), Version("h26", 1)))
		got, err := store.Version(t.Context(), "h26", 1)
		noError(t, err)
		equal(t, got, Version("h26", 1))
	})

	t.Run("a number that is published is refused for ever", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddVersion(t.Context(), Version("h26", 1)))
		other := Version("h26", 1)
		other.Questionnaire.Title = "Une autre"
		wantError(t, store.AddVersion(t.Context(), other), surveys.ErrExists)
		got, err := store.Version(t.Context(), "h26", 1)
		noError(t, err)
		equal(t, got.Questionnaire.Title, "Votre santé")
	})

	t.Run("another number, or another survey, is not found", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddVersion(t.Context(), Version("h26", 1)))
		_, err := store.Version(t.Context(), "h26", 2)
		wantError(t, err, surveys.ErrNotFound)
		_, err = store.Version(t.Context(), "h2", 61)
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("versions are listed oldest first, of one survey only", func(t *testing.T) {
		store := open(t)
		for _, v := range []surveys.Version{Version("h26", 10), Version("h26", 2), Version("h26", 1), Version("h26-bis", 3), Version("h2", 6)} {
			noError(t, store.AddVersion(t.Context(), v))
		}
		got, err := store.Versions(t.Context(), "h26")
		noError(t, err)
		equal(t, got, []surveys.Version{Version("h26", 1), Version("h26", 2), Version("h26", 10)})
	})

	t.Run("changing what was put or got changes nothing", func(t *testing.T) {
		store := open(t)
		put := Version("h26", 1)
		noError(t, store.AddVersion(t.Context(), put))
		put.Questionnaire.Items[0].Items[0].Label["Français (fr)"] = "gâché"
		got, err := store.Version(t.Context(), "h26", 1)
		noError(t, err)
		equal(t, got, Version("h26", 1))
		got.Questionnaire.Lists[0].Choices[0].Name = "gâché"
		again, err := store.Version(t.Context(), "h26", 1)
		noError(t, err)
		equal(t, again, Version("h26", 1))
	})
}
