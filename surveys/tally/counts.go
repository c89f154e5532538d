package tally

import (
	"cmp"
	"math"
	"slices"

	"diapason/surveys"
)

// A Survey is the counts of one survey, or of some of its people.
type Survey struct {
	N int // people who answered
	// Days holds the days somebody answered, in order.
	Days []Day
	// Communes are the answers to the commune question, in the order of its
	// choices; empty when the survey has none.
	Communes []Code

	split *Split
	parts []part
}

// part is a stratum, by its place, with the weight of each of its people.
type part struct {
	stratum int
	weight  float64
}

// A Day is how many people answered that day.
type Day struct {
	Day surveys.Day
	N   int
}

// A Question is the counts of one question.
type Question struct {
	Asked    Mass // people it was on the path of
	Answered Mass // of these, those who did not leave it blank
	// Codes are in the order of the list: the people who chose each, of a
	// ranking those who gave it one of the first [Places].
	Codes []Code
	// Values are the distinct numbers given, ascending.
	Values []Value
}

// A Code is the people who chose a code, and of a ranking those who gave it
// each place.
type Code struct {
	Code string
	Mass
	Places [Places]Mass
}

// A Value is the people who gave a number.
type Value struct {
	Value float64
	Mass
}

// Blank is the people who were asked and left no answer.
func (q *Question) Blank() Mass { return q.Asked.Minus(q.Answered) }

// Count is the people who chose a code.
func (q *Question) Count(code string) Mass {
	for _, c := range q.Codes {
		if c.Code == code {
			return c.Mass
		}
	}
	return Mass{}
}

// NoOpinion is the people who chose "I do not know" or "I would rather not
// say".
func (q *Question) NoOpinion() Mass {
	var m Mass
	for _, c := range q.Codes {
		if surveys.NoOpinion(c.Code) {
			m = m.Plus(c.Mass)
		}
	}
	return m
}

// Opinions is the people who answered something else than "I do not know" or
// "I would rather not say". It has no meaning for a multiple choice, where
// somebody may tick both.
func (q *Question) Opinions() Mass { return q.Answered.Minus(q.NoOpinion()) }

// Mean is the mean of the numbers, by weight; ok is false when there is none.
func (q *Question) Mean() (mean float64, ok bool) {
	total := 0.0
	for _, v := range q.Values {
		total += v.Value * v.W
	}
	if len(q.Values) == 0 || q.Answered.W <= 0 {
		return 0, false
	}
	return total / q.Answered.W, true
}

// Median is the number with half of the weight on each side, or the mean of
// the two in the middle; ok is false when there is none.
func (q *Question) Median() (median float64, ok bool) {
	if len(q.Values) == 0 || q.Answered.W <= 0 {
		return 0, false
	}
	half, below := q.Answered.W/2, 0.0
	for i, v := range q.Values {
		below += v.W
		switch {
		case math.Abs(below-half) < 1e-9*half && i+1 < len(q.Values):
			return (v.Value + q.Values[i+1].Value) / 2, true
		case below > half:
			return v.Value, true
		}
	}
	return q.Values[len(q.Values)-1].Value, true
}

// AtMost is the people who gave limit or less.
func (q *Question) AtMost(limit float64) Mass {
	var m Mass
	for _, v := range q.Values {
		if v.Value <= limit {
			m = m.Plus(v.Mass)
		}
	}
	return m
}

// Question is the counts of a question; all zero when nobody was asked it.
func (s *Survey) Question(q *surveys.Question) *Question {
	if s.split == nil {
		return &Question{}
	}
	counts := s.sum(s.split.columns[keyOf(q)])
	return &counts
}

// Before is the people who answered a question of this name when it was of
// another kind or offered other choices: they are not counted in
// [Survey.Question].
func (s *Survey) Before(q *surveys.Question) Mass {
	var all Mass
	if s.split == nil {
		return all
	}
	now := keyOf(q)
	for k, column := range s.split.columns {
		if k.name == now.name && k != now {
			counts := s.sum(column)
			all = all.Plus(counts.Answered)
		}
	}
	return all
}

func daysOf(q Question) []Day {
	var days []Day
	for _, code := range q.Codes {
		if code.N > 0 {
			days = append(days, Day{surveys.Day(code.Code), code.N})
		}
	}
	slices.SortFunc(days, func(a, b Day) int { return cmp.Compare(a.Day, b.Day) })
	return days
}
