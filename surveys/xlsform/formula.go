package xlsform

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

// A sheetPart is where a workbook keeps one of its sheets.
type sheetPart struct{ sheet, part string }

// sheetParts lists the worksheets of a workbook, in their order.
func sheetParts(archive *zip.Reader) []sheetPart {
	var list struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if !decode(archive, "xl/workbook.xml", &list) || !decode(archive, "xl/_rels/workbook.xml.rels", &links) {
		return nil
	}
	targets := map[string]string{}
	for _, l := range links.Links {
		if strings.HasSuffix(l.Type, "/worksheet") {
			targets[l.ID] = path.Join("xl", l.Target)
			if strings.HasPrefix(l.Target, "/") {
				targets[l.ID] = l.Target
			}
		}
	}
	var parts []sheetPart
	for _, s := range list.Sheets {
		for _, a := range s.Attrs {
			if target, ok := targets[a.Value]; ok && a.Name.Local == "id" {
				parts = append(parts, sheetPart{s.Name, target})
			}
		}
	}
	return parts
}

func decode(archive *zip.Reader, part string, into any) bool {
	r := open(archive, part)
	if r == nil {
		return false
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, maxPartBytes)).Decode(into) == nil
}

// checkParts refuses a workbook that announces a sheet and does not hold it.
func checkParts(archive *zip.Reader, name string) error {
	for _, p := range sheetParts(archive) {
		r := open(archive, p.part)
		if r == nil {
			return problem(surveys.Place{Sheet: p.sheet}, "xlsform.file.missing", name)
		}
		r.Close()
	}
	return nil
}

// checkFormulas looks for formulas without the value they had when the
// workbook was saved: we read values, and never calculate a sheet.
func (b *book) checkFormulas(archive *zip.Reader) {
	for _, p := range sheetParts(archive) {
		r := open(archive, p.part)
		if r == nil {
			continue
		}
		cells := unvalued(r)
		r.Close()
		if len(cells) > 0 {
			b.tellFormulas(p.sheet, cells)
		}
	}
}

// tellFormulas refuses what a questionnaire would lose, and warns about a
// sheet that is only kept.
func (b *book) tellFormulas(sheet string, cells []string) {
	if canonicalSheet(sheet) == "" && len(b.sheets) > 1 {
		b.warn(surveys.Place{Sheet: sheet}, "xlsform.formula.kept", cells[0])
		return
	}
	for _, cell := range cells {
		column, row, err := excelize.CellNameToCoordinates(cell)
		if err != nil {
			continue
		}
		at := surveys.Place{Sheet: sheet, Row: row, Column: b.header(sheet, column-1)}
		b.problems = append(b.problems, problem(at, "xlsform.formula.value", cell))
	}
}

// header is the title of a column, or its letter when it has none.
func (b *book) header(sheet string, column int) string {
	for _, s := range b.sheets {
		if s.Name == sheet && len(s.Rows) > 0 && column < len(s.Rows[0]) && s.Rows[0][column] != "" {
			return s.Rows[0][column]
		}
	}
	return columnName(column)
}

// unvalued lists the cells of a sheet with a formula and no value, at most as
// many as somebody would mend by hand.
func unvalued(r io.Reader) []string {
	const most = 50
	var cells []string
	var cell struct {
		Ref     string  `xml:"r,attr"`
		Formula *string `xml:"f"`
		Value   *string `xml:"v"`
		Text    *string `xml:"is>t"`
	}
	decoder := xml.NewDecoder(r)
	for len(cells) < most {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "c" {
			continue
		}
		cell.Ref, cell.Formula, cell.Value, cell.Text = "", nil, nil, nil
		if decoder.DecodeElement(&cell, &start) != nil {
			break
		}
		if cell.Formula != nil && cell.Value == nil && cell.Text == nil {
			cells = append(cells, cell.Ref)
		}
	}
	return cells
}
