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

// randomQuestionnaire has one question of each kind several times, half of
// them conditional on earlier ones, some in conditional groups.
func randomQuestionnaire(rng *rand.Rand, questions int) *surveys.Questionnaire {
	q := &surveys.Questionnaire{Lists: []surveys.List{
		list("communes", "94001", "94002", "94003", "ailleurs"),
		list("short", "a", "b", "nsp"),
		list("long", codes(300)...), // more than a byte of codes, more than 64 bits
		list("mid", codes(13)...),
	}}
	q.Items = append(q.Items, surveys.Item{Kind: surveys.SelectOne, Name: "commune", List: "communes", Profile: surveys.ProfileCommune})
	kinds := []surveys.Kind{surveys.SelectOne, surveys.SelectMultiple, surveys.Rank, surveys.Integer, surveys.TextKind, surveys.Date, surveys.Range}
	earlier := []string{}
	for i := range questions {
		kind := kinds[rng.IntN(len(kinds))]
		item := surveys.Item{Kind: kind, Name: fmt.Sprintf("q%02d", i)}
		if kind.HasChoices() {
			item.List = []string{"short", "long", "mid"}[rng.IntN(3)]
		}
		if len(earlier) > 0 && rng.IntN(2) == 0 {
			item.Relevant = fmt.Sprintf("${%s} = 'a'", earlier[rng.IntN(len(earlier))])
		}
		if kind == surveys.SelectOne {
			item.List = "short"
			earlier = append(earlier, item.Name)
		}
		if item.Relevant != "" && rng.IntN(2) == 0 {
			group := surveys.Item{Kind: surveys.Group, Name: "g" + item.Name, Relevant: item.Relevant}
			item.Relevant = ""
			group.Items = []surveys.Item{item}
			item = group
		}
		q.Items = append(q.Items, item)
	}
	return q
}

func list(name string, codes ...string) surveys.List {
	l := surveys.List{Name: name}
	for _, c := range codes {
		l.Choices = append(l.Choices, surveys.Choice{Name: c})
	}
	return l
}

func codes(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	names[n-1] = "nsp"
	return names
}

// randomResponse answers three questions in four, and drops what is off the
// path, as Submit does.
func randomResponse(rng *rand.Rand, form *surveys.Form, survey string, version int) surveys.Response {
	answers := surveys.Answers{}
	for _, q := range form.Questions {
		if rng.IntN(4) == 0 {
			continue
		}
		answers[q.Name] = randomValue(rng, q)
	}
	day := time.Date(2026, 11, 1+rng.IntN(20), 12, 0, 0, 0, time.UTC)
	path := form.Path(answers, day)
	kept := surveys.Answers{}
	for name, v := range answers {
		if path.On(name) {
			kept[name] = v
		}
	}
	return surveys.Response{
		ID: surveys.NewResponseID(day), Diagnostic: "d", Survey: survey, Version: version,
		Day: surveys.DayOf(day), Mode: surveys.Web, Answers: kept,
	}
}

func randomValue(rng *rand.Rand, q *surveys.Question) surveys.Value {
	chosen := func(n int) []string {
		var names []string
		for _, i := range rng.Perm(len(q.Choices))[:n] {
			names = append(names, q.Choices[i].Name)
		}
		return names
	}
	switch q.Kind {
	case surveys.SelectOne:
		return surveys.TextValue(chosen(1)[0])
	case surveys.SelectMultiple:
		return surveys.CodesValue(chosen(1 + rng.IntN(3))...)
	case surveys.Rank:
		return surveys.CodesValue(chosen(len(q.Choices))...)
	case surveys.Integer, surveys.Range:
		return surveys.NumberValue(float64(rng.IntN(400)))
	case surveys.Date:
		return surveys.TextValue("2026-01-01")
	}
	return surveys.TextValue("quelque chose")
}

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
