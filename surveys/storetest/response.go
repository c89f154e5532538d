package storetest

import (
	"testing"

	"diapason/surveys"
)

func testResponses(t *testing.T, open Open) {
	t.Run("a response comes back as it was added", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		all := read(t, store, DiagnosticID, "")
		equal(t, len(all), 1)
		equal(t, all[0].ID, ResponseID(1))
		equal(t, all[0].Withdrawn, false)
		equal(t, all[0].Response, Response(1))
	})

	t.Run("a response without answers comes back too", func(t *testing.T) {
		store := open(t)
		r := Response(1)
		r.Answers = surveys.Answers{}
		r.Seal()
		add(t, store, r)
		equal(t, read(t, store, DiagnosticID, "")[0].Response, r)
	})

	t.Run("adding the same again is not an error and changes nothing", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		before := read(t, store, DiagnosticID, "")
		again := Response(1)
		again.Day, again.Seconds = "2026-11-23", 1 // not what the person said
		added, err := store.AddResponse(t.Context(), again)
		noError(t, err)
		equal(t, added, false)
		equal(t, read(t, store, DiagnosticID, ""), before)
	})

	t.Run("the same ID with other answers is a conflict and changes nothing", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		other := Response(1)
		other.Answers["medecin"] = surveys.TextValue("non")
		other.Seal()
		added, err := store.AddResponse(t.Context(), other)
		wantError(t, err, surveys.ErrConflict)
		equal(t, added, false)
		equal(t, read(t, store, DiagnosticID, "")[0].Response, Response(1))
	})

	t.Run("the same ID in another diagnostic is a conflict", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		other := Response(1)
		other.Diagnostic = "ailleurs"
		other.Seal()
		_, err := store.AddResponse(t.Context(), other)
		wantError(t, err, surveys.ErrConflict)
		equal(t, len(read(t, store, "ailleurs", "")), 0)
	})

	t.Run("changing a response after adding it changes nothing", func(t *testing.T) {
		store := open(t)
		put := Response(1)
		add(t, store, put)
		put.Answers["medecin"] = surveys.TextValue("gâché")
		put.Answers["freins"].Codes()[0] = "gâché"
		equal(t, read(t, store, DiagnosticID, "")[0].Response, Response(1))
	})

	t.Run("each diagnostic has a stream of its own", func(t *testing.T) {
		store := open(t)
		elsewhere := Response(2)
		elsewhere.Diagnostic = "ailleurs"
		elsewhere.Seal()
		add(t, store, Response(1), elsewhere, Response(3))
		equal(t, ids(read(t, store, DiagnosticID, "")), []string{ResponseID(1), ResponseID(3)})
		equal(t, ids(read(t, store, "ailleurs", "")), []string{ResponseID(2)})
		equal(t, len(read(t, store, "nulle-part", "")), 0)
	})
}
