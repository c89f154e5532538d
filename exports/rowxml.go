package exports

import (
	"math"
	"strconv"
	"strings"
)

// rowXML writes the cells of one row after another, as SpreadsheetML. Texts
// are inline strings: they can never be read as formulas.
type rowXML struct {
	buf  []byte
	refs []string // column names, A first
	row  []byte   // digits of the row
	col  int      // next column, from 0
}

// begin opens a row; a height of 0 points leaves it to the spreadsheet.
func (x *rowXML) begin(row, height int) {
	x.col = 0
	x.row = strconv.AppendInt(x.row[:0], int64(row), 10)
	x.buf = append(x.buf, `<row r="`...)
	x.buf = append(x.buf, x.row...)
	if height > 0 {
		x.buf = append(x.buf, `" customHeight="1" ht="`...)
		x.buf = strconv.AppendInt(x.buf, int64(height), 10)
	}
	x.buf = append(x.buf, `">`...)
}

func (x *rowXML) end() { x.buf = append(x.buf, `</row>`...) }

func (x *rowXML) skip(n int) { x.col += n }

// open begins the next cell up to its reference.
func (x *rowXML) open() {
	x.buf = append(x.buf, `<c r="`...)
	x.buf = append(x.buf, x.refs[x.col]...)
	x.buf = append(x.buf, x.row...)
	x.col++
}

// number writes a number under a style; one that is none leaves no cell.
func (x *rowXML) number(f float64, style int) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		x.col++
		return
	}
	x.open()
	x.style(style)
	x.buf = append(x.buf, `"><v>`...)
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		x.buf = strconv.AppendInt(x.buf, int64(f), 10)
	} else {
		x.buf = strconv.AppendFloat(x.buf, f, 'g', -1, 64)
	}
	x.buf = append(x.buf, `</v></c>`...)
}

func (x *rowXML) style(style int) {
	if style != 0 {
		x.buf = append(x.buf, `" s="`...)
		x.buf = strconv.AppendInt(x.buf, int64(style), 10)
	}
}

// text writes a string cell; "" leaves none.
func (x *rowXML) text(s string, style int) {
	if s == "" {
		x.col++
		return
	}
	x.open()
	x.style(style)
	x.buf = appendText(x.buf, s)
}

// made writes a cell whose end was made before by [textEnd].
func (x *rowXML) made(end []byte) {
	if len(end) == 0 {
		x.col++
		return
	}
	x.open()
	x.buf = append(x.buf, end...)
}

// bit writes 1 or 0.
func (x *rowXML) bit(on bool) {
	x.open()
	if on {
		x.buf = append(x.buf, `"><v>1</v></c>`...)
	} else {
		x.buf = append(x.buf, `"><v>0</v></c>`...)
	}
}

// textEnd is what follows the reference of a string cell, for texts written
// many times; none for "".
func textEnd(s string) []byte {
	if s == "" {
		return nil
	}
	return appendText(nil, s)
}

func appendText(b []byte, s string) []byte {
	s = cleanText(s)
	b = append(b, `" t="inlineStr"><is><t`...)
	if s != strings.TrimSpace(s) || strings.Contains(s, "\n") {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = append(b, '>')
	b = appendEscaped(b, s)
	return append(b, `</t></is></c>`...)
}

// appendEscaped escapes what XML reads as markup, and the underscore of
// _x000D_ and its like, which a spreadsheet reads as a character.
func appendEscaped(b []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var with string
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '_':
			if !isEscape(s[i:]) {
				continue
			}
			with = "_x005F_"
		default:
			continue
		}
		b = append(b, s[from:i]...)
		b = append(b, with...)
		from = i + 1
	}
	return append(b, s[from:]...)
}

// isEscape reports whether s begins with _xHHHH_.
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
