package tally

import "math"

// The states of a cell. Greater values are answers, counted from firstCode.
const (
	notAsked  = 0 // off the path, not in this version, or nobody's row
	leftBlank = 1
	firstCode = 2
)

// cells are small integers, one for each row: a byte each until a value needs
// more, as only long lists of communes and open numbers do.
type cells struct {
	narrow []uint8
	wide   []uint32 // instead of narrow, once a value was too large
}

func (c *cells) grow(rows int) {
	if c.wide != nil {
		c.wide = append(c.wide, make([]uint32, rows-len(c.wide))...)
		return
	}
	c.narrow = append(c.narrow, make([]uint8, rows-len(c.narrow))...)
}

func (c *cells) set(row int, v uint32) {
	if c.wide == nil && v > math.MaxUint8 {
		c.widen()
	}
	if c.wide != nil {
		c.wide[row] = v
		return
	}
	c.narrow[row] = uint8(v)
}

func (c *cells) widen() {
	c.wide = make([]uint32, len(c.narrow), cap(c.narrow))
	for row, v := range c.narrow {
		c.wide[row] = uint32(v)
	}
	c.narrow = nil
}

func (c *cells) at(row int) uint32 {
	if c.wide != nil {
		return c.wide[row]
	}
	return uint32(c.narrow[row])
}

// histogram counts each value below size, in the given rows or, when rows is
// nil, in all of them.
func (c *cells) histogram(size int, rows []int32) []int {
	counts := make([]int, max(size, math.MaxUint8+1))
	switch {
	case rows != nil:
		for _, row := range rows {
			counts[c.at(int(row))]++
		}
	case c.wide != nil:
		for _, v := range c.wide {
			counts[v]++
		}
	default:
		countBytes(c.narrow, counts)
	}
	return counts[:size]
}

// countBytes counts in four places at once: neighbours are often equal, and a
// counter must not wait for the one before.
func countBytes(values []uint8, counts []int) {
	var a, b, c, d [256]uint32
	for len(values) >= 4 {
		a[values[0]]++
		b[values[1]]++
		c[values[2]]++
		d[values[3]]++
		values = values[4:]
	}
	for _, v := range values {
		a[v]++
	}
	for v := range a {
		counts[v] += int(a[v]) + int(b[v]) + int(c[v]) + int(d[v])
	}
}
