package surveys

import (
	"regexp"

	"diapason/surveys/expr"
)

// listedIn is a list that is no list: the answers to a question of a repeat,
// as in "select_one ${first_name}".
var listedIn = regexp.MustCompile(`^\$\{\s*([^{}\s]+)\s*\}$`)

// narrowed reports whether the choices depend on other answers.
func (n *node) narrowed() bool { return n.filter != nil || n.source != nil }

// Choices are the choices of a question that its filter leaves here; for one
// that lists what was answered in a repeat, the answers there.
func (p *Path) Choices(q *Question) []Choice {
	if !q.node.narrowed() {
		return q.Choices
	}
	var left []Choice
	if q.node.source != nil {
		p.eachRow(q.node, func(c *Choice) bool {
			left = append(left, *c)
			return true
		})
		return left
	}
	for i := range q.Choices {
		if c := &q.Choices[i]; p.leaves(q.node, c) {
			left = append(left, *c)
		}
	}
	return left
}

// offers reports whether the filter of a question leaves this choice. Several
// may have the same code, for different filters.
func (p *Path) offers(q *Question, code string) bool {
	if q.node.source != nil {
		found := false
		p.eachRow(q.node, func(c *Choice) bool {
			found = c.Name == code
			return !found
		})
		return found
	}
	for i := range q.Choices {
		if c := &q.Choices[i]; c.Name == code && p.leaves(q.node, c) {
			return true
		}
	}
	return false
}

// leaves reports whether a question's filter leaves a choice of its list.
func (p *Path) leaves(n *node, c *Choice) bool {
	return n.filter == nil || n.filter.Eval(scope{path: p, node: n, choice: c}).Bool()
}

// eachRow visits what was answered in the rows of a repeat, blanks left out.
// The filter reads the questions of that repeat in the row at hand.
func (p *Path) eachRow(n *node, visit func(*Choice) bool) {
	for _, row := range p.around(n.source).every(n.source.block) {
		said := row.value(n.source).Stored()
		if said == "" || n.filter != nil && !n.filter.Eval(scope{path: p, node: n, item: row}).Bool() {
			continue
		}
		if !visit(&Choice{Name: said, Label: Text{NoLanguage: said}}) {
			return
		}
	}
}

// chosen is the answer to a question whose choices depend on others, without
// those that were taken away: it no longer counts.
func (p *Path) chosen(n *node) expr.Value {
	return p.remember(n, p.stored(n), func() expr.Value { return p.reading(n, p.offered(n)) })
}

func (p *Path) offered(n *node) Value {
	v := p.answers[n.item.Name]
	if n.fixed() {
		v = n.constant()
	}
	switch v.Kind() {
	case TextAnswer:
		if !p.offers(n.question, v.Text()) {
			return Value{}
		}
	case CodesAnswer:
		var left []string
		for _, code := range v.Codes() {
			if p.offers(n.question, code) {
				left = append(left, code)
			}
		}
		return CodesValue(left...)
	}
	return v
}
