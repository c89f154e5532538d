package report

import (
	"slices"
	"strings"

	"diapason/surveys"
)

// A block is what one table is about: a question, or a matrix of questions
// that share one scale.
type block struct {
	name      string
	title     string
	section   string // heading above, "" when there is none
	theme     string
	sensitive bool
	matrix    bool
	rows      []*surveys.Question // one, unless it is a matrix
	form      *surveys.Questionnaire
}

// question is the question of a block that is not a matrix.
func (b block) question() *surveys.Question { return b.rows[0] }

// addsUp reports whether the people who chose each answer make a sum that is
// known: a ranking of all or of the first places, or a fixed number of choices.
func (b block) addsUp() bool {
	return !b.matrix && (b.question().Kind == surveys.Rank || b.question().Exact)
}

// blocksOf lists what is tabulated of a form, in reading order. Of a repeat it is
// how many rows people filled in: the answers in them are not each a person's.
func blocksOf(form *surveys.Form) []block {
	var blocks []block
	repeats := form.Repeats()
	for _, q := range form.Questions {
		// It stands where its first question is.
		if i := slices.IndexFunc(repeats, func(r *surveys.Question) bool { return slices.Contains(q.Sections, r.Item) }); i >= 0 {
			blocks = append(blocks, repetition(repeats[i], form.Questionnaire))
			repeats = repeats[i+1:]
		}
		if !q.Kind.Asked() || repeated(q) || q.Appears("label") {
			continue
		}
		group := matrixOf(q)
		if group == nil {
			blocks = append(blocks, single(q, form.Questionnaire))
			continue
		}
		if last := len(blocks) - 1; last >= 0 && blocks[last].matrix && blocks[last].name == group.Name {
			blocks[last].rows = append(blocks[last].rows, q)
			blocks[last].sensitive = blocks[last].sensitive || q.Sensitive
			continue
		}
		b := single(q, form.Questionnaire)
		b.name, b.matrix = group.Name, true
		b.title = french(group.Label, form.Questionnaire)
		b.theme = themeOf(q, group)
		b.section = heading(q.Sections[:len(q.Sections)-1], form.Questionnaire)
		blocks = append(blocks, b)
	}
	return blocks
}

func single(q *surveys.Question, form *surveys.Questionnaire) block {
	return block{
		name: q.Name, title: labelOf(q.Label, q.Name, form), section: heading(q.Sections, form),
		theme: themeOf(q, nil), sensitive: q.Sensitive, rows: []*surveys.Question{q}, form: form,
	}
}

// repetition is how many rows a repeat has.
func repetition(q *surveys.Question, form *surveys.Questionnaire) block {
	b := single(q, form)
	b.title = "Nombre de « " + b.title + " »"
	return b
}

// numeric reports whether a question is answered by a number, or by rows.
func numeric(q *surveys.Question) bool {
	return q.Kind.Answer() == surveys.NumberAnswer || q.Kind == surveys.Repeat
}

func repeated(q *surveys.Question) bool {
	for _, s := range q.Sections {
		if s.Kind == surveys.Repeat {
			return true
		}
	}
	return false
}

// matrixOf is the group around a question when it is a matrix: at least two
// single choices of one list, and nothing else that is asked.
func matrixOf(q *surveys.Question) *surveys.Item {
	if len(q.Sections) == 0 || q.Kind != surveys.SelectOne {
		return nil
	}
	group, rows := q.Sections[len(q.Sections)-1], 0
	for i := range group.Items {
		item := &group.Items[i]
		switch {
		case item.Kind.Section():
			return nil
		case !item.Kind.Asked() || item.Appears("label"):
		case item.Kind != surveys.SelectOne || item.List != q.List:
			return nil
		default:
			rows++
		}
	}
	if rows < 2 {
		return nil
	}
	return group
}

// themeOf is the theme of a question, else of what holds it.
func themeOf(q *surveys.Question, group *surveys.Item) string {
	if group != nil && group.Theme != "" {
		return group.Theme
	}
	if q.Theme != "" {
		return q.Theme
	}
	for i := len(q.Sections) - 1; i >= 0; i-- {
		if t := q.Sections[i].Theme; t != "" {
			return t
		}
	}
	return ""
}

// heading is the innermost section that says something.
func heading(sections []*surveys.Item, form *surveys.Questionnaire) string {
	for i := len(sections) - 1; i >= 0; i-- {
		if s := french(sections[i].Label, form); s != "" {
			return s
		}
	}
	return ""
}

// french is a text in French, else in the language of the form, else in any.
func french(t surveys.Text, form *surveys.Questionnaire) string {
	var preferred, others []string
	for _, l := range form.Languages {
		if strings.HasSuffix(l, "(fr)") || l == "fr" {
			preferred = append(preferred, l)
		} else {
			others = append(others, l)
		}
	}
	preferred = append(preferred, form.DefaultLanguage, surveys.NoLanguage)
	return plain(t.In(append(preferred, others...)...))
}

// plain takes the stars of bold out of a text.
func plain(s string) string { return strings.ReplaceAll(s, "**", "") }

// labelOf is a text in French, or a name where nobody wrote one.
func labelOf(t surveys.Text, name string, form *surveys.Questionnaire) string {
	if s := french(t, form); s != "" {
		return s
	}
	return name
}

// QuestionLabel is what a question asks, as the report's titles say it.
func QuestionLabel(q *surveys.Question, form *surveys.Form) string {
	return typeset(labelOf(q.Label, q.Name, form.Questionnaire))
}
