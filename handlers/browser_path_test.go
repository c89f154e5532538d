package handlers

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

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
	const { functions } = await import('%s')
	const form = prepare(logic)
	const faultsOf = (path) => path.own.filter((item) => path.on(item)).flatMap((item) =>
		item.kind === 'repeat' ? path.rows(item).flatMap(faultsOf) : isAsked(item) && path.fault(item) ? [item.name] : [])
	const sent = (item) => isAsked(item) && !item.computed
	return all.map((answers) => {
		const path = new Path(form, { more: functions }).load(answers)
		const kept = Object.keys(path.keep()).filter((name) => sent(form.byName.get(name)))
		return { kept: kept.sort(), faults: [...new Set(faultsOf(path))].sort(), ended: path.ended()?.name ?? '' }
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
			p.agrees(t, form, append(all, careless(form, 200)...))
		})
	}
}

// The same through the forms of the peers' suites and the workbooks people have
// published: rows, filters, calculations and dates of every sort.
func TestTheBrowserFollowsTheSamePathThroughSharedForms(t *testing.T) {
	forms := sharedFormsRead(t)
	p := newPhone(t, true)
	p.open("/r/ville")
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		p.agrees(t, forms[name], careless(forms[name], 12))
	}
	t.Logf("%d forms", len(forms))
}

// agrees holds what the browser finds for answers to what the server finds.
func (p phone) agrees(t *testing.T, form *surveys.Form, all []surveys.Answers) {
	t.Helper()
	inBrowser := p.walk(t, form, all)
	for i, answers := range all {
		// A page offers no choice outside the list, and no number outside a
		// range: the server alone says so.
		outside := outsideTheList(form, answers)
		inBrowser[i].Faults = slices.DeleteFunc(inBrowser[i].Faults, outside)
		want := walk(form, answers)
		want.Faults = slices.DeleteFunc(want.Faults, outside)
		if !slices.Equal(want.Kept, inBrowser[i].Kept) || !slices.Equal(want.Faults, inBrowser[i].Faults) || want.Ended != inBrowser[i].Ended {
			t.Errorf("%s: answers %v\nserver  %+v\nbrowser %+v", form.Questionnaire.Title, answers, want, inBrowser[i])
			return
		}
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
	script := fmt.Sprintf(walkInBrowser, static.URL("path.js"), static.URL("functions.js"), logic, answers)
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]walked](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func walk(form *surveys.Form, answers surveys.Answers) walked {
	kept := form.Keep(answers, respondentNow)
	computed := func(q *surveys.Question) bool { return q.Calculation != "" && q.Extra["trigger"] == "" }
	w := walked{Kept: []string{}, Faults: []string{}}
	for _, name := range kept.Names() {
		if q, ok := form.Question(name); ok && q.Kind.Asked() && !computed(q) {
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
		return slices.ContainsFunc(problems.At(question), func(p surveys.Problem) bool {
			return p.Code == "choice.unknown" || p.Code == "number.range"
		})
	}
}

// careless answers choose anything anywhere, too many of it, or nothing.
func careless(form *surveys.Form, n int) []surveys.Answers {
	r := rand.New(rand.NewPCG(1, 2))
	var all []surveys.Answers
	for range n {
		answers := surveys.Answers{}
		for _, q := range form.Questions {
			if q.Kind.Asked() && r.IntN(4) > 0 {
				if v := carelessAnswer(r, q); !v.IsBlank() {
					answers[q.Name] = v
				}
			}
		}
		all = append(all, inRows(form.Questionnaire.Items, answers))
	}
	return all
}

func carelessAnswer(r *rand.Rand, q *surveys.Question) surveys.Value {
	switch {
	case q.Kind.HasChoices() && len(q.Choices) == 0:
		return surveys.Value{}
	case q.Kind == surveys.SelectOne:
		return surveys.TextValue(q.Choices[r.IntN(len(q.Choices))].Name)
	case q.Kind.HasChoices():
		var codes []string
		for _, i := range r.Perm(len(q.Choices))[:r.IntN(min(6, len(q.Choices))+1)] {
			codes = append(codes, q.Choices[i].Name)
		}
		return surveys.CodesValue(codes...)
	case q.Kind == surveys.Range:
		return surveys.NumberValue(float64(r.IntN(11)))
	case q.Kind.Answer() == surveys.NumberAnswer:
		return surveys.NumberValue(float64(r.IntN(500)) / 2)
	case q.Kind == surveys.Date:
		return surveys.TextValue(respondentNow.AddDate(0, 0, -r.IntN(20_000)).Format(time.DateOnly))
	case q.Kind == surveys.TextKind:
		return surveys.TextValue([]string{"Zoé", "12", "0612345678", "n/a", "a@exemple.fr"}[r.IntN(5)])
	}
	return surveys.Value{}
}

// inRows puts the answers to the questions of a repeat into rows, two of the
// same.
func inRows(items []surveys.Item, flat surveys.Answers) surveys.Answers {
	nested := surveys.Answers{}
	for i := range items {
		switch item := &items[i]; {
		case item.Kind == surveys.Repeat:
			if row := inRows(item.Items, flat); len(row) > 0 {
				nested[item.Name] = surveys.RowsValue(row, row)
			}
		case item.Kind.Section():
			maps.Copy(nested, inRows(item.Items, flat))
		default:
			if v, ok := flat[item.Name]; ok {
				nested[item.Name] = v
			}
		}
	}
	return nested
}
