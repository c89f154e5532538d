package surveys

import (
	"encoding/json"
	"maps"
	"slices"

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
	// Tables are the rows of the files and lists that pulldata looks in, by the
	// name it calls them, each by column.
	Tables map[string][]map[string]string `json:"tables,omitempty"`
	// Functions are the names of the functions the trees call, sorted.
	Functions []string `json:"functions,omitempty"`
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
	// Default is what a fresh record, or a new row, begins with: a JSON text
	// when it is written as it is, else a tree.
	Default *expr.Expr `json:"default,omitempty"`
	// Trigger are the questions whose change makes the calculation run.
	Trigger []string `json:"trigger,omitempty"`
	// Count is how many rows a repeat has; nil: as many as people add.
	Count *expr.Expr `json:"count,omitempty"`
	// Computed items always have the value of their calculation, and nobody
	// answers ReadOnly ones.
	Computed bool `json:"computed,omitempty"`
	ReadOnly bool `json:"readonly,omitempty"`
}

// Logic returns the form's logic for the browser.
func (f *Form) Logic() Logic {
	var logic Logic
	for _, n := range f.nodes {
		item := n.logic()
		logic.Items = append(logic.Items, item)
		if n.filter != nil {
			logic.addColumns(f, n.question, n.filter.Columns())
		}
		for _, e := range item.trees() {
			logic.addCalls(f, e)
		}
	}
	slices.Sort(logic.Functions)
	return logic
}

func (n *node) logic() LogicItem {
	item := LogicItem{
		Name: n.item.Name, Kind: n.item.Kind, Parent: -1, List: n.item.List,
		Relevant: n.relevant, Required: n.required, Constraint: n.constraint,
		Calculation: n.calculation, Filter: n.filter,
		Default: n.preset, Trigger: n.triggers, Count: n.count,
		Computed: n.computed(), ReadOnly: n.computed() && n.item.Kind.Asked(),
	}
	if n.parent != nil {
		item.Parent = n.parent.index
	}
	if q := n.question; q != nil {
		item.Limit, item.Exact, item.Always = q.Limit, q.Exact, q.AlwaysRequired
		item.ReadOnly = item.ReadOnly || q.AlwaysReadOnly
		item.End = q.HasProfile(ProfileEnd)
	}
	return item
}

func (i LogicItem) trees() []*expr.Expr {
	all := []*expr.Expr{i.Relevant, i.Required, i.Constraint, i.Calculation, i.Filter, i.Default, i.Count}
	return slices.DeleteFunc(all, func(e *expr.Expr) bool { return e == nil })
}

func (l *Logic) addColumns(f *Form, q *Question, columns []string) {
	if l.Columns == nil {
		l.Columns = map[string]map[string]map[string]string{}
	}
	byChoice := l.Columns[q.List]
	if byChoice == nil {
		byChoice = map[string]map[string]string{}
		l.Columns[q.List] = byChoice
	}
	for i := range q.Choices {
		choice := &q.Choices[i]
		for _, column := range columns {
			if v := f.cell(choice, column); v != "" && column != "name" {
				put(byChoice, choice.Name, column, v)
			}
		}
	}
}

func put(rows map[string]map[string]string, name, column, v string) {
	if rows[name] == nil {
		rows[name] = map[string]string{}
	}
	rows[name][column] = v
}

// addCalls keeps the functions an expression calls, and the files it looks in.
func (l *Logic) addCalls(f *Form, e *expr.Expr) {
	for _, name := range e.Calls() {
		if !slices.Contains(l.Functions, name) {
			l.Functions = append(l.Functions, name)
		}
	}
	for _, file := range e.Files() {
		list, ok := f.Questionnaire.file(file)
		if !ok || l.Tables[file] != nil {
			continue
		}
		if l.Tables == nil {
			l.Tables = map[string][]map[string]string{}
		}
		for i := range list.Choices {
			l.Tables[file] = append(l.Tables[file], f.cells(&list.Choices[i]))
		}
	}
}

// cells are all the columns of a choice, for pulldata.
func (f *Form) cells(c *Choice) map[string]string {
	cells := maps.Clone(c.Extra)
	if cells == nil {
		cells = map[string]string{}
	}
	cells["name"], cells["label"] = c.Name, f.cell(c, "label")
	return cells
}

var _ json.Marshaler = (*expr.Expr)(nil)
