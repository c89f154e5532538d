package exports

import (
	"bytes"
	"io"
	"strings"

	"diapason/surveys/report"
)

// formula is what a cell of a column is computed with, "" when nothing is: the
// numbers it is made from are then not all there.
func (b *block) formula(r report.Row, col int) string {
	written := b.table.Columns[col].Formula
	if written == "" || r.Cells[col].State != report.Shown {
		return ""
	}
	for i, c := range b.table.Columns {
		one, all := "{"+c.Key+"}", "{"+c.Key+":}"
		if strings.Contains(written, one) && r.Cells[i].State != report.Shown {
			return ""
		}
		written = strings.ReplaceAll(written, one, cell(i+1, b.row))
		first, last := absolute(i+1, b.header+1), absolute(i+1, b.header+b.ordinary)
		written = strings.ReplaceAll(written, all, first+":"+last)
	}
	return written
}

func absolute(col, row int) string {
	name := column(col)
	return "$" + name + "$" + strings.TrimPrefix(cell(col, row), name)
}

// compute makes the number of a cell that was just written follow from its
// formula. The number stays, for readers that compute nothing.
func (b *block) compute(r report.Row, col int) {
	if formula := b.formula(r, col); formula != "" {
		b.keep(b.file.SetCellFormula(b.name, cell(col+1, b.row), formula))
	}
}

// numeric passes a sheet on with the results of its formulas as the numbers
// they are: the library declares them all to be text.
type numeric struct {
	to    io.Writer
	sheet bytes.Buffer
}

func (n *numeric) Write(p []byte) (int, error) { return n.sheet.Write(p) }

func (n *numeric) flush() error {
	_, err := n.to.Write(bytes.ReplaceAll(n.sheet.Bytes(), []byte(` t="str"><f>`), []byte(`><f>`)))
	return err
}
