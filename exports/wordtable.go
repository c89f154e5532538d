package exports

import (
	"fmt"

	"diapason/surveys/report"
)

// Lengths of a page, in twentieths of a point: A4 between margins of 20 mm.
const (
	pageShort, pageLong = 11906, 16838
	pageMargin          = 1134
	roomUp              = pageShort - 2*pageMargin
	roomWide            = pageLong - 2*pageMargin
)

// Lengths in a table, in the same unit, at the size of its letters.
const (
	letterTwips = 90  // of an ordinary letter
	cellTwips   = 170 // around the text of a cell
	mostLetters = 90  // asked for by a column of words
	fairLetters = 20  // enough for words that are read in a few lines
	manyWords   = 6   // columns of words that a table may have
)

// room is how wide the pages are.
func (s *section) room() int {
	if s.wide {
		return roomWide
	}
	return roomUp
}

// needs is the least width at which a table can be read.
func (p *printed) needs() int {
	least, most, _ := p.letters()
	all := 0
	for i, h := range p.heads {
		n := least[i]
		if h.words {
			n = max(n, min(most[i], fairLetters))
		}
		all += n*letterTwips + cellTwips
	}
	return all
}

// wide reports whether a table asks for a page that lies.
func (p *printed) wide() bool { return p.needs() > roomUp && !p.sheets() }

// sheets reports whether a table has so many columns of words that each row is
// better read by itself: a name and a value a line.
func (p *printed) sheets() bool {
	words := 0
	for _, h := range p.heads {
		if h.words {
			words++
		}
	}
	return words > manyWords && p.needs() > roomUp
}

// widths shares a room among the columns: each its longest word, the rest to
// those whose texts are longest.
func (p *printed) widths(room int) []int {
	least, most, usual := p.letters()
	widths, wants := make([]int, len(p.heads)), make([]int, len(p.heads))
	taken, wanted := 0, 0
	for i := range p.heads {
		widths[i] = least[i]*letterTwips + cellTwips
		wants[i] = max((min(most[i], mostLetters)+3*min(usual[i], mostLetters))/4-least[i], 1)
		if i == 0 {
			wants[i] += 10 // names are read first
		}
		taken += widths[i]
		wanted += wants[i]
	}
	left, sum := room-taken, 0
	for i := range widths {
		if left >= 0 {
			widths[i] += left * wants[i] / wanted
		} else {
			widths[i] = widths[i] * room / taken
		}
		sum += widths[i]
	}
	widths[0] += room - sum
	return widths
}

// togetherRows is how many rows stay on one page, with what names and explains
// them.
const togetherRows = 6

// table writes a Word table as wide as the room. Its first row is repeated on
// every page, no row is cut between two.
func (w *wordText) table(p *printed, title string, room int) {
	widths := p.widths(room)
	w.openTable(title, widths)
	w.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, h := range p.heads {
		letters := ""
		if h.column.Audience != "" {
			letters = deepInk(colour(h.column.Audience))
		}
		w.cell(widths[i], headFill, "Entte", !h.words, phrase{text: orDash(h.title), bold: true, ink: letters})
	}
	w.WriteString(`</w:tr>`)
	for n, r := range p.rows {
		style := "Cellule"
		if len(p.rows) <= togetherRows || n == len(p.rows)-1 {
			style = "CelluleSolidaire"
		}
		w.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range r.cells {
			w.value(widths[i], style, p.heads[i], r.role, c)
		}
		w.WriteString(`</w:tr>`)
	}
	w.WriteString(`</w:tbl>`)
}

// sheets writes each row as a small table of names and values.
func (w *wordText) sheets(p *printed, title string) {
	widths := []int{roomUp / 4, roomUp - roomUp/4}
	for n, r := range p.rows {
		if n > 0 {
			w.paragraph("Note", "")
		}
		w.openTable(title+" – "+r.cells[0].text, widths)
		w.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		w.cell(widths[0], headFill, "Entte", false, phrase{text: orDash(p.heads[0].title), bold: true})
		w.cell(widths[1], headFill, "Entte", false, phrase{text: orDash(r.cells[0].text), bold: true})
		w.WriteString(`</w:tr>`)
		for i, c := range r.cells {
			if i == 0 || c.text == "" {
				continue
			}
			w.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
			w.cell(widths[0], "", "CelluleSolidaire", false, phrase{text: p.heads[i].title, ink: muted})
			w.cell(widths[1], c.fill, "CelluleSolidaire", false, phrase{text: c.text, ink: c.ink, italic: c.withheld})
			w.WriteString(`</w:tr>`)
		}
		w.WriteString(`</w:tbl>`)
	}
}

func (w *wordText) openTable(title string, widths []int) {
	sum := 0
	for _, width := range widths {
		sum += width
	}
	fmt.Fprintf(w, `<w:tbl><w:tblPr><w:tblStyle w:val="TableauDiapason"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="%s"/></w:tblPr><w:tblGrid>`,
		sum, escapeXML(cut(title, 250)))
	for _, width := range widths {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, width)
	}
	w.WriteString(`</w:tblGrid>`)
}

func (w *wordText) value(width int, style string, h printedHead, role report.Role, c printedCell) {
	look := phrase{text: c.text, ink: c.ink, italic: c.withheld || role == report.Outside, bold: role == report.Total}
	fill := c.fill
	switch {
	case role == report.Total:
		fill = totalFill
	case c.withheld || role == report.Outside:
		look.ink = muted
	}
	runs := []phrase{look}
	if c.under != "" {
		runs = append(runs, phrase{raw: `<w:r><w:br/></w:r>`}, phrase{text: c.under, size: 7, ink: muted})
	}
	w.cell(width, fill, style, !h.words, runs...)
}

func (w *wordText) cell(width int, fill, style string, right bool, runs ...phrase) {
	fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if fill != "" {
		fmt.Fprintf(w, `<w:shd w:val="clear" w:color="auto" w:fill="%s"/>`, fill)
	}
	w.WriteString(`</w:tcPr>`)
	across := ""
	if right {
		across = `<w:jc w:val="right"/>`
	}
	w.paragraph(style, across, runs...)
	w.WriteString(`</w:tc>`)
}

// orDash keeps a header from being empty, which readers aloud stumble on.
func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// deepInk is an audience's colour, dark enough for small letters.
func deepInk(hex string) string {
	switch hex {
	case "0072B2":
		return "00578A"
	case "D55E00":
		return "8A3D00"
	case "009E73":
		return "005C43"
	}
	return hex
}
