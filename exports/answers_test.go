package exports

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"

	"github.com/xuri/excelize/v2"
)

func TestAnswers(t *testing.T) {
	f, _ := workbook(t, workReport(), smallForms(t), smallResponses())
	rows, err := f.GetRows("Réponses habitants")
	if err != nil {
		t.Fatal(err)
	}
	at := func(row int, title string) string {
		i := slices.Index(rows[headerRows-1], title)
		if i < 0 {
			t.Fatalf("no column %q", title)
		}
		if i >= len(rows[headerRows+row]) {
			return ""
		}
		return rows[headerRows+row][i]
	}
	t.Run("a single choice has its code and its label", func(t *testing.T) {
		if at(0, "renoncement") != "oui" || at(0, "renoncement (libellé)") != "Oui" {
			t.Error(rows[headerRows])
		}
	})
	t.Run("a multiple choice has 0 or 1 for each choice, and nothing when it was not answered", func(t *testing.T) {
		if at(0, "renoncement_raison/cout") != "1" || at(0, "renoncement_raison/peur") != "0" || at(1, "renoncement_raison/cout") != "" {
			t.Error(rows[headerRows:])
		}
	})
	t.Run("a ranking has a column a rank", func(t *testing.T) {
		if at(0, "priorites/rang 1") != "soins" || at(0, "priorites/rang 3 (libellé)") != "Mobilité" {
			t.Error(rows[headerRows])
		}
	})
	t.Run("the week is told, not the day", func(t *testing.T) {
		if at(0, "semaine du") != "09/03/2026" || at(1, "semaine du") != "09/03/2026" {
			t.Errorf("%q, %q", at(0, "semaine du"), at(1, "semaine du"))
		}
	})
	t.Run("the sector is told, and the commune nowhere", func(t *testing.T) {
		if at(0, "secteur") != "Sud & vignoble" || slices.Contains(rows[headerRows-1], "commune") || strings.Contains(fmt.Sprint(rows), "39013") {
			t.Error(rows)
		}
	})
	t.Run("a question only an older version asked is there", func(t *testing.T) {
		if !strings.HasPrefix(at(1, "ancienne"), "شكرا") {
			t.Error(at(1, "ancienne"))
		}
	})
	t.Run("the header and the number stay in sight", func(t *testing.T) {
		panes, err := f.GetPanes("Réponses habitants")
		if err != nil || !panes.Freeze || panes.XSplit != 1 || panes.YSplit != headerRows {
			t.Errorf("%+v, %v", panes, err)
		}
	})
	t.Run("the answers are an Excel table with filters", func(t *testing.T) {
		tables, err := f.GetTables("Réponses habitants")
		if err != nil || len(tables) != 1 || tables[0].Name != "Reponses_habitants" || tables[0].Range != "A3:V5" {
			t.Errorf("%+v, %v", tables, err)
		}
	})
}

func TestAnswersGoOn(t *testing.T) {
	r := workReport()
	var all []surveys.Response
	for i := range 13 {
		all = append(all, surveys.Response{Survey: "h", Version: 2, Answers: surveys.Answers{
			"enfants": surveys.NumberValue(float64(i)), "remarque": surveys.TextValue(fmt.Sprint("n", i))}})
	}
	b := newBook(r, nil)
	defer b.close()
	e := newRawExport(b, smallForms(t)[1:2], surveys.Territory{}, limits{rows: 10, columns: 12})
	if err := e.open(); err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if err := e.add(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.close(); err != nil {
		t.Fatal(err)
	}
	b.cover()
	var out bytes.Buffer
	if err := b.save(&out); err != nil {
		t.Fatal(err)
	}
	checkPackage(t, out.Bytes())
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()

	t.Run("no answer is lost between the sheets", func(t *testing.T) {
		seen := map[string]int{}
		for _, name := range f.GetSheetList()[1:] {
			rows, _ := f.GetRows(name)
			for _, row := range rows[headerRows:] {
				if len(row) > 1 {
					seen[row[0]]++
				}
			}
		}
		for i := range 13 {
			if seen[fmt.Sprint(i+1)] == 0 {
				t.Errorf("answer %d is missing", i+1)
			}
		}
	})
	t.Run("a full sheet says where it goes on, the next where it comes from", func(t *testing.T) {
		rows, _ := f.GetRows("Réponses habitants")
		if last := rows[len(rows)-1][0]; len(rows) != 10 || !strings.HasPrefix(last, "Suite : feuille « Réponses habitants (") {
			t.Errorf("%d rows, the last %q", len(rows), last)
		}
		after := strings.TrimSuffix(strings.TrimPrefix(rows[9][0], "Suite : feuille « "), " ».")
		first, _ := f.GetCellValue(after, "A1")
		if !strings.Contains(first, "suite de la feuille « Réponses habitants »") {
			t.Errorf("%s begins with %q", after, first)
		}
	})
	t.Run("columns that do not fit say whose they are", func(t *testing.T) {
		first, _ := f.GetCellValue("Réponses habitants (2)", "A1")
		if !strings.Contains(first, "colonnes suivantes de la feuille « Réponses habitants » (même n°)") {
			t.Errorf("got %q", first)
		}
	})
}

func TestColumnsOfAnswersHaveEachTheirTitle(t *testing.T) {
	q := questionnaire()
	q.Items = append(q.Items, surveys.Item{Kind: surveys.TextKind, Name: "Version", Label: fr("Quelle version ?")})
	form := Form{surveys.Survey{ID: "h", Audience: surveys.Habitants}, 1, compiled(t, q)}
	_, data := workbook(t, workReport(), []Form{form}, answersOf(surveys.Response{Survey: "h", Version: 1}))
	checkPackage(t, data)
}

func TestTemporaryFilesAreGone(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	failed := Workbook(io.Discard, workReport(), smallForms(t)[1:], smallResponses(), nil)
	if err := Workbook(io.Discard, workReport(), smallForms(t), smallResponses(), nil); err != nil || failed == nil {
		t.Fatal(err, failed)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestMonday(t *testing.T) {
	for day, want := range map[string]string{"2026-03-09": "2026-03-09", "2026-03-15": "2026-03-09", "2026-03-16": "2026-03-16", "2027-01-01": "2026-12-28"} {
		d, _ := time.Parse(time.DateOnly, day)
		if got := monday(d).Format(time.DateOnly); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

// wideForm is a questionnaire of 40 questions that spread over 120 columns,
// and an answer to it.
func wideForm(t testing.TB) (Form, surveys.Response) {
	q := surveys.Questionnaire{DefaultLanguage: "Français (fr)", Languages: []string{"Français (fr)"}}
	list := surveys.List{Name: "l"}
	for i := range 6 {
		list.Choices = append(list.Choices, surveys.Choice{Name: fmt.Sprint("choix_", i), Label: fr(fmt.Sprintf("Une modalité assez longue, la %de", i))})
	}
	q.Lists = []surveys.List{list}
	answers := surveys.Answers{}
	add := func(kind surveys.Kind, i int, v surveys.Value) {
		name := fmt.Sprintf("%s_%d", kind, i)
		item := surveys.Item{Kind: kind, Name: name, Label: fr("Question " + name)}
		if kind.HasChoices() {
			item.List = "l"
		}
		q.Items = append(q.Items, item)
		answers[name] = v
	}
	for i := range 22 {
		add(surveys.SelectOne, i, surveys.TextValue(fmt.Sprint("choix_", i%6)))
	}
	for i := range 10 {
		add(surveys.SelectMultiple, i, surveys.CodesValue("choix_1", "choix_4"))
	}
	for i := range 5 {
		add(surveys.Integer, i, surveys.NumberValue(float64(i*7)))
	}
	for i := range 5 {
		add(surveys.TextKind, i, surveys.TextValue("Il faudrait un médecin de plus, et un bus le mercredi."))
	}
	form := Form{surveys.Survey{ID: "w", Audience: surveys.Habitants}, 1, compiled(t, q)}
	return form, surveys.Response{Survey: "w", Version: 1, Language: "fr", Mode: surveys.Web, Day: "2026-03-12", Answers: answers}
}

// BenchmarkAnswers writes raw answers of 40 questions, 120 columns.
func BenchmarkAnswers(b *testing.B) {
	form, response := wideForm(b)
	columns := len(identity)
	for _, f := range fieldsOf([]Form{form}) {
		columns += len(f.columns)
	}
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("%d answers of %d columns", n, columns), func(b *testing.B) {
			b.ReportAllocs()
			var peak runtime.MemStats
			for b.Loop() {
				a := &Answers{Count: n, Responses: func(yield func(surveys.Response, error) bool) {
					for i := range n {
						if i == n/2 {
							runtime.ReadMemStats(&peak)
						}
						if !yield(response, nil) {
							return
						}
					}
				}}
				if err := Workbook(io.Discard, &report.Report{View: report.Work}, []Form{form}, a, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*n*columns)/b.Elapsed().Seconds(), "cells/s")
			b.ReportMetric(float64(peak.HeapInuse)/1e6, "heap-MB")
		})
	}
}

// BenchmarkReport writes the small report.
func BenchmarkReport(b *testing.B) {
	r, forms := smallReport(), smallForms(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := Workbook(io.Discard, r, forms, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}
