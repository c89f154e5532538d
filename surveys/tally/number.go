package tally

import (
	"slices"

	"diapason/surveys"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// numberColumn numbers the distinct values: there are few, and a histogram of
// them is the whole distribution.
type numberColumn struct {
	cells
	values []float64
	index  map[float64]uint32
}

func (c *numberColumn) offer([]surveys.Choice) {}

func (c *numberColumn) mark(row int, asked bool) { c.set(row, state(asked)) }

func (c *numberColumn) put(row int, v bsoncore.Value) {
	f, ok := v.AsFloat64OK()
	if !ok || f != f { // NaN is no number, and no key of a map
		c.set(row, leftBlank)
		return
	}
	n, known := c.index[f]
	if !known {
		n = uint32(len(c.values))
		c.values = append(c.values, f)
		c.index[f] = n
	}
	c.set(row, firstCode+n)
}

func (c *numberColumn) count(rows []int32) Question {
	h := c.histogram(firstCode+len(c.values), rows)
	q := Question{Asked: sum(h[leftBlank:]), Answered: sum(h[firstCode:])}
	for i, f := range c.values {
		if n := h[firstCode+i]; n > 0 {
			q.Values = append(q.Values, Value{Value: f, N: n})
		}
	}
	slices.SortFunc(q.Values, func(a, b Value) int {
		if a.Value < b.Value {
			return -1
		}
		return 1
	})
	return q
}
