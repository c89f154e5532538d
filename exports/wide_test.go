package exports

import (
	"encoding/xml"
	"strings"
	"testing"

	"diapason/surveys/report"
)

// TestAWideTableHasItsChartUnderIt widens the crossed table with bases and
// ranks, twice over: no chart may cover a row of either table.
func TestAWideTableHasItsChartUnderIt(t *testing.T) {
	wide := crossed()
	table := &wide.Tables[0]
	for _, key := range []string{"base", "rank"} {
		for range 3 {
			table.Columns = append(table.Columns, report.Column{Key: key, Title: key, Kind: report.Base})
			for i := range table.Rows {
				table.Rows[i].Cells = append(table.Rows[i].Cells, number(100))
			}
		}
	}
	second := *table
	second.ID, second.Section = "autres", "Autres"
	wide.Tables = append(wide.Tables, second)
	r := smallReport()
	r.Chapters = []report.Chapter{wide}

	f, data := workbook(t, r, smallForms(t), nil)
	checkPackage(t, data)
	texts, err := f.GetCols("Regards croisés")
	if err != nil {
		t.Fatal(err)
	}
	for entry, content := range unzip(t, data) {
		if !strings.HasPrefix(entry, "xl/drawings/drawing") {
			continue
		}
		var drawing struct {
			Anchors []struct {
				Column int `xml:"from>col"`
				From   int `xml:"from>row"`
				To     int `xml:"to>row"`
			} `xml:"twoCellAnchor"`
		}
		if err := xml.Unmarshal(content, &drawing); err != nil {
			t.Fatal(err)
		}
		if len(drawing.Anchors) != 2 {
			t.Errorf("%d charts, want one for each table", len(drawing.Anchors))
		}
		for _, a := range drawing.Anchors {
			if a.Column != 0 {
				t.Errorf("the chart begins in column %d: beside its table", a.Column)
			}
			for row := a.From; row <= a.To && row < len(texts[0]); row++ {
				if texts[0][row] != "" {
					t.Errorf("the chart of rows %d to %d covers %q", a.From, a.To, texts[0][row])
				}
			}
		}
	}
}
