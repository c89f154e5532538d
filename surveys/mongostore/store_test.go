package mongostore_test

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"diapason/surveys"
	"diapason/surveys/mongostore"
	"diapason/surveys/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) surveys.Store { return openAt(t, newDatabase(t)) })
}

func TestReopen(t *testing.T) {
	t.Run("two stores of one database share its secret, its responses and its positions", func(t *testing.T) {
		uri := newDatabase(t)
		first, second := openAt(t, uri), openAt(t, uri)
		defer first.Close()
		defer second.Close()
		a, err := first.Secret(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if b, err := second.Secret(t.Context()); err != nil || string(a) != string(b) {
			t.Fatalf("secrets %x and %x, error %v", a, b, err)
		}
		for n, store := range []surveys.Store{first, second, first, second} {
			if added, err := store.AddResponse(t.Context(), storetest.Response(n)); err != nil || !added {
				t.Fatalf("response %d: added %v, error %v", n, added, err)
			}
		}
		var after surveys.Position
		for a, err := range first.Responses(t.Context(), storetest.DiagnosticID, "") {
			if err != nil {
				t.Fatal(err)
			}
			after = a.Position
			break
		}
		n := 1
		for a, err := range second.Responses(t.Context(), storetest.DiagnosticID, after) {
			if err != nil || a.ID != storetest.ResponseID(n) {
				t.Fatalf("arrival %d is %s, error %v", n, a.ID, err)
			}
			n++
		}
		if n != 4 {
			t.Fatalf("%d arrivals", n)
		}
	})

	t.Run("responses two processes add at once are numbered one after the other", func(t *testing.T) {
		uri := newDatabase(t)
		stores := []*mongostore.Store{openAt(t, uri), openAt(t, uri)}
		const each = 60
		done := make(chan error)
		for i, store := range stores {
			defer store.Close()
			go func() {
				for n := range each {
					if _, err := store.AddResponse(t.Context(), storetest.Response(i*each+n)); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		for range stores {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		want := 1
		for a, err := range stores[0].Responses(t.Context(), storetest.DiagnosticID, "") {
			if err != nil || a.Position != surveys.Position(fmt.Sprint(want)) {
				t.Fatalf("arrival %d has position %s, error %v", want, a.Position, err)
			}
			want++
		}
		if want != len(stores)*each+1 {
			t.Fatalf("%d arrivals", want-1)
		}
	})
}

func TestNames(t *testing.T) {
	t.Run("an answer whose name has a dot is kept", func(t *testing.T) {
		if os.Getenv(uriVariable) == "" {
			t.Skip("FerretDB refuses such names, MongoDB does not: set " + uriVariable + " to a MongoDB to run this")
		}
		store := openAt(t, newDatabase(t))
		defer store.Close()
		r := storetest.Response(1)
		r.Answers["soins.delai"] = surveys.TextValue("long")
		r.Seal()
		if _, err := store.AddResponse(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		for a, err := range store.Responses(t.Context(), r.Diagnostic, "") {
			if err != nil {
				t.Fatal(err)
			}
			if got, err := a.Response(); err != nil || !got.Answers.Equal(r.Answers) {
				t.Fatalf("answers %v, error %v", got.Answers, err)
			}
		}
	})
}

func TestUnreachable(t *testing.T) {
	t.Run("no server is ErrUnavailable", func(t *testing.T) {
		_, err := mongostore.Open(t.Context(), "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200")
		if !errors.Is(err, surveys.ErrUnavailable) {
			t.Fatalf("error is %v", err)
		}
	})

	t.Run("a server that goes away is ErrUnavailable for every method", func(t *testing.T) {
		way := newWay(t, newDatabase(t))
		store := openAt(t, way.uri)
		defer store.Close()
		way.cut()
		_, adding := store.AddResponse(t.Context(), storetest.Response(1))
		_, reading := store.Diagnostics(t.Context())
		_, finding := store.Account(t.Context(), "nadia")
		writing := store.AddDiagnostic(t.Context(), storetest.Diagnostic("d"))
		withdrawing := store.WithdrawResponse(t.Context(), storetest.DiagnosticID, storetest.ReceiptOf(1))
		var streaming error
		for _, err := range store.Responses(t.Context(), storetest.DiagnosticID, "") {
			streaming = err
		}
		for name, err := range map[string]error{
			"AddResponse": adding, "Diagnostics": reading, "Account": finding, "AddDiagnostic": writing,
			"WithdrawResponse": withdrawing, "Responses": streaming, "Ping": store.Ping(t.Context()),
		} {
			if !errors.Is(err, surveys.ErrUnavailable) {
				t.Errorf("%s: error is %v", name, err)
			}
		}
	})

	t.Run("an address that is none is refused", func(t *testing.T) {
		if _, err := mongostore.Open(t.Context(), "http://127.0.0.1/"); err == nil {
			t.Fatal("no error")
		}
	})
}

func openAt(t *testing.T, uri string) *mongostore.Store {
	t.Helper()
	store, err := mongostore.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	return store
}
