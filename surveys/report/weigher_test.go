package report

import (
	"math"
	"testing"

	"diapason/surveys"
)

func TestTheWeightsOfTheAnswersMakeTheSharesOfTheReport(t *testing.T) {
	in, c := weighedFrom(t, 600)
	r := build(t, in, Work)
	weigher, weighted := r.Weigher("h")
	if !weighted {
		t.Fatal("residents are not weighted")
	}
	form := c.forms["h"]
	question, ok := form.Question("trouve")
	if !ok {
		t.Fatal("the question is not asked")
	}
	all, people, base := 0.0, 0, 0.0
	chose := map[string]float64{}
	for _, a := range c.arrivals {
		response, err := a.Response()
		if err != nil {
			t.Fatal(err)
		}
		if response.Survey != "h" {
			continue
		}
		weight := weigher.Of(form, response.Answers)
		all, people = all+weight, people+1
		if code := response.Answers[question.Name].Text(); code != "" && !surveys.NoOpinion(code) {
			base += weight
			chose[code] += weight
		}
	}
	if math.Abs(all/float64(people)-1) > 1e-6 {
		t.Errorf("the mean weight is %v", all/float64(people))
	}
	table := tableOf(t, chapterOf(t, r, "habitants"), question.Name)
	for code, weight := range chose {
		if got := cellAt(table, rowOf(t, table, code), shareKey).Number; math.Abs(got-weight/base) > 1e-9 {
			t.Errorf("%s: %v in the report, %v of the weights", code, got, weight/base)
		}
	}
	if _, shared := build(t, in, Restitution).Weigher("h"); shared {
		t.Error("the restitution has weights")
	}
	if _, weighted := build(t, sample(t, 240, 1), Work).Weigher("a"); weighted {
		t.Error("associations are weighted")
	}
}
