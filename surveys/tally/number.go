package tally

import (
	"cmp"
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
	c.give(row, f)
}

func (c *numberColumn) give(row int, f float64) {
	n, known := c.index[f]
	if !known {
		n = uint32(len(c.values))
		c.values = append(c.values, f)
		c.index[f] = n
	}
	c.set(row, firstCode+n)
}

func (c *numberColumn) counts(in classes) ([]uint32, reader) {
	values := c.values
	return c.histograms(firstCode+len(values), in), func(h []Mass) Question {
		q := Question{Asked: sum(h[leftBlank:]), Answered: sum(h[firstCode:])}
		for i, f := range values {
			if m := h[firstCode+i]; m.N > 0 {
				q.Values = append(q.Values, Value{Value: f, Mass: m})
			}
		}
		slices.SortFunc(q.Values, func(a, b Value) int { return cmp.Compare(a.Value, b.Value) })
		return q
	}
}

// rowsColumn holds how many rows of a repeat each person filled in. Nobody
// fills in none: a repeat without rows was left blank.
type rowsColumn struct{ numberColumn }

func (c *rowsColumn) put(row int, v bsoncore.Value) {
	if v.Type != bsoncore.TypeArray {
		c.numberColumn.put(row, v) // counted by the store
		return
	}
	n := 0
	_ = eachElement(v.Data, func([]byte, bsoncore.Element, bsoncore.Value) { n++ }) // a store gives no broken bytes
	if n == 0 {
		c.mark(row, true)
		return
	}
	c.give(row, float64(n))
}
