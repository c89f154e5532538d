package boltstore_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"diapason/surveys/storetest"
)

func TestBackup(t *testing.T) {
	t.Run("a copy taken while others write opens and is whole", func(t *testing.T) {
		store := openIn(t, t.TempDir())
		defer store.Close()
		keep(t, store, 1, 2, 3)
		writing := make(chan struct{})
		go func() {
			defer close(writing)
			for n := 100; n < 200; n++ {
				store.AddResponse(t.Context(), storetest.Response(n))
			}
		}()
		folder := t.TempDir()
		copied, err := os.Create(filepath.Join(folder, "diapason.db"))
		if err != nil {
			t.Fatal(err)
		}
		n, err := store.Backup(t.Context(), copied)
		if err != nil {
			t.Fatal(err)
		}
		<-writing
		if info, _ := copied.Stat(); info.Size() != n {
			t.Errorf("says %d bytes, wrote %d", n, info.Size())
		}
		if err := copied.Close(); err != nil {
			t.Fatal(err)
		}

		second := openIn(t, folder)
		defer second.Close()
		if err := second.CheckIntegrity(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := arrivals(t, second, ""); len(got) < 3 || got[0].ID != storetest.ResponseID(1) {
			t.Fatalf("the copy holds %d arrivals", len(got))
		}
	})

	t.Run("a backup nobody waits for stops", func(t *testing.T) {
		store := openIn(t, t.TempDir())
		defer store.Close()
		ctx, leave := context.WithCancel(t.Context())
		_, err := store.Backup(ctx, leaving{leave})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("error is %v", err)
		}
	})
}

// leaving is a reader who leaves at the first bytes.
type leaving struct{ leave func() }

func (l leaving) Write(p []byte) (int, error) {
	l.leave()
	return io.Discard.Write(p)
}
