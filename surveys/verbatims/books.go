package verbatims

import (
	"context"
	"slices"
	"sync"

	"diapason/surveys"
)

// Books are the books of the diagnostics people read: one process serves
// hundreds, and keeps in memory those used last. Masking is what costs: a book
// is made once and then followed.
type Books struct {
	source Source
	forms  Forms
	limit  int

	mu    sync.Mutex
	books []*shelved // used last first
}

// shelved is a book with the territory whose names it knows.
type shelved struct {
	diagnostic string
	revision   int64
	book       *Book
}

// NewBooks is an empty cache over a store and its compiled forms. Limit is how
// many bytes the books may take together; the one just asked for always stays.
func NewBooks(source Source, forms Forms, limit int) *Books {
	return &Books{source: source, forms: forms, limit: limit}
}

// Texts are the texts of a diagnostic with all that arrived until now.
func (bs *Books) Texts(ctx context.Context, d surveys.Diagnostic) ([]Text, error) {
	b := bs.book(d)
	err := b.Follow(ctx, bs.source, bs.forms)
	bs.trim()
	if err != nil {
		return nil, err
	}
	return b.Texts(), nil
}

// book is that of a diagnostic, at the front. When the diagnostic changed, its
// communes may have: the book is made again.
func (bs *Books) book(d surveys.Diagnostic) *Book {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	at := slices.IndexFunc(bs.books, func(s *shelved) bool { return s.diagnostic == d.ID })
	s := &shelved{diagnostic: d.ID, revision: d.Revision}
	if at >= 0 {
		if bs.books[at].revision == d.Revision {
			s = bs.books[at]
		}
		bs.books = slices.Delete(bs.books, at, at+1)
	}
	if s.book == nil {
		s.book = NewBook(d.ID, NamesOf(d.Territory))
	}
	bs.books = slices.Insert(bs.books, 0, s)
	return s.book
}

// trim lets go of the books used least recently.
func (bs *Books) trim() {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	total := 0
	for i, s := range bs.books {
		if total += s.book.Size(); total > bs.limit && i > 0 {
			bs.books = slices.Clip(bs.books[:i])
			return
		}
	}
}
