package handlers

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"diapason/static"
	"diapason/surveys"
	"diapason/surveys/xlsform"
)

const (
	sharedForms     = "../../shared/cases/forms/valid.jsonl"
	sharedWalks     = "../../shared/cases/walks/walks.jsonl"
	sharedWorkbooks = "../../shared/xlsforms/"

	// walksAtOnce is how many walks go to the browser in one message.
	walksAtOnce = 60
)

// sharedWalk is a walk as the shared cases have it; the browser reads the rest.
type sharedWalk struct {
	ID, Form string
	whole    json.RawMessage
}

func (w *sharedWalk) UnmarshalJSON(data []byte) error {
	w.whole = slices.Clone(data)
	var named struct{ ID, Form string }
	err := json.Unmarshal(data, &named)
	w.ID, w.Form = named.ID, named.Form
	return err
}

func (w sharedWalk) MarshalJSON() ([]byte, error) { return w.whole, nil }

// walkedForm is a form as testdata/walks.js plays it: its logic, and the words
// of its choices, which a page has on screen.
type walkedForm struct {
	Logic  surveys.Logic                `json:"logic"`
	Labels map[string]map[string]string `json:"labels"`
}

// The walks that the peers recorded, on the engine of the browser in a
// browser: the same as surveys plays in Go, every step of each.
func TestTheBrowserPassesTheWalks(t *testing.T) {
	walks := sharedLines[sharedWalk](t, sharedWalks)
	inGo, here := outsideWalks(t, "../surveys/testdata/walks-outside.txt"), outsideWalks(t, "testdata/walks-outside.txt")
	p := newPhone(t, true)
	p.open("/r/ville")
	forms := map[string]walkedForm{}
	for name, form := range sharedFormsRead(t) {
		forms[name] = walkedForm{form.Logic(), labelsOf(form)}
	}
	player, err := os.ReadFile("testdata/walks.js")
	if err != nil {
		t.Fatal(err)
	}
	passed := 0
	for batch := range slices.Chunk(walks, walksAtOnce) {
		batch = slices.DeleteFunc(slices.Clone(batch), func(w sharedWalk) bool { return inGo[w.ID] != "" })
		found := p.play(t, string(player), forms, batch)
		for _, w := range batch {
			switch reason := here[w.ID]; {
			case found[w.ID] == "" && reason != "":
				t.Errorf("%s passes: take it off testdata/walks-outside.txt (%s)", w.ID, reason)
			case found[w.ID] == "":
				passed++
			case reason == "":
				t.Errorf("%s (form %s): %s", w.ID, w.Form, found[w.ID])
			}
			delete(here, w.ID)
		}
	}
	for id := range here {
		t.Errorf("testdata/walks-outside.txt lists %s, which is not played", id)
	}
	t.Logf("%d of %d walks pass", passed, len(walks))
}

// play gives the first difference of each walk, "" for none.
func (p phone) play(t *testing.T, player string, forms map[string]walkedForm, walks []sharedWalk) map[string]string {
	t.Helper()
	used := map[string]walkedForm{}
	found := map[string]string{}
	for _, w := range walks {
		if form, ok := forms[w.Form]; ok {
			used[w.Form] = form
		}
	}
	playable := slices.DeleteFunc(slices.Clone(walks), func(w sharedWalk) bool {
		_, ok := used[w.Form]
		if !ok {
			found[w.ID] = "the form is refused"
		}
		return !ok
	})
	arguments := make([]string, 2)
	for i, value := range []any{used, playable} {
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		arguments[i] = string(data)
	}
	script := fmt.Sprintf("%s(%q, %s)", strings.TrimSpace(player), path.Dir(static.URL("path.js"))+"/", strings.Join(arguments, ", "))
	told, err := chromedp.Run(p.ctx, chromedp.Evaluate[map[string]string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(found, told)
	return found
}

// sharedFormsRead reads and compiles the shared forms, by name; those that are
// refused are not there.
func sharedFormsRead(t *testing.T) map[string]*surveys.Form {
	t.Helper()
	type sheets struct {
		ID     string
		Sheets []surveys.Sheet
	}
	forms := map[string]*surveys.Form{}
	add := func(name string, q *surveys.Questionnaire, problems surveys.Problems) {
		if problems.Refusals() != nil {
			return
		}
		if form, _ := surveys.Compile(q); form != nil {
			forms[name] = form
		}
	}
	for _, f := range sharedLines[sheets](t, sharedForms) {
		q, problems := xlsform.ReadRows(f.Sheets)
		add(f.ID, q, problems)
	}
	entries, err := os.ReadDir(sharedWorkbooks)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name, isWorkbook := strings.CutSuffix(entry.Name(), ".xlsx")
		if !isWorkbook {
			continue
		}
		f, err := os.Open(sharedWorkbooks + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		q, problems := xlsform.Read(f, entry.Name())
		_ = f.Close()
		add(name, q, problems)
	}
	return forms
}

func labelsOf(form *surveys.Form) map[string]map[string]string {
	labels := map[string]map[string]string{}
	for _, q := range form.Questions {
		words := map[string]string{}
		for _, c := range q.Choices {
			words[c.Name] = c.Label.In(form.Questionnaire.DefaultLanguage)
		}
		if len(words) > 0 {
			labels[q.Name] = words
		}
	}
	return labels
}

func sharedLines[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Skipf("the shared cases are not here: %v", err)
	}
	defer f.Close()
	var all []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 10<<20)
	for lines.Scan() {
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// outsideWalks reads a list of walks that cannot pass: an id and the reason, a
// line.
func outsideWalks(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	outside := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if id, reason, _ := strings.Cut(strings.TrimSpace(line), " "); id != "" && id != "#" {
			outside[id] = reason
		}
	}
	return outside
}
