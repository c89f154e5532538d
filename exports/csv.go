package exports

import (
	"bufio"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Decimal is the mark between units and decimals.
type Decimal byte

// The marks. A spreadsheet set to French reads the comma.
const (
	Comma Decimal = ','
	Point Decimal = '.'
)

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

// csvWriter writes rows of a CSV file (RFC 4180, but for the semicolon that
// French spreadsheets expect): one line each, whatever people wrote. The first
// error is kept.
type csvWriter struct {
	w       *bufio.Writer
	decimal Decimal
	started bool // the row has a cell
	buf     []byte
}

// newCSV begins a file with the mark of UTF-8 and its titles.
func newCSV(w io.Writer, decimal Decimal, titles ...string) *csvWriter {
	c := &csvWriter{w: bufio.NewWriterSize(w, 64<<10), decimal: decimal}
	_, _ = c.w.WriteString(byteOrderMark) // bufio keeps the error
	c.row(titles...)
	return c
}

// row writes a row of texts.
func (c *csvWriter) row(texts ...string) {
	for _, s := range texts {
		c.text(s)
	}
	c.end()
}

func (c *csvWriter) end() {
	c.started = false
	_, _ = c.w.WriteString("\r\n")
}

// flush gives what is written to the file, and the first error.
func (c *csvWriter) flush() error { return c.w.Flush() }

func (c *csvWriter) open() {
	if c.started {
		_ = c.w.WriteByte(';')
	}
	c.started = true
}

// blanks writes n empty cells.
func (c *csvWriter) blanks(n int) {
	for range n {
		c.open()
	}
}

// number writes a number; one that is none is an empty cell.
func (c *csvWriter) number(f float64) {
	c.open()
	c.buf = appendDecimal(c.buf[:0], f, c.decimal)
	_, _ = c.w.Write(c.buf)
}

func appendDecimal(to []byte, f float64, decimal Decimal) []byte {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return to
	case math.Abs(f) < 1e15:
		to = strconv.AppendFloat(to, f, 'f', -1, 64)
	default:
		to = strconv.AppendFloat(to, f, 'e', -1, 64)
	}
	if decimal != Point {
		for i := range to {
			if to[i] == '.' {
				to[i] = byte(decimal)
			}
		}
	}
	return to
}

// text writes a text, between quotes unless it is a bare word.
func (c *csvWriter) text(s string) {
	c.open()
	s = cellText(s)
	if bareWord(s) {
		_, _ = c.w.WriteString(s)
		return
	}
	_ = c.w.WriteByte('"')
	_, _ = c.w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	_ = c.w.WriteByte('"')
}

func bareWord(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-':
		default:
			return false
		}
	}
	return true
}

// lineBreak stands for the end of a line inside a text: many programs, SPSS
// among them, read one record a line whatever the quotes.
const lineBreak = " / "

// cellText is a text as a cell of a CSV file holds it: nothing that is not
// text, one line, and never a formula.
func cellText(s string) string {
	s = cleanText(s)
	if strings.Contains(s, "\n") {
		s = strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", lineBreak)
	}
	return unlikeFormula(s)
}

// unlikeFormula puts an apostrophe before a text that a spreadsheet would
// compute, as OWASP advises against CSV injection
// (https://owasp.org/www-community/attacks/CSV_Injection): it begins with
// = + - @, their full-width forms, or a tab. One that already has apostrophes
// there gets one more, so that taking one away always gives the text back. A
// number that is a text, a code such as -1, is treated alike.
func unlikeFormula(s string) string {
	first, size := utf8.DecodeRuneInString(strings.TrimLeft(s, "'"))
	if size > 0 && strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + s
	}
	return s
}
