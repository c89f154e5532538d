package storetest

import (
	"bytes"
	"testing"
)

func testSecret(t *testing.T, open Open) {
	t.Run("the secret is 32 bytes and always the same", func(t *testing.T) {
		store := open(t)
		first, err := store.Secret(t.Context())
		noError(t, err)
		if len(first) != 32 || bytes.Equal(first, make([]byte, 32)) {
			t.Fatalf("secret of %d bytes: %x", len(first), first)
		}
		again, err := store.Secret(t.Context())
		noError(t, err)
		equal(t, again, first)
	})

	t.Run("changing the secret one was given changes nothing", func(t *testing.T) {
		store := open(t)
		first, err := store.Secret(t.Context())
		noError(t, err)
		want := bytes.Clone(first)
		clear(first)
		again, err := store.Secret(t.Context())
		noError(t, err)
		equal(t, again, want)
	})

	t.Run("two stores have two secrets", func(t *testing.T) {
		a, err := open(t).Secret(t.Context())
		noError(t, err)
		b, err := open(t).Secret(t.Context())
		noError(t, err)
		if bytes.Equal(a, b) {
			t.Fatal("the same secret twice")
		}
	})

	t.Run("everybody who asks first gets the same secret", func(t *testing.T) {
		store := open(t)
		secrets := make([][]byte, 16)
		together(t, len(secrets), func(i int) (err error) {
			secrets[i], err = store.Secret(t.Context())
			return err
		})
		for _, s := range secrets {
			equal(t, s, secrets[0])
		}
	})
}
