package xlsform

import (
	"slices"
	"strings"

	"diapason/surveys"
)

// Dump writes a questionnaire as text, one line for each row of its workbook:
// to review a change, and to compare. Blank cells are left out.
func Dump(q *surveys.Questionnaire) string {
	var b strings.Builder
	for _, sheet := range dumpSheets(q) {
		b.WriteString("# " + sheet.Name + "\n")
		if len(sheet.Rows) > 0 {
			dumpRows(&b, sheet.Rows, q.Languages)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// dumpSheets are the sheets of a questionnaire in the order everybody has
// them, whatever its author's layout, then its files.
func dumpSheets(q *surveys.Questionnaire) []surveys.Sheet {
	plain := unplaced(q)
	sheets := sheetsOf(plain)
	for i := range q.Lists {
		if l := &q.Lists[i]; isFile(l.Name) {
			sheets = append(sheets, surveys.Sheet{Name: l.Name, Rows: fileRows(plain, l)})
		}
	}
	return sheets
}

// unplaced is a copy of a questionnaire that forgets where its cells were.
func unplaced(q *surveys.Questionnaire) *surveys.Questionnaire {
	plain := *q
	plain.Sheets = slices.DeleteFunc(slices.Clone(q.Sheets), func(s surveys.Sheet) bool { return isMemory(s.Name) })
	plain.Items = unplacedItems(q.Items)
	plain.Lists = slices.Clone(q.Lists)
	for i := range plain.Lists {
		l := &plain.Lists[i]
		l.Choices = slices.Clone(l.Choices)
		for j := range l.Choices {
			l.Choices[j].Row = 0
		}
	}
	return &plain
}

func unplacedItems(items []surveys.Item) []surveys.Item {
	items = slices.Clone(items)
	for i := range items {
		items[i].Row, items[i].Items = 0, unplacedItems(items[i].Items)
	}
	return items
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
