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

func (c *rankColumn) counts(in classes) ([]uint32, reader) {
	codes := c.codes.codes
	size := firstCode + len(codes)
	all := make([]uint32, 0, in.n*Places*size)
	var h [Places][]uint32
	for i := range c.places {
		h[i] = c.places[i].histograms(size, in)
	}
	for class := range in.n {
		for i := range h {
			all = append(all, h[i][class*size:(class+1)*size]...)
		}
	}
	return all, func(h []Mass) Question { return ranked(h, codes) }
}

// ranked reads the cells of each place, one place after the other.
func ranked(h []Mass, codes []string) Question {
	size := firstCode + len(codes)
	q := Question{Asked: sum(h[leftBlank:size]), Answered: sum(h[firstCode:size])}
	for i, name := range codes {
		code := Code{Code: name}
		for place := range Places {
			code.Places[place] = h[place*size+firstCode+i]
			code.Mass = code.Mass.Plus(code.Places[place])
		}
		q.Codes = append(q.Codes, code)
	}
	return q
}
