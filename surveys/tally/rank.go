package tally

import (
	"diapason/surveys"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// Places is how many places of a ranking are counted; a score gives nothing
// to the places after.
const Places = 3

// rankColumn holds the codes of the first places; the first cell also says
// whether the question was asked.
type rankColumn struct {
	codes  *dictionary
	places [Places]cells
}

func (c *rankColumn) offer(choices []surveys.Choice) { c.codes.add(choices) }

func (c *rankColumn) grow(rows int) {
	for i := range c.places {
		c.places[i].grow(rows)
	}
}

func (c *rankColumn) mark(row int, asked bool) {
	for i := range c.places {
		c.places[i].set(row, notAsked)
	}
	c.places[0].set(row, state(asked))
}

func (c *rankColumn) put(row int, v bsoncore.Value) {
	c.mark(row, true)
	place := 0
	eachCode(v, func(code []byte) {
		if place < Places {
			c.places[place].set(row, firstCode+c.codes.ofBytes(code))
		}
		place++
	})
}

func (c *rankColumn) count(rows []int32) Question {
	size := firstCode + len(c.codes.codes)
	var h [Places][]int
	for i := range c.places {
		h[i] = c.places[i].histogram(size, rows)
	}
	q := Question{Asked: sum(h[0][leftBlank:]), Answered: sum(h[0][firstCode:])}
	for i, name := range c.codes.codes {
		code := Code{Code: name}
		for place := range h {
			code.Places[place] = h[place][firstCode+i]
			code.N += code.Places[place]
		}
		q.Codes = append(q.Codes, code)
	}
	return q
}
