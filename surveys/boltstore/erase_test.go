package boltstore_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"diapason/surveys"
	"diapason/surveys/storetest"
)

func TestErase(t *testing.T) {
	const words = "je préfère ne plus le dire"
	secret := storetest.Response(1000)
	secret.Answers["remarque"] = surveys.TextValue(words)
	secret.Seal()

	t.Run("withdrawn answers are nowhere in the file", func(t *testing.T) {
		folder := t.TempDir()
		store := openIn(t, folder)
		defer store.Close()
		fill(t, store, 300)
		if _, err := store.AddResponse(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
		keep(t, store, 1, 2, 3, 4, 5) // each copies the page to another place
		wantInFile(t, folder, words, true)
		if err := store.WithdrawResponse(t.Context(), secret.Diagnostic, secret.Receipt); err != nil {
			t.Fatal(err)
		}
		wantInFile(t, folder, words, false)
		if err := store.CheckIntegrity(t.Context()); err != nil {
			t.Fatal(err)
		}
	})

	t.Run("answers withdrawn during a backup are gone when it ends", func(t *testing.T) {
		folder := t.TempDir()
		store := openIn(t, folder)
		defer store.Close()
		if _, err := store.AddResponse(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
		first := true
		_, err := store.Backup(t.Context(), writerFunc(func(p []byte) (int, error) {
			if first {
				first = false
				if err := store.WithdrawResponse(t.Context(), secret.Diagnostic, secret.Receipt); err != nil {
					return 0, err
				}
			}
			return len(p), nil
		}))
		if err != nil {
			t.Fatal(err)
		}
		wantInFile(t, folder, words, false)
	})

	t.Run("the file does not grow with every withdrawal", func(t *testing.T) {
		folder := t.TempDir()
		store := openIn(t, folder)
		defer store.Close()
		var sizes []int64
		for n := range 40 {
			keep(t, store, n)
			if err := store.WithdrawResponse(t.Context(), storetest.DiagnosticID, storetest.ReceiptOf(n)); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(filepath.Join(folder, "diapason.db"))
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, info.Size())
		}
		if first, last := sizes[0], sizes[len(sizes)-1]; last != first {
			t.Fatalf("%d bytes after one withdrawal, %d after 40", first, last)
		}
	})
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// wantInFile looks for words in the bytes of the file.
func wantInFile(t *testing.T, folder, words string, want bool) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "diapason.db"))
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Contains(content, []byte(words)); got != want {
		t.Fatalf("the words are in the file: %v, want %v", got, want)
	}
}
