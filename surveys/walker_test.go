package surveys_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"diapason/surveys"
)

// play gives the first difference between what the walk tells and what the
// engine says, and how many steps were played.
func (l formLibrary) play(w walk) (steps int, err error) {
	form, err := l.open(w.Form)
	if err != nil {
		return 0, err
	}
	p := player{form: form, walk: w, answers: form.Begin(w.Now), want: maps.Clone(w.Initial)}
	if err := p.compare(); err != nil {
		return 0, fmt.Errorf("at the beginning: %w", err)
	}
	for i, s := range w.Steps {
		if err := p.step(s); err != nil {
			return i, fmt.Errorf("step %d, %s %s %q: %w", i+1, s.Op, s.Ref, s.Value, err)
		}
	}
	if w.Complete {
		err = p.violations()
	}
	return len(w.Steps), err
}

// A player is somewhere on a walk: what was answered, and what the peers tell.
type player struct {
	form    *surveys.Form
	walk    walk
	answers surveys.Answers
	want    map[string]string
}

func (p *player) step(s walkStep) error {
	at, name, err := p.locate(s.Ref)
	if err != nil {
		return err
	}
	if s.Op == "createNewRepeat" {
		rows := slices.Clone(at.answers[name].Rows())
		at.answers[name] = surveys.RowsValue(append(rows, at.path.NewRow(name))...)
	} else {
		q, ok := p.form.Question(name)
		if !ok {
			return fmt.Errorf("%s is not asked here", name)
		}
		at.answers[name] = typed(q.Kind, s.Value)
	}
	// The change is made: what it sets off sees it.
	if at, _, err = p.locate(s.Ref); err != nil {
		return err
	}
	p.answers = at.path.React(name)
	for _, path := range s.Removed {
		delete(p.want, path)
	}
	maps.Copy(p.want, s.Changed)
	return p.compare()
}

// typed is a text of the walk as an answer to a question of this kind.
func typed(kind surveys.Kind, s string) surveys.Value {
	switch kind.Answer() {
	case surveys.NumberAnswer:
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return surveys.NumberValue(f)
		}
		return surveys.Value{}
	case surveys.CodesAnswer:
		return surveys.CodesValue(strings.Fields(s)...)
	}
	return surveys.TextValue(s)
}

// A row is a path and the answers it goes through.
type walkRow struct {
	path    *surveys.Path
	answers surveys.Answers
}

var rowIndex = regexp.MustCompile(`^(.*)\[(\d+)\]$`)

// locate finds the row an XPath is in, and the name at its end.
func (p *player) locate(xpath string) (walkRow, string, error) {
	at := walkRow{p.form.Path(p.answers, p.walk.Now), p.answers}
	steps := strings.Split(xpath, "/")
	last := len(steps) - 1
	for _, step := range steps[:last] {
		m := rowIndex.FindStringSubmatch(step)
		if m == nil {
			continue
		}
		paths, rows := at.path.Rows(m[1]), at.answers[m[1]].Rows()
		i, _ := strconv.Atoi(m[2])
		if i > len(paths) || i > len(rows) {
			return at, "", fmt.Errorf("%s has %d rows", m[1], len(paths))
		}
		at = walkRow{paths[i-1], rows[i-1]}
	}
	return at, steps[last], nil
}

func (p *player) compare() error {
	got := map[string]string{}
	tell(got, p.form.Path(p.answers, p.walk.Now), p.form.Questionnaire.Items, "/"+p.walk.Root)
	var faults []string
	for _, path := range slices.Sorted(maps.Keys(p.want)) {
		if strings.Contains(path, "/@") || strings.Contains(path, "/"+p.walk.Root+"/meta/") {
			continue
		}
		g, ok := got[path]
		switch {
		case !ok:
			faults = append(faults, fmt.Sprintf("%s is not there, want %q", path, p.want[path]))
		case !p.same(g, p.want[path]):
			faults = append(faults, fmt.Sprintf("%s is %q, want %q", path, g, p.want[path]))
		}
		delete(got, path)
	}
	for _, path := range slices.Sorted(maps.Keys(got)) {
		faults = append(faults, fmt.Sprintf("%s = %q is there, and should not", path, got[path]))
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d differences: %s", len(faults), strings.Join(faults[:min(3, len(faults))], "; "))
	}
	return nil
}

var uuidForm = regexp.MustCompile(`^(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// same compares two texts, of which the walk's may stand for what no two
// engines can agree on.
func (p *player) same(got, want string) bool {
	switch want {
	case "<now>":
		at, err := time.Parse(time.RFC3339, got)
		return err == nil && at.Equal(p.walk.Now)
	case "<uuid>":
		return uuidForm.MatchString(got)
	}
	// A decimal typed without decimals is stored with one by the peers.
	return got == want || got+".0" == want
}

// tell writes the state as the peers do: a text for every question on the
// path, one for a section with nothing in it.
func tell(state map[string]string, path *surveys.Path, items []surveys.Item, under string) {
	empty := true
	for i := range items {
		item := &items[i]
		if notInTheForm[item.Kind] || !path.On(item.Name) {
			continue
		}
		at := under + "/" + item.Name
		switch {
		case item.Kind == surveys.Repeat:
			for j, row := range path.Rows(item.Name) {
				tell(state, row, item.Items, at+"["+strconv.Itoa(j+1)+"]")
				empty = false
			}
			continue
		case item.Kind.Section():
			tell(state, path, item.Items, at)
		default:
			state[at] = asTold(path.Answer(item.Name))
		}
		empty = false
	}
	if empty {
		state[under] = ""
	}
}

// notInTheForm are the kinds that are no question of the peers' forms.
var notInTheForm = map[surveys.Kind]bool{"csv-external": true, "xml-external": true, "audit": true}

func asTold(v surveys.Value) string {
	switch v.Kind() {
	case surveys.NumberAnswer:
		return strconv.FormatFloat(v.Number(), 'f', -1, 64)
	case surveys.CodesAnswer:
		return strings.Join(v.Codes(), " ")
	}
	return v.Text()
}

// violations compares what fails at the end. Check tells more than the peers:
// choices and types, which their controls do not let through.
func (p *player) violations() error {
	var got []string
	for _, problem := range p.form.Check(p.answers, p.walk.Now) {
		switch problem.Code {
		case "answer.required":
			got = append(got, problem.Place.Question+" required")
		case "answer.invalid", "choice.max", "choice.exact":
			got = append(got, problem.Place.Question+" constraint")
		}
	}
	var want []string
	for _, v := range p.walk.Final {
		want = append(want, v[strings.LastIndex(v, "/")+1:])
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf("at the end %v fail, want %v", got, want)
	}
	return nil
}
