package handlers

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"diapason/static"
	"diapason/surveys"
)

// large is a questionnaire of 500 questions in 10 sections, with 300
// expressions: a question in five opens the two that follow it, 40 have a
// constraint, and 60 calculations add a score up along the way.
func large() surveys.Questionnaire {
	q := surveys.Questionnaire{
		Title: "Grand", FormID: "grand", DefaultLanguage: inFrench, Languages: []string{inFrench},
		Lists: []surveys.List{{Name: "ouinon", Choices: []surveys.Choice{{Name: "oui", Label: french("Oui")}, {Name: "non", Label: french("Non")}}}},
	}
	score := 0
	for section := range 10 {
		group := surveys.Item{Kind: surveys.Group, Name: fmt.Sprintf("s%d", section), Label: french(fmt.Sprintf("Partie %d", section+1))}
		for i := range 50 {
			n := section*50 + i
			item := surveys.Item{Kind: surveys.SelectOne, Name: fmt.Sprintf("g%d", n), List: "ouinon", Label: french(fmt.Sprintf("Question %d ?", n))}
			switch {
			case i%5 == 1 || i%5 == 2:
				item.Relevant = fmt.Sprintf("${g%d} = 'oui'", n-i%5)
			case i%5 == 3 && i < 20:
				item.Constraint = ". != 'non' or ${g0} = 'oui'"
			}
			group.Items = append(group.Items, item)
			if i%8 == 0 && i < 48 {
				sum := surveys.Item{Kind: surveys.Calculate, Name: fmt.Sprintf("score%d", score), Calculation: fmt.Sprintf("if(${g%d} = 'oui', 1, 0)", n)}
				if score > 0 {
					sum.Calculation += fmt.Sprintf(" + ${score%d}", score-1)
				}
				group.Items = append(group.Items, sum)
				score++
			}
		}
		q.Items = append(q.Items, group)
	}
	return q
}

// countInBrowser gives how many things are worked out again at a change of each
// question named, when everything is watched.
const countInBrowser = `(async (logic, names) => {
	const { prepare, Path } = await import('%s')
	const form = prepare(logic), path = new Path(form, {}).begin(), { cells } = path
	for (const item of form.items) cells.watch(() => { path.on(item); path.value(item) })
	return names.map((name) => {
		const before = cells.worked
		path.set(form.byName.get(name), 'oui')
		cells.settle()
		return cells.worked - before
	})
})(%s, %s)`

func TestAChangeMakesAgainOnlyWhatDependsOnIt(t *testing.T) {
	questionnaire := large()
	form, problems := surveys.Compile(&questionnaire)
	if form == nil {
		t.Fatal(problems)
	}
	expressions := 0
	for _, q := range form.Questions {
		if q.Relevant+q.Constraint+q.Calculation != "" {
			expressions++
		}
	}
	if asked := len(form.Questions) - 60; asked != 500 || expressions != 300 {
		t.Fatalf("%d questions and %d expressions", asked, expressions)
	}
	logic, err := json.Marshal(form.Logic())
	if err != nil {
		t.Fatal(err)
	}
	p := newPhone(t, true)
	p.open("/r/ville")
	// Its own watcher each time; g5 opens two questions, each with its watcher;
	// so does g440, and the score it counts in is the first of the last seven.
	cases := []struct {
		question string
		want     int
		what     string
	}{
		{"g4", 1, "nothing but its own field"},
		{"g5", 1 + 2*2, "two conditions and the fields of both"},
		{"g440", 1 + 2*2 + 7*2, "two conditions, seven scores and what shows them"},
		{"g499", 1, "the last: nothing but its own field"},
	}
	var names []string
	for _, c := range cases {
		names = append(names, c.question)
	}
	asked, _ := json.Marshal(names) // texts always marshal
	counts, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]int](fmt.Sprintf(countInBrowser, static.URL("path.js"), logic, asked), chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		if counts[i] != c.want {
			t.Errorf("%s makes %d things again, want %d: %s", c.question, counts[i], c.want, c.what)
		}
	}
}

// changesInBrowser answers 50 questions of the section on screen, one way and
// the other, and gives the milliseconds from each event to a page that is laid
// out again.
const changesInBrowser = `(() => {
	const fields = [...document.querySelectorAll('.step:not([hidden]) .field:not([hidden])')]
	return Array.from({ length: 50 }, (_, i) => {
		const input = fields[(i * 7) %% fields.length].querySelector('input:not(:checked)'), began = performance.now()
		input.checked = true
		input.dispatchEvent(new Event('change', { bubbles: true }))
		if (%t) document.body.offsetHeight
		return performance.now() - began
	})
})()`

// BenchmarkReaction is the reaction of a page of 500 questions and 300
// expressions on a phone six times slower than this machine. Budget: 5 ms for
// the answer to be taken and what depends on it drawn.
func BenchmarkReaction(b *testing.B) {
	p := newPhone(b, true)
	p.publish("grand", large())
	p.begins("grand")
	if _, err := chromedp.Call(p.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 6}); err != nil {
		b.Fatal(err)
	}
	measure := func(layout bool) (all []float64) {
		all, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]float64](fmt.Sprintf(changesInBrowser, layout)))
		if err != nil {
			b.Fatal(err)
		}
		return all
	}
	measure(true) // the first changes compile the script
	var drawn, laid []float64
	for b.Loop() {
		drawn, laid = append(drawn, measure(false)...), append(laid, measure(true)...)
	}
	report := func(what string, all []float64) {
		total := 0.0
		for _, one := range all {
			total += one
		}
		slices.Sort(all)
		b.ReportMetric(all[len(all)/2], "ms-median-"+what)
		b.ReportMetric(total/float64(len(all)), "ms-mean-"+what)
		b.ReportMetric(all[len(all)*95/100], "ms-p95-"+what)
	}
	report("drawn", drawn)
	report("laid-out", laid)
}
