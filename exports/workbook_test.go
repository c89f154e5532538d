package exports

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"

	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "rewrite testdata")

// workbook makes a workbook and opens it.
func workbook(t *testing.T, r *report.Report, forms []Form, a *Answers) (*excelize.File, []byte) {
	t.Helper()
	var out bytes.Buffer
	if err := Workbook(&out, r, forms, a, nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, out.Bytes()
}

// workReport is the small report as the team sees it.
func workReport() *report.Report {
	r := smallReport()
	r.View = report.Work
	return r
}

func answersOf(all ...surveys.Response) *Answers {
	return &Answers{
		Count: len(all), Territory: smallTerritory(),
		Responses: func(yield func(surveys.Response, error) bool) {
			for _, r := range all {
				if !yield(r, nil) {
					return
				}
			}
		},
	}
}

func smallResponses() *Answers {
	return answersOf(
		surveys.Response{ID: "1", Survey: "h", Version: 2, Language: "fr", Mode: surveys.Web, Day: "2026-03-12", Answers: surveys.Answers{
			"commune": surveys.TextValue("39013"), "enfants": surveys.NumberValue(2), "renoncement": surveys.TextValue("oui"),
			"renoncement_raison": surveys.CodesValue("delai", "cout"), "priorites": surveys.CodesValue("soins", "mental", "mobilite"),
			"visite": surveys.TextValue("2026-02-03"), "remarque": surveys.TextValue("=1+1"),
			"lieux": surveys.RowsValue(surveys.Answers{"lieu": surveys.TextValue("Maison de santé")}),
		}},
		surveys.Response{ID: "2", Survey: "h", Version: 1, Language: "ar", Mode: surveys.Paper, Day: "2026-03-15", Answers: surveys.Answers{
			"renoncement": surveys.TextValue("nsp"), "ancienne": surveys.TextValue("شكرا جزيلا 🙂\x00 _x000D_ <b>&amp;</b>"),
		}},
		surveys.Response{ID: "3", Survey: "p", Version: 1, Language: "fr", Mode: surveys.Web, Day: "2026-03-16", Answers: surveys.Answers{
			"remarque": surveys.TextValue("@SUM(A1)"),
		}},
	)
}

// rawCell is what a cell holds and its number format.
func rawCell(t *testing.T, f *excelize.File, sheet, at string) (raw, format string) {
	t.Helper()
	raw, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	id, err := f.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.CustomNumFmt != nil {
		format = *style.CustomNumFmt
	}
	return raw, format
}

// dump writes every cell of a workbook, one a line, with its number format.
func dump(t *testing.T, f *excelize.File) string {
	t.Helper()
	var out strings.Builder
	for _, name := range f.GetSheetList() {
		fmt.Fprintf(&out, "== %s\n", name)
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, text := range row {
				if text == "" {
					continue
				}
				raw, format := rawCell(t, f, name, cell(j+1, i+1))
				if format != "" {
					format = "\t[" + format + "]"
				}
				fmt.Fprintf(&out, "%s\t%s%s\n", cell(j+1, i+1), strings.ReplaceAll(raw, "\n", "⏎"), format)
			}
		}
	}
	return out.String()
}

func TestWorkbook(t *testing.T) {
	f, data := workbook(t, workReport(), smallForms(t), smallResponses())

	t.Run("every cell is as it was agreed", func(t *testing.T) {
		got, golden := dump(t, f), filepath.Join("testdata", "report.txt")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("the workbook changed; look at it, then run with -update\n%s", firstDifference(got, string(want)))
		}
	})

	t.Run("the sheets come in the agreed order", func(t *testing.T) {
		want := []string{"Lisez-moi", "Participation", "Habitants", "Professionnels", "Associations", "Regards croisés",
			"Dictionnaire", "Méthode et secret", "Réponses habitants", "Lieux de soins – habitants", "Réponses professionnels", "Réponses associations"}
		if got := f.GetSheetList(); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})

	t.Run("every sheet says it is a demonstration and restricted, on screen and on paper", func(t *testing.T) {
		for _, name := range f.GetSheetList() {
			rows, err := f.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			footer, err := f.GetHeaderFooter(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, notice := range []string{report.DemoNotice, "Travail – diffusion restreinte"} {
				if !strings.Contains(fmt.Sprint(rows[:min(8, len(rows))]), notice) || !strings.Contains(footer.OddFooter, notice) {
					t.Errorf("%s does not say %q", name, notice)
				}
			}
		}
	})

	t.Run("the same report makes the same file", func(t *testing.T) {
		_, again := workbook(t, workReport(), smallForms(t), smallResponses())
		first, second := unzip(t, data), unzip(t, again)
		for name := range first {
			if !bytes.Equal(first[name], second[name]) {
				t.Errorf("%s differs", name)
			}
		}
		if !bytes.Equal(data, again) {
			t.Error("two files of one report differ")
		}
	})

	t.Run("the card of the file names the controller", func(t *testing.T) {
		card, err := f.GetDocProps()
		if err != nil {
			t.Fatal(err)
		}
		if card.Creator != "Pays Dolois – Pays de Pasteur" || card.Title == "" || !strings.HasPrefix(card.Description, report.DemoNotice) {
			t.Errorf("got %+v", card)
		}
	})

	t.Run("it keeps the rules of the format", func(t *testing.T) { checkPackage(t, data) })
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %q\nwant %q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}

func TestWorkbookCells(t *testing.T) {
	f, _ := workbook(t, smallReport(), smallForms(t), nil)

	t.Run("a share is a number shown as a percentage", func(t *testing.T) {
		at := find(t, f, "Habitants", "Le coût")(3)
		raw, format := rawCell(t, f, "Habitants", at)
		kind, _ := f.GetCellType("Habitants", at)
		if raw != "0.358" || !strings.HasPrefix(format, "0 %") || kind == excelize.CellTypeSharedString {
			t.Errorf("got %q as %q, type %v", raw, format, kind)
		}
	})
	t.Run("a number on a small base keeps being a number and carries a mark", func(t *testing.T) {
		raw, format := rawCell(t, f, "Habitants", find(t, f, "Habitants", "La distance, les transports")(3))
		if raw != "0.252" || format != `0 %" *"` {
			t.Errorf("got %q as %q", raw, format)
		}
	})
	t.Run("a gap is in points", func(t *testing.T) {
		raw, format := rawCell(t, f, "Regards croisés", find(t, f, "Regards croisés", "Accès aux soins")(2))
		if raw != "29" || !strings.HasPrefix(format, `0" pts"`) {
			t.Errorf("got %q as %q", raw, format)
		}
	})
	for text, want := range map[string]string{
		"Je ne savais pas où aller": "masqué", "La peur": "< 5 %", "consulter un psychologue": "effectif trop faible",
	} {
		t.Run("a cell that may not be shown says "+want, func(t *testing.T) {
			if got, _ := f.GetCellValue("Habitants", find(t, f, "Habitants", text)(3)); got != want {
				t.Errorf("got %q", got)
			}
		})
	}
	t.Run("the report's order is kept, what is outside the base comes last", func(t *testing.T) {
		rows, _ := f.GetRows("Habitants")
		var order []string
		for _, r := range rows {
			if len(r) > 0 && strings.HasPrefix(r[0], "Le ") || len(r) > 0 && (r[0] == "Je ne savais pas où aller" || r[0] == "Je ne souhaite pas répondre") {
				order = append(order, r[0][:8])
			}
		}
		if want := []string{"Le coût"[:8], "Le délai"[:8], "Je ne sa", "Je ne so"}; !slices.Equal(order, want) {
			t.Errorf("got %q", order)
		}
	})
	t.Run("a restitution has no raw sheet", func(t *testing.T) {
		for _, name := range f.GetSheetList() {
			if strings.HasPrefix(name, "Réponses") {
				t.Errorf("found %q", name)
			}
		}
	})
}

// find returns the place of the row that begins with a text: at(0) is that
// cell, at(1) the one on its right.
func find(t *testing.T, f *excelize.File, sheet, text string) func(right int) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if len(r) > 0 && r[0] == text {
			return func(right int) string { return cell(1+right, i+1) }
		}
	}
	t.Fatalf("%s: no row %q", sheet, text)
	return nil
}

func TestWorkbookRefuses(t *testing.T) {
	var out bytes.Buffer
	t.Run("raw answers with a restitution", func(t *testing.T) {
		if err := Workbook(&out, smallReport(), smallForms(t), smallResponses(), nil); !errors.Is(err, ErrRestricted) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("answers to a version the dictionary does not have", func(t *testing.T) {
		err := Workbook(&out, workReport(), smallForms(t)[1:], answersOf(surveys.Response{Survey: "h", Version: 1}), nil)
		if err == nil || !strings.Contains(err.Error(), "version 1") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("answers that cannot be read", func(t *testing.T) {
		broken := errors.New("disk")
		a := &Answers{Responses: func(yield func(surveys.Response, error) bool) { yield(surveys.Response{}, broken) }}
		if err := Workbook(&out, workReport(), smallForms(t), a, nil); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a writer that fails", func(t *testing.T) {
		if err := Workbook(full{}, smallReport(), smallForms(t), nil, nil); !errors.Is(err, errFull) {
			t.Errorf("got %v", err)
		}
	})
	if out.Len() > 0 {
		t.Errorf("%d bytes were written", out.Len())
	}
}

type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWorkbookProgress(t *testing.T) {
	last, of := 0, 0
	err := Workbook(&bytes.Buffer{}, workReport(), smallForms(t), smallResponses(), func(done, total int) {
		if done < last || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last, of = done, total
	})
	if err != nil || last != of || last < 10 {
		t.Errorf("ended at %d of %d, %v", last, of, err)
	}
}

func TestWorkbookOfAnEmptyReport(t *testing.T) {
	_, data := workbook(t, &report.Report{View: report.Restitution}, nil, nil)
	checkPackage(t, data)
}

func TestARestrictedWorkbookNamesWhoItIsForOnEveryPage(t *testing.T) {
	r := smallReport()
	r.View, r.For, r.Made = report.Work, "Alice Martin", time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	_, data := workbook(t, r, nil, nil)
	const mark = "remis à Alice Martin le 22 novembre 2026"
	sheets := 0
	for name, content := range unzip(t, data) {
		if strings.HasPrefix(name, "xl/worksheets/sheet") {
			sheets++
			if !strings.Contains(string(content), mark) {
				t.Errorf("the footer of %s does not say %q", name, mark)
			}
		}
	}
	if sheets == 0 {
		t.Error("no sheet was looked at")
	}
}
