package tally

import (
	"diapason/surveys"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// A column is the answers to one question, a cell for each row.
type column interface {
	// grow gives the column this many rows; new ones were not asked.
	grow(rows int)
	// mark says that the question was asked and left blank, or not asked.
	mark(row int, asked bool)
	// put keeps an answer. One that is not of the question's kind, which
	// Check never lets in, counts as left blank.
	put(row int, v bsoncore.Value)
	// offer makes the choices of one more version known.
	offer(choices []surveys.Choice)
	// counts adds the cells up in each class: as many numbers a class, whose
	// meaning the reader knows.
	counts(in classes) ([]uint32, reader)
	// size is how many bytes it takes.
	size() int
}

// A reader turns what a class, or several together, adds up to into the counts
// of a question. It stays good while the column grows.
type reader func(sums []Mass) Question

// newColumn makes the column for a kind; nil for kinds that are not counted.
func newColumn(q *surveys.Question) column {
	switch shapeOf(q.Kind) {
	case choice:
		return &choiceColumn{codes: newDictionary(q.Choices)}
	case set:
		return newSetColumn(q.Choices)
	case ranking:
		return &rankColumn{codes: newDictionary(q.Choices)}
	case number:
		return &numberColumn{index: map[float64]uint32{}}
	case rowCount:
		return &rowsColumn{numberColumn{index: map[float64]uint32{}}}
	case written:
		return &writtenColumn{}
	}
	return nil
}

// A shape is how the answers to a kind of question are kept. A question that
// changes its shape from one version to the next has a column for each.
type shape uint8

const (
	uncounted shape = iota
	choice
	set
	ranking
	number
	rowCount
	written
)

func shapeOf(k surveys.Kind) shape {
	switch k {
	case surveys.SelectOne:
		return choice
	case surveys.SelectMultiple:
		return set
	case surveys.Rank:
		return ranking
	case surveys.Integer, surveys.Decimal, surveys.Range:
		return number
	case surveys.Repeat:
		return rowCount
	}
	if k.Asked() {
		return written
	}
	return uncounted
}

// choiceColumn holds one code of a list.
type choiceColumn struct {
	cells
	codes *dictionary
}

func (c *choiceColumn) offer(choices []surveys.Choice) { c.codes.add(choices) }

func (c *choiceColumn) mark(row int, asked bool) { c.set(row, state(asked)) }

func (c *choiceColumn) put(row int, v bsoncore.Value) {
	code, ok := stringBytes(v)
	if !ok || len(code) == 0 { // a relay of no name
		c.set(row, leftBlank)
		return
	}
	c.set(row, firstCode+c.codes.ofBytes(code))
}

func (c *choiceColumn) counts(in classes) ([]uint32, reader) {
	codes := c.codes.codes
	return c.histograms(firstCode+len(codes), in), func(h []Mass) Question {
		q := Question{Asked: sum(h[leftBlank:]), Answered: sum(h[firstCode:])}
		for i, code := range codes {
			q.Codes = append(q.Codes, Code{Code: code, Mass: h[firstCode+i]})
		}
		return q
	}
}

// writtenColumn only knows whether something was answered.
type writtenColumn struct{ cells }

func (c *writtenColumn) offer([]surveys.Choice) {}

func (c *writtenColumn) mark(row int, asked bool) { c.set(row, state(asked)) }

func (c *writtenColumn) put(row int, _ bsoncore.Value) { c.set(row, firstCode) }

func (c *writtenColumn) counts(in classes) ([]uint32, reader) {
	return c.histograms(firstCode+1, in), func(h []Mass) Question {
		return Question{Asked: sum(h[leftBlank:]), Answered: h[firstCode]}
	}
}

func state(asked bool) uint32 {
	if asked {
		return leftBlank
	}
	return notAsked
}
