package handlers

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"diapason/static"
	"diapason/surveys"
	"diapason/surveys/library"
)

// walked is what a walker finds for a set of answers: the names worth keeping
// and the questions with something wrong.
type walked struct {
	Kept   []string `json:"kept"`
	Faults []string `json:"faults"`
	Ended  string   `json:"ended"`
}

// walkInBrowser gives each set of answers to static/path.js.
const walkInBrowser = `(async (logic, all) => {
	const { prepare, Path, isAsked } = await import('%s')
	const form = prepare(logic)
	return all.map((answers) => {
		const path = new Path(form, answers, (_, code) => code)
		const faults = form.items.filter((i) => i.block < 0 && isAsked(i) && path.on(i) && path.fault(i)).map((i) => i.name)
		return { kept: Object.keys(path.keep()).sort(), faults: faults.sort(), ended: path.ended()?.name ?? '' }
	})
})(%s, %s)`

// One tree, two walkers: what the phone asks and refuses is what the server
// asks and refuses, for the questionnaires of the library.
func TestTheBrowserFollowsTheSamePath(t *testing.T) {
	p := newPhone(t, true)
	p.open("/r/ville")
	diagnostic, err := library.DemoDiagnostic("essai", respondentNow)
	if err != nil {
		t.Fatal(err)
	}
	for _, audience := range surveys.Audiences() {
		t.Run(string(audience), func(t *testing.T) {
			questionnaire, err := library.Questionnaire(audience)
			if err != nil {
				t.Fatal(err)
			}
			form, problems := surveys.Compile(questionnaire)
			if form == nil {
				t.Fatal(problems)
			}
			var all []surveys.Answers
			for _, demo := range library.DemoAnswers(form, audience, diagnostic, 7, 40) {
				all = append(all, demo.Answers)
			}
			all = append(all, careless(form, 200)...)
			inBrowser := p.walk(t, form, all)
			for i, answers := range all {
				// A page offers no choice outside the list: the server alone says so.
				outside := outsideTheList(form, answers)
				inBrowser[i].Faults = slices.DeleteFunc(inBrowser[i].Faults, outside)
				want := walk(form, answers)
				want.Faults = slices.DeleteFunc(want.Faults, outside)
				if !slices.Equal(want.Kept, inBrowser[i].Kept) || !slices.Equal(want.Faults, inBrowser[i].Faults) || want.Ended != inBrowser[i].Ended {
					t.Fatalf("answers %v\nserver  %+v\nbrowser %+v", answers, want, inBrowser[i])
				}
			}
		})
	}
}

func (p phone) walk(t *testing.T, form *surveys.Form, all []surveys.Answers) []walked {
	t.Helper()
	logic, err := json.Marshal(form.Logic())
	if err != nil {
		t.Fatal(err)
	}
	answers, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf(walkInBrowser, static.URL("path.js"), logic, answers)
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]walked](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func walk(form *surveys.Form, answers surveys.Answers) walked {
	kept := form.Keep(answers, respondentNow)
	w := walked{Kept: []string{}, Faults: []string{}}
	for _, name := range kept.Names() {
		if q, ok := form.Question(name); ok && q.Kind.Asked() {
			w.Kept = append(w.Kept, name)
		}
	}
	for _, p := range form.Check(answers, respondentNow) {
		w.Faults = append(w.Faults, p.Place.Question)
	}
	slices.Sort(w.Faults)
	w.Faults = slices.Compact(w.Faults)
	if end := form.Path(answers, respondentNow).Ended(); end != nil {
		w.Ended = end.Name
	}
	return w
}

func outsideTheList(form *surveys.Form, answers surveys.Answers) func(question string) bool {
	problems := form.Check(answers, respondentNow)
	return func(question string) bool {
		return slices.ContainsFunc(problems.At(question), func(p surveys.Problem) bool { return p.Code == "choice.unknown" })
	}
}

// careless answers choose anything anywhere, too many of it, or nothing.
func careless(form *surveys.Form, n int) []surveys.Answers {
	r := rand.New(rand.NewPCG(1, 2))
	var all []surveys.Answers
	for range n {
		answers := surveys.Answers{}
		for _, q := range form.Questions {
			if !q.Kind.Asked() || r.IntN(4) == 0 {
				continue
			}
			switch {
			case q.Kind == surveys.SelectOne && len(q.Choices) > 0:
				answers[q.Name] = surveys.TextValue(q.Choices[r.IntN(len(q.Choices))].Name)
			case q.Kind.HasChoices() && len(q.Choices) > 0:
				var codes []string
				for _, i := range r.Perm(len(q.Choices))[:r.IntN(min(6, len(q.Choices))+1)] {
					codes = append(codes, q.Choices[i].Name)
				}
				answers[q.Name] = surveys.CodesValue(codes...)
			case q.Kind == surveys.Range:
				answers[q.Name] = surveys.NumberValue(float64(r.IntN(11)))
			case q.Kind.Answer() == surveys.NumberAnswer:
				answers[q.Name] = surveys.NumberValue(float64(r.IntN(500)) / 2)
			}
		}
		all = append(all, answers)
	}
	return all
}
