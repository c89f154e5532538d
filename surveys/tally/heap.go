package tally

import (
	"fmt"
	"math/bits"
	"slices"

	"diapason/surveys"
)

// A heap is people in groups: a row of its columns stands for all those who are
// alike in what the columns hold.
type heap struct {
	columns *columns
	plans   map[int]*plan // by version
	times   []int         // how many people each row is
}

func newHeap() *heap { return &heap{columns: newColumns(), plans: map[int]*plan{}} }

// plan makes the columns of some questions of a version.
func (h *heap) plan(version int, form *surveys.Form, questions []*surveys.Question) *plan {
	h.plans[version] = newPlanOf(h.columns, form, questions)
	return h.plans[version]
}

func (h *heap) add(rows []surveys.Alike) error {
	for _, r := range rows {
		p := h.plans[r.Version]
		if p == nil {
			return fmt.Errorf("a group of version %d, which was not asked for", r.Version)
		}
		if err := p.add(h.columns.row(anyArrival), []byte(r.Day), r.Answers); err != nil {
			return fmt.Errorf("a group of version %d: %w", r.Version, err)
		}
		h.times = append(h.times, r.N)
	}
	return nil
}

// counts adds a column up, each row as many times as it stands for people. Rows
// are counted once for each binary digit of their number: a column knows how to
// count a row or to leave it out, and nothing else.
func (h *heap) counts(c column, in classes) ([]uint32, reader) {
	digits := 1
	for _, n := range h.times {
		digits = max(digits, bits.Len(uint(n)))
	}
	var all []uint32
	var read reader
	for digit := range digits {
		some := classes{of: slices.Clone(in.of), n: in.n}
		for row, n := range h.times {
			if n>>digit&1 == 0 {
				some.of[row] = uint16(in.n)
			}
		}
		counts, reading := c.counts(some)
		if read = reading; all == nil {
			all = make([]uint32, len(counts))
		}
		for i, n := range counts {
			all[i] += n << digit
		}
	}
	return all, read
}
