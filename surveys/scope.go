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
}

func (s scope) Value(name string) expr.Value {
	n, ok := s.path.form.byName[name]
	if !ok {
		return expr.Value{}
	}
	if owner := s.path.owner(n); owner != nil {
		return owner.value(n)
	}
	// In a repeat the asking question is not in: every row there is.
	root := s.path
	for root.parent != nil {
		root = root.parent
	}
	return expr.Set(root.all(n))
}

func (s scope) Self() expr.Value {
	return s.path.stored(s.node)
}

func (s scope) Column(name string) expr.Value {
	switch {
	case s.choice == nil:
		return expr.Value{}
	case name == "name":
		return expr.Text(s.choice.Name)
	}
	return expr.Text(s.choice.Extra[name])
}

func (s scope) Instance(name string, at []expr.Place) expr.Value {
	n, ok := s.path.form.byName[name]
	if !ok {
		return expr.Value{}
	}
	p := s.path
	for p.parent != nil {
		p = p.parent
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
	return expr.Value{}
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
	return c.Label.In(s.path.form.Questionnaire.DefaultLanguage)
}

// Lookup has nothing to look in: files beside a form are not served.
func (s scope) Lookup(_, _, _, _ string) string { return "" }

func (s scope) Language() string { return "" }
func (s scope) Now() time.Time   { return s.path.now }
func (s scope) Random() float64  { return rand.Float64() }
