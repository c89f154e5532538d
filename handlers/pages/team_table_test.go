package pages

import (
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/report"
)

func shown(n float64) report.Cell     { return report.Cell{State: report.Shown, Number: n} }
func written(s string) report.Cell    { return report.Cell{State: report.Shown, Text: s} }
func kept(s report.State) report.Cell { return report.Cell{State: s, Number: 7} }

// drawOne draws a chapter with one table, as the results page does.
func drawOne(t *testing.T, table report.Table) string {
	t.Helper()
	var b strings.Builder
	chapter := report.Chapter{ID: "habitants", Title: "Habitants", Audience: surveys.Habitants, Tables: []report.Table{table}}
	if err := (TeamResults{Chapter: chapter}).Render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestATableIsDrawnInWords(t *testing.T) {
	page := drawOne(t, report.Table{
		ID: "acces", Section: "Se soigner", Title: "Avez-vous un médecin ?",
		Columns: []report.Column{
			{Key: "label", Title: "Réponse", Kind: report.Label}, {Key: "n", Title: "Effectif", Kind: report.Count},
			{Key: "share", Title: "Part", Kind: report.Share},
			{Key: "low", Title: "Bas", Kind: report.Low}, {Key: "high", Title: "Haut", Kind: report.High},
		},
		Rows: []report.Row{
			{Key: "oui", Cells: []report.Cell{written("Oui"), shown(1234), {State: report.Shown, Number: 0.423, Caution: true}, shown(0.38), shown(0.461)}},
			{Key: "non", Cells: []report.Cell{written("Non"), kept(report.Hidden), kept(report.TooFew), kept(report.TooFew), kept(report.TooFew)}},
			{Key: "peu", Cells: []report.Cell{written("Peu"), shown(1), kept(report.BlurLow), {}, {}}},
			{Key: "nsp", Role: report.Outside, Cells: []report.Cell{written("Ne sait pas"), shown(12), {}, {}, {}}},
		},
		Chart: report.Chart{Kind: report.Bars, Label: 0, Series: []int{2}},
	})
	for what, want := range map[string]string{
		"thousands apart, value for the chart":           `data-column="1" data-value="1234">1` + narrow + `234<`,
		"a share without decimals, to be read with care": `data-value="0.423"><small>prudence</small> 42` + narrow + `%`,
		"an interval in one cell":                        "38 à 46" + narrow + "%",
		"a hidden cell in a word, without its value":     `class="number withheld" data-column="1">masqué</td>`,
		"too few":              "effectif trop faible</td>",
		"a blurred share":      "moins de 5" + narrow + "%</td>",
		"do not know, apart":   `<tr role="row" class="outside">`,
		"what the chart reads": `data-chart="bars" data-label="0" data-series="2"`,
		"what masqué means":    "moins de 11 personnes",
		"what prudence means":  "30 à 49 réponses",
	} {
		t.Run(what, func(t *testing.T) {
			if !strings.Contains(page, want) {
				t.Errorf("no %q in:\n%s", want, page)
			}
		})
	}
	t.Run("the value of a cell that is not shown is nowhere", func(t *testing.T) {
		if strings.Contains(page, `data-value="7"`) || strings.Contains(page, ">7<") {
			t.Error("a withheld number is in the page")
		}
	})
}

func TestAudiencesSideBySideLeaveRoomForTheVerdict(t *testing.T) {
	drawn := drawTable(report.Table{
		ID: "themes",
		Columns: []report.Column{
			{Title: "Sujet", Kind: report.Label},
			{Key: "habitants.share", Title: "Habitants", Kind: report.Share, Audience: surveys.Habitants},
			{Key: "habitants.base", Title: "Habitants, base", Kind: report.Base, Audience: surveys.Habitants},
			{Key: "habitants.rank", Title: "Habitants, rang", Kind: report.Rank, Audience: surveys.Habitants},
			{Key: "professionnels.share", Title: "Professionnels", Kind: report.Share, Audience: surveys.Professionnels},
			{Key: "professionnels.base", Title: "Professionnels, base", Kind: report.Base, Audience: surveys.Professionnels},
			{Key: "professionnels.rank", Title: "Professionnels, rang", Kind: report.Rank, Audience: surveys.Professionnels},
			{Title: "Écart", Kind: report.Gap}, {Title: "Lecture", Kind: report.Verdict},
		},
		Rows: []report.Row{{Cells: []report.Cell{
			written("Le moral"), shown(0.53), shown(550), shown(5), kept(report.TooFew), kept(report.Hidden), {},
			shown(0.33), written(report.BlindSpot + " : professionnels")}}},
	})

	t.Run("base and rank go under the share", func(t *testing.T) {
		if len(drawn.Heads) != 5 || drawn.Heads[1].Under != "part, base, rang" {
			t.Errorf("heads: %+v", drawn.Heads)
		}
		if got := drawn.Rows[0].Cells[1].Under; got != "sur\u00a0550 · 5e" {
			t.Errorf("under the share: %q", got)
		}
		if got := drawn.Rows[0].Cells[2].Under; got != "base\u00a0: masqué" {
			t.Errorf("under a hidden share: %q", got)
		}
	})
	t.Run("columns keep their number for the chart", func(t *testing.T) {
		if got := drawn.Rows[0].Cells[2].Column; got != 4 {
			t.Errorf("professionals are column %d", got)
		}
	})
	t.Run("a verdict has its colour and keeps its words", func(t *testing.T) {
		last := drawn.Rows[0].Cells[4]
		if last.Badge != "badge blind" || last.Text != report.BlindSpot+" : professionnels" {
			t.Errorf("%+v", last)
		}
	})
}

func TestHeadingsLeaveNoStepOut(t *testing.T) {
	tables := drawTables(report.Chapter{Tables: []report.Table{{ID: "a"}, {ID: "b", Section: "Vous"}, {ID: "c", Section: "Vous"}}})
	if !tables[0].Top || tables[1].Top || tables[1].Section != "Vous" || tables[2].Section != "" {
		t.Errorf("%+v", tables)
	}
}

func TestNumbersAreWrittenInFrench(t *testing.T) {
	for _, c := range []struct {
		kind report.ColumnKind
		v    float64
		want string
	}{
		{report.Count, 34183, "34" + narrow + "183"}, {report.Count, 1000000, "1" + narrow + "000" + narrow + "000"}, {report.Count, 7, "7"},
		{report.Share, 0.425, "43" + narrow + "%"}, {report.Share, 0, "0" + narrow + "%"}, {report.Share, 0.002, "<" + narrow + "1" + narrow + "%"},
		{report.Low, 0.002, "0" + narrow + "%"}, {report.Gap, 0.01, "1" + narrow + "point"}, {report.Gap, 0.36, "36" + narrow + "points"},
		{report.Mean, 6.42, "6,4"}, {report.Rate, 9.04, "9,0"}, {report.Score, 57.4, "57"}, {report.Rank, 1, "1er"}, {report.Rank, 2, "2e"},
	} {
		if got := number(c.kind, c.v); got != c.want {
			t.Errorf("number(%v, %v) = %q, not %q", c.kind, c.v, got, c.want)
		}
	}
}

func TestTheLogOfHiddenCellsSpeaksTheWordsOfThePages(t *testing.T) {
	r := &report.Report{
		Chapters: []report.Chapter{{ID: "habitants", Title: "Habitants", Tables: []report.Table{{
			ID: "acces", Title: "Avez-vous un médecin ?", Columns: []report.Column{{Key: "n", Title: "Effectif"}},
			Rows: []report.Row{{Key: "oui", Cells: []report.Cell{written("Oui")}}},
		}}}},
		Suppressions: []report.Suppression{
			{Chapter: "habitants", Table: "acces", Row: "oui", Column: "n", Rule: "moins de 11 personnes"},
			{Chapter: "ailleurs", Table: "t", Row: "r", Column: "c", Rule: "règle"},
		},
	}
	want := []report.Suppression{
		{Chapter: "Habitants", Table: "Avez-vous un médecin ?", Row: "Oui", Column: "Effectif", Rule: "moins de 11 personnes"},
		{Chapter: "ailleurs", Table: "t", Row: "r", Column: "c", Rule: "règle"},
	}
	if got := named(r); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
