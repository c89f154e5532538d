package tally

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/storetest"
)

// stream is a store's stream of arrivals, in memory: entries are appended,
// and a response that is withdrawn leaves a gap.
type stream struct {
	mu      sync.Mutex
	entries []surveys.Arrival
	forms   map[string]*surveys.Form // by survey/version
	// overlap is how many arrivals before a position come again.
	overlap int
}

func (s *stream) Responses(ctx context.Context, _ string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	from, _ := strconv.Atoi(string(after))
	return func(yield func(surveys.Arrival, error) bool) {
		var lent []byte // overwritten by each arrival, as the contract allows
		for i := max(0, from-s.overlap); ; i++ {
			s.mu.Lock()
			if i >= len(s.entries) {
				s.mu.Unlock()
				return
			}
			a := s.entries[i]
			s.mu.Unlock()
			if a.ID == "" {
				continue
			}
			lent = append(lent[:0], a.Document...)
			a.Document = lent
			if !yield(a, ctx.Err()) {
				return
			}
		}
	}
}

func (s *stream) Form(_ context.Context, survey string, version int) (*surveys.Form, error) {
	if f := s.forms[fmt.Sprint(survey, version)]; f != nil {
		return f, nil
	}
	return nil, surveys.ErrNotFound
}

func (s *stream) add(t testing.TB, r surveys.Response) {
	t.Helper()
	document, err := r.MarshalBSON()
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries = append(s.entries, surveys.Arrival{
		Position: surveys.Position(strconv.Itoa(len(s.entries) + 1)), Number: int64(len(s.entries) + 1), ID: r.ID, Document: document,
	})
}

// withdraw empties the entry of a response and announces it.
func (s *stream) withdraw(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.entries {
		if s.entries[i].ID == id {
			s.entries[i] = surveys.Arrival{}
		}
	}
	s.entries = append(s.entries, surveys.Arrival{
		Position: surveys.Position(strconv.Itoa(len(s.entries) + 1)), Number: int64(len(s.entries) + 1), ID: id, Withdrawn: true,
	})
}

func compiled(t testing.TB, q *surveys.Questionnaire) *surveys.Form {
	t.Helper()
	form, problems := surveys.Compile(q)
	if form == nil {
		t.Fatalf("the questionnaire does not compile: %v", problems)
	}
	return form
}

// randomQuestionnaire and randomResponse are those of every room.
func randomQuestionnaire(rng *rand.Rand, questions int) *surveys.Questionnaire {
	return storetest.RandomQuestionnaire(rng, questions)
}

func randomResponse(rng *rand.Rand, form *surveys.Form, survey string, version int) surveys.Response {
	return storetest.RandomResponse(rng, form, survey, version)
}

var list, codes = storetest.List, storetest.Codes

// recount counts one question the slow and plain way, each response with its
// weight.
func recount(q *surveys.Question, form *surveys.Form, responses []surveys.Response, weigh func(surveys.Response) float64) Question {
	var want Question
	for _, c := range q.Choices {
		want.Codes = append(want.Codes, Code{Code: c.Name})
	}
	values := map[float64]Mass{}
	for _, r := range responses {
		day, _ := time.Parse(time.DateOnly, string(r.Day))
		if !form.Path(r.Answers, day).On(q.Name) {
			continue
		}
		w := weigh(r)
		one := Mass{1, w, w * w}
		want.Asked = want.Asked.Plus(one)
		v := r.Answers[q.Name]
		if v.IsBlank() {
			continue
		}
		want.Answered = want.Answered.Plus(one)
		switch q.Kind {
		case surveys.Integer, surveys.Range:
			values[v.Number()] = values[v.Number()].Plus(one)
		case surveys.SelectOne:
			want.choose(v.Text(), -1, one)
		case surveys.SelectMultiple:
			for _, c := range v.Codes() {
				want.choose(c, -1, one)
			}
		case surveys.Rank:
			for place, c := range v.Codes()[:Places] {
				want.choose(c, place, one)
			}
		}
	}
	for f, n := range values {
		want.Values = append(want.Values, Value{f, n})
	}
	slices.SortFunc(want.Values, func(a, b Value) int { return int(a.Value - b.Value) })
	return want
}

func (q *Question) choose(code string, place int, one Mass) {
	for i := range q.Codes {
		if q.Codes[i].Code == code {
			q.Codes[i].Mass = q.Codes[i].Plus(one)
			if place >= 0 {
				q.Codes[i].Places[place] = q.Codes[i].Places[place].Plus(one)
			}
		}
	}
}

// alone is the weight of a person in a survey without weights.
func alone(surveys.Response) float64 { return 1 }
