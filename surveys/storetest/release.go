package storetest

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"diapason/surveys"
)

// release is the n-th release of a diagnostic.
func release(diagnostic string, number int) surveys.Release {
	return surveys.Release{
		Diagnostic: diagnostic, Number: number, At: kept(noon.Add(time.Duration(number) * time.Hour)), Hidden: 3,
		Surveys: []surveys.ReleasedSurvey{
			{Survey: "habitants", Last: 1 << 40, People: 240, Until: kept(noon)},
			{Survey: "associations", Last: 12, People: 9, Gone: 2, Until: kept(noon.Add(-time.Hour))},
		},
		Memory: []byte{0, 1, 0xff, '"'},
	}
}

func testReleases(t *testing.T, open Open) {
	t.Run("a release comes back as it was added", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddRelease(t.Context(), release(DiagnosticID, 1)))
		got, err := store.Release(t.Context(), DiagnosticID, 1)
		noError(t, err)
		equal(t, got, release(DiagnosticID, 1))
	})

	t.Run("another number, or another diagnostic, is not found", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddRelease(t.Context(), release(DiagnosticID, 1)))
		_, err := store.Release(t.Context(), DiagnosticID, 2)
		wantError(t, err, surveys.ErrNotFound)
		_, err = store.Release(t.Context(), "ailleurs", 1)
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("a number that is taken is refused, and what was published stays", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddRelease(t.Context(), release(DiagnosticID, 1)))
		other := release(DiagnosticID, 1)
		other.Hidden = 99
		wantError(t, store.AddRelease(t.Context(), other), surveys.ErrExists)
		got, err := store.Release(t.Context(), DiagnosticID, 1)
		noError(t, err)
		equal(t, got, release(DiagnosticID, 1))
	})

	t.Run("of two who publish the same number one does", func(t *testing.T) {
		store := open(t)
		var won atomic.Int32
		together(t, 8, func(int) error {
			err := store.AddRelease(t.Context(), release(DiagnosticID, 1))
			if err == nil {
				won.Add(1)
			} else if !errors.Is(err, surveys.ErrExists) {
				return err
			}
			return nil
		})
		equal(t, won.Load(), int32(1))
	})

	t.Run("changing what was put or got changes nothing", func(t *testing.T) {
		store := open(t)
		put := release(DiagnosticID, 1)
		noError(t, store.AddRelease(t.Context(), put))
		put.Memory[0], put.Surveys[0].People = 7, 7
		got, err := store.Release(t.Context(), DiagnosticID, 1)
		noError(t, err)
		equal(t, got, release(DiagnosticID, 1))
		got.Memory[0], got.Surveys[0].People = 7, 7
		again, err := store.Release(t.Context(), DiagnosticID, 1)
		noError(t, err)
		equal(t, again, release(DiagnosticID, 1))
	})

	t.Run("arrivals have growing numbers, that stay when one is withdrawn", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2), Response(3))
		before := numbers(t, store)
		noError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(3)))
		add(t, store, Response(4))
		after := numbers(t, store)
		equal(t, len(after), 4)
		equal(t, after[:2], before[:2])
		for i := 1; i < len(after); i++ {
			if after[i] <= after[i-1] {
				t.Fatalf("numbers %v do not grow", after)
			}
		}
		if before[0] < 1 || after[2] <= before[2] {
			t.Fatalf("numbers %v, then %v: one was given again", before, after)
		}
	})
}

// numbers are those of the arrivals of the diagnostic, in order.
func numbers(t *testing.T, store surveys.Store) []int64 {
	t.Helper()
	var all []int64
	for a, err := range store.Responses(t.Context(), DiagnosticID, "") {
		noError(t, err)
		all = append(all, a.Number)
	}
	return all
}
