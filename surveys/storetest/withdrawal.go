package storetest

import (
	"testing"

	"diapason/surveys"
)

func testWithdrawals(t *testing.T, open Open) {
	t.Run("a withdrawn response leaves a withdrawn arrival and no answers", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2), Response(3))
		noError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(2)))
		all := read(t, store, DiagnosticID, "")
		equal(t, ids(all), []string{ResponseID(1), ResponseID(3), ResponseID(2)})
		equal(t, all[2].Withdrawn, true)
		for a, err := range store.Responses(t.Context(), DiagnosticID, all[1].Position) {
			noError(t, err)
			if a.Withdrawn && len(a.Document) > 0 {
				t.Fatalf("a withdrawn arrival has a document of %d bytes", len(a.Document))
			}
		}
	})

	t.Run("who had seen the response sees the withdrawal", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		before := read(t, store, DiagnosticID, "")
		noError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(1)))
		after := read(t, store, DiagnosticID, before[1].Position)
		last := after[len(after)-1]
		equal(t, last.ID, ResponseID(1))
		equal(t, last.Withdrawn, true)
	})

	t.Run("a receipt of another diagnostic does not match", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		err := store.WithdrawResponse(t.Context(), "ailleurs", ReceiptOf(1))
		wantError(t, err, surveys.ErrNotFound)
		equal(t, read(t, store, DiagnosticID, "")[0].Response, Response(1))
	})

	t.Run("a receipt nobody was given is not found", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		wantError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(9)), surveys.ErrNotFound)
		wantError(t, store.WithdrawResponse(t.Context(), DiagnosticID, [32]byte{}), surveys.ErrNotFound)
	})

	t.Run("a receipt serves once", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		noError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(1)))
		wantError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(1)), surveys.ErrNotFound)
		equal(t, len(read(t, store, DiagnosticID, "")), 1)
	})

	t.Run("what was withdrawn cannot come back", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		noError(t, store.WithdrawResponse(t.Context(), DiagnosticID, ReceiptOf(1)))
		added, err := store.AddResponse(t.Context(), Response(1))
		wantError(t, err, surveys.ErrWithdrawn)
		equal(t, added, false)
		other := Response(1)
		other.Answers["medecin"] = surveys.TextValue("non")
		other.Seal()
		_, err = store.AddResponse(t.Context(), other)
		wantError(t, err, surveys.ErrWithdrawn)
		equal(t, read(t, store, DiagnosticID, "")[0].Withdrawn, true)
	})

	t.Run("a response without a receipt is kept and cannot be withdrawn", func(t *testing.T) {
		store := open(t)
		a, b := Response(1), Response(2)
		a.Receipt, b.Receipt = [32]byte{}, [32]byte{}
		add(t, store, a, b)
		wantError(t, store.WithdrawResponse(t.Context(), DiagnosticID, [32]byte{}), surveys.ErrNotFound)
		equal(t, ids(read(t, store, DiagnosticID, "")), []string{a.ID, b.ID})
	})
}
