package exports

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/report"
)

// everyChart is a table drawn in each form there is.
func everyChart() map[string]report.Table {
	points := crossed().Tables[0]
	points.Chart.Kind = report.Dumbbell
	ratios := report.Table{ID: "ratios", Title: "Renoncement, selon le public",
		Columns: []report.Column{{Title: "Public", Kind: report.Label}, {Key: "ratio", Title: "Rapport", Kind: report.Mean},
			{Key: "ratio.low", Title: "de", Kind: report.Mean}, {Key: "ratio.high", Title: "à", Kind: report.Mean}},
		Rows: []report.Row{
			row(label("Loin du numérique"), number(1.8), number(1.2), number(2.6)),
			row(label("Parent seul"), not(report.Hidden), not(report.Hidden), not(report.Hidden)),
			row(label("Aidants"), number(0.8), number(0.5), number(1.1)),
		},
		Chart: report.Chart{Kind: report.Forest, Label: 0, Series: []int{1, 2, 3}}}
	cloud := report.Table{ID: "nuage", Title: "Ce qui compte", Columns: []report.Column{{Title: "Sujet", Kind: report.Label},
		{Title: "Importance", Kind: report.Mean}, {Title: "Capacité", Kind: report.Mean}},
		Rows:  []report.Row{row(label("Accès"), number(9), number(1)), row(label("Mobilité"), number(3), number(1.4)), row(label("Jeunes"), not(report.Hidden), number(1.2))},
		Chart: report.Chart{Kind: report.Bubble, Label: 0, Series: []int{1, 2}}}
	return map[string]report.Table{
		"bars": reasons(), "columns": ages(), "stacked": opinions(), "clustered": crossed().Tables[0],
		"timeline": participation().Tables[1], "dumbbell": points, "forest": ratios, "bubble": cloud,
	}
}

// words are the texts an XML document shows, one a line; it fails the test
// when the document is not well formed or has an identifier twice.
func words(t *testing.T, document string) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(document))
	var texts []string
	ids := map[string]bool{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return strings.Join(texts, "\n")
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, document)
		}
		switch e := token.(type) {
		case xml.CharData:
			texts = append(texts, string(e))
		case xml.StartElement:
			for _, a := range e.Attr {
				if a.Name.Local == "id" && ids[a.Value] {
					t.Errorf("two elements are %q", a.Value)
				}
				ids[a.Value] = ids[a.Value] || a.Name.Local == "id"
			}
		}
	}
}

func TestEveryFormOfChartIsDrawnWideAndNarrow(t *testing.T) {
	for name, table := range everyChart() {
		for _, width := range []int{0, 340} {
			svg, ok := SVG(&table, SVGOptions{ID: "g-" + name, Width: width, Audience: surveys.Habitants, Demo: true})
			if !ok {
				t.Fatalf("%s: nothing drawn", name)
			}
			text := words(t, svg)
			if !strings.Contains(text, table.Title) || !strings.Contains(text, report.DemoNotice) {
				t.Errorf("%s: no title, or no notice: %s", name, text)
			}
			for _, forbidden := range []string{" style=", "<style", "<script", "NaN", "Inf", `="-`} {
				if strings.Contains(svg, forbidden) {
					t.Errorf("%s, %d wide: %q in %s", name, width, forbidden, svg)
				}
			}
		}
	}
}

func TestAPictureSaysInAWordWhatIsHiddenAndNeverItsNumber(t *testing.T) {
	for name, table := range everyChart() {
		for i := range table.Rows { // a value that a careless builder left behind
			for c := range table.Rows[i].Cells {
				if cell := &table.Rows[i].Cells[c]; cell.State != report.Shown {
					cell.Number = 0.777777
				}
			}
		}
		with, ok := SVG(&table, SVGOptions{ID: "g"})
		if !ok {
			t.Fatalf("%s: nothing drawn", name)
		}
		for i := range table.Rows {
			for c := range table.Rows[i].Cells {
				if cell := &table.Rows[i].Cells[c]; cell.State != report.Shown {
					cell.Number = 0
				}
			}
		}
		if without, _ := SVG(&table, SVGOptions{ID: "g"}); with != without {
			t.Errorf("%s: the picture depends on a number that is not shown", name)
		}
	}
	bars := reasons()
	svg, _ := SVG(&bars, SVGOptions{ID: "g"})
	if text := words(t, svg); !strings.Contains(text, "masqué") || !strings.Contains(text, "<\u202f5\u202f%") || !strings.Contains(text, "25\u202f% *") {
		t.Errorf("words are missing from %s", text)
	}
}

func TestTextsOfPeopleCannotLeaveTheirPlaceInAPicture(t *testing.T) {
	for name, table := range everyChart() {
		nasty := "</text><script>alert(1)</script>\x00\x1b\uffff&amp;\"'" + strings.Repeat("supercalifragilistic", 20)
		table.Title = nasty
		for i := range table.Columns {
			table.Columns[i].Title = nasty
		}
		for i := range table.Rows {
			table.Rows[i].Cells = append([]report.Cell{}, table.Rows[i].Cells...)
			table.Rows[i].Cells[0].Text = nasty
		}
		svg, ok := SVG(&table, SVGOptions{ID: `g"><x`})
		if !ok || strings.Contains(svg, "<script") || strings.Contains(svg, `"><x`) {
			t.Errorf("%s: %s", name, svg)
		}
		words(t, svg)
	}
}

func TestNothingIsDrawnWhereNothingCanBeCompared(t *testing.T) {
	few, heat, none := fewAnswered(), reasons(), reasons()
	heat.Chart.Kind, none.Chart = report.Heat, report.Chart{}
	for _, table := range []report.Table{few, heat, none, {Chart: report.Chart{Kind: report.Bars}}} {
		if svg, ok := SVG(&table, SVGOptions{ID: "g"}); ok {
			t.Errorf("%s: %s", table.ID, svg)
		}
	}
}

func TestNumbersReadAsFrenchPrintsThem(t *testing.T) {
	for want, got := range map[string]string{
		"42\u202f%":       figure(report.Column{Kind: report.Share}, 0.42),
		"<\u202f1\u202f%": figure(report.Column{Kind: report.Share}, 0.002),
		"0\u202f%":        figure(report.Column{Kind: report.Low}, 0.002),
		"−6\u202fpts":     figure(report.Column{Kind: report.Gap}, -0.06),
		"12\u202f345,7":   figure(report.Column{Kind: report.Mean}, 12345.67),
		"−0,5":            figure(report.Column{Kind: report.Mean}, -0.5),
		"0,0":             figure(report.Column{Kind: report.Rate}, -0.01),
		"34\u202f183":     figure(report.Column{Kind: report.Count}, 34183),
		"2,5":             figure(report.Column{Kind: report.Quantity}, 2.5),
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
