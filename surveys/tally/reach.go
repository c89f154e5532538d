package tally

import "math"

// A Reach is, by survey, the number of the last arrival that counts: how far a
// diagnostic was read when its numbers were published. Of a survey it does not
// name nobody counts.
type Reach map[string]int64

// Until is the table as far as a reach goes: it reads the same columns and costs
// no memory.
func (t *Table) Until(reach Reach) Counter { return &Table{t.answers, reach} }

// until is the number of the last arrival of a survey that counts.
func (t *Table) until(survey string) int64 {
	if t.reach == nil {
		return math.MaxInt64
	}
	return t.reach[survey]
}

// Last is the number of the last arrival that was followed, 0 before any.
func (t *Table) Last() int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.last
}

// People are how many responses to a survey there are up to an arrival, and
// after it, withdrawn ones left out.
func (t *Table) People(survey string, until int64) (before, after int, err error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	at, ok := t.surveys[survey]
	if !ok {
		return 0, 0, nil
	}
	after = len(t.columns[at].late(until))
	return t.columns[at].present() - after, after, nil
}

// gone is the number of a row that was emptied: before any arrival.
const gone = 0

// anyArrival is the number of rows that are not told apart by when they arrived.
const anyArrival = 1

// late are the rows that arrived after an arrival; those that were emptied are
// not among them.
func (c *columns) late(until int64) []int32 {
	var rows []int32
	if until == math.MaxInt64 {
		return rows
	}
	for row, number := range c.numbers {
		if number > until {
			rows = append(rows, int32(row))
		}
	}
	return rows
}
