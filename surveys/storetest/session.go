package storetest

import (
	"testing"
	"time"

	"diapason/surveys"
)

func testSessions(t *testing.T, open Open) {
	hour := kept(noon).Add(time.Hour)
	before, after := hour.Add(-time.Millisecond), hour.Add(time.Millisecond)

	t.Run("a session lasts until its time is over", func(t *testing.T) {
		store := open(t)
		noError(t, store.PutSession(t.Context(), "clé", []byte("nadia"), hour))
		got, err := store.Session(t.Context(), "clé", before)
		noError(t, err)
		equal(t, got, []byte("nadia"))
		_, err = store.Session(t.Context(), "clé", hour)
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("a session nobody put is not found", func(t *testing.T) {
		_, err := open(t).Session(t.Context(), "clé", before)
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("putting a session again replaces it and its time", func(t *testing.T) {
		store := open(t)
		noError(t, store.PutSession(t.Context(), "clé", []byte("nadia"), hour))
		noError(t, store.PutSession(t.Context(), "clé", []byte("bob"), hour.Add(time.Hour)))
		got, err := store.Session(t.Context(), "clé", after)
		noError(t, err)
		equal(t, got, []byte("bob"))
	})

	t.Run("changing the bytes put or got changes nothing", func(t *testing.T) {
		store := open(t)
		data := []byte("nadia")
		noError(t, store.PutSession(t.Context(), "clé", data, hour))
		clear(data)
		got, err := store.Session(t.Context(), "clé", before)
		noError(t, err)
		equal(t, string(got), "nadia")
		clear(got)
		again, err := store.Session(t.Context(), "clé", before)
		noError(t, err)
		equal(t, string(again), "nadia")
	})

	t.Run("a session without bytes is still a session", func(t *testing.T) {
		store := open(t)
		noError(t, store.PutSession(t.Context(), "clé", nil, hour))
		got, err := store.Session(t.Context(), "clé", before)
		noError(t, err)
		equal(t, len(got), 0)
	})

	t.Run("a deleted session is gone, and deleting it again is not an error", func(t *testing.T) {
		store := open(t)
		noError(t, store.PutSession(t.Context(), "clé", []byte("nadia"), hour))
		noError(t, store.DeleteSession(t.Context(), "clé"))
		noError(t, store.DeleteSession(t.Context(), "clé"))
		_, err := store.Session(t.Context(), "clé", before)
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("the sessions whose time is over are forgotten, the others stay", func(t *testing.T) {
		store := open(t)
		noError(t, store.PutSession(t.Context(), "ancienne", []byte("a"), hour))
		noError(t, store.PutSession(t.Context(), "en cours", []byte("b"), after))
		noError(t, store.DeleteSessions(t.Context(), hour))
		_, err := store.Session(t.Context(), "ancienne", before) // gone, not only over
		wantError(t, err, surveys.ErrNotFound)
		got, err := store.Session(t.Context(), "en cours", hour)
		noError(t, err)
		equal(t, got, []byte("b"))
	})
}
