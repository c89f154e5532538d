package exports

import (
	"strings"
	"testing"
	"unicode/utf16"

	"diapason/surveys"
	"diapason/surveys/report"
)

// hostile are texts people may send, and how a cell gives them back.
var hostile = []struct{ name, text, want string }{
	{"a formula", `=HYPERLINK("http://exemple.fr","ici")`, `=HYPERLINK("http://exemple.fr","ici")`},
	{"a plus", "+33 6", "+33 6"},
	{"a minus", "-2+3", "-2+3"},
	{"an at sign", "@SUM(A1:A9)", "@SUM(A1:A9)"},
	{"an emoji", "merci 🙂👩‍⚕️", "merci 🙂👩‍⚕️"},
	{"Arabic", "شكرا على كل شيء", "شكرا على كل شيء"},
	{"a null byte", "avant\x00après", "avantaprès"},
	{"control characters", "a\x01\x0b\x1f\x7f\u0085b\ufffec", "abc"},
	{"bytes that are no text", "a\xff\xfeb", "ab"},
	{"markup", `<b>&amp;</b> "'`, `<b>&amp;</b> "'`},
	{"an escape of the format", "_x000D_ _xZZZZ_", "_x000D_ _xZZZZ_"},
	{"lines", "un\r\ndeux\n", "un\ndeux\n"},
	{"10,000 characters", strings.Repeat("é", 10_000), strings.Repeat("é", 10_000)},
	{"too much for a cell", strings.Repeat("🙂", 20_000), strings.Repeat("🙂", 16_383) + "…"},
}

func TestHostileAnswers(t *testing.T) {
	var all []surveys.Response
	for _, h := range hostile {
		all = append(all, surveys.Response{Survey: "p", Version: 1, Answers: surveys.Answers{"remarque": surveys.TextValue(h.text)}})
	}
	f, data := workbook(t, workReport(), smallForms(t), answersOf(all...))
	checkPackage(t, data)
	for i, h := range hostile {
		t.Run(h.name+" stays the text it is", func(t *testing.T) {
			got, err := f.GetCellValue("Réponses professionnels", cell(len(identity)+1, headerRows+1+i))
			if err != nil || got != h.want {
				t.Errorf("got %.60q, want %.60q, %v", got, h.want, err)
			}
		})
	}
}

func TestHostileReport(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.name+" in every place of a report", func(t *testing.T) {
			r := smallReport()
			r.Title, r.Territory, r.Controller, r.Contact = h.text, h.text, h.text, h.text
			r.Chapters = append(r.Chapters, report.Chapter{ID: h.text, Title: h.text, Lead: h.text, Paragraphs: []string{h.text}})
			c := &r.Chapters[1]
			c.Tables[0].ID, c.Tables[0].Title, c.Tables[0].Note = h.text, h.text, h.text
			for i := range c.Tables[0].Columns {
				c.Tables[0].Columns[i].Title = h.text
			}
			c.Tables[0].Rows[0].Cells[0].Text = h.text
			r.Suppressions = append(r.Suppressions, report.Suppression{Chapter: h.text, Table: h.text, Row: h.text, Rule: h.text})
			f, data := workbook(t, r, smallForms(t), nil)
			checkPackage(t, data)
			if got, _ := f.GetCellValue("Lisez-moi", "A2"); got != h.want {
				t.Errorf("got %.60q, want %.60q", got, h.want)
			}
		})
	}
}

func TestCleanText(t *testing.T) {
	t.Run("what just fits is left whole", func(t *testing.T) {
		for _, s := range []string{strings.Repeat("a", maxCell), strings.Repeat("é", maxCell), strings.Repeat("🙂", maxCell/2)} {
			if got := cleanText(s); got != s {
				t.Errorf("%.8q… of %d units was cut to %d", s, len(utf16.Encode([]rune(s))), len(utf16.Encode([]rune(got))))
			}
		}
	})
}

func FuzzCleanText(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := cleanText(s)
		if cleanText(got) != got {
			t.Errorf("%q is not stable", s)
		}
		for _, r := range got {
			if !allowed(r) {
				t.Errorf("%q keeps %U", s, r)
			}
		}
		if n := len(utf16.Encode([]rune(got))); n > maxCell {
			t.Errorf("%d units", n)
		}
	})
}
