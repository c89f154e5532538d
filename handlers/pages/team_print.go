package pages

import (
	"html/template"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamPrint is the whole report on one page, to be printed or kept as PDF by the
// browser.
type TeamPrint struct {
	TeamFrame
	Report *report.Report
	// The chapters in their order, then those that are annexes.
	Body, Annexes []report.Chapter
	// Picture draws the chart of a table, under identifiers that begin with id;
	// "" where there is none.
	Picture func(id string, of surveys.Audience, t *report.Table) template.HTML
	Back    string
}

// A printChapter begins on a page of its own.
type printChapter struct {
	report.Chapter
	Anchor string
	Sheet  string // named page it is printed on
	Parts  []string
	Tables []printTable
}

// A printTable is a table as paper holds it.
type printTable struct {
	teamTable
	Number  int
	Picture template.HTML
	Prudent bool // some number stands on a small base
}

// printColumns is how many columns stand on a page in portrait.
const printColumns = 7

var teamPrint = teamPage("team_print.html")

// Render writes the page.
func (p TeamPrint) Render(w io.Writer) error {
	p.Title = "Rapport"
	p.dress()
	p.Styles = append(p.Styles, "report.css")
	var chapters []printChapter
	number := 0
	for _, c := range slices.Concat(p.Body, p.Annexes) {
		chapters = append(chapters, p.chapter(c, &number))
	}
	return draw(w, teamPrint, struct {
		TeamPrint
		Chapters []printChapter
		Period   string
		Day      string
	}{p, chapters, Dates(p.Report.Opens, p.Report.Closes), frenchDay(p.Report.Made)})
}

func (p TeamPrint) chapter(c report.Chapter, number *int) printChapter {
	drawn := printChapter{Chapter: c, Anchor: "c-" + c.ID}
	wide := false
	for i, t := range drawTables(c) {
		*number++
		t.ID, t.Sheets = c.ID+"."+t.ID, inSheets(t)
		wide = wide || len(t.Heads) > printColumns && !t.Sheets
		drawn.Tables = append(drawn.Tables, printTable{
			teamTable: t, Number: *number, Prudent: prudent(t),
			Picture: p.Picture("g-"+t.ID, c.Audience, &c.Tables[i]),
		})
	}
	drawn.Sheet = p.Sheet(wide)
	return drawn
}

// printLetters is how long a text makes a table of many words unreadable on a
// page.
const printLetters = 60

// inSheets reports whether each row of a table is better printed by itself, a
// name and a value a line.
func inSheets(t teamTable) bool {
	words := 0
	for _, h := range t.Heads {
		if h.Class == "words" {
			words++
		}
	}
	return words > manyWords && slices.ContainsFunc(t.Rows, func(r teamRow) bool {
		return slices.ContainsFunc(r.Cells, func(c teamCell) bool { return utf8.RuneCountInString(c.Text) > printLetters })
	})
}

// prudent reports whether some number of a table stands on a small base.
func prudent(t teamTable) bool {
	return slices.ContainsFunc(t.Rows, func(r teamRow) bool {
		return slices.ContainsFunc(r.Cells, func(c teamCell) bool { return c.Care })
	})
}

// Sheet names the printed page of a part: how it stands and what its margin
// warns of.
func (p TeamPrint) Sheet(wide bool) string {
	words := []string{"sheet"}
	if wide {
		words = append(words, "wide")
	}
	if p.Demo {
		words = append(words, "demo")
	}
	if p.View == report.Work {
		words = append(words, "work")
	}
	return strings.Join(words, "-")
}
