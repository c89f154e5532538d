package surveys

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"sort"
	"unicode/utf8"
)

// Answers are one person's answers by question name; inside a repeat, one
// row's. What was left blank is absent.
type Answers map[string]Value

// Value is one answer: a text (also a chosen code or an ISO date), a number,
// an ordered list of codes, or the rows of a repeat. The zero Value is blank.
// A Value is not changed after it is made.
type Value struct {
	kind   ValueKind
	text   string
	number float64
	codes  []string
	rows   []Answers
}

// ValueKind tells what a Value holds.
type ValueKind uint8

// The kinds of value.
const (
	Blank ValueKind = iota
	TextAnswer
	NumberAnswer
	CodesAnswer
	RowsAnswer
)

// TextValue is a text; an empty one is blank.
func TextValue(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{kind: TextAnswer, text: s}
}

// NumberValue is a number.
func NumberValue(f float64) Value { return Value{kind: NumberAnswer, number: f} }

// CodesValue is a list of chosen codes, in order; an empty one is blank.
// The value keeps codes.
func CodesValue(codes ...string) Value {
	if len(codes) == 0 {
		return Value{}
	}
	return Value{kind: CodesAnswer, codes: codes}
}

// RowsValue is the rows of a repeat; none is blank. The value keeps rows.
func RowsValue(rows ...Answers) Value {
	if len(rows) == 0 {
		return Value{}
	}
	return Value{kind: RowsAnswer, rows: rows}
}

// Kind tells what the value holds.
func (v Value) Kind() ValueKind { return v.kind }

// IsBlank reports whether nothing was answered.
func (v Value) IsBlank() bool { return v.kind == Blank }

// Text is the text of a [TextAnswer], "" of any other.
func (v Value) Text() string { return v.text }

// Number is the number of a [NumberAnswer], 0 of any other.
func (v Value) Number() float64 { return v.number }

// Codes are the codes of a [CodesAnswer]. The caller does not change them.
func (v Value) Codes() []string { return v.codes }

// Rows are the rows of a [RowsAnswer]. The caller does not change them.
func (v Value) Rows() []Answers { return v.rows }

// Equal reports whether two values say the same; the order of codes counts.
func (v Value) Equal(w Value) bool {
	if v.kind != w.kind || v.text != w.text || v.number != w.number || !slices.Equal(v.codes, w.codes) {
		return false
	}
	return slices.EqualFunc(v.rows, w.rows, Answers.Equal)
}

// Equal reports whether two sets of answers say the same.
func (a Answers) Equal(b Answers) bool {
	if len(a) != len(b) {
		return false
	}
	for name, v := range a {
		w, ok := b[name]
		if !ok || !v.Equal(w) {
			return false
		}
	}
	return true
}

// Names are the names answered, sorted.
func (a Answers) Names() []string {
	names := make([]string, 0, len(a))
	for name := range a {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// MarshalJSON writes a string, a number, an array of strings or an array of
// objects; blank is null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case TextAnswer:
		return json.Marshal(v.text)
	case NumberAnswer:
		return json.Marshal(v.number)
	case CodesAnswer:
		return json.Marshal(v.codes)
	case RowsAnswer:
		return json.Marshal(v.rows)
	}
	return []byte("null"), nil
}

// ErrNotAnAnswer: the JSON is not that of an answer.
var ErrNotAnAnswer = errors.New("an answer is a string, a number, an array of codes or the rows of a repeat")

// UnmarshalJSON reads what MarshalJSON writes and refuses anything else; an
// empty string or array is blank.
func (v *Value) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return ErrNotAnAnswer
	}
	*v = Value{}
	switch data[0] {
	case '"':
		s, err := unquote(data)
		if err != nil {
			return err
		}
		*v = TextValue(s)
	case '[':
		return v.unmarshalArray(data)
	case 'n':
		return nil
	default:
		var f float64
		if err := json.Unmarshal(data, &f); err != nil {
			return ErrNotAnAnswer
		}
		*v = NumberValue(f)
	}
	return nil
}

// unquote reads a JSON string; most hold no escape and need no second parsing.
func unquote(data []byte) (s string, err error) {
	if len(data) > 1 && bytes.IndexByte(data, '\\') < 0 && utf8.Valid(data) {
		return string(data[1 : len(data)-1]), nil
	}
	err = json.Unmarshal(data, &s)
	return s, err
}

func (v *Value) unmarshalArray(data []byte) error {
	var codes []string
	if json.Unmarshal(data, &codes) == nil {
		*v = CodesValue(codes...)
		return nil
	}
	var rows []Answers
	if err := json.Unmarshal(data, &rows); err != nil {
		return ErrNotAnAnswer
	}
	*v = RowsValue(rows...)
	return nil
}
