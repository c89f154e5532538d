package tally

import (
	"context"
	"errors"
	"fmt"

	"diapason/surveys"
)

// Stored counts the answers of one diagnostic where they are stored, as they
// were after one arrival: for diagnostics too large for a [Table].
// It asks the store for groups of alike answers, puts each group in a row of the
// same columns as a Table's, and counts the row as many times as it holds people.
//
// Each question costs a pass of the store over the answers; what was counted is
// remembered. Any number of goroutines may use it: one counts at a time, and the
// others find what it counted.
type Stored struct {
	store      surveys.Gatherer
	forms      Forms
	diagnostic string
	until      int64 // number of the last arrival that is counted
	arrived    int   // arrivals until then

	turn   chan struct{}       // holds one; guards the next two
	splits map[string]*Split   // by what they split
	people map[string]*sorting // who is in the strata, by what splits them
}

// ErrMoved: somebody withdrew their answers after the last arrival that is counted,
// so that one count would hold them and the next would not. What was counted is
// of no more use: begin again from a later arrival.
var ErrMoved = errors.New("answers were withdrawn while they were counted")

// NewStored counts what arrived in a diagnostic until now.
func NewStored(ctx context.Context, store surveys.Gatherer, forms Forms, diagnostic string) (*Stored, error) {
	last, n, err := store.Arrived(ctx, diagnostic)
	if err != nil {
		return nil, fmt.Errorf("count the answers of %s: %w", diagnostic, err)
	}
	return newStored(store, forms, diagnostic, last, n), nil
}

func newStored(store surveys.Gatherer, forms Forms, diagnostic string, until int64, n int) *Stored {
	return &Stored{
		store: store, forms: forms, diagnostic: diagnostic, until: until, arrived: n,
		turn: make(chan struct{}, 1), splits: map[string]*Split{}, people: map[string]*sorting{},
	}
}

// During is the counter that works as long as a context lasts.
func (s *Stored) During(ctx context.Context) Counter { return counting{s, ctx, nil} }

// counting is a Stored on behalf of one caller.
type counting struct {
	*Stored
	ctx context.Context
	// reach is how far a frozen one counts, by survey; nil is all of it.
	reach Reach
}

func (c counting) Until(reach Reach) Counter { return counting{c.Stored, c.ctx, reach} }

func (c counting) Last() int64 { return c.until }

func (c counting) People(survey string, until int64) (before, after int, err error) {
	all, err := c.total(survey, nil)
	if err != nil {
		return 0, 0, err
	}
	if until > 0 {
		before, err = c.total(survey, Reach{survey: until})
	}
	return before, all - before, err
}

// total is how many answered a survey as far as a reach goes.
func (c counting) total(survey string, reach Reach) (n int, err error) {
	split, err := counting{c.Stored, c.ctx, reach}.Cross(survey, []*surveys.Question{})
	if err != nil {
		return 0, err
	}
	for _, stratum := range split.Strata {
		n += stratum.N
	}
	return n, nil
}

// reaches is the number of the last arrival of a survey that counts.
func (c counting) reaches(survey string) int64 {
	if c.reach == nil {
		return c.until
	}
	return min(c.until, c.reach[survey])
}

func (c counting) Split(survey string, by ...By) (*Split, error) { return c.Cross(survey, nil, by...) }

func (c counting) Cross(survey string, of []*surveys.Question, by ...By) (*Split, error) {
	only := keysOf(of)
	return c.once(fmt.Sprintf("%q to %d %v by %v", survey, c.reaches(survey), only, by), func() (*Split, error) {
		s, err := c.sort(survey, by)
		if err != nil {
			return nil, err
		}
		return s.split, s.count(only)
	})
}

func (c counting) Grouped(survey string, q *surveys.Question, groups []Group, by ...By) (*Split, error) {
	return c.once(fmt.Sprintf("%q to %d %v in %q by %v", survey, c.reaches(survey), keyOf(q), groups, by), func() (*Split, error) {
		s, err := c.sort(survey, by)
		if err != nil {
			return nil, err
		}
		return s.split, s.countGrouped(keyOf(q), groups)
	})
}

// once counts what was not counted before.
func (c counting) once(name string, count func() (*Split, error)) (*Split, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-c.ctx.Done():
		return nil, c.ctx.Err()
	}
	if s := c.splits[name]; s != nil {
		return s, nil
	}
	s, err := count()
	if err == nil {
		err = c.still()
	}
	if err != nil {
		return nil, fmt.Errorf("count the answers of %s: %w", c.diagnostic, err)
	}
	c.splits[name] = s
	return s, nil
}

// still makes sure that nobody left who was there when counting began.
func (c counting) still() error {
	moved, err := c.store.WithdrawnSince(c.ctx, c.diagnostic, c.until)
	if err == nil && moved {
		err = ErrMoved
	}
	return err
}
