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

// histograms counts each value below size in each class: one class after the
// other, size counts each.
func (c *cells) histograms(size int, in classes) []uint32 {
	counts := make([]uint32, (in.n+1)*size)
	switch {
	case c.wide != nil:
		for row, v := range c.wide {
			counts[in.at(row)*size+int(v)]++
		}
	case in.of != nil:
		for row, v := range c.narrow {
			counts[int(in.of[row])*size+int(v)]++
		}
	default:
		countBytes(c.narrow, counts)
	}
	return counts[:in.n*size]
}

// countBytes counts in four places at once: neighbours are often equal, and a
// counter must not wait for the one before.
func countBytes(values []uint8, counts []uint32) {
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
	for v := range counts[:min(len(counts), len(a))] {
		counts[v] += a[v] + b[v] + c[v] + d[v]
	}
}
