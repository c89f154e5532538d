package report

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// A chronicle is a diagnostic whose restitution is asked for while people
// answer.
type chronicle struct {
	t      *testing.T
	in     Input
	from   *collected
	rng    *rand.Rand
	issued []surveys.Release
}

func newChronicle(t *testing.T, n int, seed uint64) *chronicle {
	in, c := collect(t, n, seed)
	return &chronicle{t: t, in: in, from: c, rng: rand.New(rand.NewPCG(seed, 77))}
}

// arrive adds the answers of some residents, and of a third as many professionals.
func (c *chronicle) arrive(n int) {
	c.t.Helper()
	for range (n + 2) / 3 {
		c.from.answer(c.t, "p", "2026-11-13", randomAnswers(c.rng, c.from.forms["p"], 0.4))
	}
	c.residents(n)
}

func (c *chronicle) residents(n int) {
	c.t.Helper()
	for range n {
		c.from.answer(c.t, "h", "2026-11-13", randomAnswers(c.rng, c.from.forms["h"], 1.0))
	}
	c.follow()
}

func (c *chronicle) follow() {
	c.t.Helper()
	if err := c.in.Table.(*tally.Table).Follow(context.Background(), c.from, c.from); err != nil {
		c.t.Fatal(err)
	}
}

// withdraw takes somebody's answers back.
func (c *chronicle) withdraw(at int) {
	c.t.Helper()
	next := len(c.from.arrivals) + 1
	c.from.arrivals = append(c.from.arrivals, surveys.Arrival{
		ID: c.from.arrivals[at].ID, Withdrawn: true, Number: int64(next), Position: surveys.Position(strconv.Itoa(next)),
	})
	c.from.arrivals[at].Document = nil
	c.follow()
}

// ask is the restitution of now: its ledger, and whether it is another release.
func (c *chronicle) ask() (l *ledger, moved bool) {
	c.t.Helper()
	in := c.now()
	moved = in.Release.Number > len(c.issued)
	l = released(c.t, in)
	if moved {
		c.keep(in.Release, l)
	}
	return l, moved
}

// now is what a restitution would be made from.
func (c *chronicle) now() Input {
	in := c.in
	var last surveys.Release
	if n := len(c.issued); n > 0 {
		last = c.issued[n-1]
	}
	in.View = Restitution
	var err error
	if in.Release, _, err = nextRelease(last, []string{"a", "h", "p"}, c.in.Table, c.in.Now); err != nil {
		c.t.Fatal(err)
	}
	in.Table = c.in.Table.Until(reachOf(in.Release))
	in.Past = pastOf(c.issued, in.Release)
	return in
}

// keep writes a release down, as a store would.
func (c *chronicle) keep(r surveys.Release, l *ledger) {
	c.t.Helper()
	var err error
	if r.Memory, err = l.memory().pack(); err != nil {
		c.t.Fatal(err)
	}
	c.issued = append(c.issued, r)
}

func (c *chronicle) dump() string {
	c.t.Helper()
	r, err := Build(c.now())
	if err != nil {
		c.t.Fatal(err)
	}
	return dump(r)
}

// The attacker has kept every restitution, and knows every number that was told
// in two of them before its rounding. No hidden count of 1 to 10 people, of one
// or of the other, can be told more narrowly.
func TestAnAttackerWhoKeptFormerReleasesFindsNoSmallCount(t *testing.T) {
	attacked, linked, hidden, would := 0, 0, 0, 0
	for seed := range uint64(diagnosticsAttacked) {
		c := newChronicle(t, []int{15, 30, 60, 90, 130, 220, 450}[seed%7], seed)
		c.ask()
		if len(c.issued) == 0 { // fewer than 11 residents
			c.arrive(11)
			c.ask()
		}
		first := c.dump()
		c.residents(10)
		if _, moved := c.ask(); moved || c.dump() != first {
			t.Fatalf("seed %d: ten answers more change what is published", seed)
		}
		c.arrive(1 + c.rng.IntN(30))
		if seed%4 == 3 {
			c.withdraw(c.rng.IntN(10))
		}
		l, moved := c.ask()
		if !moved {
			t.Fatalf("seed %d: eleven answers more are not published", seed)
		}
		if seed%3 == 0 { // a third one
			c.arrive(11 + c.rng.IntN(20))
			if seed%2 == 0 {
				c.withdraw(10 + c.rng.IntN(4))
			}
			l, _ = c.ask()
		}
		last := len(c.issued) - 1
		for _, some := range pastOf(c.issued[:last], c.issued[last]).linked() {
			both, err := l.beside(some)
			if err != nil {
				t.Fatal(err)
			}
			a, b := both.attack(t)
			attacked, linked = attacked+a, linked+b
		}
		in := c.now()
		in.Past = Past{}
		hidden, would = hidden+l.withheld(), would+released(t, in).withheld()
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d hidden counts attacked, %d of them linked to others; %d groups hidden, %d without a past", attacked, linked, hidden, would)
}
