package exports

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"
)

// inCSV is a file with one row of texts.
func inCSV(texts ...string) string {
	var out bytes.Buffer
	c := newCSV(&out, Comma, "a")
	c.row(texts...)
	_ = c.flush() // a buffer takes everything
	return out.String()
}

// readCSV reads a file as a program does that knows nothing of us.
func readCSV(t testing.TB, file string) [][]string {
	t.Helper()
	body, marked := strings.CutPrefix(file, byteOrderMark)
	if !marked {
		t.Fatalf("no byte order mark: %.20q", file)
	}
	r := csv.NewReader(strings.NewReader(body))
	r.Comma, r.FieldsPerRecord = ';', -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, file)
	}
	return rows
}

// exact is what was written in a cell, with the apostrophe taken away.
func exact(cell string) string {
	rest := strings.TrimLeft(cell, "'")
	first, size := utf8.DecodeRuneInString(rest)
	if len(rest) < len(cell) && size > 0 && strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return cell[1:]
	}
	return cell
}

func TestATextIsNeverAFormulaAndAlwaysComesBack(t *testing.T) {
	for _, c := range []struct{ text, cell string }{
		{"=1+1", "'=1+1"}, {"+33 6", "'+33 6"}, {"-", "'-"}, {"@SUM(A1)", "'@SUM(A1)"}, {"\t=1", "'\t=1"}, {"＝1", "'＝1"},
		{"\r\n=1", "\n=1"}, {"'=1", "''=1"}, {"'bonjour", "'bonjour"}, {"a=1", "a=1"}, {`dit "oui" ; non`, `dit "oui" ; non`},
		{"un\ndeux\r\n", "un / deux"}, {"", ""}, {"avant\x00après", "avantaprès"}, {"شكرا 🙂", "شكرا 🙂"}, {strings.Repeat("é", 10_000), strings.Repeat("é", 10_000)},
	} {
		rows := readCSV(t, inCSV(c.text, "fin"))
		want := strings.ReplaceAll(c.cell, "\n=1", " / =1")
		if len(rows) != 2 || len(rows[1]) != 2 || rows[1][0] != want {
			t.Errorf("%.30q is written %.60q, want %.60q", c.text, rows[1:], want)
		}
	}
}

func TestNumbersAreWrittenWithTheMarkAskedFor(t *testing.T) {
	for _, c := range []struct {
		number       float64
		comma, point string
	}{{0.5, "0,5", "0.5"}, {-12, "-12", "-12"}, {1234567.25, "1234567,25", "1234567.25"}, {1e300, "1e+300", "1e+300"}} {
		if got := string(appendDecimal(nil, c.number, Comma)); got != c.comma {
			t.Errorf("%s, want %s", got, c.comma)
		}
		if got := string(appendDecimal(nil, c.number, Point)); got != c.point {
			t.Errorf("%s, want %s", got, c.point)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.text, "suite")
	}
	f.Add("'=1", "\r\n=cmd|' /C calc'!A0")
	f.Fuzz(func(t *testing.T, a, b string) {
		file := inCSV(a, b, "fin")
		if strings.Count(file, "\n") != 2 {
			t.Fatalf("a text of two lines takes two rows: %q", file)
		}
		rows := readCSV(t, file)
		if len(rows) != 2 || len(rows[1]) != 3 || rows[1][2] != "fin" {
			t.Fatalf("%q and %q gave %q", a, b, rows)
		}
		for i, text := range []string{a, b} {
			cell := rows[1][i]
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("%q begins like a formula", cell)
			}
			want := strings.ReplaceAll(strings.TrimRight(cleanText(text), "\n"), "\n", lineBreak)
			if got := exact(cell); got != want {
				t.Errorf("%q came back as %q", want, got)
			}
		}
	})
}
