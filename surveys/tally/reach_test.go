package tally

import (
	"math/rand/v2"
	"testing"

	"diapason/surveys"
)

func TestAFrozenTableCountsWhoeverHadArrived(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 4))
	form := compiled(t, randomQuestionnaire(rng, 20))
	s := &stream{forms: map[string]*surveys.Form{"h1": form}, overlap: 5}
	table := NewTable("d")
	var responses []surveys.Response
	arrive := func(n int) {
		for range n {
			responses = append(responses, randomResponse(rng, form, "h", 1))
			s.add(t, responses[len(responses)-1])
		}
		follow(t, table, s)
	}
	arrive(120)
	reach := Reach{"h": table.Last()}
	frozen, released := table.Until(reach), responses

	t.Run("nothing changes when more people answer", func(t *testing.T) {
		arrive(60)
		check(t, frozen, "h", form, released)
		check(t, table, "h", form, responses)
		if before, after, _ := table.People("h", reach["h"]); before != 120 || after != 60 {
			t.Errorf("%d people before and %d after, want 120 and 60", before, after)
		}
	})
	t.Run("told apart by an answer, it counts the same people", func(t *testing.T) {
		single := firstOf(form, surveys.SelectOne)
		split, err := frozen.Split("h", By{Question: single})
		if err != nil {
			t.Fatal(err)
		}
		checkSurvey(t, split.Survey(nil, nil), form, released, alone)
		for _, stratum := range split.Strata {
			if stratum.N == 0 {
				t.Errorf("nobody is in the stratum %q: it is one of those who came later", stratum.Groups)
			}
		}
	})
	t.Run("who takes an answer back counts no more, and nobody takes the place", func(t *testing.T) {
		s.withdraw(released[7].ID)
		s.withdraw(responses[150].ID)
		responses = append(append(append([]surveys.Response{}, responses[:7]...), responses[8:150]...), responses[151:]...)
		released = append(append([]surveys.Response{}, released[:7]...), released[8:120]...)
		arrive(3) // the rows that were freed are theirs
		check(t, frozen, "h", form, released)
		check(t, table, "h", form, responses)
		if before, after, _ := table.People("h", reach["h"]); before != 119 || after != 62 {
			t.Errorf("%d people before and %d after, want 119 and 62", before, after)
		}
	})
	t.Run("a table loaded anew is frozen at the same place", func(t *testing.T) {
		again := NewTable("d")
		follow(t, again, s)
		check(t, again.Until(reach), "h", form, released)
	})
	t.Run("counted where it is stored, it is the same people", func(t *testing.T) {
		live := stored(t, s).During(t.Context())
		check(t, live.Until(reach), "h", form, released)
		if nobody := everybody(t, live.Until(Reach{"p": 40}), "h"); nobody.N != 0 {
			t.Errorf("%d people of a survey that was not published", nobody.N)
		}
		check(t, live, "h", form, responses)
		before, after, err := live.Until(reach).People("h", reach["h"])
		if err != nil || before != 119 || after != 62 || live.Last() != table.Last() {
			t.Errorf("%d people before and %d after of %d arrivals, want 119 and 62 of %d (%v)", before, after, live.Last(), table.Last(), err)
		}
	})
	t.Run("of a survey that was not published nobody counts", func(t *testing.T) {
		check(t, table.Until(Reach{"p": 40}), "h", form, nil)
	})
}
