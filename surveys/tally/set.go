package tally

import (
	"math/bits"

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
// a row, however long the list.
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

func (c *setColumn) counts(in classes) ([]uint32, reader) {
	codes := c.codes.codes
	count := c.bitsOf
	if in.of == nil {
		count = c.bitsOfAll
	}
	return count(firstBit+len(codes), in), func(h []Mass) Question {
		q := Question{Asked: h[bitAsked], Answered: h[bitAnswered]}
		for i, code := range codes {
			q.Codes = append(q.Codes, Code{Code: code, Mass: h[firstBit+i]})
		}
		return q
	}
}

// bitsOf counts the rows of each class that have each bit.
func (c *setColumn) bitsOf(size int, in classes) []uint32 {
	counts := make([]uint32, (in.n+1)*size)
	for row := range len(c.bits) / c.width {
		class := counts[in.at(row)*size:]
		c.each(row, func(bit int) { class[bit]++ })
	}
	return counts[:in.n*size]
}

// each visits the bits of a row that are set.
func (c *setColumn) each(row int, visit func(bit int)) {
	for i, b := range c.bits[row*c.width : (row+1)*c.width] {
		for ; b != 0; b &= b - 1 {
			visit(i*8 + bits.TrailingZeros8(b))
		}
	}
}

// bitsOfAll counts each byte first, and reads every bit from its histogram.
func (c *setColumn) bitsOfAll(size int, _ classes) []uint32 {
	h := make([][256]uint32, c.width)
	for at := 0; at < len(c.bits); at += c.width {
		for i, b := range c.bits[at : at+c.width] {
			h[i][b]++
		}
	}
	counts := make([]uint32, size)
	for bit := range counts {
		for b, n := range h[bit/8] {
			if b>>(bit%8)&1 == 1 {
				counts[bit] += n
			}
		}
	}
	return counts
}
