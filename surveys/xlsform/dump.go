package xlsform

import (
	"strings"

	"diapason/surveys"
)

// Dump writes a questionnaire as text, one line for each row of its workbook:
// to review a change, and to compare. Blank cells are left out.
func Dump(q *surveys.Questionnaire) string {
	var b strings.Builder
	for _, sheet := range sheetsOf(q) {
		b.WriteString("# " + sheet.Name + "\n")
		if len(sheet.Rows) > 0 {
			dumpRows(&b, sheet.Rows, q.Languages)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func dumpRows(b *strings.Builder, rows [][]string, languages []string) {
	indent := ""
	for _, row := range rows[1:] {
		if len(row) > 0 && strings.HasPrefix(row[0], "end_") {
			indent = strings.TrimSuffix(indent, "  ")
		}
		b.WriteString(indent + dumpRow(rows[0], row, languages) + "\n")
		if len(row) > 0 && strings.HasPrefix(row[0], "begin_") {
			indent += "  "
		}
	}
}

func dumpRow(header, row, languages []string) string {
	var parts []string
	for i, cell := range row {
		if cell == "" {
			continue
		}
		cell = strings.ReplaceAll(cell, "\n", "⏎")
		if i < len(header) && i > 1 {
			cell = shortHeader(header[i], languages) + "=" + cell
		}
		parts = append(parts, cell)
	}
	return strings.Join(parts, " | ")
}

// shortHeader leaves the language out where there is only one.
func shortHeader(header string, languages []string) string {
	if len(languages) == 1 {
		return strings.TrimSuffix(header, "::"+languages[0])
	}
	return header
}
