package surveys

import (
	"math"
	"slices"
	"strings"
	"time"

	"diapason/surveys/expr"
)

// maxRows is how many rows a repeat_count may ask for, and how many rows
// nobody filled a form may have: an age typed where a number of children was
// expected must not fill the memory.
const maxRows = 1000

// Begin is what a fresh record holds before anybody answers: the defaults, the
// first row of each repeat, and the rows that repeat_count asks for. A default
// that is computed is computed here, once, before any calculation.
func (f *Form) Begin(now time.Time) Answers {
	a := f.blank(nil, true)
	for _, n := range f.nodes {
		if n.preset == nil || n.literal {
			continue
		}
		p := f.Path(a, now)
		p.early = true
		for _, row := range p.every(n.block) {
			row.put(n, n.preset.Eval(scope{path: row, node: n}))
		}
	}
	f.grow(a, now)
	return a
}

// NewRow is what a row added to a repeat begins with: its defaults. The path
// is the one around the repeat: the form's, or that of a row of the repeat
// outside. Repeats inside the new row have no row yet.
func (p *Path) NewRow(repeat string) Answers {
	n, ok := p.form.byName[repeat]
	if !ok || n.item.Kind != Repeat || n.block != p.block {
		return nil
	}
	return p.newRow(n, len(p.answers[repeat].Rows())+1)
}

func (p *Path) newRow(repeat *node, at int) Answers {
	a := p.form.blank(repeat, false)
	for _, n := range p.form.nodes {
		if n.block == repeat && n.preset != nil && !n.literal {
			row := p.rowPath(repeat, a, at)
			row.early = true
			row.put(n, n.preset.Eval(scope{path: row, node: n}))
		}
	}
	return a
}

// blank are the answers of the form, or of a row of a repeat, with the
// defaults that are written as they are; inner also makes the first row of the
// repeats inside.
func (f *Form) blank(block *node, inner bool) Answers {
	a := Answers{}
	for _, n := range f.nodes {
		if n.block != block {
			continue
		}
		switch {
		case n.item.Kind == Repeat && n.count == nil && inner:
			a[n.item.Name] = RowsValue(f.blank(n, true))
		case n.literal:
			if v := n.item.Kind.read(expr.Text(n.item.Default)); !v.IsBlank() {
				a[n.item.Name] = v
			}
		}
	}
	return a
}

// put keeps what an expression gave as the answer to a question of this path,
// in the answers themselves.
func (p *Path) put(n *node, v expr.Value) {
	if answer := n.item.Kind.read(v); !answer.IsBlank() {
		p.answers[n.item.Name] = answer
	} else {
		delete(p.answers, n.item.Name)
	}
}

// every are the paths through all rows of a block, p itself for none.
func (p *Path) every(block *node) []*Path {
	if block == p.block {
		return []*Path{p}
	}
	if block == nil {
		return nil
	}
	var rows []*Path
	for _, outer := range p.every(block.block) {
		rows = append(rows, outer.rowsOf(block)...)
	}
	return rows
}

// grow adds to the answers, in place, the rows that repeat_count asks for and
// that are not there yet. Rows above the count stay where they are: they are
// hidden, and dropped when the answers are kept.
func (f *Form) grow(a Answers, now time.Time) {
	for left, grown := maxRows, 1; grown > 0 && left > 0; left -= grown {
		grown = 0
		p := f.Path(a, now)
		for _, n := range f.nodes {
			if n.count == nil {
				continue
			}
			for _, outer := range p.every(n.block) {
				grown += outer.growRows(n)
			}
		}
	}
}

// growRows gives the path's answers the rows that are missing: how many.
func (p *Path) growRows(repeat *node) int {
	if !p.on(repeat) {
		return 0
	}
	rows := slices.Clone(p.answers[repeat.item.Name].Rows())
	had := len(rows)
	for want := len(p.rowsOf(repeat)); len(rows) < want; {
		rows = append(rows, p.newRow(repeat, len(rows)+1))
	}
	if len(rows) > had {
		p.answers[repeat.item.Name] = RowsValue(rows...)
	}
	return len(rows) - had
}

// count is how many rows repeat_count asks for; a blank is none.
func (p *Path) count(repeat *node) int {
	want := repeat.count.Eval(scope{path: p, node: repeat}).Number()
	if !(want >= 1) {
		return 0
	}
	return int(min(want, maxRows))
}

// read turns what an expression gives into an answer to an item of this kind;
// what cannot be one is blank.
func (k Kind) read(v expr.Value) Value {
	if v.Blank() {
		return Value{}
	}
	switch k {
	case Integer:
		return wholeValue(v)
	case Decimal, Range:
		if f := v.Number(); f == f {
			return NumberValue(f)
		}
		return Value{}
	case SelectMultiple, Rank:
		return CodesValue(strings.Fields(v.String())...)
	case Date:
		if v.IsNumber() {
			v = expr.Day(v.Number())
		}
		return TextValue(dayOf(v.String()))
	case DateTime:
		if s := v.String(); dayOf(s) != "" {
			return TextValue(s)
		}
		return Value{}
	}
	return TextValue(v.Stored())
}

// wholeValue cuts the decimals: an integer calculated as 20161.35 is 20161.
func wholeValue(v expr.Value) Value {
	f := math.Trunc(v.Number())
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Value{}
	}
	return NumberValue(f)
}

// dayOf is the date an ISO date or date-time begins with, "" when there is
// none.
func dayOf(iso string) string {
	if expr.Date(iso, time.Time{}).Blank() {
		return ""
	}
	return strings.TrimSpace(iso)[:len(time.DateOnly)]
}
