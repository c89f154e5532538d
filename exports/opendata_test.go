package exports

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"diapason/surveys/report"
)

func TestTheTablesOfASmallReportArePublishedAsTheyWere(t *testing.T) {
	var out bytes.Buffer
	if err := OpenData(&out, smallReport(), Comma); err != nil {
		t.Fatal(err)
	}
	golden(t, "donnees-publiques", unzipped(t, out.Bytes()))
}

func TestOnlyTheRestitutionIsPublished(t *testing.T) {
	if err := OpenData(io.Discard, workReport(), Comma); !errors.Is(err, ErrNotPublic) {
		t.Error(err)
	}
}

func tidyRows(t *testing.T, r *report.Report) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := ReportCSV(&out, r, Point); err != nil {
		t.Fatal(err)
	}
	return readCSV(t, out.String())
}

func TestWhatAReportHidesHasAStateAndNoValue(t *testing.T) {
	rows := tidyRows(t, smallReport())
	value, text, state, base := slices.Index(rows[0], "valeur"), slices.Index(rows[0], "texte"), slices.Index(rows[0], "etat"), slices.Index(rows[0], "base")
	states := map[string]int{}
	for _, row := range rows[1:] {
		states[row[state]]++
		if shown := row[value] != "" || row[text] != ""; shown != (row[state] == "montré") {
			t.Errorf("%q", row)
		}
	}
	if states["masqué"] == 0 || states["base trop faible"] == 0 || states["moins de 5 %"]+states["plus de 95 %"] == 0 || states["vide"] > 0 {
		t.Errorf("the states are %v", states)
	}
	found := slices.ContainsFunc(rows, func(row []string) bool { return row[1] == "metier" && row[value] == "0.353" && row[base] == "85" })
	if !found {
		t.Error("a share has not its base")
	}
}

func TestEveryShownNumberOfAReportIsInTheTidyRowsAndNothingElse(t *testing.T) {
	r := smallReport()
	want := 0
	for _, c := range r.Chapters {
		for _, table := range c.Tables {
			at := labelColumn(&table)
			for _, row := range table.Rows {
				for i, cell := range row.Cells {
					if i != at && cell.State != report.Empty {
						want++
					}
				}
			}
		}
	}
	if got := len(tidyRows(t, r)) - 1; got != want || want < 50 {
		t.Errorf("%d rows, want %d", got, want)
	}
}

func TestHostileReportsStayTables(t *testing.T) {
	for _, h := range hostile {
		r := smallReport()
		c := &r.Chapters[1]
		r.Title, r.Controller, c.ID, c.Title = h.text, h.text, h.text, h.text
		c.Tables[0].ID, c.Tables[0].Title, c.Tables[0].Rows[0].Cells[0].Text, c.Tables[0].Rows[0].Key = h.text, h.text, h.text, h.text
		for _, row := range tidyRows(t, r) {
			if len(row) != len(tidyTitles) {
				t.Errorf("%s: %q", h.name, row)
			}
		}
		var out bytes.Buffer
		if err := OpenData(&out, r, Comma); err != nil {
			t.Fatal(err)
		}
		for name := range unzipped(t, out.Bytes()) {
			if strings.ContainsAny(name, "\\:*?\"<>|\x00 ") || strings.Contains(name, "..") || strings.HasPrefix(name, "/") {
				t.Errorf("%s: a file is named %q", h.name, name)
			}
		}
	}
}

func TestAReportForProgramsTellsNothingThatIsHidden(t *testing.T) {
	body, err := ReportJSON(smallReport())
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		View     string
		Chapters []struct {
			Tables []struct {
				Columns []struct{ Kind string }
				Rows    []struct {
					Role  string
					Cells []map[string]any
				}
			}
		}
	}
	if err := json.Unmarshal(body, &r); err != nil {
		t.Fatal(err)
	}
	states := map[any]int{}
	for _, c := range r.Chapters {
		for _, table := range c.Tables {
			for _, row := range table.Rows {
				if len(row.Cells) != len(table.Columns) {
					t.Fatalf("%d cells under %d columns", len(row.Cells), len(table.Columns))
				}
				for _, cell := range row.Cells {
					states[cell["state"]]++
					if _, told := cell["number"]; told && cell["state"] != "shown" {
						t.Errorf("%v", cell)
					}
				}
			}
		}
	}
	if r.View != "restitution" || states["shown"] == 0 || states["hidden"] == 0 {
		t.Errorf("%s, %v", r.View, states)
	}
	if strings.Contains(string(body), "sante@exemple.fr") {
		t.Error("it gives the address of the team")
	}
}
