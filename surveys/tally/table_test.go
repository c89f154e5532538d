package tally

import (
	"context"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"sync"
	"testing"
	"time"

	"diapason/surveys"
)

func follow(t testing.TB, table *Table, s *stream) {
	t.Helper()
	if err := table.Follow(context.Background(), s, s); err != nil {
		t.Fatal(err)
	}
}

func check(t *testing.T, table Counter, survey string, form *surveys.Form, responses []surveys.Response) {
	t.Helper()
	checkSurvey(t, everybody(t, table, survey), form, responses, alone)
}

func checkSurvey(t *testing.T, got *Survey, form *surveys.Form, responses []surveys.Response, weigh func(surveys.Response) float64) {
	t.Helper()
	if got.N != len(responses) {
		t.Fatalf("%d people, want %d", got.N, len(responses))
	}
	days := map[surveys.Day]int{}
	for _, r := range responses {
		days[r.Day]++
	}
	for _, d := range got.Days {
		if days[d.Day] != d.N {
			t.Errorf("%s: %d people, want %d", d.Day, d.N, days[d.Day])
		}
		delete(days, d.Day)
	}
	if len(days) > 0 {
		t.Errorf("days not counted: %v", days)
	}
	for _, q := range surveys.Circumstances {
		checkCameIn(t, got.Question(q), q, responses, weigh)
	}
	for _, q := range form.Questions {
		want := recount(q, form, responses, weigh)
		if have := got.Question(q); !reflect.DeepEqual(*have, want) {
			t.Errorf("%s (%s, conditional %v):\n got %v\nwant %v", q.Name, q.Kind, q.Conditional, *have, want)
		}
	}
}

// checkCameIn recounts one way the answers came in.
func checkCameIn(t *testing.T, got *Question, q *surveys.Question, responses []surveys.Response, weigh func(surveys.Response) float64) {
	t.Helper()
	want := map[string]Mass{}
	answered := 0
	for _, r := range responses {
		v := cameIn(r)[q.Name]
		if v.IsBlank() {
			continue
		}
		answered++
		w := weigh(r)
		name := v.Text() + strconv.FormatFloat(v.Number(), 'g', -1, 64)
		want[name] = want[name].Plus(Mass{1, w, w * w})
	}
	have := map[string]Mass{}
	for _, c := range got.Codes {
		have[c.Code+"0"] = c.Mass
	}
	for _, v := range got.Values {
		have[strconv.FormatFloat(v.Value, 'g', -1, 64)] = v.Mass
	}
	maps.DeleteFunc(have, func(_ string, m Mass) bool { return m.N == 0 })
	if got.Asked.N != len(responses) || got.Answered.N != answered || len(have) != len(want) {
		t.Errorf("%s: %d asked, %d answered, %v; want %d, %d, %v", q.Name, got.Asked.N, got.Answered.N, have, len(responses), answered, want)
	}
	for name, m := range want {
		if have[name].N != m.N || math.Abs(have[name].W-m.W) > 1e-9*m.W {
			t.Errorf("%s %q: %v, want %v", q.Name, name, have[name], m)
		}
	}
}

func TestEveryCountIsThatOfANaiveRecount(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		form := compiled(t, randomQuestionnaire(rng, 25))
		s := &stream{forms: map[string]*surveys.Form{"h1": form}, overlap: 7}
		table := NewTable("d")
		var responses []surveys.Response
		for range 600 {
			r := randomResponse(rng, form, "h", 1)
			responses = append(responses, r)
			s.add(t, r)
			if rng.IntN(50) == 0 {
				follow(t, table, s)
			}
		}
		follow(t, table, s)
		check(t, table, "h", form, responses)

		var few []surveys.Response
		for _, r := range responses {
			if c := r.Answers["commune"].Text(); c == "94001" || c == "94003" {
				few = append(few, r)
			}
		}
		two := By{questionOf(form, "commune"), []Group{{"ici", []string{"94001", "94003"}}}}
		split, err := table.Split("h", two)
		if err != nil {
			t.Fatal(err)
		}
		checkSurvey(t, split.Survey(nil, func(s Stratum) bool { return s.Groups[0] == "ici" }), form, few, alone)
	}
}

func TestArrivals(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	form := compiled(t, randomQuestionnaire(rng, 12))
	s := &stream{forms: map[string]*surveys.Form{"h1": form}}
	table := NewTable("d")
	var responses []surveys.Response
	for range 40 {
		responses = append(responses, randomResponse(rng, form, "h", 1))
		s.add(t, responses[len(responses)-1])
	}

	t.Run("a response that comes twice counts once", func(t *testing.T) {
		s.add(t, responses[0])
		follow(t, table, s)
		s.add(t, responses[5])
		follow(t, table, s)
		check(t, table, "h", form, responses)
	})
	t.Run("a withdrawn response counts nowhere", func(t *testing.T) {
		s.withdraw(responses[0].ID)
		s.withdraw(responses[1].ID)
		follow(t, table, s)
		responses = responses[2:]
		check(t, table, "h", form, responses)
	})
	t.Run("a late copy does not bring it back", func(t *testing.T) {
		gone := randomResponse(rng, form, "h", 1)
		s.withdraw(gone.ID)
		s.add(t, gone)
		follow(t, table, s)
		check(t, table, "h", form, responses)
	})
	t.Run("its place serves the next ones", func(t *testing.T) {
		for range 5 {
			responses = append(responses, randomResponse(rng, form, "h", 1))
			s.add(t, responses[len(responses)-1])
		}
		follow(t, table, s)
		check(t, table, "h", form, responses)
		if rows := table.columns[0].rows; rows != len(responses) {
			t.Errorf("%d rows for %d responses", rows, len(responses))
		}
	})
	t.Run("a version nobody published stops, and later answers are not lost", func(t *testing.T) {
		late := compiled(t, randomQuestionnaire(rng, 3))
		s.add(t, randomResponse(rng, late, "p", 1))
		if err := table.Follow(context.Background(), s, s); !errors.Is(err, surveys.ErrNotFound) {
			t.Fatalf("err = %v", err)
		}
		s.forms["p1"] = late
		follow(t, table, s)
		if n := everybody(t, table, "p").N; n != 1 {
			t.Errorf("%d people, want 1", n)
		}
	})
}

// everybody is the counts of a survey, of all who answered it.
func everybody(t testing.TB, table Counter, survey string) *Survey {
	t.Helper()
	split, err := table.Split(survey)
	if err != nil {
		t.Fatal(err)
	}
	return split.Survey(nil, nil)
}

// questionOf is a question of a form by its name.
func questionOf(form *surveys.Form, name string) *surveys.Question {
	q, _ := form.Question(name)
	return q
}

// A question counts together over versions as long as it offers the same
// choices; with others it has counts of its own.
func TestVersionsMeetByQuestionName(t *testing.T) {
	question := func(kind surveys.Kind, name, list string) surveys.Item {
		return surveys.Item{Kind: kind, Name: name, List: list}
	}
	first := compiled(t, &surveys.Questionnaire{
		Items: []surveys.Item{question(surveys.SelectOne, "age", "ages"), question(surveys.SelectMultiple, "freins", "freins"), question(surveys.Integer, "note", "")},
		Lists: []surveys.List{list("ages", "jeune", "vieux"), list("freins", codes(6)...)},
	})
	second := compiled(t, &surveys.Questionnaire{
		Items: []surveys.Item{question(surveys.SelectOne, "age", "ages"), question(surveys.SelectMultiple, "freins", "freins"), question(surveys.Integer, "note", ""), question(surveys.SelectOne, "sexe", "sexes")},
		Lists: []surveys.List{list("ages", "jeune", "moyen"), list("freins", codes(90)...), list("sexes", "f", "h")},
	})
	s := &stream{forms: map[string]*surveys.Form{"h1": first, "h2": second}}
	answer := func(version int, a surveys.Answers) {
		s.add(t, surveys.Response{ID: surveys.NewResponseID(time.Now()), Survey: "h", Version: version, Day: "2026-11-02", Answers: a})
	}
	answer(1, surveys.Answers{"age": surveys.TextValue("vieux"), "freins": surveys.CodesValue("c0", "c4")})
	answer(2, surveys.Answers{"age": surveys.TextValue("moyen"), "freins": surveys.CodesValue("c0", "c80"), "sexe": surveys.TextValue("f")})
	answer(1, surveys.Answers{})
	table := NewTable("d")
	follow(t, table, s)
	counts := everybody(t, table, "h")

	for _, c := range []struct {
		name          string
		form          *surveys.Form
		asked, before int
		codes         map[string]int
	}{
		{"age", first, 2, 1, map[string]int{"jeune": 0, "vieux": 1}},
		{"age", second, 1, 1, map[string]int{"jeune": 0, "moyen": 1}},
		{"freins", second, 1, 1, map[string]int{"c0": 1, "c80": 1, "c4": 0}},
		{"note", second, 3, 0, nil},
		{"sexe", second, 1, 0, map[string]int{"f": 1}},
	} {
		question := questionOf(c.form, c.name)
		q := counts.Question(question)
		if q.Asked.N != c.asked || counts.Before(question).N != c.before {
			t.Errorf("%s: %d people asked and %d before, want %d and %d", c.name, q.Asked.N, counts.Before(question).N, c.asked, c.before)
		}
		for code, n := range c.codes {
			if q.Count(code).N != n {
				t.Errorf("%s: %d people chose %s, want %d", c.name, q.Count(code).N, code, n)
			}
		}
	}
}

func TestGroupsCountPeopleOnce(t *testing.T) {
	form := compiled(t, &surveys.Questionnaire{
		Items: []surveys.Item{{Kind: surveys.SelectMultiple, Name: "zone", List: "communes"}},
		Lists: []surveys.List{list("communes", "1", "2", "3", "tout")},
	})
	s := &stream{forms: map[string]*surveys.Form{"a1": form}}
	for _, zone := range [][]string{{"1", "2"}, {"2", "3"}, {"tout"}, {}} {
		s.add(t, surveys.Response{ID: surveys.NewResponseID(time.Now()), Survey: "a", Version: 1, Day: "2026-11-02",
			Answers: surveys.Answers{"zone": surveys.CodesValue(zone...)}})
	}
	table := NewTable("d")
	follow(t, table, s)
	grouped := func(question string, groups ...Group) *Question {
		asked := questionOf(form, question)
		split, err := table.Grouped("a", asked, groups)
		if err != nil {
			t.Fatal(err)
		}
		return split.Survey(nil, nil).Question(asked)
	}
	got := grouped("zone", Group{"ouest", []string{"1", "2"}}, Group{"est", []string{"3", "9"}}, Group{"tout", []string{"tout"}})
	want := &Question{Asked: People(4), Answered: People(3), Codes: []Code{{Code: "ouest", Mass: People(2)}, {Code: "est", Mass: People(1)}, {Code: "tout", Mass: People(1)}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestAskedFollowsCalculationsAndDates(t *testing.T) {
	form := compiled(t, &surveys.Questionnaire{
		Items: []surveys.Item{
			{Kind: surveys.Integer, Name: "annee"},
			{Kind: surveys.Calculate, Name: "age", Calculation: "2026 - ${annee}"},
			{Kind: surveys.TextKind, Name: "retraite", Relevant: "${age} >= 60"},
			{Kind: surveys.TextKind, Name: "novembre", Relevant: "today() >= date('2026-11-10')"},
			{Kind: surveys.Repeat, Name: "foyer", Items: []surveys.Item{{Kind: surveys.Integer, Name: "ans"}}},
			{Kind: surveys.TextKind, Name: "enfants", Relevant: "min(${ans}) < 18"},
		},
	})
	s := &stream{forms: map[string]*surveys.Form{"h1": form}}
	answer := func(day surveys.Day, a surveys.Answers) {
		s.add(t, surveys.Response{ID: surveys.NewResponseID(time.Now()), Survey: "h", Version: 1, Day: day, Answers: a})
	}
	year := func(y float64) surveys.Answers { return surveys.Answers{"annee": surveys.NumberValue(y)} }
	home := func(ages ...float64) surveys.Answers {
		var rows []surveys.Answers
		for _, a := range ages {
			rows = append(rows, surveys.Answers{"ans": surveys.NumberValue(a)})
		}
		return surveys.Answers{"foyer": surveys.RowsValue(rows...)}
	}
	answer("2026-11-01", year(1950))
	answer("2026-11-01", year(2000))
	answer("2026-11-20", year(1950))
	answer("2026-11-20", home(44, 9))
	answer("2026-11-20", home(44, 19))
	table := NewTable("d")
	follow(t, table, s)
	for name, want := range map[string]int{"retraite": 2, "novembre": 3, "enfants": 1} {
		if got := everybody(t, table, "h").Question(questionOf(form, name)).Asked.N; got != want {
			t.Errorf("%s was asked of %d people, want %d", name, got, want)
		}
	}
}

func TestTheRowsOfARepeatAreCounted(t *testing.T) {
	home := func(relevant string) *surveys.Form {
		return compiled(t, &surveys.Questionnaire{Items: []surveys.Item{
			{Kind: surveys.SelectOne, Name: "seul", List: "l"},
			{Kind: surveys.Repeat, Name: "foyer", Relevant: relevant, Items: []surveys.Item{
				{Kind: surveys.Integer, Name: "ans"},
				{Kind: surveys.Repeat, Name: "soins", Items: []surveys.Item{{Kind: surveys.TextKind, Name: "lequel"}}},
			}},
		}, Lists: []surveys.List{list("l", "oui", "non")}})
	}
	s := &stream{forms: map[string]*surveys.Form{"h1": home("${seul} = 'non'"), "h2": home("")}}
	answer := func(version int, alone string, rows int) {
		a := surveys.Answers{"seul": surveys.TextValue(alone)}
		people := make([]surveys.Answers, rows)
		for i := range people {
			people[i] = surveys.Answers{"ans": surveys.NumberValue(7)}
		}
		a["foyer"] = surveys.RowsValue(people...)
		s.add(t, surveys.Response{ID: surveys.NewResponseID(time.Now()), Survey: "h", Version: version, Day: "2026-11-02", Answers: a})
	}
	answer(1, "oui", 0)
	answer(1, "non", 0)
	answer(1, "non", 2)
	answer(2, "oui", 2)
	answer(2, "oui", 5)
	table := NewTable("d")
	follow(t, table, s)
	repeats := s.forms["h1"].Repeats()
	if len(repeats) != 1 || repeats[0].Name != "foyer" {
		t.Fatalf("repeats %+v", repeats)
	}
	want := &Question{Asked: People(4), Answered: People(3), Values: []Value{{2, People(2)}, {5, People(1)}}}
	for _, counter := range []Counter{table, stored(t, s).During(t.Context())} {
		split, err := counter.Split("h")
		if err != nil {
			t.Fatal(err)
		}
		if got := split.Survey(nil, nil).Question(repeats[0]); !reflect.DeepEqual(got, want) {
			t.Errorf("%T: %+v, want %+v", counter, got, want)
		}
		if split, err = counter.Cross("h", repeats); err != nil || !reflect.DeepEqual(split.Survey(nil, nil).Question(repeats[0]), want) {
			t.Errorf("%T alone: %v", counter, err)
		}
	}
}

func TestReadersSeeWholeResponsesWhileAnswersArrive(t *testing.T) {
	form := compiled(t, &surveys.Questionnaire{
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "x", List: "l"}, {Kind: surveys.SelectMultiple, Name: "y", List: "l"}},
		Lists: []surveys.List{list("l", "a", "b")},
	})
	s := &stream{forms: map[string]*surveys.Form{"h1": form}, overlap: 3}
	tables := NewTables(s, s, 1<<30)
	const people = 2000
	var work sync.WaitGroup
	work.Go(func() {
		for range people {
			s.add(t, surveys.Response{ID: surveys.NewResponseID(time.Now()), Survey: "h", Version: 1, Day: "2026-11-02",
				Answers: surveys.Answers{"x": surveys.TextValue("a"), "y": surveys.CodesValue("a")}})
		}
	})
	for range 3 {
		work.Go(func() {
			for seen := 0; seen < people; {
				table, err := tables.Table(context.Background(), "d")
				if err != nil {
					t.Error(err)
					return
				}
				h := everybody(t, table, "h")
				x, y := h.Question(questionOf(form, "x")), h.Question(questionOf(form, "y"))
				if h.N != x.Count("a").N || h.N != y.Count("a").N || h.N < seen {
					t.Errorf("torn: %d people, %d and %d answers, %d before", h.N, x.Count("a").N, y.Count("a").N, seen)
					return
				}
				seen = h.N
			}
		})
	}
	work.Wait()
}

func TestTheTablesUsedLeastLeaveWhenMemoryIsShort(t *testing.T) {
	form := compiled(t, &surveys.Questionnaire{Items: []surveys.Item{{Kind: surveys.Integer, Name: "n"}}})
	s := &stream{forms: map[string]*surveys.Form{"h1": form}}
	for range 100 {
		s.add(t, surveys.Response{ID: surveys.NewResponseID(time.Now()), Survey: "h", Version: 1, Day: "2026-11-02"})
	}
	tables := NewTables(s, s, 20_000) // three of them, about 6,000 bytes each
	table := func(diagnostic string) *Table {
		got, err := tables.Table(context.Background(), diagnostic)
		if err != nil || everybody(t, got, "h").N != 100 {
			t.Fatalf("%s: %v", diagnostic, err)
		}
		return got
	}
	first, second := table("a"), table("b")
	table("c")
	if table("a") != first {
		t.Error("a left while there was room")
	}
	table("d")
	if table("a") != first {
		t.Error("a left before b, which was used less")
	}
	if table("b") == second {
		t.Error("b stayed while there was no room")
	}
}

func TestNumbersAreSummedUp(t *testing.T) {
	q := Question{Asked: People(9), Answered: People(6), Values: []Value{{0, People(2)}, {4, People(1)}, {7, People(2)}, {10, People(1)}}}
	mean, _ := q.Mean()
	median, _ := q.Median()
	if mean != 28.0/6 || median != 5.5 || q.AtMost(4).N != 3 || q.Blank().N != 3 {
		t.Errorf("mean %v, median %v, at most 4: %d, blank %d", mean, median, q.AtMost(4).N, q.Blank().N)
	}
	if _, ok := new(Question).Median(); ok {
		t.Error("nobody has a median")
	}
}

func TestIdentitiesAreDistinct(t *testing.T) {
	seen := map[identity]string{}
	for _, id := range []string{
		"019ab3f0-0000-7000-8000-00000000000a", "019ab3f0-0000-7000-8000-00000000000b",
		"019AB3F0-0000-7000-8000-00000000000A", "019ab3f000007000800000000000000a", "", "h-1", "019ab3f0+0000-7000-8000-00000000000a",
	} {
		made := identityOf(id)
		if other, twice := seen[made]; twice {
			t.Errorf("%q and %q are the same", id, other)
		}
		seen[made] = id
	}
}
