package storetest

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"testing"

	"diapason/surveys"
)

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

func wantError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error is %v, want one that matches %q", err, want)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

// add keeps responses that must be new.
func add(t *testing.T, store surveys.Store, responses ...surveys.Response) {
	t.Helper()
	for _, r := range responses {
		added, err := store.AddResponse(t.Context(), r)
		noError(t, err)
		if !added {
			t.Fatalf("response %s was already there", r.ID)
		}
	}
}

// addTogether keeps n new responses from several goroutines.
func addTogether(t *testing.T, store surveys.Store, n int) {
	t.Helper()
	together(t, 32, func(g int) error {
		for i := g; i < n; i += 32 {
			if added, err := store.AddResponse(t.Context(), Response(i)); err != nil {
				return err
			} else if !added {
				return errors.New("a new response was already there")
			}
		}
		return nil
	})
}

// together runs n goroutines at once, waits for all of them and wants no
// error.
func together(t *testing.T, n int, do func(i int) error) {
	t.Helper()
	noError(t, atOnce(n, do))
}

// atOnce runs n goroutines at once and waits for all of them.
func atOnce(n int, do func(i int) error) error {
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() { errs[i] = do(i) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// A seen is an arrival with its response decoded, to keep.
type seen struct {
	Position  surveys.Position
	ID        string
	Withdrawn bool
	Response  surveys.Response
}

// read collects what arrived after a position.
func read(t *testing.T, store surveys.Store, diagnostic string, after surveys.Position) []seen {
	t.Helper()
	all, err := collect(t.Context(), store, diagnostic, after)
	noError(t, err)
	return all
}

func collect(ctx context.Context, store surveys.Store, diagnostic string, after surveys.Position) ([]seen, error) {
	var all []seen
	for a, err := range store.Responses(ctx, diagnostic, after) {
		if err != nil {
			return all, err
		}
		s := seen{Position: a.Position, ID: a.ID, Withdrawn: a.Withdrawn}
		if !a.Withdrawn {
			if s.Response, err = a.Response(); err != nil {
				return all, err
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// ids are the identifiers of arrivals, in order.
func ids(all []seen) []string {
	var list []string
	for _, s := range all {
		list = append(list, s.ID)
	}
	return list
}
