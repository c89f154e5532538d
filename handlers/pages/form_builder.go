package pages

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
)

// builder turns a compiled questionnaire into what a form draws.
type builder struct {
	form    Form
	texts   reader
	lang    string
	logic   surveys.Logic
	pending surveys.Problems // not yet shown beside a question
	summary []summaryLine
	consent string
}

func newBuilder(f Form, texts reader, lang string, logic surveys.Logic) *builder {
	if f.Entries == nil {
		f.Entries = entriesOf(f.Begun, "")
	}
	b := &builder{form: f, texts: texts, lang: lang, logic: logic}
	for _, p := range f.Problems {
		if p.Place.Question == "consent" {
			b.consent = ProblemText(f.Form.Questionnaire, lang, p)
			b.summary = append(b.summary, summaryLine{"consent", b.consent})
			continue
		}
		b.pending = append(b.pending, p)
	}
	return b
}

// steps draws every section. A problem that belongs to no question shown goes
// to the summary alone.
func (b *builder) steps() []Step {
	var steps []Step
	loose := false
	for i := range b.form.Form.Questionnaire.Items {
		item := &b.form.Form.Questionnaire.Items[i]
		fields := b.fields([]surveys.Item{*item}, "", false, false)
		if len(fields) == 0 {
			continue
		}
		if item.Kind == surveys.Group && fields[0].Control == controlCluster {
			steps = append(steps, Step{Name: item.Name, Title: b.texts.rich(item.Label), Items: fields[0].Items, Conditional: b.form.Form.ForSome(item)})
			loose = false
			continue
		}
		if !loose {
			steps = append(steps, Step{})
			loose = true
		}
		last := &steps[len(steps)-1]
		last.Items = append(last.Items, fields...)
	}
	for i := range steps {
		steps[i].ID = fmt.Sprintf("etape-%d", i+1)
		if steps[i].Title == "" {
			steps[i].Title = template.HTML(template.HTMLEscapeString(Translate(b.lang, "form.section", i+1)))
		}
	}
	for _, p := range b.pending {
		b.summary = append(b.summary, summaryLine{"etape-1", ProblemText(b.form.Form.Questionnaire, b.lang, p)})
	}
	return steps
}

func (b *builder) fields(items []surveys.Item, prefix string, conditional, compact bool) []Field {
	var fields []Field
	for i := range items {
		item := &items[i]
		conditional := conditional || b.form.Form.ForSome(item)
		switch {
		case item.Kind == surveys.Repeat:
			fields = append(fields, b.repeat(item, prefix, conditional))
		case item.Kind.Section():
			// The section tells whom it concerns, once.
			if inner := b.fields(item.Items, prefix, false, b.isMatrix(item)); len(inner) > 0 {
				fields = append(fields, b.section(item, prefix, inner, conditional))
			}
		case item.Kind.Asked() || item.Kind == surveys.Note:
			fields = append(fields, b.question(item, prefix, conditional, compact))
		}
	}
	return fields
}

func (b *builder) section(item *surveys.Item, prefix string, inner []Field, conditional bool) Field {
	f := Field{
		Control: controlCluster, Name: prefix + item.Name, ID: fieldID(prefix + item.Name), Question: item.Name,
		Label: b.texts.rich(item.Label), Hint: b.texts.rich(item.Hint), Conditional: conditional, Items: inner,
	}
	if b.isMatrix(item) {
		f.Control = controlMatrix
	}
	return f
}

// isMatrix recognises the XLSForm way to write one: a group shown as one list
// whose single choices all come from the same list.
func (b *builder) isMatrix(item *surveys.Item) bool {
	if !item.Appears("field-list") && !item.Appears("table-list") {
		return false
	}
	list, rows := "", 0
	for _, inner := range item.Items {
		switch {
		case inner.Kind == surveys.Note:
		case inner.Kind != surveys.SelectOne || (list != "" && inner.List != list):
			return false
		default:
			list, rows = inner.List, rows+1
		}
	}
	choices, ok := b.form.Form.Questionnaire.List(list)
	return ok && rows > 1 && len(choices.Choices) < menuFrom
}

// repeat draws as many rows as the questionnaire fixes, or as were filled in,
// or a few; the script shows them one by one.
func (b *builder) repeat(item *surveys.Item, prefix string, conditional bool) Field {
	name := prefix + item.Name
	f := Field{
		Control: controlRows, Name: name, ID: fieldID(name), Question: item.Name,
		Label: b.texts.rich(item.Label), Hint: b.texts.rich(item.Hint), Conditional: conditional,
	}
	count, err := strconv.Atoi(item.RepeatCount)
	if err != nil || count < 1 {
		count = rowsOffered
	}
	count = min(count, MaxRows)
	for field := range b.form.Entries {
		if row := RowOf(field, name); row > count && row <= MaxRows {
			count = row
		}
	}
	for row := 1; row <= count; row++ {
		at := fmt.Sprintf("%s[%d]", name, row)
		f.Items = append(f.Items, Field{
			Control: controlCluster, Name: at, ID: fieldID(at), Row: row,
			Label: template.HTML(template.HTMLEscapeString(Translate(b.lang, "form.row", row))),
			Items: b.fields(item.Items, at+".", false, false),
		})
	}
	return f
}

// RowOf is the row of a repeat that a form's field belongs to, 0 when it
// belongs to none: enfants[2].age is of row 2 of enfants.
func RowOf(field, repeat string) int {
	rest, ok := strings.CutPrefix(field, repeat+"[")
	if !ok {
		return 0
	}
	number, inside, ok := strings.Cut(rest, "]")
	if !ok || !strings.HasPrefix(inside, ".") {
		return 0
	}
	row, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return row
}

func (b *builder) question(item *surveys.Item, prefix string, conditional, compact bool) Field {
	q, ok := b.form.Form.Question(item.Name)
	if !ok {
		return Field{}
	}
	name := prefix + item.Name
	f := Field{
		Control: control(q), Name: name, ID: fieldID(name), Question: item.Name,
		Label: b.texts.rich(q.Label), Hint: b.texts.rich(q.Hint),
		Required: q.AlwaysRequired, Conditional: conditional, Compact: compact,
		RequiredMessage:   unmarked(b.texts.read(q.RequiredMessage)),
		ConstraintMessage: unmarked(b.texts.read(q.ConstraintMessage)),
		Limit:             q.Limit, Exact: q.Exact, Value: b.form.Entries.Get(name),
		Input: inputs[q.Kind], Max: maxText(q), Ends: q.HasProfile(surveys.ProfileEnd),
	}
	f.Problem = b.take(item.Name, f.ID)
	b.options(&f, q)
	if b.isReadOnly(item.Name) {
		b.output(&f)
	}
	return f
}

// isReadOnly reports whether nobody answers a question: it is computed, or has
// its default for good.
func (b *builder) isReadOnly(name string) bool {
	return slices.ContainsFunc(b.logic.Items, func(i surveys.LogicItem) bool { return i.Name == name && i.ReadOnly })
}

// output shows an answer instead of asking for one: the words of what is
// chosen, or the value.
func (b *builder) output(f *Field) {
	var chosen []string
	for _, o := range f.Options {
		if o.Chosen {
			chosen = append(chosen, o.Text)
		}
	}
	if f.Options != nil {
		f.Value = strings.Join(chosen, ", ")
	}
	f.Control, f.Required = controlOutput, false
}

// options fills in what there is to choose from.
func (b *builder) options(f *Field, q *surveys.Question) {
	switch f.Control {
	case controlScale:
		b.scale(f, q)
	case controlRanking:
		b.places(f, q)
	case controlRadios, controlMenu, controlCheckboxes:
		choices := q.Choices
		if f.Shuffle = q.Parameters["randomize"] == "true"; f.Shuffle {
			choices = b.shuffled(q)
		}
		f.Options = b.choices(f, q, choices, b.form.Entries[f.Name])
		f.Absent = len(choices) == 0
		f.Filter = f.Control == controlCheckboxes && len(choices) >= filterFrom
	}
}

func (b *builder) choices(f *Field, q *surveys.Question, choices []surveys.Choice, chosen []string) []Option {
	options := make([]Option, 0, len(choices))
	for i, c := range choices {
		text, label := b.texts.read(c.Label), b.texts.rich(c.Label)
		if text == "" {
			text, label = c.Name, rich(c.Name)
		}
		options = append(options, Option{
			Value: c.Name, Label: label, Text: unmarked(text), ID: fmt.Sprintf("%s-%d", f.ID, i+1),
			Chosen:    slices.Contains(chosen, c.Name),
			Exclusive: q.Kind == surveys.SelectMultiple && exclusive[c.Name],
			Also:      c.Extra["code_postal"],
		})
	}
	return options
}

func (b *builder) places(f *Field, q *surveys.Question) {
	choices := q.Choices
	if f.Shuffle = q.Parameters["randomize"] == "true"; f.Shuffle {
		choices = b.shuffled(q)
	}
	count := len(choices)
	if q.Limit > 0 {
		count = min(q.Limit, count)
	}
	for i := range count {
		name := fmt.Sprintf("%s[%d]", f.Name, i+1)
		place := Place{Name: name, ID: fieldID(name), Label: Translate(b.lang, "rank.place", i+1)}
		if i == 0 {
			place.Label = Translate(b.lang, "rank.first")
		}
		place.Options = b.choices(f, q, choices, b.form.Entries[name])
		f.Places = append(f.Places, place)
	}
}

// shuffled is the order one person sees: drawn from the response's identifier,
// so that a page shown again keeps it.
func (b *builder) shuffled(q *surveys.Question) []surveys.Choice {
	h := fnv.New64a()
	h.Write([]byte(b.form.ID + q.Name))
	r := rand.New(rand.NewPCG(h.Sum64(), 0))
	var mixed, last []surveys.Choice
	for _, c := range q.Choices {
		if apart[c.Name] {
			last = append(last, c)
		} else {
			mixed = append(mixed, c)
		}
	}
	r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	return append(mixed, last...)
}

func (b *builder) scale(f *Field, q *surveys.Question) {
	low, high, step := q.Bounds()
	for i := 0; low+float64(i)*step <= high+step/1e6; i++ {
		text := strconv.FormatFloat(low+float64(i)*step, 'f', -1, 64)
		f.Options = append(f.Options, Option{
			Value: text, Label: template.HTML(text), Text: text, ID: fmt.Sprintf("%s-%d", f.ID, i+1), Chosen: f.Value == text,
		})
	}
	f.LowLabel, f.TopLabel = scaleEnds(unmarked(b.texts.read(q.Label)) + " " + unmarked(b.texts.read(q.Hint)))
}

// scaleEnd reads what an author says of the ends of a scale: "0 = très mauvais".
var scaleEnd = regexp.MustCompile(`\d+\s*=\s*[^.,;()0-9]+`)

func scaleEnds(text string) (low, high string) {
	ends := scaleEnd.FindAllString(text, 2)
	if len(ends) == 2 {
		return strings.TrimSpace(ends[0]), strings.TrimSpace(ends[1])
	}
	return "", ""
}

// textBound finds the length an author allows: string-length(.) <= 500.
var textBound = regexp.MustCompile(`string-length\(\s*\.\s*\)\s*(<=?)\s*(\d+)`)

func maxText(q *surveys.Question) int {
	if q.Kind != surveys.TextKind {
		return 0
	}
	if m := textBound.FindStringSubmatch(q.Constraint); m != nil {
		n, err := strconv.Atoi(m[2])
		if err == nil && m[1] == "<" {
			n--
		}
		if err == nil && n > 0 && n < surveys.MaxText {
			return n
		}
	}
	return surveys.MaxText
}

// take moves the problems of a question from the pending ones to the summary
// and returns what to say beside it.
func (b *builder) take(question, id string) string {
	var said []string
	b.pending = slices.DeleteFunc(b.pending, func(p surveys.Problem) bool {
		if p.Place.Question != question {
			return false
		}
		text := ProblemText(b.form.Form.Questionnaire, b.lang, p)
		said = append(said, text)
		b.summary = append(b.summary, summaryLine{id, text})
		return true
	})
	return strings.Join(said, " ")
}

// fieldID is a field's name made fit for an address: brackets and dots go.
func fieldID(name string) string {
	return "q-" + strings.NewReplacer("[", "-", "].", "-", "]", "").Replace(name)
}
