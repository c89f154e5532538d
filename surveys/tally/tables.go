package tally

import (
	"context"
	"sync"
)

// Tables are the tables of every diagnostic somebody looked at.
type Tables struct {
	source Source
	forms  Forms

	mu     sync.Mutex
	tables map[string]*Table
}

// NewTables is an empty cache over a store and its compiled forms.
func NewTables(source Source, forms Forms) *Tables {
	return &Tables{source: source, forms: forms, tables: map[string]*Table{}}
}

// Table is the table of a diagnostic with all that arrived until now: loaded
// at the first use, followed at the next ones.
func (ts *Tables) Table(ctx context.Context, diagnostic string) (*Table, error) {
	t := ts.table(diagnostic)
	return t, t.Follow(ctx, ts.source, ts.forms)
}

func (ts *Tables) table(diagnostic string) *Table {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	t := ts.tables[diagnostic]
	if t == nil {
		t = NewTable(diagnostic)
		ts.tables[diagnostic] = t
	}
	return t
}
