package tally

import (
	"hash/fnv"
	"slices"
	"strconv"

	"diapason/surveys"
)

// columns are the answers to one survey. Every column has the same rows; the
// row of a withdrawn response is emptied, so that it counts nowhere, and
// given to the next arrival.
type columns struct {
	rows    int // the emptied ones included
	free    []int32
	numbers []int64 // of the arrival in each row
	days    choiceColumn
	all     []column
	index   map[key]int
	commune key // the commune question, with no name when there is none
}

// A key says which answers may be counted together: those to a question of one
// name and shape that offered one set of choices. Where the choices changed from
// one version to the next, each has its column: somebody who could not choose an
// answer did not refuse it.
type key struct {
	name  string
	shape shape
	offer string
}

func keyOf(q *surveys.Question) key { return key{q.Name, shapeOf(q.Kind), offerOf(q)} }

// offerOf is a fingerprint of the codes a question offers, in any order. A code
// of a commune is the same place for ever: lists of communes are all one.
func offerOf(q *surveys.Question) string {
	if len(q.Choices) == 0 || q.List == surveys.CommunesList {
		return ""
	}
	codes := make([]string, len(q.Choices))
	for i, c := range q.Choices {
		codes[i] = c.Name
	}
	slices.Sort(codes)
	h := fnv.New64a()
	for _, code := range codes {
		h.Write([]byte(code))
		h.Write([]byte{0})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

func newColumns() *columns {
	return &columns{days: choiceColumn{codes: newDictionary(nil)}, index: map[key]int{}}
}

// present is how many responses there are.
func (c *columns) present() int { return c.rows - len(c.free) }

// column finds or makes the column of a question; -1 when it is not counted.
func (c *columns) column(q *surveys.Question) int {
	k := keyOf(q)
	if i, ok := c.index[k]; ok {
		c.all[i].offer(q.Choices)
		return i
	}
	made := newColumn(q)
	if made == nil || repeated(q) {
		return -1
	}
	made.grow(c.rows)
	c.all = append(c.all, made)
	c.index[k] = len(c.all) - 1
	if k.shape == choice && q.HasProfile(surveys.ProfileCommune) {
		c.commune = k
	}
	return len(c.all) - 1
}

// repeated questions are answered by rows of a repeat, not by people.
func repeated(q *surveys.Question) bool {
	for _, s := range q.Sections {
		if s.Kind == surveys.Repeat {
			return true
		}
	}
	return false
}

// row is an empty row for an arrival: one that was freed, or a new one.
func (c *columns) row(number int64) int {
	if last := len(c.free) - 1; last >= 0 {
		row := c.free[last]
		c.free = c.free[:last]
		c.numbers[row] = number
		return int(row)
	}
	c.rows++
	c.numbers = append(c.numbers, number)
	c.days.grow(c.rows)
	for _, column := range c.all {
		column.grow(c.rows)
	}
	return c.rows - 1
}

// remove empties a row.
func (c *columns) remove(row int) {
	c.days.mark(row, false)
	for _, column := range c.all {
		column.mark(row, false)
	}
	c.numbers[row] = gone
	c.free = append(c.free, int32(row))
}

// Same reports whether the answers to two questions are counted as answers to
// one: same name, same nature, same codes offered.
func Same(a, b *surveys.Question) bool { return keyOf(a) == keyOf(b) }
