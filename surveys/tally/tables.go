package tally

import (
	"context"
	"fmt"
	"sync"

	"diapason/surveys"
)

// Tables are the tables of the diagnostics people look at: one process serves
// hundreds, and keeps in memory those used last.
type Tables struct {
	source Source
	forms  Forms
	limit  int

	mu     sync.Mutex
	tables map[string]*used
	stored map[string]*Stored // of the diagnostics too large for a table
	clock  int                // grows with each use
}

// used is a table with when it was last used and what it weighs.
type used struct {
	table *Table
	last  int
	size  int
}

// NewTables is an empty cache over a store and its compiled forms. Limit is how
// many bytes the tables may take together; the one just asked for always stays.
func NewTables(source Source, forms Forms, limit int) *Tables {
	return &Tables{source: source, forms: forms, limit: limit, tables: map[string]*used{}, stored: map[string]*Stored{}}
}

// answerSize is about how many bytes a response takes in a table: forty
// questions, and its identity.
const answerSize = 128

// Counter counts a diagnostic: in a table, or in the store when the answers
// would take more memory than all tables may and the store is a
// [surveys.Gatherer]. A table has all that arrived until now. The store takes long
// to count, so that what it counted serves until one more answer in a hundred
// arrived, or one is withdrawn.
func (ts *Tables) Counter(ctx context.Context, diagnostic string) (Counter, error) {
	store, able := ts.source.(surveys.Gatherer)
	if !able {
		return ts.Table(ctx, diagnostic)
	}
	last, n, err := store.Arrived(ctx, diagnostic)
	if err != nil {
		return nil, fmt.Errorf("count the answers of %s: %w", diagnostic, err)
	}
	if n <= ts.limit/answerSize {
		return ts.Table(ctx, diagnostic)
	}
	counts := ts.counted(diagnostic)
	if counts != nil && counts.arrived+counts.arrived/100 >= n {
		moved, err := store.WithdrawnSince(ctx, diagnostic, counts.until)
		if err != nil {
			return nil, fmt.Errorf("count the answers of %s: %w", diagnostic, err)
		}
		if !moved {
			return counts.During(ctx), nil
		}
	}
	return ts.recount(newStored(store, ts.forms, diagnostic, last, n)).During(ctx), nil
}

func (ts *Tables) counted(diagnostic string) *Stored {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	return ts.stored[diagnostic]
}

// recount puts new counts in the place of those of the same diagnostic, or of
// its table.
func (ts *Tables) recount(counts *Stored) *Stored {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.stored[counts.diagnostic] = counts
	delete(ts.tables, counts.diagnostic)
	return counts
}

// Table is the table of a diagnostic with all that arrived until now: loaded
// at the first use, followed at the next ones.
func (ts *Tables) Table(ctx context.Context, diagnostic string) (*Table, error) {
	t := ts.table(diagnostic)
	err := t.Follow(ctx, ts.source, ts.forms)
	ts.weigh(diagnostic, t)
	return t, err
}

func (ts *Tables) table(diagnostic string) *Table {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	u := ts.tables[diagnostic]
	if u == nil {
		u = &used{table: NewTable(diagnostic)}
		ts.tables[diagnostic] = u
	}
	ts.clock++
	u.last = ts.clock
	return u.table
}

// weigh lets go of the tables used least recently, as long as all together are
// too large. Who still reads one keeps it until they are done.
func (ts *Tables) weigh(diagnostic string, t *Table) {
	size := t.Size()
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if u := ts.tables[diagnostic]; u != nil && u.table == t {
		u.size = size
	}
	for total := ts.size(); total > ts.limit && len(ts.tables) > 1; total = ts.size() {
		oldest := ""
		for id, u := range ts.tables {
			if id != diagnostic && (oldest == "" || u.last < ts.tables[oldest].last) {
				oldest = id
			}
		}
		delete(ts.tables, oldest)
	}
}

func (ts *Tables) size() int {
	total := 0
	for _, u := range ts.tables {
		total += u.size
	}
	return total
}
