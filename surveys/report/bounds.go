package report

import "math"

// A row is an equation between unknown numbers of people: terms, by place of
// the unknown, times their factor make right.
type row struct {
	terms map[int]float64
	right float64
}

// An extreme is a solution where one unknown is as small, or as large, as the
// equations allow.
type extreme struct {
	values  []float64 // by unknown
	limited bool      // false when it may grow for ever; values are then one step on the way
}

// extremes are the solutions where one of n unknown numbers, none negative, is
// least and greatest: a linear programme, by the simplex method. The equations
// must have a solution; ok is false when none was found.
func extremes(rows []row, n, target int) (least, most extreme, ok bool) {
	t := newTableau(rows, n)
	if !t.feasible() {
		return least, most, false
	}
	least, most = t.optimum(target, -1), t.optimum(target, 1)
	return least, most, holds(rows, least.values) && holds(rows, most.values)
}

// holds reports whether numbers make all equations true: roundings add up.
func holds(rows []row, values []float64) bool {
	for _, r := range rows {
		left := 0.0
		for at, factor := range r.terms {
			left += factor * values[at]
		}
		if math.Abs(left-r.right) > 1e-4 {
			return false
		}
	}
	return true
}

// A tableau is the equations solved for some of the unknowns, the basis.
type tableau struct {
	rows  [][]float64 // factors of each unknown, then the right side
	basis []int       // by row
	gains []float64   // what the cost gains when each unknown grows by one
	n     int         // unknowns; the artificial ones come after
	used  []int       // columns of the line of a pivot that are not 0
}

const zero = 1e-9

// newTableau begins with an unknown of its own as the basis of each row: one
// that no other row has, else an artificial one.
func newTableau(rows []row, n int) *tableau {
	uses := make([]int, n)
	for _, r := range rows {
		for at := range r.terms {
			uses[at]++
		}
	}
	width := n + len(rows) + 1
	t := &tableau{n: n, gains: make([]float64, width)}
	all := make([]float64, len(rows)*width)
	for i, r := range rows {
		line := all[i*width : (i+1)*width]
		sign := 1.0
		if r.right < 0 {
			sign = -1
		}
		basis := n + i
		for at, factor := range r.terms {
			line[at] = sign * factor
			if line[at] == 1 && uses[at] == 1 && (basis >= n || at < basis) {
				basis = at
			}
		}
		if basis == n+i {
			line[basis] = 1
		}
		line[width-1] = sign * r.right
		t.rows, t.basis = append(t.rows, line), append(t.basis, basis)
	}
	return t
}

// feasible drives the artificial unknowns out, so that the basis is a solution.
func (t *tableau) feasible() bool {
	for at := t.n; at < len(t.gains)-1; at++ {
		t.gains[at] = 1
	}
	t.minimise(len(t.gains) - 1)
	for i, b := range t.basis {
		if b >= t.n && t.right(i) > 1e-6 {
			return false
		}
	}
	for i := range t.basis { // those left are 0: another takes their place where one can
		for at := 0; t.basis[i] >= t.n && at < t.n; at++ {
			if math.Abs(t.rows[i][at]) > zero {
				t.pivot(i, at)
			}
		}
	}
	t.forgetArtificial()
	return true
}

// forgetArtificial leaves the unknowns alone: an equation that still has an
// artificial one as its basis follows from the others.
func (t *tableau) forgetArtificial() {
	rows, basis := t.rows[:0], t.basis[:0]
	for i, b := range t.basis {
		if b < t.n {
			line := append(t.rows[i][:t.n:t.n], t.right(i))
			rows, basis = append(rows, line), append(basis, b)
		}
	}
	t.rows, t.basis, t.gains = rows, basis, make([]float64, t.n+1)
}

// optimum is the solution with the greatest value of an unknown (sign 1) or
// the least (-1).
func (t *tableau) optimum(target int, sign float64) extreme {
	clear(t.gains)
	t.gains[target] = -sign
	e := extreme{limited: t.minimise(t.n), values: make([]float64, t.n)}
	for i, b := range t.basis {
		if b < t.n {
			e.values[b] = t.right(i)
		}
	}
	return e
}

func (t *tableau) right(i int) float64 { return t.rows[i][len(t.gains)-1] }

// minimise pivots among the first columns until the cost cannot fall; it
// reports false when it falls for ever. The gains given are the cost itself.
func (t *tableau) minimise(columns int) (limited bool) {
	for i, b := range t.basis { // the basis costs nothing more
		if cost := t.gains[b]; cost != 0 {
			subtract(t.gains, t.rows[i], cost)
		}
	}
	for pivots := 0; ; pivots++ {
		enters := t.steepest(columns)
		if pivots > 2*len(t.rows) { // going round in circles, perhaps
			enters = t.first(columns)
		}
		if enters < 0 {
			return true
		}
		leaves := -1
		for i := range t.rows {
			if t.rows[i][enters] > zero && (leaves < 0 || t.before(i, leaves, enters)) {
				leaves = i
			}
		}
		if leaves < 0 {
			return false
		}
		t.pivot(leaves, enters)
	}
}

// steepest is the column whose growth lowers the cost most, -1 when none does:
// it soon leads to the end (G. B. Dantzig, 1951).
func (t *tableau) steepest(columns int) int {
	enters, gain := -1, -zero
	for at, g := range t.gains[:columns] {
		if g < gain {
			enters, gain = at, g
		}
	}
	return enters
}

// first is the first column that lowers the cost, -1 when none does: it always
// leads to the end (R. G. Bland, "New finite pivoting rules for the simplex
// method", Mathematics of Operations Research 2, 1977).
func (t *tableau) first(columns int) int {
	for at, g := range t.gains[:columns] {
		if g < -zero {
			return at
		}
	}
	return -1
}

// before reports whether row i is to leave rather than row j.
func (t *tableau) before(i, j, enters int) bool {
	a, b := t.right(i)/t.rows[i][enters], t.right(j)/t.rows[j][enters]
	if math.Abs(a-b) > zero {
		return a < b
	}
	return t.basis[i] < t.basis[j]
}

func (t *tableau) pivot(leaves, enters int) {
	line := t.rows[leaves]
	by := line[enters]
	t.used = t.used[:0]
	for at := range line {
		if line[at] != 0 {
			line[at] /= by
			t.used = append(t.used, at)
		}
	}
	for i := range t.rows {
		if factor := t.rows[i][enters]; i != leaves && factor != 0 {
			t.subtract(t.rows[i], line, factor)
		}
	}
	if factor := t.gains[enters]; factor != 0 {
		t.subtract(t.gains, line, factor)
	}
	t.basis[leaves] = enters
}

// subtract takes the line of a pivot, most of which is 0, from another. What
// should be 0 is made so.
func (t *tableau) subtract(from, line []float64, factor float64) {
	for _, at := range t.used {
		v := from[at] - factor*line[at]
		if math.Abs(v) < 1e-12 {
			v = 0
		}
		from[at] = v
	}
}

func subtract(from, line []float64, factor float64) {
	for at, v := range line {
		from[at] -= factor * v
	}
}
