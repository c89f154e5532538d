package report

// leewayWithKin is leeway for somebody who has kept other releases: their
// numbers stay what they are, and those who came between them make up for the
// change.
func (l *ledger) leewayWithKin(g int) *alternatives {
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
// less (a number below 0), while those of its name in the releases before and
// after stay: no fewer came than none.
func (l *ledger) mayMove(g, least, most int) bool {
	n, k := l.groups[g].n, l.kin[g]
	return n+least >= 0 && !k.torn &&
		(k.older < 0 || n+least >= l.groups[k.older].n) &&
		(k.newer < 0 || n+most <= l.groups[k.newer].n)
}

// move changes a group in both alternatives, and who came before and after with
// it.
func (l *ledger) move(a *alternatives, g, one, ten int) {
	a.one[g], a.ten[g] = one, ten
	if k := l.kin[g]; k.older >= 0 {
		a.one[k.came] += one
		a.ten[k.came] += ten
	}
	if k := l.kin[g]; k.newer >= 0 {
		a.one[k.coming] -= one
		a.ten[k.coming] -= ten
	}
}
