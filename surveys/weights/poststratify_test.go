package weights

import (
	"math"
	"strings"
	"testing"
)

func TestPostStratifiedGroupsCountAsManyAsTheyAre(t *testing.T) {
	// 60 nurses of 300 answered, 40 doctors of 100, and 20 of 200 others.
	families := margin("famille", repeated(60, 40, 20), 300, 100, 200)
	r, err := PostStratify(120, families, Usual())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		answer int
		want   float64
	}{{0, 300.0 / 60 / 5}, {60, 100.0 / 40 / 5}, {100, 200.0 / 20 / 5}} {
		if !near(r.Weights[c.answer], c.want, 1e-9) {
			t.Errorf("answer %d weighs %v, want %v", c.answer, r.Weights[c.answer], c.want)
		}
	}
	if !r.Applied || !r.Converged {
		t.Error(r.Sentence)
	}
}

func TestPostStratificationNeedsTheNumberOfMembers(t *testing.T) {
	r, err := PostStratify(120, margin("famille", repeated(60, 60), 300, math.NaN()), Usual())
	if err != nil || r.Applied || r.Reason != NotCounted || len(r.Weights) != 120 {
		t.Errorf("%+v %v", r.Reason, err)
	}
	if want := "Pas de redressement : le nombre de personnes n’est pas connu pour « b »."; r.Sentence != want {
		t.Errorf("got  %s\nwant %s", r.Sentence, want)
	}
}

func TestMoreAnswersThanMembersIsAFault(t *testing.T) {
	_, err := PostStratify(120, margin("famille", repeated(60, 60), 300, 40), Usual())
	if err == nil || !strings.Contains(err.Error(), "« b » : 60 réponses pour une population de 40.") {
		t.Errorf("%v", err)
	}
}
