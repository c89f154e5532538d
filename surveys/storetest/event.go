package storetest

import (
	"testing"

	"diapason/surveys"
)

func testEvents(t *testing.T, open Open) {
	t.Run("the newest events come first, whatever order they came in", func(t *testing.T) {
		store := open(t)
		for _, n := range []int{2, 1, 3} {
			noError(t, store.AddEvent(t.Context(), Event(n)))
		}
		got, err := store.Events(t.Context(), DiagnosticID, 10)
		noError(t, err)
		equal(t, details(got), []string{"téléchargement 3", "téléchargement 2", "téléchargement 1"})
	})

	t.Run("of events at the same moment, the last added comes first", func(t *testing.T) {
		store := open(t)
		for _, detail := range []string{"a", "b", "c", "d", "e"} {
			e := Event(1)
			e.Detail = detail
			noError(t, store.AddEvent(t.Context(), e))
		}
		got, err := store.Events(t.Context(), DiagnosticID, 10)
		noError(t, err)
		equal(t, details(got), []string{"e", "d", "c", "b", "a"})
	})

	t.Run("an event comes back as it was added, with an ID", func(t *testing.T) {
		store := open(t)
		e := Event(1)
		e.At = noon
		noError(t, store.AddEvent(t.Context(), e))
		got, err := store.Events(t.Context(), DiagnosticID, 10)
		noError(t, err)
		if len(got) != 1 || got[0].ID == "" {
			t.Fatalf("events %+v", got)
		}
		e.ID, e.At = got[0].ID, kept(noon)
		equal(t, got[0], e)
	})

	t.Run("an event cannot be added twice", func(t *testing.T) {
		store := open(t)
		e := Event(1)
		e.ID = "evt-1"
		noError(t, store.AddEvent(t.Context(), e))
		wantError(t, store.AddEvent(t.Context(), e), surveys.ErrExists)
	})

	t.Run("at most as many events as asked for", func(t *testing.T) {
		store := open(t)
		for n := range 5 {
			noError(t, store.AddEvent(t.Context(), Event(n)))
		}
		got, err := store.Events(t.Context(), DiagnosticID, 2)
		noError(t, err)
		equal(t, details(got), []string{"téléchargement 4", "téléchargement 3"})
		none, err := store.Events(t.Context(), DiagnosticID, 0)
		noError(t, err)
		equal(t, len(none), 0)
	})

	t.Run("each diagnostic has a journal of its own", func(t *testing.T) {
		store := open(t)
		e := Event(1)
		e.Diagnostic = "ailleurs"
		noError(t, store.AddEvent(t.Context(), e))
		got, err := store.Events(t.Context(), DiagnosticID, 10)
		noError(t, err)
		equal(t, len(got), 0)
	})
}

func details(events []surveys.Event) []string {
	var list []string
	for _, e := range events {
		list = append(list, e.Detail)
	}
	return list
}
