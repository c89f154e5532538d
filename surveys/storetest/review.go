package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"diapason/surveys"
)

// review is what was made of a text of the n-th response: read, masked by hand
// and coded twice.
func review(n int, question string) surveys.Review {
	r := surveys.NewReview(DiagnosticID, ResponseID(n), question)
	r.State, r.Text, r.Updated = surveys.Quotable, "Plus de médecins, dit [nom]", kept(noon)
	r.Codings = []surveys.Coding{
		{Login: "nadia", Codes: []string{"T01", "T01.2"}, At: kept(noon)},
		{Login: "paul", At: kept(noon.Add(time.Hour))},
	}
	return r
}

func testReviews(t *testing.T, open Open) {
	t.Run("a review comes back as it was added, with those of its diagnostic", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		noError(t, store.AddReview(t.Context(), review(2, "x_action")))
		noError(t, store.AddReview(t.Context(), review(1, "x_action")))
		noError(t, store.AddReview(t.Context(), review(1, "a_atout")))
		got, err := store.Reviews(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, got, []surveys.Review{review(1, "a_atout"), review(1, "x_action"), review(2, "x_action")})
		for _, other := range []string{"ailleurs", DiagnosticID[:len(DiagnosticID)-1]} {
			got, err = store.Reviews(t.Context(), other)
			noError(t, err)
			equal(t, len(got), 0)
		}
	})

	t.Run("a text has one review", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		noError(t, store.AddReview(t.Context(), review(1, "x_action")))
		wantError(t, store.AddReview(t.Context(), review(1, "x_action")), surveys.ErrExists)
	})

	t.Run("a response that is not there, or no longer, has none", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		wantError(t, store.AddReview(t.Context(), review(2, "x_action")), surveys.ErrNotFound)
		elsewhere := surveys.NewReview("ailleurs", ResponseID(1), "x_action")
		wantError(t, store.AddReview(t.Context(), elsewhere), surveys.ErrNotFound)
		noError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(1)))
		wantError(t, store.AddReview(t.Context(), review(1, "x_action")), surveys.ErrWithdrawn)
	})

	t.Run("a review under another name than its own is refused", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		r := review(1, "x_action")
		r.Response = ResponseID(2)
		if err := store.AddReview(t.Context(), r); err == nil {
			t.Fatal("it would have stayed when its response is withdrawn")
		}
	})

	t.Run("an update is stored and returned; what the review is about stays", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		noError(t, store.AddReview(t.Context(), review(1, "x_action")))
		updated, err := store.UpdateReview(t.Context(), review(1, "x_action").ID, func(r *surveys.Review) error {
			r.State = surveys.KeptBack
			r.ID, r.Diagnostic, r.Response, r.Question, r.Revision = "x", "x", "x", "x", -7
			return nil
		})
		noError(t, err)
		want := review(1, "x_action")
		want.State, want.Revision = surveys.KeptBack, 1
		equal(t, updated, want)
		got, err := store.Reviews(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, got, []surveys.Review{want})
		_, err = store.UpdateReview(t.Context(), "x", func(*surveys.Review) error { return nil })
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("a withdrawal takes the reviews of the response away, and no others", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		for _, r := range []surveys.Review{review(1, "x_action"), review(1, "a_atout"), review(2, "x_action")} {
			noError(t, store.AddReview(t.Context(), r))
		}
		noError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(1)))
		got, err := store.Reviews(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, got, []surveys.Review{review(2, "x_action")})
		_, err = store.UpdateReview(t.Context(), review(1, "x_action").ID, func(*surveys.Review) error { return nil })
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("whoever comes first, no review outlives its response", func(t *testing.T) {
		store := open(t)
		for n := range 8 {
			add(t, store, Response(n))
		}
		together(t, 16, func(i int) error {
			n := i / 2
			if i%2 == 0 {
				return store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(n))
			}
			for q := range 4 {
				err := store.AddReview(t.Context(), review(n, fmt.Sprintf("q%d", q)))
				if err != nil && !errors.Is(err, surveys.ErrWithdrawn) {
					return err
				}
			}
			return nil
		})
		got, err := store.Reviews(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, len(got), 0)
	})
}
