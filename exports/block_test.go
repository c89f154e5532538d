package exports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/report"
)

// bars is a table of one share a row; a negative share is hidden.
func bars(kind report.ChartKind, shares ...float64) *report.Table {
	t := &report.Table{
		ID: "q", Title: "Question", Chart: report.Chart{Kind: kind, Label: 0, Series: []int{1}},
		Columns: []report.Column{{Title: "Réponse", Kind: report.Label}, {Title: "Part", Kind: report.Share}},
	}
	for i, p := range shares {
		c := number(p)
		if p < 0 {
			c = not(report.Hidden)
		}
		t.Rows = append(t.Rows, row(label(string(rune('a'+i))), c))
	}
	return t
}

func TestArrange(t *testing.T) {
	arranged := func(table *report.Table) string {
		b := newBlock(&sheet{}, &report.Chapter{}, table, 2)
		var names []string
		for _, r := range b.rows {
			names = append(names, r.Cells[0].Text)
		}
		return fmt.Sprintf("%s, chart of %d", strings.Join(names, " "), b.plotted)
	}
	for name, c := range map[string]struct {
		table *report.Table
		want  string
	}{
		"the order of the report is kept":                          {bars(report.Bars, .1, .3, .2), "a b c, chart of 3"},
		"a hidden step of a scale keeps its place":                 {bars(report.Bars, .1, -1, .2, .3), "a b c d, chart of 4"},
		"hidden rows at the end are left out of the chart":         {bars(report.Bars, .1, .2, .3, -1), "a b c d, chart of 3"},
		"many hidden rows go after the others":                     {bars(report.Bars, -1, .1, -1, .2, -1), "b d a c e, chart of 2"},
		"a dot an audience needs no second row":                    {bars(report.Dumbbell, .1, -1), "a b, chart of 1"},
		"one bar compares nothing":                                 {bars(report.Bars, .1, -1), "a b, chart of 0"},
		"a stack with a hidden part is not drawn":                  {bars(report.Stacked, -1, .1, .2), "b c a, chart of 2"},
		"a table that asks for no chart has none":                  {bars(report.NoChart, .1, .2), "a b, chart of 0"},
		"a chart stops before it cannot be read":                   {bars(report.Bars, slices.Repeat([]float64{.1}, 25)...), "a b c d e f g h i j k l m n o p q r s t u v w x y, chart of 20"},
		"a table where nothing may be shown is drawn all the same": {bars(report.Columns, -1, -1), "a b, chart of 0"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := arranged(c.table); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestColumnTitles(t *testing.T) {
	of := func(titles ...string) *report.Table {
		table := &report.Table{}
		for _, title := range titles {
			table.Columns = append(table.Columns, report.Column{Title: title})
		}
		return table
	}
	t.Run("each has one, and no two the same", func(t *testing.T) {
		got := columnTitles(of("", "Part", "part", " Part ", "a\nb"))
		if want := []string{"Modalité", "Part", "part (2)", "Part (3)", "a b"}; !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
	t.Run("under a band they say what the number is", func(t *testing.T) {
		table := of("Sujet", "Habitants", "Habitants, base", "Professionnels", "Professionnels, base")
		for i := range table.Columns {
			table.Columns[i].Kind = report.Share
			if i > 0 {
				table.Columns[i].Audience = surveys.Audiences()[(i-1)/2]
			}
		}
		if got, want := columnTitles(table), []string{"Sujet", "Part H", "base H", "Part P", "base P"}; !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}

func TestVerdictFirst(t *testing.T) {
	table := crossed().Tables[0]
	moved := verdictFirst(&table)
	var titles []string
	for _, c := range moved.Columns {
		titles = append(titles, c.Title)
	}
	if want := []string{"Priorité", "Lecture", "Écart (points)", "Habitants", "Professionnels", "Associations"}; !slices.Equal(titles, want) {
		t.Errorf("got %q", titles)
	}
	if got := moved.Rows[0].Cells[1].Text; got != "convergence" {
		t.Errorf("got %q under the verdict", got)
	}
	if !slices.Equal(moved.Chart.Series, []int{3, 4, 5}) || !slices.Equal(table.Chart.Series, []int{1, 2, 3}) {
		t.Errorf("series %v, of the report %v", moved.Chart.Series, table.Chart.Series)
	}
}

// TestEveryKindOfChartIsDrawn writes a workbook with each kind and looks at what
// Excel is told to draw.
func TestEveryKindOfChartIsDrawn(t *testing.T) {
	for kind, want := range map[report.ChartKind]struct {
		element string
		series  int
	}{
		report.Dumbbell: {"barChart", 3},
		report.Forest:   {"barChart", 1}, report.Bubble: {"scatterChart", 1},
	} {
		table := &report.Table{
			ID: "q", Title: "Question", Chart: report.Chart{Kind: kind, Label: 0, Series: []int{1, 2, 3}},
			Columns: []report.Column{{Title: "Sujet", Kind: report.Label}, {Title: "Rapport", Kind: report.Mean}, {Title: "Bas", Kind: report.Mean}, {Title: "Haut", Kind: report.Mean}},
			Rows: []report.Row{
				row(label("a"), number(1.5), number(1.2), number(1.9)),
				row(label("b"), number(.7), number(.5), number(.9)),
			},
		}
		r := &report.Report{Title: "Essai", Chapters: []report.Chapter{{ID: "c", Title: "Chapitre", Tables: []report.Table{*table}}}}
		var written bytes.Buffer
		if err := Workbook(&written, r, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
		archive, err := zip.NewReader(bytes.NewReader(written.Bytes()), int64(written.Len()))
		if err != nil {
			t.Fatal(err)
		}
		file, err := archive.Open("xl/charts/chart1.xml")
		if err != nil {
			t.Fatalf("kind %d has no chart: %v", kind, err)
		}
		chart, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(chart, []byte("<"+want.element+">")) || bytes.Count(chart, []byte("<ser>")) != want.series {
			t.Errorf("kind %d is drawn as %s", kind, chart)
		}
	}
}

// TestChartHeight holds the place a chart takes on its sheet against the
// height it was given: the library counts pixels in its own way.
func TestChartHeight(t *testing.T) {
	table := bars(report.Bars, slices.Repeat([]float64{.4}, 20)...)
	table.Rows[3].Cells[0].Text = strings.Repeat("une réponse longue ", 12)
	r := smallReport()
	r.Chapters = []report.Chapter{{ID: "x", Title: "Chapitre", Tables: []report.Table{*table}}}
	f, data := workbook(t, r, nil, nil)
	var drawing struct {
		From struct {
			Row int `xml:"row"`
		} `xml:"twoCellAnchor>from"`
		To struct {
			Row int `xml:"row"`
		} `xml:"twoCellAnchor>to"`
	}
	if err := xml.Unmarshal(unzip(t, data)["xl/drawings/drawing1.xml"], &drawing); err != nil {
		t.Fatal(err)
	}
	pixels := 0.0
	for row := drawing.From.Row + 1; row <= drawing.To.Row; row++ {
		points, err := f.GetRowHeight("Chapitre", row)
		if err != nil {
			t.Fatal(err)
		}
		pixels += points * 4 / 3
	}
	// The long name and the one beside it take five lines of 13 pixels.
	if want := float64(115 + 20*(5*13/2+4)); pixels < want*0.9 || pixels > want*1.1 {
		t.Errorf("the chart is %.0f pixels high, want %.0f", pixels, want)
	}
}

func TestAChapterWithoutTablesIsNamedOnTheCover(t *testing.T) {
	r := smallReport()
	r.Chapters = append(r.Chapters, report.Chapter{ID: report.ChapterEvolution, Title: "Évolution", Lead: "Ce diagnostic ne met à jour aucune édition précédente."})
	f, _ := workbook(t, r, nil, nil)
	if i, err := f.GetSheetIndex("Évolutions"); err != nil || i >= 0 {
		t.Errorf("there is a sheet for it: %d, %v", i, err)
	}
	rows, err := f.GetRows(coverName)
	if err != nil {
		t.Fatal(err)
	}
	said := slices.ContainsFunc(rows, func(row []string) bool {
		return len(row) > 1 && row[0] == "Évolutions" && row[1] == "Ce diagnostic ne met à jour aucune édition précédente."
	})
	if !said {
		t.Errorf("the cover does not say so: %q", rows)
	}
}

func TestScoresAreFormulasWithTheirNumbers(t *testing.T) {
	table := report.Table{
		ID: "scores", Title: "Scores",
		Columns: []report.Column{
			{Key: "label", Title: "Sujet", Kind: report.Label}, {Key: "a", Title: "A", Kind: report.Mean},
			{Key: "oui", Title: "Faisable", Kind: report.Label},
			{Key: "twice", Title: "Double", Kind: report.Mean, Formula: `IF({oui}="oui",2*{a},0)`},
			{Key: "rank", Title: "Rang", Kind: report.Rank, Formula: "RANK({twice},{twice:})"},
		},
		Rows: []report.Row{
			row(label("x"), number(1.5), label("oui"), number(3), number(1)),
			row(label("y"), report.Cell{}, label("non"), number(0), number(2)),
		},
	}
	r := smallReport()
	r.Chapters = []report.Chapter{{ID: "c", Title: "Chapitre", Tables: []report.Table{table}}}
	f, data := workbook(t, r, nil, nil)
	at := map[string][2]string{} // by value of the first column
	rows, err := f.GetRows("Chapitre")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range rows {
		if len(line) > 0 {
			twice, err := f.GetCellFormula("Chapitre", cell(4, i+1))
			if err != nil {
				t.Fatal(err)
			}
			rank, err := f.GetCellFormula("Chapitre", cell(5, i+1))
			if err != nil {
				t.Fatal(err)
			}
			at[line[0]] = [2]string{twice, rank}
		}
	}
	if got := at["x"]; !strings.HasPrefix(got[0], `IF(C`) || !strings.HasPrefix(got[1], "RANK(D") || !strings.Contains(got[1], "$D$") {
		t.Errorf("formulas %q", got)
	}
	if got := at["y"]; got[0] != "" {
		t.Errorf("a score is computed from an empty cell: %q", got)
	}
	sheets := unzip(t, data)
	for name, content := range sheets {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(string(content), `t="str"><f>`) {
			t.Errorf("%s: the result of a formula is a text", name)
		}
	}
	if !strings.Contains(string(sheets["xl/worksheets/sheet2.xml"]), "</f><v>3</v>") {
		t.Errorf("the number of a formula is not written beside it: %s", sheets["xl/worksheets/sheet2.xml"])
	}
}
