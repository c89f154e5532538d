package handlers_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"diapason/handlers"
	"diapason/surveys"
	"diapason/surveys/boltstore"
)

func zipped(t *testing.T, body string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatalf("%v in %d bytes: %.200q", err, len(body), body)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	return files
}

func TestTheDataOfADiagnosticAreDownloaded(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice, bob, chelsea := s.as("alice"), s.as("bob"), s.as("chelsea")
	const data, open = "/d/vallee/donnees.zip", "/d/vallee/donnees-publiques.zip"

	t.Run("raw answers, for those who may, noted in the journal", func(t *testing.T) {
		got := alice.get(data)
		got.expect(t, http.StatusOK)
		if got.Header.Get("Content-Disposition") != `attachment; filename="diapason-vallee-donnees-2026-11-22.zip"` || got.Header.Get("Content-Encoding") != "" {
			t.Errorf("%v", got.Header)
		}
		files := zipped(t, got.body)
		for _, name := range []string{"reponses-habitants.csv", "reponses-associations.csv", "codebook.csv", "modalites.csv", "diapason.sps", "diapason.R", "ddi.xml", "LISEZMOI.txt"} {
			if files[name] == "" {
				t.Errorf("no %s", name)
			}
		}
		if lines := strings.Count(files["reponses-habitants.csv"], "\r\n"); lines != 41 {
			t.Errorf("%d lines for 40 answers", lines)
		}
		if !slices.Contains(s.events(), "alice: données téléchargées travail") {
			t.Errorf("the journal says %v", s.events())
		}
	})
	t.Run("the public tables, for all who may see them, not noted", func(t *testing.T) {
		alice.get(open) // the first publishes the numbers, which is noted
		before := len(s.events())
		for _, v := range []*visitor{alice, bob} {
			got := v.get(open)
			got.expect(t, http.StatusOK)
			files := zipped(t, got.body)
			if !strings.Contains(files["LISEZMOI.txt"], "Licence Ouverte") || !strings.Contains(files["tableaux/habitants-medecin.csv"], "Avez-vous un médecin") {
				t.Errorf("%v", files)
			}
			if strings.Contains(files["tableaux/habitants-medecin.csv"], ";26;") {
				t.Error("an exact number leaves")
			}
		}
		if len(s.events()) != before {
			t.Errorf("the journal says %v", s.events())
		}
	})
	t.Run("decimals have the mark asked for", func(t *testing.T) {
		comma, point := zipped(t, bob.get(open).body), zipped(t, bob.get(open+"?decimales=point").body)
		const name = "tableaux/habitants-medecin.csv"
		if !strings.Contains(comma[name], ";0,") || !strings.Contains(point[name], ";0.") || strings.Contains(point[name], ";0,") {
			t.Errorf("%s\n%s", comma[name], point[name])
		}
		alice.get(data+"?decimales=autre").expect(t, http.StatusBadRequest)
	})
	t.Run("nobody else", func(t *testing.T) {
		bob.get(data).expect(t, http.StatusForbidden)
		chelsea.get(data).expect(t, http.StatusForbidden)
		chelsea.get(open).expect(t, http.StatusForbidden)
		s.visitor().get(data).expect(t, http.StatusSeeOther)
	})
	t.Run("the page offers to each what they may have", func(t *testing.T) {
		alice.get("/d/vallee/telecharger").expect(t, http.StatusOK, data, open, "/compte/jetons")
		got := bob.get("/d/vallee/telecharger")
		got.expect(t, http.StatusOK, open)
		if strings.Contains(got.body, data) {
			t.Error("a reader is offered raw answers")
		}
	})
}

// breaking is a store that stops in the middle of the answers when asked to;
// before, it tells the first one again and again. Who follows what came since
// finds it whole.
type breaking struct {
	surveys.Store
	after atomic.Int64 // 0 never breaks
	left  atomic.Bool  // the reader was gone
}

func (b *breaking) Responses(ctx context.Context, diagnostic string, from surveys.Position) iter.Seq2[surveys.Arrival, error] {
	if b.after.Load() == 0 || from != "" {
		return b.Store.Responses(ctx, diagnostic, from)
	}
	return func(yield func(surveys.Arrival, error) bool) {
		var first surveys.Arrival
		for a, err := range b.Store.Responses(ctx, diagnostic, from) {
			if err != nil {
				yield(a, err)
				return
			}
			a.Document = bytes.Clone(a.Document)
			first = a
			break
		}
		for range b.after.Load() {
			if ctx.Err() != nil || !yield(first, nil) {
				b.left.Store(true)
				return
			}
		}
		yield(surveys.Arrival{}, errors.New("the disk is gone"))
	}
}

// listening is a server on a real port, over a store that can break.
func listening(t *testing.T) (*site, *breaking, string) {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "site.db"))
	if err != nil {
		t.Fatal(err)
	}
	b := &breaking{Store: store}
	s := &site{t: t, store: b, clock: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)}
	s.server, err = handlers.New(handlers.Config{Store: b, Now: func() time.Time { return s.clock }})
	s.must(err)
	hash, err := handlers.HashPassword(password)
	s.must(err)
	s.must(store.AddAccount(t.Context(), surveys.Account{Login: "alice", Name: "Alice", Role: surveys.Coordinator, Diagnostics: []string{"vallee"}, Password: hash}))
	s.vallee("Diagnostic de la Vallée")
	ctx, stop := context.WithCancel(context.Background())
	bound, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- s.server.Listen(ctx, "127.0.0.1:0", func(address string) { bound <- address }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
		_ = store.Close()
	})
	return s, b, "http://" + <-bound
}

// download asks for an address as somebody signed in.
func download(t *testing.T, v *visitor, address string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.cookies {
		r.Header.Add("Cookie", fmt.Sprintf("%s=%s", c.Name, c.Value))
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestADownloadThatFailsNeverLooksWhole(t *testing.T) {
	s, b, address := listening(t)
	alice := s.as("alice")
	t.Run("whole, it is whole", func(t *testing.T) {
		got := download(t, alice, address+"/d/vallee/donnees.zip")
		body, err := io.ReadAll(got.Body)
		if err != nil || len(zipped(t, string(body))) != 8 {
			t.Error(err)
		}
	})
	t.Run("broken in the middle, the connection breaks", func(t *testing.T) {
		b.after.Store(300_000)
		got := download(t, alice, address+"/d/vallee/donnees.zip")
		body, err := io.ReadAll(got.Body)
		if err == nil || got.StatusCode != http.StatusOK || len(body) < 10_000 {
			t.Errorf("after %d bytes the reader is told %d, %v", len(body), got.StatusCode, err)
		}
		if _, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
			t.Error("it opens as a whole zip")
		}
	})
	t.Run("and the next download is not disturbed", func(t *testing.T) {
		b.after.Store(0)
		got := download(t, alice, address+"/d/vallee/donnees.zip")
		body, err := io.ReadAll(got.Body)
		if err != nil || len(zipped(t, string(body))) != 8 {
			t.Error(err)
		}
	})
}

func TestADownloadIsCancelledWithItsReader(t *testing.T) {
	s, b, address := listening(t)
	alice := s.as("alice")
	alice.get("/d/vallee") // the answers are counted, once and for all
	b.after.Store(1 << 40)
	got := download(t, alice, address+"/d/vallee/donnees.zip")
	_ = got.Body.Close()
	deadline := time.Now().Add(20 * time.Second)
	for !b.left.Load() {
		if time.Now().After(deadline) {
			t.Fatal("it goes on without its reader")
		}
		time.Sleep(10 * time.Millisecond)
	}
}
