package verbatims

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"diapason/surveys"
)

// A Decision is what a reader says of a text in one go.
type Decision struct {
	Login string
	// Saw is what the reader was shown, see [Seen].
	Saw string
	// Text is the text as the reader leaves it; nil leaves it as it is.
	Text *string
	// Judged says whether the text may be quoted, as State has it.
	Judged bool
	State  surveys.ReviewState
	// Coded keeps Codes as the reader's, even when there are none.
	Coded bool
	Codes []string
}

// ErrMoved: somebody else judged the text since it was shown.
var ErrMoved = errors.New("the text was judged by somebody else meanwhile")

// Words is a text as it may be read now: as somebody masked it further by hand,
// else as the program did.
func Words(r surveys.Review, masked string) string {
	if r.Text != "" {
		return r.Text
	}
	return masked
}

// Seen tells what a reader is shown of a text apart from the codes: two that
// differ were shown to different eyes.
func Seen(r surveys.Review, masked string) string {
	sum := sha256.Sum256([]byte(string(r.State) + "\x00" + Words(r, masked)))
	return hex.EncodeToString(sum[:8])
}

// Decide applies a decision to the review of a text. Problems refuse words that
// the masked text does not have; ErrMoved a judgement on what is no longer so.
// A coding alone always fits: each reader has their own.
func Decide(r *surveys.Review, masked string, frame Frame, d Decision, now time.Time) error {
	before := Words(*r, masked)
	text := before
	if d.Text != nil && spaced(*d.Text) != spaced(before) {
		if !Narrower(masked, *d.Text) {
			return problem("texte", "text.wider", "Le texte contient un mot qui n’y était pas, ou il en manque sans qu’une marque le dise. On ne peut que masquer : remplacez ce que vous enlevez par […] ou [nom], et laissez le reste tel quel.")
		}
		text = clean(*d.Text)
	}
	state := r.State
	if d.Judged {
		state = d.State
	}
	if (state != r.State || text != before) && d.Saw != Seen(*r, masked) {
		return ErrMoved
	}
	if r.State = state; state != surveys.Unread || text != masked {
		r.Text = text
	} else {
		r.Text = ""
	}
	if d.Coded {
		r.Code(d.Login, frame.Kept(d.Codes), now)
	}
	r.Updated = now.UTC()
	return nil
}

// Reviews is the part of a [surveys.Store] that keeps them.
type Reviews interface {
	AddReview(ctx context.Context, r surveys.Review) error
	UpdateReview(ctx context.Context, id string, change func(*surveys.Review) error) (surveys.Review, error)
}

// Save keeps a decision about a text of a diagnostic. Its errors are those of
// [Decide] and of the store; ErrNotFound when the response was withdrawn.
func Save(ctx context.Context, store Reviews, diagnostic string, t Text, frame Frame, d Decision, now time.Time) error {
	change := func(r *surveys.Review) error { return Decide(r, t.Masked, frame, d, now) }
	id := surveys.ReviewID(diagnostic, t.Response, t.Question)
	_, err := store.UpdateReview(ctx, id, change)
	if !errors.Is(err, surveys.ErrNotFound) {
		return err
	}
	first := surveys.NewReview(diagnostic, t.Response, t.Question)
	if err := change(&first); err != nil {
		return err
	}
	err = store.AddReview(ctx, first)
	if errors.Is(err, surveys.ErrExists) { // somebody else was first
		_, err = store.UpdateReview(ctx, id, change)
	}
	if errors.Is(err, surveys.ErrWithdrawn) {
		return surveys.ErrNotFound
	}
	return err
}

// A Filter is which texts a reader wants to see.
type Filter string

// The filters. ToCode are those the reader has not coded.
const (
	ToRead   Filter = "a-relire"
	Citable  Filter = "citables"
	SetAside Filter = "ecartes"
	ToCode   Filter = "a-coder"
	Every    Filter = "tous"
)

// Filters lists them in the order they are shown.
func Filters() []Filter { return []Filter{ToRead, ToCode, Citable, SetAside, Every} }

// An Entry is a text with what was made of it.
type Entry struct {
	Text
	Review surveys.Review
}

// Entries joins texts and reviews; a text nobody reviewed has a new review.
func Entries(diagnostic string, texts []Text, reviews []surveys.Review) []Entry {
	of := make(map[string]surveys.Review, len(reviews))
	for _, r := range reviews {
		of[r.ID] = r
	}
	all := make([]Entry, len(texts))
	for i, t := range texts {
		r, ok := of[surveys.ReviewID(diagnostic, t.Response, t.Question)]
		if !ok {
			r = surveys.NewReview(diagnostic, t.Response, t.Question)
		}
		all[i] = Entry{t, r}
	}
	return all
}

// Passes reports whether a filter shows an entry to a reader.
func (f Filter) Passes(e Entry, login string) bool {
	switch f {
	case ToRead:
		return e.Review.State == surveys.Unread
	case Citable:
		return e.Review.State == surveys.Quotable
	case SetAside:
		return e.Review.State == surveys.KeptBack
	case ToCode:
		_, coded := e.Review.Coding(login)
		return !coded
	}
	return true
}

// Known reports whether f is one of the filters.
func (f Filter) Known() bool { return slices.Contains(Filters(), f) }
