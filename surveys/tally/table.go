package tally

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"sync"

	"diapason/surveys"
)

// A Source is where arrivals come from: a [surveys.Store] is one.
type Source interface {
	Responses(ctx context.Context, diagnostic string, after surveys.Position) iter.Seq2[surveys.Arrival, error]
}

// Forms gives the compiled versions the answers were made with:
// *[surveys.Forms] does.
type Forms interface {
	Form(ctx context.Context, survey string, version int) (*surveys.Form, error)
}

// A Table is the answers of one diagnostic as columns. It may be followed and
// read by any number of goroutines: a reader sees each response whole or not
// at all.
type Table struct {
	*answers
	// reach is how far a frozen table reads, by survey; nil is all of it.
	reach Reach
}

// answers are what a table and the frozen ones made from it read.
type answers struct {
	diagnostic string

	following sync.Mutex // one follower at a time; guards the next two
	position  surveys.Position
	plans     map[version]*plan

	mu       sync.RWMutex
	revision int
	last     int64          // number of the last arrival
	surveys  map[string]int // survey → index of its columns
	columns  []*columns
	places   map[identity]place

	memo sync.Mutex
	// splits are those made at splitRevision, by what they split.
	splits map[string]*Split
	// placings are the strata that finer splits of that moment begin with.
	placings      map[string]placing
	splitRevision int
}

type version struct {
	survey string
	number int
}

// place is where a response is: the row is -1 once it was withdrawn, so that
// an arrival that comes late does not bring it back.
type place struct{ columns, row int32 }

// NewTable is an empty table; [Table.Follow] fills it.
func NewTable(diagnostic string) *Table {
	return &Table{answers: &answers{
		diagnostic: diagnostic,
		plans:      map[version]*plan{},
		surveys:    map[string]int{},
		places:     map[identity]place{},
	}}
}

// Follow takes in what arrived since the last time. Arrivals that come twice
// count once and withdrawn ones no longer. After an error the table is whole,
// and following again goes on from where it was.
func (t *Table) Follow(ctx context.Context, source Source, forms Forms) error {
	t.following.Lock()
	defer t.following.Unlock()
	l := newLine()
	entered := make(chan error, 1)
	go func() { entered <- t.enterAll(l) }()
	readErr := t.readAll(ctx, source, forms, l)
	close(l.full)
	if err := cmp.Or(<-entered, readErr); err != nil {
		return fmt.Errorf("follow the answers of %s: %w", t.diagnostic, err)
	}
	return nil
}

// Revision changes whenever what is counted does. Two tables of one diagnostic
// do not compare.
func (t *Table) Revision() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.revision
}

// readAll fills batches with what arrived. It stops early when the line does.
func (t *Table) readAll(ctx context.Context, source Source, forms Forms, l *line) error {
	b, ok := l.empty()
	for a, err := range source.Responses(ctx, t.diagnostic, t.position) {
		if err != nil {
			return err
		}
		if err := t.read(ctx, forms, a, b); err != nil {
			return fmt.Errorf("response %s: %w", a.ID, err)
		}
		if len(b.arrivals) < batchSize {
			continue
		}
		if ok = l.send(b); !ok {
			return nil
		}
		if b, ok = l.empty(); !ok {
			return nil
		}
	}
	l.send(b)
	return nil
}

// read copies what is counted of an arrival: its bytes are only lent.
func (t *Table) read(ctx context.Context, forms Forms, a surveys.Arrival, b *batch) error {
	entry := arrival{id: identityOf(a.ID), number: a.Number}
	if !a.Withdrawn {
		d, err := readDocument(a.Document)
		if err != nil {
			return err
		}
		if entry.plan, err = t.plan(ctx, forms, d); err != nil {
			return err
		}
		entry.day, entry.answers = b.keep(d.day), b.keepAll(&d)
	}
	b.arrivals = append(b.arrivals, entry)
	b.position, b.last = a.Position, a.Number
	return nil
}

func (t *Table) plan(ctx context.Context, forms Forms, d document) (*plan, error) {
	// The key is only made into a string for a version not seen before.
	if p, ok := t.plans[version{string(d.survey), d.version}]; ok {
		return p, nil
	}
	v := version{string(d.survey), d.version}
	form, err := forms.Form(ctx, v.survey, v.number)
	if err != nil {
		return nil, fmt.Errorf("version %d of %s: %w", v.number, v.survey, err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	at, ok := t.surveys[v.survey]
	if !ok {
		at = len(t.columns)
		t.surveys[v.survey] = at
		t.columns = append(t.columns, newColumns())
	}
	t.revision++ // a new version may bring questions and choices
	p := newPlan(t.columns[at], form)
	p.at = int32(at)
	t.plans[v] = p
	return p, nil
}

// enterAll puts batches in the columns until there are no more.
func (t *Table) enterAll(l *line) error {
	for b := range l.full {
		if err := t.enter(b); err != nil {
			close(l.stopped)
			return err
		}
		l.spare <- b
	}
	return nil
}

// enter puts a batch in the columns, all under one lock.
func (t *Table) enter(b *batch) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range b.arrivals {
		if err := t.put(&b.arrivals[i]); err != nil {
			return fmt.Errorf("count the answers: %w", err)
		}
	}
	if len(b.arrivals) > 0 {
		t.revision++
		t.position, t.last = b.position, max(t.last, b.last)
	}
	return nil
}

func (t *Table) put(a *arrival) error {
	at, known := t.places[a.id]
	if a.plan == nil {
		if known && at.row >= 0 {
			t.columns[at.columns].remove(int(at.row))
		}
		t.places[a.id] = place{row: -1}
		return nil
	}
	if known {
		return nil
	}
	row := a.plan.columns.row(a.number)
	if err := a.plan.add(row, a.day, a.answers); err != nil {
		a.plan.columns.remove(row)
		return err
	}
	t.places[a.id] = place{columns: a.plan.at, row: int32(row)}
	return nil
}
