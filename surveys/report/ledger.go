package report

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// A ledger holds every number of people that somebody could read in a report,
// each once, under the name of the group it counts, and how these numbers add
// up. The same people are told by several tables; what hides them in one hides
// them in all.
type ledger struct {
	groups []group
	index  map[string]int
	sums   []sum
	sumsOf [][]int // by group, the sums it is in
	free   []freedom
	// kin is by group what links it to a release before; empty in a ledger of
	// one release alone.
	kin []kinship
	// more is whether there are groups that the last release of the same
	// answers did not decide about.
	more bool
}

// A group is some people: those of a survey who chose an answer, say.
type group struct {
	who  string
	n    int
	told bool   // a cell tells it, unless a rule hides it
	rule string // that hides it, "" when it may be told
	// aside groups gave no opinion, or no answer: to be one of them tells
	// nothing about anybody, and nobody subtracts to find them.
	aside bool
	// settled groups were told or hidden in a release and stay so.
	settled bool
}

// A sum says that some groups, which do not overlap, make another. A link is
// one that has people of two releases in it.
type sum struct {
	whole int
	parts []int
	link  bool
}

// ledgerOf gathers the facts of all tables. It fails when two tables count the
// same group and find another number: one of them is wrong.
func ledgerOf(sheets []*sheet) (*ledger, error) {
	l := &ledger{index: map[string]int{}}
	for _, s := range sheets {
		for _, f := range s.facts {
			g, err := l.group(f.who, f.n)
			if err != nil {
				return nil, fmt.Errorf("table %s: %w", s.ID, err)
			}
			l.groups[g].aside = l.groups[g].aside || f.aside
			l.groups[g].told = l.groups[g].told || f.known || len(f.cells) > 0
			if s.sensitive && f.uniform() {
				l.groups[g].rule = ruleUniform
			}
		}
	}
	for _, s := range sheets {
		for _, named := range s.sums {
			if err := l.add(named); err != nil {
				return nil, fmt.Errorf("table %s: %w", s.ID, err)
			}
		}
	}
	return l, nil
}

func (l *ledger) group(who string, n int) (int, error) {
	g, known := l.index[who]
	if !known {
		g = len(l.groups)
		l.index[who] = g
		l.groups = append(l.groups, group{who: who, n: n})
		l.sumsOf = append(l.sumsOf, nil)
	}
	if l.groups[g].n != n {
		return g, fmt.Errorf("the group %q counts %d people here and %d elsewhere", who, n, l.groups[g].n)
	}
	return g, nil
}

// add records a sum once.
func (l *ledger) add(named namedSum) error {
	whole, known := l.index[named.whole]
	if !known {
		return fmt.Errorf("nobody counts the group %q", named.whole)
	}
	s, total := sum{whole: whole}, 0
	for _, who := range named.parts {
		part, known := l.index[who]
		if !known {
			return fmt.Errorf("nobody counts the group %q", who)
		}
		s.parts = append(s.parts, part)
		total += l.groups[part].n
	}
	if total != l.groups[whole].n {
		return fmt.Errorf("the parts of %q make %d people, not %d", named.whole, total, l.groups[whole].n)
	}
	l.enter(s)
	return nil
}

// enter keeps a sum unless it is there.
func (l *ledger) enter(s sum) {
	same := func(i int) bool { return l.sums[i].whole == s.whole && slices.Equal(l.sums[i].parts, s.parts) }
	if slices.ContainsFunc(l.sumsOf[s.whole], same) {
		return
	}
	for _, g := range append([]int{s.whole}, s.parts...) {
		l.sumsOf[g] = append(l.sumsOf[g], len(l.sums))
	}
	l.sums = append(l.sums, s)
}

// unknown reports whether a reader is not told how many a group is.
func (l *ledger) unknown(g int) bool { return !l.groups[g].told || l.groups[g].rule != "" }

// protect hides groups until no small one can be found out.
func (l *ledger) protect() {
	for i := range l.groups {
		if g := &l.groups[i]; small(g.n) && g.told && g.rule == "" {
			g.rule = ruleFloor
		}
	}
	l.coverAll()
}

// coverAll looks at each small group once: to hide another only takes knowledge
// away, and what was safe stays so.
func (l *ledger) coverAll() {
	l.free = make([]freedom, len(l.groups))
	for g := range l.groups {
		for l.exposed(g) && l.cover(g) {
		}
	}
}

// exposed reports whether somebody who knows everything that is told, exactly,
// could tell of a group of 1 to 10 people more than that.
func (l *ledger) exposed(g int) bool {
	if !small(l.groups[g].n) || l.groups[g].aside || !l.unknown(g) {
		return false
	}
	if l.leeway(g) != nil {
		return false
	}
	if l.free[g] == anyNumber {
		return false
	}
	for _, most := range surroundings {
		if whole := l.solve(l.around(g, most)); whole {
			break
		}
		if l.free[g] == anyNumber {
			return false
		}
	}
	return l.free[g] != anyNumber
}

// surroundings are how many unknown groups may change together with a small one,
// few at first: to find that they can make up for it proves that it is safe,
// whatever the others are. When the most of them cannot, another group is hidden,
// be it one too many: to solve all that is linked would take minutes.
var surroundings = []int{24, 96, 240}

// freedom says which ends of 1 to 10 a small group was already seen to reach in
// some solution. What is hidden later only adds solutions.
type freedom uint8

const (
	atMostOne freedom = 1 << iota
	atLeastTen
	anyNumber = atMostOne | atLeastTen
)

// learn reads a solution for every group it is about: one programme proves many
// groups safe.
func (l *ledger) learn(unknown []int, values []float64) {
	for i, g := range unknown {
		if values[i] <= 1+nearly {
			l.free[g] |= atMostOne
		}
		if values[i] >= floor-1-nearly {
			l.free[g] |= atLeastTen
		}
	}
}

// leeway finds, for each sum of a small group, another part that no other sum
// speaks of and that has people enough to make up for it: the small group could
// then be any number from 1 to 10, and nothing needs to be solved. It returns
// such other numbers, nil when it finds none.
func (l *ledger) leeway(g int) *alternatives {
	if l.kin != nil {
		return l.leewayWithKin(g)
	}
	partners, ok := l.partners(g, func(p int) bool { return l.groups[p].n >= floor-1-l.groups[g].n })
	if !ok {
		return nil
	}
	a := &alternatives{one: shift{g: 1 - l.groups[g].n}, ten: shift{g: floor - 1 - l.groups[g].n}}
	for _, p := range partners {
		a.one[p], a.ten[p] = -a.one[g], -a.ten[g]
	}
	return a
}

// alternatives are two other crowds that would make the same report: one where
// a small group is 1 person, or nobody, and one where it is 10 or more.
type alternatives struct{ one, ten shift }

// A shift is by how many people groups would differ from what they are.
type shift map[int]int

// partners finds a part for each sum of a group that may be moved with it.
func (l *ledger) partners(g int, able func(p int) bool) (partners []int, ok bool) {
	for _, s := range l.sumsOf[g] {
		at := slices.IndexFunc(l.sums[s].parts, func(p int) bool {
			return p != g && l.unknown(p) && len(l.sumsOf[p]) == 1 && able(p)
		})
		if at < 0 || l.sums[s].whole == g {
			return nil, false
		}
		partners = append(partners, l.sums[s].parts[at])
	}
	return partners, true
}

// nearly is what a sum of whole numbers may miss in floating point.
const nearly = 1e-6

// A linkage is unknown groups that sums link to each other, the others being
// what they are.
type linkage struct {
	unknown []int
	rows    []row
	whole   bool // no other unknown group is linked to them
}

// solve finds the numbers that make the first group of a linkage least and
// greatest for a reader who knows every number that is told before its rounding
// and how all add up, and learns from them. It returns the linkage's whole.
func (l *ledger) solve(k linkage) (whole bool) {
	if least, most, ok := extremes(k.rows, len(k.unknown), 0); ok {
		l.learn(k.unknown, least.values)
		l.learn(k.unknown, most.values)
		if !most.limited {
			l.free[k.unknown[0]] |= atLeastTen
		}
	}
	return k.whole
}

// around gathers up to so many unknown groups that are linked to one, the nearest
// first: of each sum those that are in fewest others, for these move easily. A
// group of very many sums only comes when there is no other left, for it moves
// with all of them.
func (l *ledger) around(target, most int) linkage {
	k := linkage{whole: true}
	at, seen := map[int]int{}, map[int]bool{}
	near, later := []int{target}, []int{}
	for len(near)+len(later) > 0 {
		if len(near) == 0 {
			near, later = later[:1:1], later[1:]
		}
		g := near[0]
		if near = near[1:]; l.meets(g, at) {
			continue
		}
		if len(k.unknown) == most {
			k.whole = false
			break
		}
		at[g] = len(k.unknown)
		k.unknown = append(k.unknown, g)
		for s := range l.allSumsOf(g) {
			if seen[s] {
				continue
			}
			seen[s] = true
			for _, other := range append(l.byEase(l.sums[s].parts), l.sums[s].whole) {
				if len(l.sumsOf[other]) > manySums {
					later = append(later, other)
				} else {
					near = append(near, other)
				}
			}
		}
	}
	for _, s := range slices.Sorted(maps.Keys(seen)) {
		k.rows = append(k.rows, l.row(l.sums[s], at))
	}
	return k
}

// meets reports whether nothing is to be done about a group: it was met before,
// or everybody knows it.
func (l *ledger) meets(g int, at map[int]int) bool {
	_, met := at[g]
	return met || !l.unknown(g)
}

// manySums is more than the crossings of a group: a whole audience has them.
const manySums = 12

// byEase are groups in the order they move easily: in few sums, of many people.
func (l *ledger) byEase(parts []int) []int {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(l.sumsOf[a]), len(l.sumsOf[b])), cmp.Compare(l.groups[b].n, l.groups[a].n))
	})
	return parts
}

// row is a sum with what is known of it moved to one side.
func (l *ledger) row(s sum, at map[int]int) row {
	r := row{terms: map[int]float64{}}
	add := func(g int, sign float64) {
		if place, ok := at[g]; ok {
			r.terms[place] += sign
		} else {
			r.right -= sign * float64(l.groups[g].n)
		}
	}
	for _, g := range s.parts {
		add(g, 1)
	}
	add(s.whole, -1)
	return r
}

// cover hides one more group that keeps an exposed one from being found, and
// reports whether there was one left: of its own sums first, then of those
// linked to it; wholes, which all shares are of, only when no part is left.
func (l *ledger) cover(exposed int) bool {
	for _, wholes := range []bool{false, true} {
		if g := l.nearest(exposed, wholes); g >= 0 {
			l.groups[g].rule = ruleSecondary
			return true
		}
	}
	return false
}

// nearest is the group somebody is told of, fewest people first, among the sums
// nearest to an exposed one; -1 when there is none.
func (l *ledger) nearest(exposed int, wholes bool) int {
	reached, seen := []int{exposed}, map[int]bool{exposed: true}
	for i := 0; i < len(reached); i++ {
		best := -1
		for s := range l.allSumsOf(reached[i]) {
			for _, g := range append(slices.Clone(l.sums[s].parts), l.sums[s].whole) {
				whole := g == l.sums[s].whole && !l.sums[s].link
				switch told := !l.unknown(g); {
				case !told && !seen[g]:
					seen[g] = true
					reached = append(reached, g)
				case told && !l.groups[g].settled && whole == wholes && (best < 0 || l.cheaper(g, best)):
					best = g
				}
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

// cheaper reports whether a reader loses less with group a than with b: fewest
// people first, but nobody at all confuses little. Equal ones go by name, so
// that the same are hidden each time.
func (l *ledger) cheaper(a, b int) bool {
	cost := func(g int) int {
		if n := l.groups[g].n; n > 0 {
			return n
		}
		return math.MaxInt
	}
	if x, y := cost(a), cost(b); x != y {
		return x < y
	}
	return l.groups[a].who < l.groups[b].who
}
