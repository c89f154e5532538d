package tally

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"diapason/surveys"
)

// Counts are what the columns of a table add up to at one moment. They never
// change and may be shared.
type Counts struct {
	surveys map[string]*Survey
}

// A Survey is the counts of one survey.
type Survey struct {
	N int // people who answered
	// Days holds the days somebody answered, in order.
	Days []Day
	// Communes are the answers to the commune question, in the order of its
	// choices; empty when the survey has none.
	Communes  []Code
	questions map[key]*Question
}

// A Day is how many people answered that day.
type Day struct {
	Day surveys.Day
	N   int
}

// A Question is the counts of one question.
type Question struct {
	Asked    int // people it was on the path of
	Answered int // of these, those who did not leave it blank
	// Codes are in the order of the list: the people who chose each, of a
	// ranking those who gave it one of the first [Places].
	Codes []Code
	// Values are the distinct numbers given, ascending.
	Values []Value
}

// A Code is how many people chose a code, and of a ranking at which place.
type Code struct {
	Code   string
	N      int
	Places [Places]int
}

// A Value is how many people gave a number.
type Value struct {
	Value float64
	N     int
}

// Blank is how many people were asked and left no answer.
func (q *Question) Blank() int { return q.Asked - q.Answered }

// Count is how many people chose a code.
func (q *Question) Count(code string) int {
	for _, c := range q.Codes {
		if c.Code == code {
			return c.N
		}
	}
	return 0
}

// NoOpinion is how many times "I do not know" and "I would rather not say"
// were chosen.
func (q *Question) NoOpinion() int {
	n := 0
	for _, c := range q.Codes {
		if surveys.NoOpinion(c.Code) {
			n += c.N
		}
	}
	return n
}

// Opinions is how many people answered something else than "I do not know" or
// "I would rather not say". It has no meaning for a multiple choice, where
// somebody may tick both.
func (q *Question) Opinions() int { return q.Answered - q.NoOpinion() }

// Mean is the mean of the numbers; ok is false when there is none.
func (q *Question) Mean() (mean float64, ok bool) {
	total := 0.0
	for _, v := range q.Values {
		total += v.Value * float64(v.N)
	}
	return total / float64(max(q.Answered, 1)), q.Answered > 0 && len(q.Values) > 0
}

// Median is the middle number, or the mean of the two in the middle; ok is
// false when there is none.
func (q *Question) Median() (median float64, ok bool) {
	if len(q.Values) == 0 {
		return 0, false
	}
	return (q.nth((q.Answered-1)/2) + q.nth(q.Answered/2)) / 2, true
}

// nth is the number at a place, from 0, when all are put in order.
func (q *Question) nth(place int) float64 {
	for _, v := range q.Values {
		if place < v.N {
			return v.Value
		}
		place -= v.N
	}
	return q.Values[len(q.Values)-1].Value
}

// AtMost is how many numbers are limit or less.
func (q *Question) AtMost(limit float64) int {
	n := 0
	for _, v := range q.Values {
		if v.Value <= limit {
			n += v.N
		}
	}
	return n
}

// Survey is the counts of a survey; all zero when nobody answered it.
func (c *Counts) Survey(id string) *Survey {
	if s := c.surveys[id]; s != nil {
		return s
	}
	return &Survey{}
}

// Question is the counts of the question with this name and kind; all zero
// when nobody was asked it.
func (s *Survey) Question(name string, kind surveys.Kind) *Question {
	if q := s.questions[key{name, shapeOf(kind)}]; q != nil {
		return q
	}
	return &Question{}
}

// Counts counts every column for everybody. What was counted serves until
// something arrives.
func (t *Table) Counts() *Counts {
	t.memo.Lock()
	defer t.memo.Unlock()
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.last == nil || t.lastRevision != t.revision {
		t.last, t.lastRevision = t.count(func(*columns) []int32 { return nil }), t.revision
	}
	return t.last
}

// CountsOf counts every column for the people who said they live or work in
// one of these communes.
func (t *Table) CountsOf(communes ...string) *Counts {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.count(func(c *columns) []int32 { return c.in(communes) })
}

// count shares the columns among the processors.
func (t *Table) count(rowsOf func(*columns) []int32) *Counts {
	counts := &Counts{surveys: map[string]*Survey{}}
	var work sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for id, at := range t.surveys {
		c := t.columns[at]
		rows := rowsOf(c)
		questions := make([]Question, len(c.all))
		s := &Survey{N: c.present(), Days: c.daysOf(rows), questions: make(map[key]*Question, len(c.all))}
		if rows != nil {
			s.N = len(rows)
		}
		for k, i := range c.index {
			s.questions[k] = &questions[i]
		}
		for i, column := range c.all {
			room <- struct{}{}
			work.Go(func() {
				questions[i] = column.count(rows)
				<-room
			})
		}
		counts.surveys[id] = s
	}
	work.Wait()
	for id, s := range counts.surveys {
		if q := s.questions[t.columns[t.surveys[id]].commune]; q != nil {
			s.Communes = q.Codes
		}
	}
	return counts
}

func (c *columns) daysOf(rows []int32) []Day {
	var days []Day
	for _, code := range c.days.count(rows).Codes {
		if code.N > 0 {
			days = append(days, Day{surveys.Day(code.Code), code.N})
		}
	}
	slices.SortFunc(days, func(a, b Day) int { return cmp.Compare(a.Day, b.Day) })
	return days
}
