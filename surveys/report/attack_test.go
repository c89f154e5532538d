package report

import (
	"math"
	"testing"

	"diapason/surveys/tally"
)

// The attacker has the whole restitution of a diagnostic, knows how its numbers
// add up, and knows every number that is told before its rounding: more than
// anybody has. For every hidden count of 1 to 10 people there are still two
// other crowds that would have made the same restitution, one where it counts
// at most 1 person and one where it counts at least 10: nothing narrower than
// the floor can be found out. The two crowds are shown, and checked here sum by
// sum.
func TestAnAttackerFindsNoSmallCount(t *testing.T) {
	attacked, linked := 0, 0
	for seed := range uint64(diagnosticsAttacked) {
		in := sample(t, []int{15, 30, 60, 90, 130, 220, 450}[seed%7], seed)
		in.View = Restitution
		a, b := released(t, in).attack(t)
		attacked, linked = attacked+a, linked+b
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if attacked < 5*diagnosticsAttacked || linked < diagnosticsAttacked {
		t.Errorf("only %d hidden counts were attacked, %d of them linked: the samples prove little", attacked, linked)
	}
	t.Logf("%d hidden counts attacked, %d of them linked to others", attacked, linked)
}

// attack looks for every hidden count of 1 to 10 people; linked counts are
// those that no other could make up for by itself.
func (l *ledger) attack(t *testing.T) (attacked, linked int) {
	t.Helper()
	l.free = make([]freedom, len(l.groups)) // nothing is taken on trust
	for g, group := range l.groups {
		if !small(group.n) || group.aside || !l.unknown(g) {
			continue
		}
		attacked++
		if a := l.leeway(g); a != nil {
			l.free[g] = 0
			unknown, values := l.shifted(a.one)
			l.explains(t, unknown, values)
			unknown, values = l.shifted(a.ten)
			l.explains(t, unknown, values)
		} else {
			linked++
			l.search(t, g)
		}
		if l.free[g] != anyNumber {
			t.Errorf("%q counts %d people, and can be told more narrowly than 1 to 10", group.who, group.n)
		}
	}
	return attacked, linked
}

// search solves wider and wider surroundings of a group, and checks what it finds.
func (l *ledger) search(t *testing.T, g int) {
	t.Helper()
	for _, size := range append(surroundings, math.MaxInt) {
		if l.free[g] == anyNumber {
			return
		}
		k := l.around(g, size)
		least, most, ok := extremes(k.rows, len(k.unknown), 0)
		if !ok {
			continue
		}
		l.explains(t, k.unknown, least.values)
		l.explains(t, k.unknown, most.values)
		if !most.limited { // the solution is one on the way to any number
			l.free[g] |= atLeastTen
		}
	}
}

// shifted are other numbers for some groups.
func (l *ledger) shifted(by shift) (groups []int, values []float64) {
	for g, more := range by {
		groups, values = append(groups, g), append(values, float64(l.groups[g].n+more))
	}
	return groups, values
}

// explains checks that numbers for some hidden groups agree with everything
// that is told, and learns what they show these groups could be.
func (l *ledger) explains(t *testing.T, unknown []int, values []float64) {
	t.Helper()
	l.learn(unknown, values)
	n := make([]float64, len(l.groups))
	for g := range n {
		n[g] = float64(l.groups[g].n)
	}
	for i, g := range unknown {
		if n[g] = values[i]; values[i] < -nearly || !l.unknown(g) {
			t.Errorf("%q cannot count %v people", l.groups[g].who, values[i])
		}
	}
	for _, s := range l.sums {
		total := 0.0
		for _, g := range s.parts {
			total += n[g]
		}
		if math.Abs(total-n[s.whole]) > 1e-3 {
			t.Errorf("%q would count %v people, and its parts %v", l.groups[s.whole].who, n[s.whole], total)
		}
	}
}

// released is the ledger of a restitution after its protection. Every cell that
// tells a hidden group is checked to be hidden.
func released(t *testing.T, in Input) *ledger {
	t.Helper()
	l, _ := releasedSheets(t, in)
	return l
}

func releasedSheets(t *testing.T, in Input) (*ledger, []*sheet) {
	t.Helper()
	b, err := newBuilder(in)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := b.chapters()
	if err != nil {
		t.Fatal(err)
	}
	var sheets []*sheet
	for _, d := range drafts {
		sheets = append(sheets, d.sheets...)
	}
	mark(sheets)
	l, err := ledgerOf(sheets)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.protectAfter(in.Past); err != nil {
		t.Fatal(err)
	}
	l.publish(b.cover(), drafts)
	for _, s := range sheets {
		for _, f := range s.facts {
			for _, column := range f.cells {
				if c := s.cell(f.row, column); l.ruleOf(f.who) != "" && c.State == Shown {
					t.Errorf("%s, %s: a cell tells of %q", s.ID, s.Columns[column].Key, f.who)
				}
			}
		}
	}
	return l, sheets
}

func TestALinkedTableIsAttackedThroughItsSums(t *testing.T) {
	group := func(who string, n int) crowd { return crowd{who, tally.People(n)} }
	s := &sheet{Table: Table{ID: "t", Columns: []Column{{Key: nKey, Kind: Count}}}}
	rows := []crowd{group("nw", 4), group("ne", 60), group("sw", 70), group("se", 90), group("n", 64), group("s", 160), group("w", 74), group("e", 150), group("all", 224)}
	for _, c := range rows {
		s.tell(fact{row: s.add(c.who, Ordinary, count(c.N)), who: c.who, n: c.N, cells: []int{0}})
	}
	s.sum(rows[4], rows[0], rows[1])
	s.sum(rows[5], rows[2], rows[3])
	s.sum(rows[6], rows[0], rows[2])
	s.sum(rows[7], rows[1], rows[3])
	s.sum(rows[8], rows[4], rows[5])
	s.sum(rows[8], rows[6], rows[7])
	protected(t, s)
	for i, want := range []State{Hidden, Hidden, Hidden, Hidden, Shown, Shown, Shown, Shown, Shown} {
		if got := s.Rows[i].Cells[0].State; got != want {
			t.Errorf("%s: state %d, want %d", rows[i].who, got, want)
		}
	}
}
