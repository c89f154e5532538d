package surveys

import (
	"math/rand/v2"
	"time"

	"diapason/surveys/expr"
)

// scope is what an expression sees from a node on a path.
type scope struct {
	path   *Path
	node   *node
	choice *Choice // in a choice filter
	item   *Path   // in the filter of answers given in a repeat: the row at hand
}

func (s scope) Value(name string) expr.Value {
	n, ok := s.path.form.byName[name]
	if !ok {
		return expr.Value{}
	}
	if s.item != nil && n.block == s.item.block {
		return s.item.value(n)
	}
	if owner := s.path.owner(n); owner != nil {
		return owner.value(n)
	}
	// In a repeat the asking question is not in: every row there is.
	return expr.Set(s.path.around(n).all(n))
}

func (s scope) Self() expr.Value {
	return s.path.stored(s.node)
}

func (s scope) Column(name string) expr.Value {
	switch {
	case s.item != nil:
		return s.Value(name)
	case s.choice == nil:
		return expr.Value{}
	}
	return expr.Text(s.path.form.cell(s.choice, name))
}

// Instance goes down from the row the asking question is in: a repeat beside it
// is looked for there, any other from the top of the form.
func (s scope) Instance(name string, at []expr.Place) expr.Value {
	n, ok := s.path.form.byName[name]
	if !ok || len(at) == 0 {
		return expr.Value{}
	}
	p := s.path.root()
	if first := s.path.form.byName[at[0].Repeat]; first != nil {
		if around := s.path.within(first.block); around != nil {
			p = around
		}
	}
	for _, place := range at {
		rows := p.Rows(place.Repeat)
		if place.Index < 1 || place.Index > len(rows) {
			return expr.Value{}
		}
		p = rows[place.Index-1]
	}
	if owner := p.owner(n); owner != nil {
		return owner.value(n)
	}
	return expr.Set(p.all(n))
}

// Position climbs groups and repeats from the asking node; the repeat it
// reaches tells the row.
func (s scope) Position(up int) int {
	reached := s.node
	for ; up > 0 && reached != nil; up-- {
		reached = reached.parent
	}
	for p := s.path; p != nil; p = p.parent {
		if p.block == reached && reached != nil {
			return p.row
		}
	}
	return 1
}

func (s scope) Label(question, choice string) string {
	q, ok := s.path.form.Question(question)
	if !ok {
		return choice
	}
	c, ok := q.Choice(choice)
	if !ok {
		return choice
	}
	return s.path.form.said(c.Label)
}

// Lookup reads a file that came with the form, or a list of its own.
func (s scope) Lookup(file, want, key, value string) string {
	list, ok := s.path.form.Questionnaire.file(file)
	if !ok || value == "" {
		return ""
	}
	for i := range list.Choices {
		if c := &list.Choices[i]; s.path.form.cell(c, key) == value {
			return s.path.form.cell(c, want)
		}
	}
	return ""
}

// cell is a choice's cell in a column of its sheet or file.
func (f *Form) cell(c *Choice, column string) string {
	switch column {
	case "name":
		return c.Name
	case "label":
		return f.said(c.Label)
	}
	return c.Extra[column]
}

// said is a text in the form's own language, or the first that has it.
func (f *Form) said(text Text) string {
	if s := text.In(f.Questionnaire.DefaultLanguage, NoLanguage); s != "" {
		return s
	}
	return text.In(f.Questionnaire.Languages...)
}

func (s scope) Language() string { return "" }
func (s scope) Now() time.Time   { return s.path.now }
func (s scope) Random() float64  { return rand.Float64() }
