package surveys

import (
	"encoding/json"

	"diapason/surveys/expr"
)

// Logic is what the browser needs to lead somebody through a form: every item
// in reading order with its parsed expressions. The browser only walks the
// trees; static/path.js documents the same shape.
type Logic struct {
	Items []LogicItem `json:"items"`
	// Columns are the filter columns of the choices that a filter reads, by
	// list and choice code.
	Columns map[string]map[string]map[string]string `json:"columns,omitempty"`
}

// LogicItem is one item; Parent is the index of its section, -1 at the top.
type LogicItem struct {
	Name        string     `json:"name"`
	Kind        Kind       `json:"kind"`
	Parent      int        `json:"parent"`
	List        string     `json:"list,omitempty"`
	Limit       int        `json:"limit,omitempty"`
	Exact       bool       `json:"exact,omitempty"`
	End         bool       `json:"end,omitempty"`
	Always      bool       `json:"always,omitempty"` // required whenever asked
	Relevant    *expr.Expr `json:"relevant,omitempty"`
	Required    *expr.Expr `json:"required,omitempty"`
	Constraint  *expr.Expr `json:"constraint,omitempty"`
	Calculation *expr.Expr `json:"calculation,omitempty"`
	Filter      *expr.Expr `json:"filter,omitempty"`
}

// Logic returns the form's logic for the browser.
func (f *Form) Logic() Logic {
	var logic Logic
	for _, n := range f.nodes {
		logic.Items = append(logic.Items, n.logic())
		if n.filter != nil {
			logic.addColumns(n.question, n.filter.Columns())
		}
	}
	return logic
}

func (n *node) logic() LogicItem {
	item := LogicItem{
		Name: n.item.Name, Kind: n.item.Kind, Parent: -1, List: n.item.List,
		Relevant: n.relevant, Required: n.required, Constraint: n.constraint,
		Calculation: n.calculation, Filter: n.filter,
	}
	if n.parent != nil {
		item.Parent = n.parent.index
	}
	if q := n.question; q != nil {
		item.Limit, item.Exact, item.Always = q.Limit, q.Exact, q.AlwaysRequired
		item.End = q.HasProfile(ProfileEnd)
	}
	return item
}

func (l *Logic) addColumns(q *Question, columns []string) {
	if l.Columns == nil {
		l.Columns = map[string]map[string]map[string]string{}
	}
	byChoice := map[string]map[string]string{}
	for _, choice := range q.Choices {
		read := map[string]string{}
		for _, column := range columns {
			if v := choice.Extra[column]; v != "" {
				read[column] = v
			}
		}
		if len(read) > 0 {
			byChoice[choice.Name] = read
		}
	}
	l.Columns[q.List] = byChoice
}

var _ json.Marshaler = (*expr.Expr)(nil)
