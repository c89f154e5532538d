package xlsform

import (
	"archive/zip"
	"bytes"
	"io"
	"strconv"
	"strings"
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

func TestFilesThatAreNotWorkbooksGetOneClearAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		file io.Reader
		code string
	}{
		"nothing at all":                     {strings.NewReader(""), "xlsform.file.kind"},
		"a text":                             {strings.NewReader("type;name;label"), "xlsform.file.kind"},
		"an old .xls":                        {strings.NewReader("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2000)), "xlsform.file.kind"},
		"another zip":                        {zipped(t, map[string]string{"word/document.xml": "<w/>"}), "xlsform.file.kind"},
		"a workbook without sheets":          {zipped(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), "xlsform.file.kind"},
		"more than 20 MB":                    {io.LimitReader(zeros{}, maxFileBytes+10), "xlsform.file.size"},
		"a small zip of 65 MB":               {zipped(t, map[string]string{"xl/worksheets/sheet1.xml": strings.Repeat(" ", 65<<20)}), "xlsform.file.kind"},
		"one long text, named by every cell": {repeated(t, 200_000), "xlsform.file.kind"},
		"one text, named by too many cells":  {repeated(t, 30_000), "xlsform.sheet.size"},
		"a sheet 3,000 columns wide":         {wide(t), "xlsform.sheet.size"},
	} {
		t.Run(name, func(t *testing.T) {
			q, problems := Read(c.file, "essai.xlsx")
			if q == nil || len(problems) != 1 || problems[0].Code != c.code {
				t.Errorf("got %v", problems)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func zipped(t *testing.T, files map[string]string) io.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}

// repeated is a workbook whose 4,000 cells all hold the same text.
func repeated(t *testing.T, length int) io.Reader {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i := range 4_000 {
		if err := f.SetCellStr("Sheet1", columnName(i%100)+strconv.Itoa(i/100+1), "long"); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Name] = strings.Replace(string(content), ">long<", ">"+strings.Repeat("x", length)+"<", 1)
	}
	return zipped(t, parts)
}

func wide(t *testing.T) io.Reader {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellStr("Sheet1", "DKJ1", "far"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return &b
}

// FuzzRead holds Read to its promise for any file: an answer, no panic, and
// what it accepts can be written and read again.
func FuzzRead(f *testing.F) {
	q, _ := ReadRows(form(`
		survey
		| type         | name | label::fr | relevant |
		| begin_group  | g    | G         |          |
		| select_one l | a    | A         | 1 = 1    |
		| end_group    |      |           |          |
		choices
		| list_name | name | label::fr | extra |
		| l         | x    | X         | y     |
	`))
	var b bytes.Buffer
	if err := Write(&b, q); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		q, problems := Read(bytes.NewReader(data), "fuzz.xlsx")
		if q == nil {
			t.Fatal("no questionnaire")
		}
		if problems.Refusals() == nil {
			_ = Write(io.Discard, q)
			_ = Dump(q)
		}
	})
}

// FuzzReadRows does the same behind the zip, where the words are.
func FuzzReadRows(f *testing.F) {
	f.Add("type|name|label\ntext|a|A", "list_name|name\nl|x", "default_language\nfr")
	f.Add("type|name|label::fr|parameters\nbegin_repeat|r||\nrange|a|A|start=1 end=0 step=0\nend_repeat|||", "", "")
	f.Fuzz(func(t *testing.T, survey, choices, settings string) {
		sheets := []surveys.Sheet{
			{Name: "survey", Rows: split(survey)}, {Name: "choices", Rows: split(choices)}, {Name: "settings", Rows: split(settings)},
		}
		q, problems := ReadRows(sheets)
		if problems.Refusals() != nil {
			return
		}
		again, problems := ReadRows(sheetsOf(q))
		if x, y := Dump(q), Dump(again); x != y {
			t.Errorf("comes back changed: %v\n%s\n---\n%s", problems, x, y)
		}
	})
}

func split(s string) [][]string {
	var rows [][]string
	for line := range strings.Lines(s) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\n"), "|"))
	}
	return rows
}
