package report

import (
	"iter"
	"slices"
)

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
// until the next one.
type Former struct {
	Memory []byte
	Gone   int
}

// mostLinked is how many releases before a ledger it is solved with at once. It
// is protected against all those before, so many at a time: with eight, the few
// groups that are solved together no longer tell what is safe, and nearly all of
// a release would be hidden.
const mostLinked = 3

// protectAfter protects a ledger alone and against the releases before it. A
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
	for _, some := range past.linked() {
		all, err := l.beside(some)
		if err != nil {
			return err
		}
		all.coverAll()
		for g := range l.groups {
			l.groups[g].rule = all.groups[g].rule
		}
	}
	return nil
}

// linked are the releases before, so many at a time, each time the newest first.
// What a release lost until the next one of these is what all between them lost.
func (p Past) linked() [][]Former {
	var all [][]Former
	since := 0
	for i, f := range slices.Backward(p.Former) {
		since += f.Gone
		if (len(p.Former)-1-i)%mostLinked == 0 {
			all = append(all, nil)
			f.Gone = since
		}
		last := len(all) - 1
		all[last] = append(all[last], f)
	}
	return all
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
// the releases next to its own.
type kinship struct {
	links []int // sums
	// older is the group of the release before, and came those who came since;
	// newer that of the release after, and coming those who came until it. They
	// are -1 when there is none.
	older, came, newer, coming int
	torn                       bool // people left: who came is not known
}

var noKin = kinship{older: -1, came: -1, newer: -1, coming: -1}

// beside is this ledger and those of some releases before, the newest first, in
// one, for somebody who has kept all: a group is those it had in the release
// before and those who came since. The groups of this one come first and keep
// their places.
//
// People may have taken their answers back. A group that has fewer people than
// before is then those who stayed and those who came, and lost no more than left
// the diagnostic in all; one that lost more counts other people now, and is not
// linked.
func (l *ledger) beside(releases []Former) (*ledger, error) {
	all, at := &ledger{}, map[string]int{}
	all.append(l.groups, l.sums)
	for g, group := range l.groups {
		at[group.who] = g
	}
	for _, f := range releases {
		m, err := unpack(f.Memory)
		if err != nil {
			return nil, err
		}
		first, gone := all.append(m.groups, m.sums), -1
		for i, old := range m.groups {
			if g, known := at[old.who]; known {
				gone = all.descend(first+i, g, f.Gone, gone)
			}
			at[old.who] = first + i
		}
	}
	return all, nil
}

// append adds the groups and sums of a release and returns the place of the
// first.
func (l *ledger) append(groups []group, sums []sum) (first int) {
	first = len(l.groups)
	l.groups = append(l.groups, groups...)
	for range groups {
		l.sumsOf, l.kin = append(l.sumsOf, nil), append(l.kin, noKin)
	}
	for _, s := range sums {
		l.enter(s.moved(first))
	}
	return first
}

// descend links a group to the one of the same name after it. Gone are all who
// left between the two releases, -1 before anybody is known to have.
func (l *ledger) descend(before, after, leavers, gone int) int {
	fell := l.groups[before].n - l.groups[after].n
	switch {
	case fell <= 0:
		since := l.unnamed(-fell)
		l.link(after, before, since)
		l.kin[after].older, l.kin[after].came = before, since
		l.kin[before].newer, l.kin[before].coming = after, since
	case fell <= leavers:
		if gone < 0 {
			gone = l.unnamed(leavers)
			l.groups[gone].told = true
		}
		stayed, left := l.unnamed(l.groups[after].n), l.unnamed(fell)
		l.link(before, stayed, left)
		l.link(after, stayed, l.unnamed(0))
		l.link(gone, left, l.unnamed(leavers-fell))
		l.kin[before].torn, l.kin[after].torn = true, true
		l.kin[after].older, l.kin[before].newer = before, after
		// It was told when it had more people: nobody can take that back, now
		// or in the releases to come.
		for g := after; g >= 0 && !l.unknown(before); g = l.kin[g].newer {
			l.groups[g].aside = true
		}
	}
	return gone
}

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
	l.kin = append(l.kin, noKin)
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
