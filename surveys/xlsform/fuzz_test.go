package xlsform

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"diapason/surveys"
)

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

// FuzzReadRows does the same behind the zip, where the words are: what is
// accepted comes back equal, in the same rows.
func FuzzReadRows(f *testing.F) {
	addForms(f)
	f.Fuzz(func(t *testing.T, survey, choices, settings string) {
		q, problems := ReadRows(fuzzSheets(survey, choices, settings))
		if problems.Refusals() != nil {
			return
		}
		again, problems := ReadRows(sheetsOf(q))
		if !reflect.DeepEqual(q, again) {
			t.Errorf("comes back changed: %v\n%+v\n%+v\n%s\n---\n%s", problems, q, again, Dump(q), Dump(again))
		}
	})
}

// FuzzWrite goes through the workbook itself.
func FuzzWrite(f *testing.F) {
	addForms(f)
	f.Fuzz(func(t *testing.T, survey, choices, settings string) {
		q, problems := ReadRows(fuzzSheets(survey, choices, settings))
		if problems.Refusals() != nil || !writable(survey+choices+settings) {
			return
		}
		var b bytes.Buffer
		if err := WriteBundle(&b, q); err != nil {
			return // a text too long for a cell
		}
		again, problems := Read(&b, "again.zip")
		if x, y := Dump(q), Dump(again); x != y {
			t.Errorf("comes back changed: %v\n%s\n---\n%s", problems, x, y)
		}
	})
}

// FuzzReadCSV holds the reader of files to an answer for any bytes, and to
// lists that come back equal.
func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("name,label,dep\n29001,Argol,29\n"), "")
	f.Add([]byte("\ufeffinsee;nom;label::en\r\n1;\"a\nb\";x\r\n\r\n2;c\r\n"), "value=insee label=nom")
	f.Add([]byte(";\t\t"), ";") // a title that is a separator
	f.Add([]byte("sep=;\nname_key;x\n\xe9;\"\n"), "")
	f.Fuzz(func(t *testing.T, data []byte, parameters string) {
		sheets := []surveys.Sheet{{Name: "survey", Rows: [][]string{
			{"type", "name", "label", "parameters"}, {"select_one_from_file f.csv", "a", "A", parameters},
		}}}
		q, problems := ReadRows(sheets, File{Name: "f.csv", Content: bytes.NewReader(data)})
		list, ok := q.List("f.csv")
		if problems.Refusals() != nil || !ok {
			return
		}
		var b bytes.Buffer
		if err := writeCSV(&b, q, list); err != nil {
			t.Fatal(err)
		}
		again, problems := ReadRows(sheets, File{Name: "f.csv", Content: &b})
		if x, y := Dump(q), Dump(again); x != y {
			t.Errorf("comes back changed: %v\n%q\n---\n%q", problems, x, y)
		}
	})
}

func addForms(f *testing.F) {
	f.Add("type|name|label\ntext|a|A", "list_name|name\nl|x", "default_language\nfr")
	f.Add("type|name|label::fr|parameters\nbegin_repeat|r||\nrange|a|A|start=1 end=0 step=0\nend_repeat|||", "", "")
	f.Add("Command|caption|notes||name\ntext|A|x|y|a\n|||z\n\nbegin group|G|||g\nend group|G|fin", "label|list name|name\nA|l|a\nB|m|b\n\nC|l|c", "version|form_id\n3|x\n4|")
	f.Add("type:x|label:fr|name|hint:fr|media:image:fr\nnote|A|a|h|i.png", "name|list_name|label|label::en|x\n1|l|A||\n2|l||B|c", "default_language|style\nen|pages")
}

func fuzzSheets(survey, choices, settings string) []surveys.Sheet {
	return []surveys.Sheet{
		{Name: "survey", Rows: split(survey)}, {Name: "choices", Rows: split(choices)}, {Name: "settings", Rows: split(settings)},
	}
}

// writable reports whether a workbook can hold a text as it is: XML has no
// control characters.
func writable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' || r == '\u007f'
	}) && !strings.Contains(s, "_x")
}

func split(s string) [][]string {
	var rows [][]string
	for line := range strings.Lines(s) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\n"), "|"))
	}
	return rows
}
