package report

import "slices"

// leewayWithKin is leeway for somebody who has kept two releases. Either the
// numbers of the other release stay what they are, and those who came between
// the two make up for the change; or they change with these, where the same
// groups are hidden in both and add up alike.
func (l *ledger) leewayWithKin(g int) *alternatives {
	k := l.kin[g]
	if len(k.links) > 0 && k.twin < 0 { // people left: let it be solved
		return nil
	}
	if a := l.leewayAlone(g); a != nil {
		return a
	}
	return l.leewayTogether(g)
}

// now reports whether a group is of the later of the two releases. It has kin.
func (l *ledger) now(g int) bool { return l.sums[l.kin[g].links[0]].whole == g }

// leewayAlone moves people within a release; the other one stays.
func (l *ledger) leewayAlone(g int) *alternatives {
	n := l.groups[g].n
	least, most := 1-n, floor-1-n // by how much the group may change
	if !l.mayMove(g, least, most) {
		return nil
	}
	partners, ok := l.partners(g, func(p int) bool { return l.mayMove(p, -most, -least) })
	if !ok {
		return nil
	}
	a := &alternatives{one: shift{}, ten: shift{}}
	l.move(a, g, least, most)
	for _, p := range partners {
		l.move(a, p, -least, -most)
	}
	return a
}

// mayMove reports whether a group may have so many people more, and so many
// less (a number below 0), while its twin stays: no fewer came than none.
func (l *ledger) mayMove(g, least, most int) bool {
	n, k := l.groups[g].n, l.kin[g]
	switch {
	case n+least < 0:
		return false
	case len(k.links) == 0:
		return true
	case k.twin < 0:
		return false
	case l.now(g):
		return n+least >= l.groups[k.twin].n
	}
	return n+most <= l.groups[k.twin].n
}

// move changes a group in both alternatives, and who came between the releases
// with it.
func (l *ledger) move(a *alternatives, g, one, ten int) {
	a.one[g], a.ten[g] = one, ten
	if k := l.kin[g]; k.twin >= 0 {
		if !l.now(g) {
			one, ten = -one, -ten
		}
		a.one[k.since] += one
		a.ten[k.since] += ten
	}
}

// leewayTogether moves as many people in both releases: a group and its twin,
// each with a partner that is a twin too.
func (l *ledger) leewayTogether(g int) *alternatives {
	h := l.kin[g].twin
	if h < 0 || !l.unknown(h) || len(l.sumsOf[h]) != len(l.sumsOf[g]) {
		return nil
	}
	n, other := l.groups[g].n, l.groups[h].n
	least, most := 1-n, floor-1-n
	var theirs []int // sums of the twin that have their partner
	partners, ok := l.partners(g, func(p int) bool {
		q := l.kin[p].twin
		if q < 0 || !l.unknown(q) || len(l.sumsOf[q]) != 1 || min(l.groups[p].n, l.groups[q].n) < most {
			return false
		}
		s := l.sumsOf[q][0]
		if !slices.Contains(l.sums[s].parts, q) || !slices.Contains(l.sums[s].parts, h) || slices.Contains(theirs, s) {
			return false
		}
		theirs = append(theirs, s)
		return true
	})
	if !ok || len(theirs) != len(l.sumsOf[h]) {
		return nil
	}
	fewer := least // of the twin
	if l.now(g) {
		fewer = min(0, 1-other)
	}
	a := &alternatives{one: shift{}, ten: shift{}}
	l.move(a, g, least, most)
	l.move(a, h, fewer, most)
	for _, p := range partners {
		l.move(a, p, -least, -most)
		l.move(a, l.kin[p].twin, -fewer, -most)
	}
	return a
}
