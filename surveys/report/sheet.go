package report

import (
	"diapason/surveys/tally"
	"diapason/surveys/weights"
)

// A sheet is a table before it may leave: its raw numbers, and what disclosure
// control must know of them.
type sheet struct {
	Table
	// sensitive questions do not tell that everybody, or nobody, said so.
	sensitive bool
	// weighted tables have the raw share beside the share.
	weighted bool
	facts    []fact
	sums     []namedSum
	gaps     []gapCell
	proofs   []proof
	changes  []change
}

// A fact says which people a row is about, and which cells tell how many they
// are. Without cells nobody is told; they are in the ledger all the same.
type fact struct {
	row   int
	who   string
	n     int
	base  int  // the people n is a share of; 0 when the cells are no shares
	whole bool // n is the base itself: bases, and means and scores of everybody
	aside bool // no opinion, or no answer
	known bool // told outside the cells
	share float64
	terms []int // facts it is drawn as the sum of
	cells []int // columns
}

// A namedSum says that some groups, which do not overlap, make another.
type namedSum struct {
	whole string
	parts []string
}

// A gapCell is a difference of shares, told again from the rounded shares.
type gapCell struct {
	row, column int
	facts       []int
}

// add appends a row and returns its index.
func (s *sheet) add(key string, role Role, cells ...Cell) int {
	s.Rows = append(s.Rows, Row{Key: key, Role: role, Cells: cells})
	return len(s.Rows) - 1
}

// tell records a fact and returns its index.
func (s *sheet) tell(f fact) int {
	s.facts = append(s.facts, f)
	return len(s.facts) - 1
}

// aside records that some people are only told from others by not having
// answered: nobody knows them by that.
func (s *sheet) aside(c crowd) {
	s.tell(fact{row: -1, who: c.who, n: c.N, aside: true})
}

// tellBase records that a cell tells the people shares are of.
func (s *sheet) tellBase(row, column int, base crowd) {
	s.tell(fact{row: row, who: base.who, n: base.N, base: base.N, whole: true, cells: []int{column}})
}

// sum records that some people together make others, whether cells tell them
// or not.
func (s *sheet) sum(whole crowd, parts ...crowd) {
	named := namedSum{whole: whole.who}
	for _, c := range append([]crowd{whole}, parts...) {
		s.tell(fact{row: -1, who: c.who, n: c.N})
	}
	for _, c := range parts {
		named.parts = append(named.parts, c.who)
	}
	s.sums = append(s.sums, named)
}

// knownSum records that the citations of some groups, which may overlap, make a
// number anybody knows: three times the people, where all cite three.
func (s *sheet) knownSum(who string, parts []crowd) {
	whole := sumOf(who, parts)
	s.sum(whole, parts...)
	s.facts[len(s.facts)-len(parts)-1].known = true
}

func (s *sheet) cell(row, column int) *Cell { return &s.Rows[row].Cells[column] }

func text(s string) Cell { return Cell{State: Shown, Text: s} }

func count(n int) Cell { return Cell{State: Shown, Number: float64(n)} }

func value(f float64) Cell { return Cell{State: Shown, Number: f} }

// shareCells are the share of n people among base, by weight, and its interval
// on the effective size of the base; empty when there is nobody to share among.
func shareCells(n, base tally.Mass) (share, low, high Cell) {
	if base.N <= 0 || base.W <= 0 {
		return
	}
	p := n.W / base.W
	l, h := weights.Wilson(p, base.Effective())
	return value(p), value(l), value(h)
}
