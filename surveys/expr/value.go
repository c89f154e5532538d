package expr

import (
	"math"
	"strconv"
	"strings"
	"time"
)

type kind uint8

const (
	isText kind = iota
	isNumber
	isBoolean
	isDate     // num: whole days since 1970-01-01
	isDateTime // num: days of the wall clock since 1970-01-01, zone beside
	isChoices
	isSet
)

// Value is what an expression reads and gives. The zero Value is blank. It is
// passed by value; reading it does not change it.
type Value struct {
	kind kind
	zone int16    // minutes east of UTC, of a date-time
	num  float64  // number, boolean (1 or 0), days
	text string   // text; for a date, how it was written
	list []string // choices; shared with whoever made the value
	set  *[]Value
}

// Text is a text, a single choice, or blank if empty.
func Text(s string) Value { return Value{text: s} }

// Number is an integer or a decimal.
func Number(f float64) Value { return Value{kind: isNumber, num: f} }

// Boolean is true or false.
func Boolean(b bool) Value {
	if b {
		return Value{kind: isBoolean, num: 1}
	}
	return Value{kind: isBoolean}
}

// Choices is the answer to a multiple choice or a ranking. It keeps the list.
func Choices(codes []string) Value { return Value{kind: isChoices, list: codes} }

// Set is all the instances of a repeated question, in order. It keeps the list.
func Set(instances []Value) Value { return Value{kind: isSet, set: &instances} }

// Date reads an ISO date or date-time as typed; blank if it is neither. now
// lends its offset to a date-time written without one.
func Date(iso string, now time.Time) Value {
	_, offset := now.Zone()
	v, _ := parseDate(iso, int16(offset/60))
	return v
}

// Day is the date a whole number of days after 1970-01-01, blank when four
// digits cannot write its year.
func Day(days float64) Value { return dayValue(days) }

// Blank says whether v counts as no answer. NaN does: it is stored as blank.
func (v Value) Blank() bool {
	switch v.kind {
	case isText:
		return v.text == ""
	case isNumber:
		return v.num != v.num
	case isChoices:
		return len(v.list) == 0
	case isSet:
		for _, one := range *v.set {
			if !one.Blank() {
				return false
			}
		}
		return true
	}
	return false
}

// Bool is the truth of the value: blank, 0, NaN and false are false, and a set
// is true when one of its instances is. The text 'false' is true.
func (v Value) Bool() bool {
	switch v.kind {
	case isNumber, isBoolean:
		return v.num != 0 && v.num == v.num
	case isSet:
		for _, one := range *v.set {
			if one.Bool() {
				return true
			}
		}
		return false
	}
	return !v.Blank()
}

// Number is NaN for what is not a number. A date gives whole days since
// 1970-01-01, a date-time days with their fraction since that midnight in UTC.
func (v Value) Number() float64 {
	switch v.kind {
	case isText:
		return numberOf(v.text)
	case isDateTime:
		return v.num - float64(v.zone)/minutesADay
	case isChoices:
		return numberOf(v.String())
	case isSet:
		return v.first().Number()
	}
	return v.num
}

// String writes numbers without exponent nor trailing .0, dates and date-times
// in full ISO, choices separated by spaces. Of a set, it is the first instance.
func (v Value) String() string {
	switch v.kind {
	case isNumber:
		return numberText(v.num)
	case isBoolean:
		return strconv.FormatBool(v.num != 0)
	case isDate, isDateTime:
		return v.dateText()
	case isChoices:
		return strings.Join(v.list, " ")
	case isSet:
		return v.first().String()
	}
	return v.text
}

// Stored is what a calculation keeps and a label shows: String, but NaN is blank.
func (v Value) Stored() string {
	if v.Blank() {
		return ""
	}
	return v.String()
}

// IsNumber, IsBoolean and IsDate (dates and date-times) tell what a
// calculation gave, for who stores it typed.
func (v Value) IsNumber() bool  { return v.kind == isNumber }
func (v Value) IsBoolean() bool { return v.kind == isBoolean }
func (v Value) IsDate() bool    { return v.kind == isDate || v.kind == isDateTime }

// each calls do with every instance of a set, or with v itself.
func (v Value) each(do func(Value)) {
	if v.kind != isSet {
		do(v)
		return
	}
	for _, one := range *v.set {
		one.each(do)
	}
}

func (v Value) first() Value {
	if v.kind != isSet {
		return v
	}
	if len(*v.set) == 0 {
		return Value{}
	}
	return (*v.set)[0].first()
}

// numberOf reads an XPath number: digits with a point, no exponent, no comma,
// no plus sign; white space around is ignored.
func numberOf(s string) float64 {
	s = trimSpace(s)
	digits, points := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case isDigit(c):
			digits++
		case c == '.':
			points++
		case c == '-' && i == 0:
		default:
			return math.NaN()
		}
	}
	if digits == 0 || points > 1 {
		return math.NaN()
	}
	f, _ := strconv.ParseFloat(s, 64) // too many digits give infinity
	return f
}

// numberText has a short way for small whole numbers, which are nearly all.
func numberText(f float64) string {
	switch {
	case f == math.Trunc(f) && math.Abs(f) < 1e15:
		return strconv.FormatInt(int64(f), 10)
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// trimSpace removes XPath's white space, which does not include the no-break space.
func trimSpace(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}
