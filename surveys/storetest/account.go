package storetest

import (
	"testing"

	"diapason/surveys"
)

func testAccounts(t *testing.T, open Open) {
	t.Run("an account comes back as it was added", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddAccount(t.Context(), Account("nadia")))
		got, err := store.Account(t.Context(), "nadia")
		noError(t, err)
		equal(t, got, Account("nadia"))
	})

	t.Run("an account nobody added is not found", func(t *testing.T) {
		_, err := open(t).Account(t.Context(), "nadia")
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("a login that is taken is refused", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddAccount(t.Context(), Account("nadia")))
		wantError(t, store.AddAccount(t.Context(), Account("nadia")), surveys.ErrExists)
	})

	t.Run("accounts are listed by login", func(t *testing.T) {
		store := open(t)
		for _, login := range []string{"nadia", "élodie", "bob"} {
			noError(t, store.AddAccount(t.Context(), Account(login)))
		}
		got, err := store.Accounts(t.Context())
		noError(t, err)
		equal(t, got, []surveys.Account{Account("bob"), Account("nadia"), Account("élodie")})
	})

	t.Run("an update is stored and returned", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddAccount(t.Context(), Account("nadia")))
		updated, err := store.UpdateAccount(t.Context(), "nadia", func(a *surveys.Account) error {
			a.Role = surveys.Admin
			a.Diagnostics = append(a.Diagnostics, "est-2026")
			return nil
		})
		noError(t, err)
		equal(t, updated.Diagnostics, []string{DiagnosticID, "est-2026"})
		got, err := store.Account(t.Context(), "nadia")
		noError(t, err)
		equal(t, got, updated)
	})
}
