package tally

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"diapason/surveys"
)

// weightOf gives people of different strata different weights, in numbers a
// float64 adds up exactly.
func weightOf(groups []string) float64 {
	w := 0.25
	for i, g := range groups {
		w += float64(len(g)*(i+1)) / 4
	}
	return w
}

func TestWeightedCountsAreThoseOfANaiveRecount(t *testing.T) {
	zone := Group{"ici", []string{"94001", "94003"}}
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 2))
		form := compiled(t, randomQuestionnaire(rng, 20))
		s := &stream{forms: map[string]*surveys.Form{"h1": form}}
		table := NewTable("d")
		var responses []surveys.Response
		for range 400 {
			r := randomResponse(rng, form, "h", 1)
			responses = append(responses, r)
			s.add(t, r)
		}
		s.withdraw(responses[0].ID)
		responses = responses[1:]
		follow(t, table, s)

		single, several := firstOf(form, surveys.SelectOne), firstOf(form, surveys.SelectMultiple)
		by := []By{{questionOf(form, "commune"), []Group{zone}}, {single, nil}, {several, []Group{{"deux", codes(12)[:2]}}}}
		groups := func(r surveys.Response) []string {
			in := make([]string, 3)
			if c := r.Answers["commune"].Text(); c == "94001" || c == "94003" {
				in[0] = zone.Code
			}
			in[1] = r.Answers[single.Name].Text()
			for _, c := range r.Answers[several.Name].Codes() {
				if c == "c0" || c == "c1" {
					in[2] = "deux"
				}
			}
			return in
		}
		var crossed []surveys.Response
		for _, r := range responses {
			if g := groups(r); g[0] == "ici" && g[1] == "b" {
				crossed = append(crossed, r)
			}
		}
		for _, counter := range []Counter{table, stored(t, s).During(t.Context())} {
			split, err := counter.Split("h", by...)
			if err != nil {
				t.Fatal(err)
			}
			all := 0
			for _, stratum := range split.Strata {
				all += stratum.N
			}
			if all != len(responses) {
				t.Errorf("the strata hold %d people, want %d", all, len(responses))
			}
			weighed := split.Survey(func(s Stratum) float64 { return weightOf(s.Groups) }, nil)
			checkSurvey(t, weighed, form, responses, func(r surveys.Response) float64 { return weightOf(groups(r)) })
			checkSurvey(t, split.Survey(nil, func(s Stratum) bool { return s.Groups[0] == "ici" && s.Groups[1] == "b" }), form, crossed, alone)
		}
	}
}

// firstOf is the first question of a kind after the commune.
func firstOf(form *surveys.Form, kind surveys.Kind) *surveys.Question {
	for _, q := range form.Questions[1:] {
		if q.Kind == kind {
			return q
		}
	}
	return form.Questions[0]
}

func TestSplits(t *testing.T) {
	form := compiled(t, &surveys.Questionnaire{
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "age", List: "ages"}, {Kind: surveys.Integer, Name: "n"}},
		Lists: []surveys.List{list("ages", "jeune", "vieux")},
	})
	s := &stream{forms: map[string]*surveys.Form{"h1": form}}
	answer := func(a surveys.Answers) {
		s.add(t, surveys.Response{ID: surveys.NewResponseID(time.Now()), Survey: "h", Version: 1, Day: "2026-11-02", Answers: a})
	}
	answer(surveys.Answers{"age": surveys.TextValue("jeune"), "n": surveys.NumberValue(2)})
	answer(surveys.Answers{"age": surveys.TextValue("vieux"), "n": surveys.NumberValue(4)})
	answer(surveys.Answers{"n": surveys.NumberValue(9)})
	table := NewTable("d")
	follow(t, table, s)
	age := By{Question: questionOf(form, "age")}

	t.Run("who did not answer is in a stratum too", func(t *testing.T) {
		split, err := table.Split("h", age)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(split.Strata); got != "[{[jeune] 1} {[vieux] 1} {[] 1}]" {
			t.Errorf("strata %s", got)
		}
	})
	t.Run("a mean and a median follow the weights", func(t *testing.T) {
		split, err := table.Split("h", age)
		if err != nil {
			t.Fatal(err)
		}
		heavy := split.Survey(func(s Stratum) float64 { return map[string]float64{"jeune": 3, "vieux": 1, "": 0.5}[s.Groups[0]] }, nil)
		n := heavy.Question(questionOf(form, "n"))
		mean, _ := n.Mean()
		median, _ := n.Median()
		if math.Abs(mean-14.5/4.5) > 1e-12 || median != 2 {
			t.Errorf("mean %v, median %v", mean, median)
		}
		if got := n.Answered.Effective(); math.Abs(got-4.5*4.5/10.25) > 1e-12 {
			t.Errorf("effective size %v", got)
		}
	})
	t.Run("a question nobody asks tells nobody apart", func(t *testing.T) {
		split, err := table.Split("h", By{Question: &surveys.Question{Item: &surveys.Item{Kind: surveys.SelectOne, Name: "sexe"}}})
		if err != nil || len(split.Strata) != 1 || split.Strata[0].N != 3 {
			t.Errorf("%+v, %v", split, err)
		}
	})
	t.Run("a survey nobody answered has no stratum", func(t *testing.T) {
		split, err := table.Split("p", age)
		if err != nil || split.Survey(nil, nil).N != 0 {
			t.Errorf("%+v, %v", split, err)
		}
	})
	t.Run("what arrives is counted at the next split", func(t *testing.T) {
		answer(surveys.Answers{"age": surveys.TextValue("jeune")})
		follow(t, table, s)
		split, err := table.Split("h", age)
		if err != nil || split.Strata[0].N != 2 {
			t.Errorf("%+v, %v", split, err)
		}
	})
}
