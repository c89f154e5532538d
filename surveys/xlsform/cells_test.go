package xlsform

import (
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

// compareCells holds the cells of a copy to those of its original, sheet by
// sheet.
func compareCells(t *testing.T, before, after []surveys.Sheet, problems surveys.Problems) {
	t.Helper()
	lost, cells := unsaid(problems), 0
	for _, s := range before {
		cells += compareSheets(t, s, named(after, s.Name), lost)
	}
	t.Logf("%d cells say the same", cells)
}

func cellsOf(t *testing.T, data []byte) []surveys.Sheet {
	t.Helper()
	sheets, err := readSheets(data, "cells.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return sheets
}

func named(sheets []surveys.Sheet, name string) surveys.Sheet {
	for _, s := range sheets {
		if s.Name == name || canonicalSheet(name) != "" && canonicalSheet(s.Name) == canonicalSheet(name) {
			return s
		}
	}
	return surveys.Sheet{}
}

// unsaid are the rows that were refused: what is wrong there may not come
// back.
func unsaid(problems surveys.Problems) map[string]map[int]bool {
	rows := map[string]map[int]bool{}
	for _, p := range problems.Refusals() {
		if rows[p.Place.Sheet] == nil {
			rows[p.Place.Sheet] = map[int]bool{}
		}
		rows[p.Place.Sheet][p.Place.Row] = true
	}
	return rows
}

// compareSheets returns how many cells of the first sheet it compared.
func compareSheets(t *testing.T, before, after surveys.Sheet, refused map[string]map[int]bool) int {
	t.Helper()
	compared, different := 0, 0
	for i, row := range before.Rows {
		if refused[before.Name][i+1] || refused[before.Name][1] {
			continue
		}
		for j, cell := range row {
			header := ""
			if j < len(before.Rows[0]) {
				header = before.Rows[0][j]
			}
			want, got := normalised(before.Name, header, i, cell), normalised(before.Name, header, i, cellAt(after, i, j))
			if compared++; want != got {
				if different++; different < 6 {
					t.Errorf("%s, row %d, column %s: %q became %q", before.Name, i+1, header, want, got)
				}
			}
		}
	}
	return compared
}

func cellAt(s surveys.Sheet, i, j int) string {
	if i >= len(s.Rows) || j >= len(s.Rows[i]) {
		return ""
	}
	return s.Rows[i][j]
}

// normalised is a cell as the package comment says it is normalised, and
// nothing more.
func normalised(sheet, header string, row int, cell string) string {
	if canonicalSheet(sheet) == "" {
		return cell
	}
	cell = tidyWord(cell)
	if row == 0 && !strings.Contains(cell, "::") {
		return strings.ReplaceAll(cell, ":", "::")
	}
	if canonicalSheet(sheet) != surveySheet || row == 0 {
		return cell
	}
	switch name := surveyVocabulary().heading(header, "::").name; name {
	case "type":
		if t := parseType(cell); !t.end && t.kind.Known() {
			return t.write()
		}
	case "parameters":
		item := surveys.Item{}
		setParameters(&item, cell)
		return parametersCell(&item)
	case "appearance":
		return strings.Join(strings.Fields(cell), " ")
	case "required", "read_only", "short", "sensitive":
		return tidyCondition(cell)
	default:
		if slices.Contains([]string{"relevant", "constraint", "calculation", "default", "choice_filter", "repeat_count"}, name) {
			return tidyExpression(cell)
		}
	}
	return cell
}
