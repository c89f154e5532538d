package verbatims

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

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

// A Text is what somebody wrote, masked: the answer to one question.
type Text struct {
	Response string // ID
	Arrival  int64  // its number, see [surveys.Arrival]
	Survey   string // ID
	Question string
	Commune  string // INSEE code, "" when it was not told
	Masked   string
	Found    []Kind // what was masked, once each
}

// A Book is the texts of one diagnostic, masked as they are read: the words as
// they were written are not kept. It may be followed and read by any number of
// goroutines.
type Book struct {
	diagnostic string
	names      Names
	written    map[version]written // what each version asks to write

	mu       sync.Mutex
	position surveys.Position
	texts    []Text // in order of arrival
	// seen tells the responses whose texts are here, true, or that were
	// withdrawn, false, so that an arrival that comes again is let pass.
	seen map[string]bool
	size int // bytes of the texts, about
}

type version struct {
	survey string
	number int
}

// written is what a version asks people to write, and what tells where they
// live.
type written struct {
	form      *surveys.Form
	questions []*surveys.Question
	commune   string
}

// NewBook is an empty book; [Book.Follow] fills it. Names are not masked.
func NewBook(diagnostic string, names Names) *Book {
	return &Book{diagnostic: diagnostic, names: names, written: map[version]written{}, seen: map[string]bool{}}
}

// Follow takes in what arrived since the last time, and forgets what was
// withdrawn. After an error the book is whole, and following again goes on from
// where it was.
func (b *Book) Follow(ctx context.Context, source Source, forms Forms) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for a, err := range source.Responses(ctx, b.diagnostic, b.position) {
		if err == nil {
			err = b.take(ctx, forms, a)
		}
		if err != nil {
			return fmt.Errorf("follow the texts of %s: %w", b.diagnostic, err)
		}
		b.position = a.Position
	}
	return nil
}

func (b *Book) take(ctx context.Context, forms Forms, a surveys.Arrival) error {
	if a.Withdrawn {
		b.forget(a.ID)
		return nil
	}
	if _, known := b.seen[a.ID]; known {
		return nil
	}
	r, err := a.Response()
	if err != nil {
		return fmt.Errorf("response %s: %w", a.ID, err)
	}
	w, err := b.asked(ctx, forms, r)
	if err != nil {
		return err
	}
	var path *surveys.Path
	for _, q := range w.questions {
		text := r.Answers[q.Name].Text()
		if text == "" {
			continue
		}
		if q.Conditional {
			if path == nil {
				path = w.form.Path(r.Answers, noon(r.Day))
			}
			if !path.On(q.Name) {
				continue
			}
		}
		b.keep(r, a.Number, w, q.Name, text)
	}
	return nil
}

func (b *Book) keep(r surveys.Response, arrival int64, w written, question, text string) {
	masked, found := Mask(text, b.names)
	if masked == "" {
		return
	}
	slices.Sort(found)
	// Clones, so that the words as they were written are not held by a part.
	t := Text{
		Response: r.ID, Arrival: arrival, Survey: r.Survey, Question: question,
		Commune: strings.Clone(r.Answers[w.commune].Text()), Masked: strings.Clone(masked), Found: slices.Clip(slices.Compact(found)),
	}
	b.texts, b.seen[r.ID] = append(b.texts, t), true
	b.size += len(t.Masked) + perText
}

// perText is about what a text takes beside its words, in bytes.
const perText = 260

func (b *Book) forget(id string) {
	if b.seen[id] {
		b.texts = slices.DeleteFunc(b.texts, func(t Text) bool {
			if t.Response == id {
				b.size -= len(t.Masked) + perText
			}
			return t.Response == id
		})
	}
	b.seen[id] = false
}

// asked finds what a version asks to write: texts, and not those that tell who
// somebody is or that belong to the rows of a repeat, which are not people.
func (b *Book) asked(ctx context.Context, forms Forms, r surveys.Response) (written, error) {
	key := version{r.Survey, r.Version}
	if w, ok := b.written[key]; ok {
		return w, nil
	}
	form, err := forms.Form(ctx, r.Survey, r.Version)
	if err != nil {
		return written{}, fmt.Errorf("version %d of %s: %w", r.Version, r.Survey, err)
	}
	w := written{form: form, questions: Questions(form)}
	for _, q := range form.Questions {
		if q.Kind == surveys.SelectOne && q.HasProfile(surveys.ProfileCommune) {
			w.commune = q.Name
		}
	}
	b.written[key] = w
	return w, nil
}

// Questions are those of a form whose answers are texts to read.
func Questions(form *surveys.Form) []*surveys.Question {
	var all []*surveys.Question
	for _, q := range form.Questions {
		repeated := slices.ContainsFunc(q.Sections, func(s *surveys.Item) bool { return s.Kind == surveys.Repeat })
		if q.Kind == surveys.TextKind && !repeated && !strings.Contains(q.Profile, "margin:") {
			all = append(all, q)
		}
	}
	return all
}

// noon is the moment of an answer: the hour was never kept.
func noon(day surveys.Day) time.Time {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// Texts are all the texts, in order of arrival. They are the caller's.
func (b *Book) Texts() []Text {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.texts)
}

// Size is about how many bytes the book takes.
func (b *Book) Size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.size + len(b.seen)*64
}
