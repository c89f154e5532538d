package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
	"diapason/surveys/tally"
)

const (
	// pulseEvery is how often the arrivals of a diagnostic are looked at while
	// somebody has its dashboard open.
	pulseEvery = time.Second
	// pulseRest is how many times as long as a report took to make, the next one
	// waits: looking never takes more than a tenth of a processor.
	pulseRest = 10
	// mostListeners is how many dashboards of one diagnostic may be followed at
	// once; the next ones are asked to come back later.
	mostListeners = 1000
)

// pulses tell open dashboards that what they show has changed. All those who
// look at the same numbers share one follower, which stops with the last.
//
// What is told follows what the report of their view shows, not what arrives:
// an answer that the rounding of the restitution swallows makes no sign, for
// counting signs would give the exact number back.
type pulses struct {
	source     report.Source
	diagnostic func(ctx context.Context, id string) (surveys.Diagnostic, error)
	now        func() time.Time
	beat       time.Duration // between two signs of life of a stream

	mu        sync.Mutex
	followers map[topic]*follower
	ended     bool
}

// A topic is what some dashboards show.
type topic struct {
	diagnostic string
	view       report.View
}

// A follower looks for the listeners of one topic.
type follower struct {
	stop      context.CancelFunc
	mark      string // of what was shown at the last look, "" before the first
	listeners map[chan string]bool

	table    *tally.Table // what the mark was made from
	revision int
}

func newPulses(s *Server) *pulses {
	return &pulses{
		source: s.source, diagnostic: s.store.Diagnostic, now: s.now, beat: 15 * time.Second,
		followers: map[topic]*follower{},
	}
}

// listen returns the marks of what is shown, the newest only, until leave is
// called or the server stops, which closes the channel. It fails with
// ErrUnavailable when too many listen already.
func (p *pulses) listen(t topic) (marks <-chan string, leave func(), err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.followers[t]
	if p.ended || f != nil && len(f.listeners) >= mostListeners {
		return nil, nil, fmt.Errorf("follow %s: %w", t.diagnostic, surveys.ErrUnavailable)
	}
	if f == nil {
		ctx, stop := context.WithCancel(context.Background())
		f = &follower{stop: stop, listeners: map[chan string]bool{}}
		p.followers[t] = f
		go p.follow(ctx, t, f)
	}
	ch := make(chan string, 1)
	f.listeners[ch] = true
	if f.mark != "" {
		ch <- f.mark
	}
	return ch, func() { p.leave(t, f, ch) }, nil
}

func (p *pulses) leave(t topic, f *follower, ch chan string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(f.listeners, ch)
	if len(f.listeners) == 0 && p.followers[t] == f {
		f.stop()
		delete(p.followers, t)
	}
}

// end lets every listener go: a server that stops waits for its streams.
func (p *pulses) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	for t, f := range p.followers {
		f.stop()
		for ch := range f.listeners {
			close(ch)
		}
		delete(p.followers, t)
	}
}

// follow looks until nobody listens. A look that fails is tried again: the page
// shows what it last knew.
func (p *pulses) follow(ctx context.Context, t topic, f *follower) {
	for {
		rest := pulseEvery
		began := time.Now()
		if mark, err := p.look(ctx, t, f); err == nil && mark != "" {
			p.tell(f, mark)
			rest = max(rest, pulseRest*time.Since(began))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(rest):
		}
	}
}

// look returns the mark of what is shown now, "" when nothing arrived since the
// last look: that costs one seek in the store.
func (p *pulses) look(ctx context.Context, t topic, f *follower) (string, error) {
	table, err := p.source.Tables.Table(ctx, t.diagnostic)
	if err != nil {
		return "", err
	}
	revision := table.Revision()
	if table == f.table && revision == f.revision {
		return "", nil
	}
	d, err := p.diagnostic(ctx, t.diagnostic)
	if err != nil {
		return "", err
	}
	r, err := p.source.Report(ctx, d, t.view, p.now())
	if err != nil {
		return "", err
	}
	f.table, f.revision = table, revision
	return pulseMark(r), nil
}

// tell gives a mark to every listener, in the place of one not yet read.
func (p *pulses) tell(f *follower, mark string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if mark == f.mark {
		return
	}
	f.mark = mark
	for ch := range f.listeners {
		select {
		case <-ch:
		default:
		}
		if !p.ended { // closed otherwise
			ch <- mark
		}
	}
}

// pulseMark changes when, and only when, what the dashboard shows of a report
// does. It is made from what the report shows, and tells nothing more.
func pulseMark(r *report.Report) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%v %v", r.Answers, pages.Dashboard(r)))
	return hex.EncodeToString(sum[:8])
}
