package tally

import (
	"diapason/surveys"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// The first bits of a set; the codes follow.
const (
	bitAsked    = 0
	bitAnswered = 1
	firstBit    = 2
)

// setColumn holds the chosen codes of a multiple choice as bits, width bytes
// a row, however long the list. Counting takes a histogram of each byte, and
// reads every bit from it.
type setColumn struct {
	codes *dictionary
	width int
	bits  []byte
}

func newSetColumn(choices []surveys.Choice) *setColumn {
	c := &setColumn{codes: newDictionary(choices), width: 1}
	c.fit()
	return c
}

// fit widens the rows until every code has its bit.
func (c *setColumn) fit() {
	width := (firstBit + len(c.codes.codes) + 7) / 8
	if width <= c.width {
		return
	}
	bits := make([]byte, len(c.bits)/c.width*width)
	for row := range len(c.bits) / c.width {
		copy(bits[row*width:], c.bits[row*c.width:(row+1)*c.width])
	}
	c.width, c.bits = width, bits
}

func (c *setColumn) offer(choices []surveys.Choice) {
	c.codes.add(choices)
	c.fit()
}

func (c *setColumn) grow(rows int) {
	c.bits = append(c.bits, make([]byte, rows*c.width-len(c.bits))...)
}

func (c *setColumn) mark(row int, asked bool) {
	clear(c.bits[row*c.width : (row+1)*c.width])
	if asked {
		c.on(row, bitAsked)
	}
}

func (c *setColumn) on(row, bit int) { c.bits[row*c.width+bit/8] |= 1 << (bit % 8) }

func (c *setColumn) put(row int, v bsoncore.Value) {
	c.mark(row, true)
	eachCode(v, func(code []byte) {
		bit := firstBit + int(c.codes.ofBytes(code))
		c.fit()
		c.on(row, bit)
		c.on(row, bitAnswered)
	})
}

func (c *setColumn) count(rows []int32) Question {
	h := make([][256]uint32, c.width)
	if rows == nil {
		for at := 0; at < len(c.bits); at += c.width {
			for i, b := range c.bits[at : at+c.width] {
				h[i][b]++
			}
		}
	}
	for _, row := range rows {
		for i, b := range c.bits[int(row)*c.width : (int(row)+1)*c.width] {
			h[i][b]++
		}
	}
	q := Question{Asked: withBit(h, bitAsked), Answered: withBit(h, bitAnswered)}
	for i, code := range c.codes.codes {
		q.Codes = append(q.Codes, Code{Code: code, N: withBit(h, firstBit+i)})
	}
	return q
}

// withBit is how many rows have a bit, from the histograms of their bytes.
func withBit(h [][256]uint32, bit int) int {
	n := 0
	for b, count := range h[bit/8] {
		if b>>(bit%8)&1 == 1 {
			n += int(count)
		}
	}
	return n
}
