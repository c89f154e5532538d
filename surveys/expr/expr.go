// Package expr is the XLSForm expression language: the relevant, constraint,
// calculation, choice_filter, required and default columns of a questionnaire.
//
//	Or    := And ('or' And)*            And := Eq ('and' Eq)*
//	Eq    := Rel (('='|'!=') Rel)*      Rel := Add (('<'|'<='|'>'|'>=') Add)*
//	Add   := Mul (('+'|'-') Mul)*       Mul := Neg (('*'|'div'|'mod') Neg)*
//	Neg   := '-'* Union                 Union := Path ('|' Path)*
//	Path  := '/'? Step ('/' Step)* | Primary Pred* ('/' Step)*
//	Step  := '.' | '..' | Name Pred* | '*' Pred* | 'node()'
//	Pred  := '[' Or ']'
//	Primary := Number | "text" | 'text' | '${' ('last-saved#')? Name '}'
//	         | Function '(' arguments ')' | '(' Or ')'
//
// Operators associate to the left. A name may hold - and . so `a-b` is one
// name and `a - b` a subtraction; and, or, div, mod are operators only after
// an operand, so `5div 2` is legal. There is no escape inside a text.
//
// An expression is parsed once. A path that leads to a question, to a row of a
// repeat or to a line of a list is read as the reference it stands for. Check
// says everything that is wrong with an expression: the grammar is read whole,
// but other paths, predicates, unions and the functions that make no sense
// here are refused there, by name. Eval never fails: a bad
// value gives blank or NaN by the rules below. MarshalJSON gives the same tree
// to the browser, where static/expr.js walks it.
//
// The rules that peers do not all share:
//   - blank is the empty text; an ordered comparison with a blank is false;
//   - truth is the truth of the value: a blank answer is false, 'false' is true;
//   - numbers are equal within 1e-12; round goes half away from zero;
//   - a date has no zone and counts in whole days since 1970-01-01; a
//     date-time is an instant, which takes the offset of now when it has none;
//   - a text is compared with a date (or another ISO date) as a date;
//   - regex matches the whole text, with RE2's syntax;
//   - sum, min and max skip blanks; lengths and positions count runes.
package expr

import "fmt"

// Expr is a parsed expression. It never changes: any number of goroutines may
// evaluate it at once.
type Expr struct {
	source string
	root   *node
	names  []string
	cols   []string
	self   bool
}

// SyntaxError says where an expression stops being one.
type SyntaxError struct {
	Offset  int    // in runes from the start of the source
	Message string // a French sentence: what is wrong, what to do
}

// Error gives the sentence and the place, counted from 1.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s (caractère %d)", e.Message, e.Offset+1)
}

// Parse reads one expression. Its error, if any, is a *SyntaxError.
func Parse(src string) (*Expr, error) { return ParseIn(src, nil) }

// ParseIn is Parse for an expression of a form, whose paths are read as the
// questions they lead to.
func ParseIn(src string, names Names) (*Expr, error) {
	p := parser{src: src, names: names}
	root := p.whole()
	if p.err != nil {
		return nil, p.err
	}
	e := &Expr{source: src, root: root}
	e.collect(root)
	return e, nil
}

// Literal is an expression that always gives this text, whatever it holds.
func Literal(text string) *Expr {
	return &Expr{source: text, root: &node{op: opText, text: text}}
}

// collect remembers what the tree reads, once, so that callers may ask often.
func (e *Expr) collect(n *node) {
	switch n.op {
	case opRef, opQuoted:
		e.names = appendOnce(e.names, n.text)
	case opColumn:
		e.cols = appendOnce(e.cols, n.text)
	case opSelf:
		e.self = true
	case opCall:
		e.self = e.self || n.text == "current"
	}
	for _, arg := range n.args {
		e.collect(arg)
	}
}

func appendOnce(list []string, s string) []string {
	for _, known := range list {
		if known == s {
			return list
		}
	}
	return append(list, s)
}

// Source is the text as it was written.
func (e *Expr) Source() string { return e.source }

// Names lists every ${name} the expression reads, in order of first use, each
// once, those quoted for jr:choice-name included. The list is not to be changed.
func (e *Expr) Names() []string { return e.names }

// Columns lists the bare names, which a choice filter reads as columns of the
// choices sheet. The list is not to be changed.
func (e *Expr) Columns() []string { return e.cols }

// Calls lists the functions the expression calls, each once.
func (e *Expr) Calls() []string {
	var names []string
	e.root.eachCall(func(call *node) { names = appendOnce(names, call.text) })
	return names
}

// Files lists the files and lists that pulldata looks in, each once. One that
// is computed is not among them.
func (e *Expr) Files() []string {
	var names []string
	e.root.eachCall(func(call *node) {
		if call.text == "pulldata" && len(call.args) > 0 && call.args[0].op == opText {
			names = appendOnce(names, call.args[0].text)
		}
	})
	return names
}

func (n *node) eachCall(visit func(call *node)) {
	if n.op == opCall {
		visit(n)
	}
	for _, arg := range n.args {
		arg.eachCall(visit)
	}
}

// ReadsSelf says whether the expression uses '.' (or current()). once() also
// keeps the question's own value, but is made for calculations: it does not count.
func (e *Expr) ReadsSelf() bool { return e.self }

// Eval gives the value of the expression in s. It never panics and never
// fails; what Check refuses is blank.
func (e *Expr) Eval(s Scope) Value { return e.root.eval(s) }
