package boltstore_test

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/storetest"
)

// BenchmarkAddResponse: new responses of 40 answers, each on disk when its
// goroutine goes on.
func BenchmarkAddResponse(b *testing.B) {
	for _, writers := range []int{1, 64, 256} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			store := openIn(b, b.TempDir())
			defer store.Close()
			model := storetest.LongResponse(1)
			now := time.Now()
			b.SetParallelism(max(1, writers/runtime.GOMAXPROCS(0)))
			if writers == 1 {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			}
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := store.AddResponse(b.Context(), another(model, now)); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "responses/s")
		})
	}
}

// BenchmarkResponses: a whole stream of responses of 40 answers, not decoded.
func BenchmarkResponses(b *testing.B) {
	const stored = 20_000
	store := openIn(b, b.TempDir())
	defer store.Close()
	fill(b, store, stored)
	for b.Loop() {
		n := 0
		for _, err := range store.Responses(b.Context(), storetest.DiagnosticID, "") {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != stored {
			b.Fatalf("%d arrivals", n)
		}
	}
	b.ReportMetric(float64(stored)*float64(b.N)/b.Elapsed().Seconds(), "responses/s")
}

// another is the model as somebody else's response.
func another(model surveys.Response, now time.Time) surveys.Response {
	model.ID = surveys.NewResponseID(now)
	model.Receipt = sha256.Sum256([]byte(model.ID))
	return model
}

// fill adds n responses of 40 answers from 64 goroutines.
func fill(tb testing.TB, store *boltstore.Store, n int) {
	tb.Helper()
	model, now := storetest.LongResponse(1), time.Now()
	errs := make(chan error, 64)
	for g := range 64 {
		go func() {
			for i := g; i < n; i += 64 {
				if _, err := store.AddResponse(tb.Context(), another(model, now)); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range 64 {
		if err := <-errs; err != nil {
			tb.Fatal(err)
		}
	}
}

func openIn(tb testing.TB, folder string) *boltstore.Store {
	tb.Helper()
	store, err := boltstore.Open(filepath.Join(folder, "diapason.db"))
	if err != nil {
		tb.Fatal(err)
	}
	return store
}
