package boltstore_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) surveys.Store { return openIn(t, t.TempDir()) })
}

func TestOpen(t *testing.T) {
	t.Run("the folder and the file are made, for this user only", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "data", "diapason.db")
		store, err := boltstore.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode().Perm(); got != want {
				t.Errorf("%s has mode %o, want %o", name, got, want)
			}
		}
	})

	t.Run("a file that is open elsewhere is refused with what to do", func(t *testing.T) {
		folder := t.TempDir()
		defer openIn(t, folder).Close()
		_, err := boltstore.Open(filepath.Join(folder, "diapason.db"))
		if !errors.Is(err, surveys.ErrUnavailable) || !strings.Contains(err.Error(), "déjà ouvert par un autre Diapason") {
			t.Fatalf("error is %v", err)
		}
	})

	t.Run("a file that is something else is refused and left alone", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "diapason.db")
		content := strings.Repeat("pas une base\n", 2000)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if store, err := boltstore.Open(path); err == nil {
			store.Close()
			t.Fatal("no error")
		}
		if got, _ := os.ReadFile(path); string(got) != content {
			t.Fatal("the file was written to")
		}
	})
}

func TestReopen(t *testing.T) {
	t.Run("the secret, the responses and positions are there again", func(t *testing.T) {
		folder := t.TempDir()
		store := openIn(t, folder)
		secret, err := store.Secret(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		keep(t, store, 1, 2)
		first := arrivals(t, store, "")[0]
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}

		store = openIn(t, folder)
		defer store.Close()
		keep(t, store, 3)
		if again, err := store.Secret(t.Context()); err != nil || string(again) != string(secret) {
			t.Fatalf("secret %x, was %x, error %v", again, secret, err)
		}
		rest := arrivals(t, store, first.Position)
		if len(rest) != 2 || rest[0].ID != storetest.ResponseID(2) || rest[1].ID != storetest.ResponseID(3) {
			t.Fatalf("after the first: %+v", rest)
		}
	})
}

func TestClosed(t *testing.T) {
	t.Run("a closed store is unavailable, and closing again is not an error", func(t *testing.T) {
		store := openIn(t, t.TempDir())
		for range 2 {
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
		}
		_, adding := store.AddResponse(t.Context(), storetest.Response(1))
		_, reading := store.Diagnostics(t.Context())
		writing := store.AddDiagnostic(t.Context(), storetest.Diagnostic("d"))
		for _, err := range []error{adding, reading, writing, store.Ping(context.Background())} {
			if !errors.Is(err, surveys.ErrUnavailable) {
				t.Errorf("error is %v", err)
			}
		}
	})
}

func TestAddResponse(t *testing.T) {
	t.Run("a response without an identifier is refused and harms no other", func(t *testing.T) {
		store := openIn(t, t.TempDir())
		defer store.Close()
		nameless := storetest.Response(1)
		nameless.ID = ""
		if _, err := store.AddResponse(t.Context(), nameless); err == nil {
			t.Fatal("no error")
		}
		keep(t, store, 1)
	})
}

// keep adds fixtures.
func keep(t *testing.T, store surveys.Store, numbers ...int) {
	t.Helper()
	for _, n := range numbers {
		if added, err := store.AddResponse(t.Context(), storetest.Response(n)); err != nil || !added {
			t.Fatalf("response %d: added %v, error %v", n, added, err)
		}
	}
}

// arrivals are those after a position, without documents.
func arrivals(t *testing.T, store surveys.Store, after surveys.Position) []surveys.Arrival {
	t.Helper()
	var list []surveys.Arrival
	for a, err := range store.Responses(t.Context(), storetest.DiagnosticID, after) {
		if err != nil {
			t.Fatal(err)
		}
		a.Document = nil
		list = append(list, a)
	}
	return list
}
