package report

import "iter"

// Past is what was published of a diagnostic before a restitution, as releases
// remember it.
type Past struct {
	// Same is what the last release told of the very same answers: what it
	// told stays told and what it hid stays hidden. Nil when answers entered or
	// went since.
	Same []byte
	// Former are the releases of other answers.
	Former []Former
}

// A Former is a release, with how many of its people took their answers back
// since.
type Former struct {
	Memory []byte
	Gone   int
}

// protectAfter protects a ledger alone and against each release before it. A
// ledger that tells nothing new needs nothing: all was decided.
func (l *ledger) protectAfter(past Past) error {
	l.more = true
	if past.Same != nil {
		m, err := unpack(past.Same)
		if err != nil {
			return err
		}
		if l.more = l.recall(m); !l.more {
			return nil
		}
	}
	l.protect()
	for _, f := range past.Former {
		m, err := unpack(f.Memory)
		if err != nil {
			return err
		}
		both := l.beside(m, f.Gone)
		both.coverAll()
		for g := range l.groups {
			l.groups[g].rule = both.groups[g].rule
		}
	}
	return nil
}

// recall takes over what the last release decided, and reports whether there is
// more in this one: a group it did not count, or told nobody of.
func (l *ledger) recall(m *Memory) (more bool) {
	place := make([]int, len(m.groups)) // in this ledger, -1 for another group of that name
	for i, old := range m.groups {
		g, known := l.index[old.who]
		if known && l.groups[g].n != old.n { // it has another meaning now
			place[i], more = -1, true
			continue
		}
		if !known {
			g = len(l.groups)
			l.index[old.who] = g
			l.groups = append(l.groups, group{who: old.who, n: old.n, aside: old.aside})
			l.sumsOf = append(l.sumsOf, nil)
		}
		place[i] = g
		more = l.groups[g].recall(old) || more
	}
	for _, g := range l.groups {
		_, known := m.index[g.who]
		more = more || !known
	}
	for _, s := range m.sums {
		l.recallSum(s, place)
	}
	return more
}

// recall takes over what was decided of a group, and reports whether it is told
// for the first time.
func (g *group) recall(old group) (first bool) {
	if !old.told {
		return g.told
	}
	g.told, g.settled = true, true
	if old.rule != "" && g.rule == "" {
		g.rule = old.rule
	}
	return false
}

// recallSum adds a sum of the last release, where its groups are the same.
func (l *ledger) recallSum(s sum, place []int) {
	now := sum{whole: place[s.whole]}
	total := 0
	for _, p := range s.parts {
		if place[p] < 0 {
			return
		}
		now.parts = append(now.parts, place[p])
		total += l.groups[place[p]].n
	}
	if now.whole >= 0 && total == l.groups[now.whole].n {
		l.enter(now)
	}
}

// A kinship is what links the people of a group to those of the same name in
// another release.
type kinship struct {
	links []int // sums
	// twin is the group of the other release, and since those who came between
	// the two; -1 when there is none, or when people left.
	twin, since int
}

// beside is this ledger and that of a former release in one, for somebody who
// has kept both: a group is those it had and those who came since. Its groups
// come first and keep their places.
//
// People may have taken their answers back. A group that has fewer people than
// before is then those who stayed and those who came, and lost no more than left
// the diagnostic in all; one that lost more counts other people now, and is not linked.
func (l *ledger) beside(f *Memory, leavers int) *ledger {
	both := &ledger{groups: append([]group{}, l.groups...)}
	for _, g := range f.groups {
		both.groups = append(both.groups, g)
	}
	both.sumsOf = make([][]int, len(both.groups), 2*len(both.groups))
	both.kin = make([]kinship, len(both.groups), 2*len(both.groups))
	for i := range both.kin {
		both.kin[i].twin, both.kin[i].since = -1, -1
	}
	for _, s := range l.sums {
		both.enter(s)
	}
	for _, s := range f.sums {
		both.enter(s.moved(len(l.groups)))
	}
	gone := -1
	for i, old := range f.groups {
		g, known := l.index[old.who]
		if !known {
			continue
		}
		switch before, fell := i+len(l.groups), old.n-l.groups[g].n; {
		case fell <= 0:
			since := both.unnamed(-fell)
			both.link(g, before, since)
			both.kin[g].twin, both.kin[before].twin = before, g
			both.kin[g].since, both.kin[before].since = since, since
		case fell <= leavers:
			if gone < 0 {
				gone = both.unnamed(leavers)
				both.groups[gone].told = true
			}
			stayed, left := both.unnamed(l.groups[g].n), both.unnamed(fell)
			both.link(before, stayed, left)
			both.link(g, stayed, both.unnamed(0))
			both.link(gone, left, both.unnamed(leavers-fell))
			// It was told when it had more people: nobody can take that back.
			if !f.unknown(i) {
				both.groups[g].aside = true
			}
		}
	}
	return both
}

func (m *Memory) unknown(g int) bool { return !m.groups[g].told || m.groups[g].rule != "" }

// moved is a sum whose groups begin at another place.
func (s sum) moved(by int) sum {
	moved := sum{whole: s.whole + by}
	for _, p := range s.parts {
		moved.parts = append(moved.parts, p+by)
	}
	return moved
}

// unnamed adds a group that nobody is told of and nobody looks for: who came, or
// went, between two releases.
func (l *ledger) unnamed(n int) int {
	l.groups = append(l.groups, group{n: n, aside: true, settled: true})
	l.sumsOf = append(l.sumsOf, nil)
	l.kin = append(l.kin, kinship{twin: -1, since: -1})
	return len(l.groups) - 1
}

func (l *ledger) link(whole int, parts ...int) {
	for _, g := range append([]int{whole}, parts...) {
		l.kin[g].links = append(l.kin[g].links, len(l.sums))
	}
	l.sums = append(l.sums, sum{whole: whole, parts: parts, link: true})
}

// allSumsOf are the sums a group is in, with those that link releases.
func (l *ledger) allSumsOf(g int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, s := range l.sumsOf[g] {
			if !yield(s) {
				return
			}
		}
		if l.kin == nil {
			return
		}
		for _, s := range l.kin[g].links {
			if !yield(s) {
				return
			}
		}
	}
}
