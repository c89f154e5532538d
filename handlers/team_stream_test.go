package handlers_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"diapason/surveys"
)

// A listener is an open dashboard: it hears the events of its stream, by name.
type listener struct {
	t      *testing.T
	events chan string // closed when the stream ends
	close  func()
	status int
	header http.Header
}

// patience is how long something that must come may take on a slow machine.
const patience = 20 * time.Second

// hear waits for the next event.
func (l listener) hear() string {
	l.t.Helper()
	select {
	case event := <-l.events:
		return event
	case <-time.After(patience):
		l.t.Fatal("nothing was heard")
		return ""
	}
}

// silent fails when something is heard for a while.
func (l listener) silent(span time.Duration) {
	l.t.Helper()
	select {
	case event := <-l.events:
		l.t.Errorf("heard %q", event)
	case <-time.After(span):
	}
}

// served is the site behind a real address.
func (s *site) served() (address string, stop func()) {
	s.t.Helper()
	bound, ended := make(chan string, 1), make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { ended <- s.server.Listen(ctx, "127.0.0.1:0", func(a string) { bound <- a }) }()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	s.t.Cleanup(stop)
	return "http://" + <-bound, stop
}

// listen opens a stream with the cookies of somebody.
func (v *visitor) listen(address string) listener {
	v.site.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	v.site.must(err)
	r.Header.Set("Accept-Encoding", "br, gzip")
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	client := http.Client{
		Transport:     &http.Transport{DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(r)
	v.site.must(err)
	l := listener{t: v.site.t, events: make(chan string, 100), close: cancel, status: response.StatusCode, header: response.Header}
	v.site.t.Cleanup(cancel)
	go func() {
		defer close(l.events)
		defer func() { _, _ = io.Copy(io.Discard, response.Body); _ = response.Body.Close() }()
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				l.events <- name
			}
		}
	}()
	return l
}

var streamAddress = regexp.MustCompile(`data-refresh="([^"]+)"`)

// stream is the address the dashboard gives for its stream.
func (v *visitor) stream(dashboard string) string {
	v.site.t.Helper()
	found := streamAddress.FindStringSubmatch(v.get(dashboard).body)
	if found == nil {
		v.site.t.Fatalf("%s has no stream", dashboard)
	}
	return strings.ReplaceAll(found[1], "&amp;", "&")
}

// oneMore is the answer of one more resident.
func (s *site) oneMore() {
	s.t.Helper()
	_, err := surveys.Submit(context.Background(), surveys.NewForms(s.store), surveys.Response{
		ID: surveys.NewResponseID(s.clock), Survey: "vallee-h", Version: 1, Language: surveys.NoLanguage, Mode: surveys.Web, Consent: "1",
		Answers: surveys.Answers{"medecin": surveys.TextValue("oui")},
	}, s.clock)
	s.must(err)
}

func TestAnOpenDashboardHearsOfAnAnswer(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	address, _ := s.served()
	alice := s.as("alice")
	l := alice.listen(address + alice.stream("/d/vallee"))
	if got := l.header.Get("Content-Type"); l.status != http.StatusOK || got != "text/event-stream" {
		t.Fatalf("answered %d, %s", l.status, got)
	}
	if l.header.Get("Content-Encoding") != "" || l.header.Get("X-Accel-Buffering") != "no" || !strings.Contains(l.header.Get("Cache-Control"), "no-store") {
		t.Errorf("a proxy would keep the events: %v", l.header)
	}
	l.silent(1500 * time.Millisecond) // the page shows what there is
	sent := time.Now()
	s.oneMore()
	if got := l.hear(); got != "change" {
		t.Errorf("heard %q", got)
	}
	t.Logf("heard after %v", time.Since(sent).Round(time.Millisecond))
}

func TestAnAnswerBetweenThePageAndItsStreamIsHeard(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	address, _ := s.served()
	alice := s.as("alice")
	stream := alice.stream("/d/vallee")
	s.oneMore()
	if got := alice.listen(address + stream).hear(); got != "change" {
		t.Errorf("heard %q", got)
	}
}

// TestWhatIsRoundedIsNotTold: counting the signs of the restitution view gives
// no exact number. Of 40 residents, shown as 40, one more is shown as 40, until
// eleven more are published.
func TestWhatIsRoundedIsNotTold(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	address, _ := s.served()
	bob, alice := s.as("bob"), s.as("alice")
	shared := bob.listen(address + bob.stream("/d/vallee"))
	exact := alice.listen(address + alice.stream("/d/vallee"))
	before := bob.get("/d/vallee").body
	s.oneMore()
	if got := exact.hear(); got != "change" {
		t.Errorf("the team heard %q", got)
	}
	shared.silent(2 * time.Second)
	if total := regexp.MustCompile(`data-total="[^"]*"`); total.FindString(before) != total.FindString(bob.get("/d/vallee").body) {
		t.Fatal("the restitution shows one more answer: this test has nothing to say")
	}
	for range 9 {
		s.oneMore()
	}
	shared.silent(2 * time.Second) // ten answers more are not published
	s.oneMore()
	if got := shared.hear(); got != "change" {
		t.Errorf("the COPIL heard %q", got)
	}
}

func TestWhoMayListen(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	const stream = "/d/vallee/participation/flux"
	s.as("alice").get("/d/nulle-part/participation/flux").expect(t, http.StatusNotFound)
	s.visitor().get(stream).expect(t, http.StatusSeeOther)
	s.as("chelsea").get(stream).expect(t, http.StatusForbidden)
	s.as("bob").get(stream+"?vue=travail").expect(t, http.StatusForbidden)
	s.as("alice").get(stream+"?vue=tout").expect(t, http.StatusBadRequest)
	if topics, listeners := s.server.Followed(); topics+listeners != 0 {
		t.Errorf("%d listeners of %d topics after refusals", listeners, topics)
	}
}

func TestASessionThatEndsEndsItsStream(t *testing.T) {
	for what, end := range map[string]func(s *site, alice *visitor){
		"signing out": func(s *site, alice *visitor) {
			alice.submit("/d/vallee", "/deconnexion", map[string][]string{}).expect(s.t, http.StatusSeeOther)
		},
		"another password": func(s *site, _ *visitor) {
			_, err := s.store.UpdateAccount(context.Background(), "alice", func(a *surveys.Account) error {
				a.Password = "autre"
				return nil
			})
			s.must(err)
		},
		"a right that is taken back": func(s *site, _ *visitor) {
			_, err := s.store.UpdateAccount(context.Background(), "alice", func(a *surveys.Account) error {
				a.Role = surveys.Committee
				return nil
			})
			s.must(err)
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := newSite(t)
			s.vallee("Diagnostic de la Vallée")
			s.server.SetBeat(100 * time.Millisecond)
			address, _ := s.served()
			alice := s.as("alice")
			l := alice.listen(address + alice.stream("/d/vallee"))
			l.silent(500 * time.Millisecond)
			end(s, alice)
			if got := l.hear(); got != "end" {
				t.Errorf("heard %q", got)
			}
			if _, open := <-l.events; open {
				t.Error("the stream goes on")
			}
		})
	}
}

func TestAServerThatStopsLetsItsStreamsGo(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	address, stop := s.served()
	alice := s.as("alice")
	l := alice.listen(address + alice.stream("/d/vallee"))
	began := time.Now()
	stop()
	if _, open := <-l.events; open {
		t.Error("the stream goes on")
	}
	// The server gives running requests ten seconds: a stream must not use them.
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

// TestTwoHundredDashboardsShareOneLook counts what listeners cost beside the
// connections they hold.
func TestTwoHundredDashboardsShareOneLook(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	s.server.SetBeat(200 * time.Millisecond)
	address, _ := s.served()
	alice := s.as("alice")
	stream := alice.stream("/d/vallee")
	before := runtime.NumGoroutine()
	var all []listener
	for range 200 {
		all = append(all, alice.listen(address+stream))
	}
	if topics, listeners := s.server.Followed(); topics != 1 || listeners != 200 {
		t.Errorf("%d listeners of %d topics", listeners, topics)
	}
	t.Logf("%d goroutines for both ends of 200 streams", runtime.NumGoroutine()-before)
	sent := time.Now()
	s.oneMore()
	for _, l := range all {
		if got := l.hear(); got != "change" {
			t.Fatalf("heard %q", got)
		}
	}
	t.Logf("all heard after %v", time.Since(sent).Round(time.Millisecond))
	for _, l := range all {
		l.close()
	}
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if topics, _ := s.server.Followed(); topics == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("nobody listens and the store is still looked at")
		}
	}
}
