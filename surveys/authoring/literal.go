package authoring

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"diapason/surveys"
)

// value writes what an answer of this kind is compared with: a bare number, a
// date, else a text.
func value(kind surveys.Kind, s string) string {
	computed := kind == surveys.Calculate || kind == surveys.Hidden
	n, ok := number(s)
	if ok && kind.Answer() == surveys.NumberAnswer || ok && computed && n == s {
		return n // a computed 007 may be a code
	}
	if isDate(s) && (computed || kind == surveys.Date) {
		return "date(" + literal(s) + ")"
	}
	if kind == surveys.DateTime {
		return "date-time(" + literal(s) + ")"
	}
	return literal(s)
}

// literal quotes a text. XPath has no escape: a text with both kinds of quotes
// is put together from pieces that have one each.
func literal(s string) string {
	switch {
	case !strings.Contains(s, "'"):
		return "'" + s + "'"
	case !strings.Contains(s, `"`):
		return `"` + s + `"`
	}
	var pieces []string
	for i, piece := range strings.Split(s, "'") {
		if i > 0 {
			pieces = append(pieces, `"'"`)
		}
		if piece != "" {
			pieces = append(pieces, "'"+piece+"'")
		}
	}
	return "concat(" + strings.Join(pieces, ", ") + ")"
}

// written is a number as people write it, with a comma or a point.
var written = regexp.MustCompile(`^-?[0-9]{1,15}([.,][0-9]{1,15})?$`)

// number is a text as XPath writes a number; false when it is not one.
func number(s string) (string, bool) {
	if !written.MatchString(s) {
		return "", false
	}
	f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return plainNumber(f), err == nil
}

// plainNumber writes a number without an exponent; minus zero is zero.
func plainNumber(f float64) string { return strconv.FormatFloat(f+0, 'f', -1, 64) }

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// months are those of a French date.
var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// sayDate is a date as a sentence says it, « le 1er janvier 2026 »; a text that
// is not a date is quoted.
func sayDate(s string) string {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return quote(s)
	}
	ordinal := ""
	if day.Day() == 1 {
		ordinal = "er"
	}
	return fmt.Sprintf("le %d%s %s %d", day.Day(), ordinal, months[day.Month()-1], day.Year())
}

// sayNumber is a number as a sentence says it, with the decimal comma.
func sayNumber(s string) string {
	if n, ok := number(s); ok {
		return strings.Replace(n, ".", ",", 1)
	}
	return quote(s)
}
