package boltstore_test

import (
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"diapason/surveys/storetest"
)

func TestCheckIntegrity(t *testing.T) {
	for name, c := range map[string]struct {
		harm func(*bbolt.Tx) error
		want string
	}{
		"an identifier that is lost is told": {
			func(tx *bbolt.Tx) error {
				return tx.Bucket([]byte("identifiers")).Delete([]byte(storetest.ResponseID(2)))
			},
			"1 identifiers for 2 arrivals",
		},
		"an identifier with another digest is told": {
			func(tx *bbolt.Tx) error {
				return tx.Bucket([]byte("identifiers")).Put([]byte(storetest.ResponseID(2)), make([]byte, 40))
			},
			"the index of identifiers says",
		},
		"a receipt that is lost is told": {
			func(tx *bbolt.Tx) error {
				receipts := tx.Bucket([]byte("responses")).Bucket([]byte(storetest.DiagnosticID)).Bucket([]byte("receipts"))
				key, _ := receipts.Cursor().First()
				return receipts.Delete(key)
			},
			"its receipt is not in the index",
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			store := openIn(t, folder)
			keep(t, store, 1, 2)
			if err := store.CheckIntegrity(t.Context()); err != nil {
				t.Fatal(err)
			}
			store.Close()
			harm(t, folder, c.harm)

			store = openIn(t, folder)
			defer store.Close()
			err := store.CheckIntegrity(t.Context())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error is %v, want one that says %q", err, c.want)
			}
		})
	}
}

// harm changes the file behind the store's back.
func harm(t *testing.T, folder string, do func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(folder, "diapason.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(do); err != nil {
		t.Fatal(err)
	}
}
