package storetest

import (
	"testing"

	"diapason/surveys"
)

func testTokens(t *testing.T, open Open) {
	t.Run("a token comes back as it was added", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddToken(t.Context(), Token("t1")))
		got, err := store.Token(t.Context(), "t1")
		noError(t, err)
		equal(t, got, Token("t1"))
	})

	t.Run("a token nobody added is not found", func(t *testing.T) {
		_, err := open(t).Token(t.Context(), "t1")
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("an ID that is taken is refused", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddToken(t.Context(), Token("t1")))
		wantError(t, store.AddToken(t.Context(), Token("t1")), surveys.ErrExists)
	})

	t.Run("the tokens of an account are listed by ID, without those of others", func(t *testing.T) {
		store := open(t)
		other := Token("t2")
		other.Login = "nadi"
		for _, token := range []surveys.Token{Token("t3"), other, Token("t1")} {
			noError(t, store.AddToken(t.Context(), token))
		}
		got, err := store.Tokens(t.Context(), "nadia")
		noError(t, err)
		equal(t, got, []surveys.Token{Token("t1"), Token("t3")})
		none, err := store.Tokens(t.Context(), "bob")
		noError(t, err)
		equal(t, len(none), 0)
	})

	t.Run("an update is stored and returned", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddToken(t.Context(), Token("t1")))
		updated, err := store.UpdateToken(t.Context(), "t1", func(token *surveys.Token) error {
			token.Used = "2026-11-23"
			token.Note("ailleurs", "2026-11-23")
			return nil
		})
		noError(t, err)
		equal(t, updated.Revision, int64(1))
		equal(t, updated.NotedOn("ailleurs", "2026-11-23"), true)
		got, err := store.Token(t.Context(), "t1")
		noError(t, err)
		equal(t, got, updated)
	})

	t.Run("a token that was deleted is not found, and may be deleted again", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddToken(t.Context(), Token("t1")))
		noError(t, store.DeleteToken(t.Context(), "t1"))
		noError(t, store.DeleteToken(t.Context(), "t1"))
		_, err := store.Token(t.Context(), "t1")
		wantError(t, err, surveys.ErrNotFound)
		_, err = store.UpdateToken(t.Context(), "t1", func(*surveys.Token) error { return nil })
		wantError(t, err, surveys.ErrNotFound)
	})
}
