package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"diapason/surveys"
)

func testRaces(t *testing.T, open Open) {
	t.Run("responses many send at once are stored exactly once", func(t *testing.T) {
		store := open(t)
		const responses, senders = 20, 16
		var added atomic.Int64
		together(t, senders, func(g int) error {
			for i := range responses {
				ok, err := store.AddResponse(t.Context(), Response((i+g)%responses))
				if err != nil {
					return err
				}
				if ok {
					added.Add(1)
				}
			}
			return nil
		})
		equal(t, added.Load(), int64(responses))
		got := ids(read(t, store, DiagnosticID, ""))
		slices.Sort(got)
		equal(t, got, allIDs(responses))
	})

	t.Run("of different answers with one ID, one is stored and the others conflict", func(t *testing.T) {
		store := open(t)
		var added, conflicts atomic.Int64
		together(t, 16, func(g int) error {
			r := Response(1)
			r.Answers["remarque"] = surveys.TextValue(fmt.Sprint("version ", g))
			r.Seal()
			ok, err := store.AddResponse(t.Context(), r)
			switch {
			case ok:
				added.Add(1)
			case errors.Is(err, surveys.ErrConflict):
				conflicts.Add(1)
				err = nil
			}
			return err
		})
		equal(t, []int64{added.Load(), conflicts.Load()}, []int64{1, 15})
		equal(t, len(read(t, store, DiagnosticID, "")), 1)
	})

	t.Run("updates of many are all applied", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddSurvey(t.Context(), Survey("h26", DiagnosticID)))
		together(t, 8, func(int) error {
			for range 5 {
				_, err := store.UpdateSurvey(t.Context(), "h26", func(s *surveys.Survey) error {
					s.Current++
					return nil
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		got, err := store.Survey(t.Context(), "h26")
		noError(t, err)
		equal(t, got.Current, Survey("", "").Current+8*5)
		equal(t, got.Revision, int64(8*5))
	})

	t.Run("of many who take a name, one gets it", func(t *testing.T) {
		store := open(t)
		var taken atomic.Int64
		together(t, 16, func(int) error {
			err := store.AddVersion(t.Context(), Version("h26", 1))
			if errors.Is(err, surveys.ErrExists) {
				taken.Add(1)
				return nil
			}
			return err
		})
		equal(t, taken.Load(), int64(15))
	})

	t.Run("of many who withdraw with one receipt, one succeeds", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		var refused atomic.Int64
		together(t, 8, func(int) error {
			err := store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(1))
			if errors.Is(err, surveys.ErrNotFound) {
				refused.Add(1)
				return nil
			}
			return err
		})
		equal(t, refused.Load(), int64(7))
		equal(t, ids(read(t, store, DiagnosticID, "")), []string{ResponseID(2), ResponseID(1)})
	})
}
