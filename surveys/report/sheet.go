package report

import "diapason/surveys/tally"

// A sheet is a table before it may leave: its raw numbers, and what disclosure
// control must know of them.
type sheet struct {
	Table
	// sensitive questions do not tell that everybody, or nobody, said so.
	sensitive bool
	facts     []fact
	// parts are facts whose people add up to a number that is published or
	// easily known: one of them alone must not be hidden.
	parts [][]int
	gaps  []gapCell
}

// A fact says how many people a row is about, and which cells tell it.
type fact struct {
	row   int
	n     int
	base  int  // the people n is a share of; 0 when the cells are no shares
	whole bool // n is the base itself: means and scores of everybody
	// complement facts also tell how many of the base are not in n.
	complement bool
	terms      []int // facts it is the sum of: it would tell a hidden one
	cells      []int // columns
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
	l, h := wilson(p, base.Effective())
	return value(p), value(l), value(h)
}
