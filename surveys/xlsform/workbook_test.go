package xlsform

import (
	"bytes"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

func TestCellsThatAreNotText(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for cell, value := range map[string]any{
		"A1": "type", "B1": "name", "C1": "label", "D1": "required", "E1": "default", "F1": "note",
		"A2": "text", "B2": "a", "C2": 3.0, "D2": true, "E2": time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), "F2": 0.1,
	} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", "F2", "F2", percent); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	q, problems := Read(&b, "cells.xlsx")
	if problems != nil {
		t.Fatal(problems)
	}
	item := q.Items[0]
	for what, pair := range map[string][2]string{
		"a whole number has no decimals": {item.Label[surveys.NoLanguage], "3"},
		"a truth is yes":                 {item.Required, "yes"},
		"a date is in ISO order":         {item.Default, "2026-01-31 00:00:00"},
		"a number forgets its format":    {item.Extra["note"], "0.1"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", what, pair[0], pair[1])
		}
	}
}
