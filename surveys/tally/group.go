package tally

import (
	"fmt"

	"diapason/surveys"
)

// Grouped splits a survey like [Table.Split] and counts in it one multiple
// choice alone, by groups of codes: the people who chose at least one code of
// each group, which no sum of the codes can tell.
func (t *Table) Grouped(survey string, q *surveys.Question, groups []Group, by ...By) (*Split, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	at, ok := t.surveys[survey]
	if !ok {
		return &Split{}, nil
	}
	c, k := t.columns[at], keyOf(q)
	s := &Split{columns: map[key]counted{}}
	in, _, err := c.classes(t.until(survey), by, placing{}, s)
	if err != nil {
		return nil, fmt.Errorf("split %s by %v: %w", survey, by, err)
	}
	if i, asked := c.index[k]; asked {
		if column, ok := c.all[i].(*setColumn); ok {
			counts, read := column.united(groups).counts(in)
			s.columns[k] = counted{counts, read}
		}
	}
	return s, nil
}

// united is the column of the groups that the codes of each row belong to.
func (c *setColumn) united(groups []Group) *setColumn {
	var names []surveys.Choice
	for _, g := range groups {
		names = append(names, surveys.Choice{Name: g.Code})
	}
	u := newSetColumn(names)
	rows := len(c.bits) / c.width
	u.grow(rows)
	member := make([][]int, firstBit+len(c.codes.codes)) // by bit, bits of u
	member[bitAsked], member[bitAnswered] = []int{bitAsked}, []int{bitAnswered}
	for i, g := range groups {
		for _, code := range g.Codes {
			if n, known := c.codes.index[code]; known {
				member[firstBit+int(n)] = append(member[firstBit+int(n)], firstBit+i)
			}
		}
	}
	for row := range rows {
		c.each(row, func(bit int) {
			for _, to := range member[bit] {
				u.on(row, to)
			}
		})
	}
	return u
}
