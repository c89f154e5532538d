package expr

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// MarshalJSON gives the tree for static/expr.js: a number or a text is itself,
// anything else a list that begins with what it is: ["$","age"] reads ${age},
// ["."] the question itself, ["#","col"] a column of the choice, ["..",1] the
// levels position() climbs, ["and",…], [">=",…], ["selected",…]. A pattern is
// written for JavaScript. It fails on what Check refuses as not supported.
func (e *Expr) MarshalJSON() ([]byte, error) {
	b, err := e.root.appendJSON(make([]byte, 0, 2*len(e.source)+8))
	if err != nil {
		return nil, fmt.Errorf("expr: %q: %w", e.source, err)
	}
	return b, nil
}

func (n *node) appendJSON(b []byte) ([]byte, error) {
	switch n.op {
	case opNumber:
		return strconv.AppendFloat(b, n.num, 'g', -1, 64), nil
	case opText:
		return appendText(b, n.text)
	case opQuoted:
		return appendText(b, n.text)
	case opRef:
		return appendLeaf(b, "$", n.text)
	case opColumn:
		return appendLeaf(b, "#", n.text)
	case opSelf:
		return append(b, `["."]`...), nil
	case opParent:
		return fmt.Appendf(b, `["..",%d]`, int(n.num)), nil
	case opLastSaved, opPath, opUnion:
		return nil, fmt.Errorf("byte %d: not supported", n.at)
	case opCall:
		return n.appendCall(b)
	}
	return n.appendList(b, opNames[n.op], n.args)
}

func (n *node) appendCall(b []byte) ([]byte, error) {
	if n.fn == nil {
		return nil, fmt.Errorf("byte %d: %s() with %d arguments is not supported", n.at, n.text, len(n.args))
	}
	if n.text != "regex" {
		return n.appendList(b, n.text, n.args)
	}
	if n.args[1].op != opText {
		return nil, fmt.Errorf("byte %d: the pattern of regex() is not a literal", n.at)
	}
	pattern, err := browserPattern(n.args[1].text)
	if err != nil {
		return nil, err
	}
	return n.appendList(b, n.text, []*node{n.args[0], {op: opText, text: pattern}})
}

func (n *node) appendList(b []byte, head string, args []*node) ([]byte, error) {
	b, err := appendText(append(b, '['), head)
	for _, arg := range args {
		if err != nil {
			return nil, err
		}
		b, err = arg.appendJSON(append(b, ','))
	}
	return append(b, ']'), err
}

func appendLeaf(b []byte, head, text string) ([]byte, error) {
	b = append(b, `["`+head+`",`...)
	b, err := appendText(b, text)
	return append(b, ']'), err
}

func appendText(b []byte, text string) ([]byte, error) {
	quoted, err := json.Marshal(text)
	return append(b, quoted...), err
}
