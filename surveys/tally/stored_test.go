package tally

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

// Arrived, WithdrawnSince and Gather make a stream a [surveys.Gatherer], the slow
// and plain way.
func (s *stream) Arrived(context.Context, string) (int64, int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int64(len(s.entries)), len(s.entries), nil
}

func (s *stream) WithdrawnSince(_ context.Context, _ string, after int64) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.entries[after:], func(a surveys.Arrival) bool { return a.Withdrawn }), nil
}

func (s *stream) Gather(_ context.Context, g surveys.Gathering) iter.Seq2[surveys.Alike, error] {
	return func(yield func(surveys.Alike, error) bool) {
		groups, names := map[string]*surveys.Alike{}, []string{}
		put := func(r surveys.Response, answers surveys.Answers) error {
			a := surveys.Alike{Version: r.Version}
			if g.ByDay {
				a.Day = r.Day
			}
			document, err := surveys.Response{Answers: answers}.MarshalBSON()
			if err != nil {
				return err
			}
			d, err := readDocument(document)
			if err != nil {
				return err
			}
			a.Answers = d.answers
			name := fmt.Sprint(a)
			if groups[name] == nil {
				groups[name] = &a
				names = append(names, name)
			}
			groups[name].N++
			return nil
		}
		s.mu.Lock()
		entries := slices.Clone(s.entries[:g.Until])
		s.mu.Unlock()
		for _, e := range entries {
			if e.ID == "" || e.Withdrawn {
				continue
			}
			r, err := e.Response()
			if err == nil && r.Survey == g.Survey && (g.Versions == nil || slices.Contains(g.Versions, r.Version)) {
				err = eachAlike(g, r, put)
			}
			if err != nil {
				yield(surveys.Alike{}, err)
				return
			}
		}
		for _, name := range names {
			if !yield(*groups[name], nil) {
				return
			}
		}
	}
}

// cameIn is how a response came in, under the names it is counted by.
func cameIn(r surveys.Response) surveys.Answers {
	return surveys.Answers{
		"@language": surveys.TextValue(r.Language), "@mode": surveys.TextValue(string(r.Mode)),
		"@relay": surveys.TextValue(r.Relay), "@seconds": surveys.NumberValue(float64(r.Seconds)),
	}
}

// eachAlike gives what a gathering sees of a response, once for each group it is
// in.
func eachAlike(g surveys.Gathering, r surveys.Response, put func(surveys.Response, surveys.Answers) error) error {
	seen := surveys.Answers{}
	for _, name := range g.Answers {
		seen[name] = r.Answers[name]
	}
	for name, v := range cameIn(r) {
		if slices.Contains(g.Answers, name) {
			seen[name] = v
		}
	}
	for _, name := range g.Answered {
		if !r.Answers[name].IsBlank() {
			seen[name] = surveys.TextValue("true")
		}
	}
	switch {
	case g.Each != "":
		for _, code := range r.Answers[g.Each].Codes() {
			seen[g.Each] = surveys.CodesValue(code)
			if err := put(r, seen); err != nil {
				return err
			}
		}
		return nil
	case g.Rows != "":
		n := len(r.Answers[g.Rows].Rows())
		if n == 0 {
			return nil
		}
		seen[g.Rows] = surveys.NumberValue(float64(n))
	}
	return put(r, seen)
}

func stored(t testing.TB, s *stream) *Stored {
	t.Helper()
	counts, err := NewStored(context.Background(), s, s, "d")
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func TestTheStoreCountsWhatTheTableCounts(t *testing.T) {
	form := compiled(t, &surveys.Questionnaire{
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "x", List: "l"}, {Kind: surveys.TextKind, Name: "why", Relevant: "${x} = 'a'"}},
		Lists: []surveys.List{list("l", "a", "b")},
	})
	s := &stream{forms: map[string]*surveys.Form{"h1": form}}
	rng := rand.New(rand.NewPCG(1, 9))
	for range 50 {
		s.add(t, randomResponse(rng, form, "h", 1))
	}
	ctx := context.Background()

	t.Run("what arrives later is not counted", func(t *testing.T) {
		counts := stored(t, s)
		s.add(t, randomResponse(rng, form, "h", 1))
		split, err := counts.During(ctx).Split("h")
		if err != nil || split.Survey(nil, nil).N != 50 {
			t.Errorf("%+v, %v", split, err)
		}
	})
	t.Run("what was counted is remembered", func(t *testing.T) {
		counts := stored(t, s)
		first, err := counts.During(ctx).Split("h")
		if err != nil {
			t.Fatal(err)
		}
		if second, _ := counts.During(ctx).Split("h"); second != first {
			t.Error("it was counted twice")
		}
	})
	t.Run("a survey nobody answered has no stratum", func(t *testing.T) {
		split, err := stored(t, s).During(ctx).Split("p")
		if err != nil || split.Survey(nil, nil).N != 0 {
			t.Errorf("%+v, %v", split, err)
		}
	})
	t.Run("when somebody leaves, what follows is not counted with it", func(t *testing.T) {
		counts := stored(t, s)
		s.withdraw(s.entries[3].ID)
		if _, err := counts.During(ctx).Split("h"); !errors.Is(err, ErrMoved) {
			t.Errorf("err = %v", err)
		}
		if split, err := stored(t, s).During(ctx).Split("h"); err != nil || split.Survey(nil, nil).N != 50 {
			t.Errorf("%+v, %v", split, err)
		}
	})
	t.Run("who waits for a count may leave", func(t *testing.T) {
		counts := stored(t, s)
		counts.turn <- struct{}{}
		gone, leave := context.WithCancel(ctx)
		leave()
		if _, err := counts.During(gone).Split("h"); !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a text that decides nothing never leaves the store", func(t *testing.T) {
		asked := &overheard{stream: s}
		counts, err := NewStored(ctx, asked, s, "d")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := counts.During(ctx).Split("h"); err != nil {
			t.Fatal(err)
		}
		for _, g := range asked.gatherings {
			if slices.Contains(g.Answers, "why") {
				t.Errorf("%+v tells texts apart", g)
			}
		}
	})
	t.Run("too many combinations are told", func(t *testing.T) {
		counts, err := NewStored(ctx, varied{s}, s, "d")
		if err != nil {
			t.Fatal(err)
		}
		_, err = counts.During(ctx).Split("h")
		if !errors.Is(err, ErrTooVaried) || !strings.Contains(err.Error(), "survey h") {
			t.Errorf("err = %v", err)
		}
	})
}

// overheard remembers what was asked of a store.
type overheard struct {
	*stream
	gatherings []surveys.Gathering
}

func (o *overheard) Gather(ctx context.Context, g surveys.Gathering) iter.Seq2[surveys.Alike, error] {
	o.mu.Lock()
	o.gatherings = append(o.gatherings, g)
	o.mu.Unlock()
	return o.stream.Gather(ctx, g)
}

// varied has one more group than can be read.
type varied struct{ *stream }

func (v varied) Gather(context.Context, surveys.Gathering) iter.Seq2[surveys.Alike, error] {
	return func(yield func(surveys.Alike, error) bool) {
		for range mostAlike + 1 {
			if !yield(surveys.Alike{Version: 1, N: 1}, nil) {
				return
			}
		}
	}
}

func TestARowCountsAsManyTimesAsItStandsForPeople(t *testing.T) {
	h := newHeap()
	c := &numberColumn{values: []float64{7, 9}}
	for row, cell := range []uint32{firstCode, leftBlank, firstCode + 1, firstCode} {
		c.grow(row + 1)
		c.set(row, cell)
	}
	h.times = []int{5, 1_000_000, 3, 2}
	counts, _ := h.counts(c, classes{of: []uint16{0, 0, 1, 1}, n: 2})
	if want := []uint32{0, 1_000_000, 5, 0, 0, 0, 2, 3}; !reflect.DeepEqual(counts, want) {
		t.Errorf("%v, want %v", counts, want)
	}
}

func TestQuestionsWithFewAnswersAreCountedTogether(t *testing.T) {
	form := compiled(t, residents())
	asked := &overheard{stream: &stream{forms: map[string]*surveys.Form{"h1": form}}}
	rng := rand.New(rand.NewPCG(2, 9))
	for range 20 {
		asked.add(t, randomResponse(rng, form, "h", 1))
	}
	counts, err := NewStored(context.Background(), asked, asked, "d")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := counts.During(context.Background()).Split("h"); err != nil {
		t.Fatal(err)
	}
	// Ten multiple choices, a ranking and two open numbers need one each.
	if n := len(asked.gatherings); n < 14 || n > 26 {
		t.Errorf("%d gatherings for forty questions", n)
	}
	for _, g := range asked.gatherings {
		if g.Each != "" && len(g.Answers)+len(g.Answered) > 0 {
			t.Errorf("%+v counts codes with something else", g)
		}
	}
}

func TestADiagnosticTooLargeForMemoryIsCountedInItsStore(t *testing.T) {
	form := compiled(t, &surveys.Questionnaire{Items: []surveys.Item{{Kind: surveys.Integer, Name: "n"}}})
	s := &stream{forms: map[string]*surveys.Form{"h1": form}}
	rng, ctx := rand.New(rand.NewPCG(5, 9)), context.Background()
	arrive := func(n int) {
		for range n {
			s.add(t, randomResponse(rng, form, "h", 1))
		}
	}
	tables := NewTables(s, s, 300*answerSize)
	people := func() (n int, inStore bool) {
		t.Helper()
		counter, err := tables.Counter(ctx, "d")
		if err != nil {
			t.Fatal(err)
		}
		split, err := counter.Split("h")
		if err != nil {
			t.Fatal(err)
		}
		_, inTable := counter.(*Table)
		return split.Survey(nil, nil).N, !inTable
	}
	expect := func(when string, want int, stored bool) {
		t.Helper()
		if n, inStore := people(); n != want || inStore != stored {
			t.Errorf("%s: %d people, in the store %v; want %d, %v", when, n, inStore, want, stored)
		}
	}
	arrive(300)
	expect("as many as fit", 300, false)
	arrive(1)
	expect("one more", 301, true)
	if len(tables.tables) > 0 {
		t.Error("the table stayed in memory")
	}
	arrive(3)
	expect("a hundredth more", 301, true)
	arrive(1)
	expect("more than a hundredth", 305, true)
	s.withdraw(s.entries[7].ID)
	expect("one left", 304, true)
}
