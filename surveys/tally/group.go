package tally

import "diapason/surveys"

// A Group is codes that are counted as one: the communes of a sector.
type Group struct {
	Code  string
	Codes []string
}

// Grouped counts a multiple choice by groups of codes: the people who chose at
// least one code of each group, which no sum of the codes can tell. It is a
// moment of its own: its Asked may be later than that of other counts.
func (t *Table) Grouped(survey, question string, groups []Group) *Question {
	t.mu.RLock()
	defer t.mu.RUnlock()
	at, ok := t.surveys[survey]
	if !ok {
		return &Question{}
	}
	i, ok := t.columns[at].index[key{question, shapeOf(surveys.SelectMultiple)}]
	if !ok {
		return &Question{}
	}
	column, ok := t.columns[at].all[i].(*setColumn)
	if !ok {
		return &Question{}
	}
	q := column.count(nil)
	q.Codes = nil
	for _, g := range groups {
		q.Codes = append(q.Codes, Code{Code: g.Code, N: column.anyOf(g.Codes)})
	}
	return &q
}

// anyOf is how many rows hold at least one of the codes.
func (c *setColumn) anyOf(codes []string) int {
	mask := make([]byte, c.width)
	for _, code := range codes {
		if n, ok := c.codes.index[code]; ok {
			bit := firstBit + int(n)
			mask[bit/8] |= 1 << (bit % 8)
		}
	}
	people := 0
	for at := 0; at < len(c.bits); at += c.width {
		for i, m := range mask {
			if c.bits[at+i]&m != 0 {
				people++
				break
			}
		}
	}
	return people
}
