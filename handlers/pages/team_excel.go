package pages

import (
	"io"
)

// TeamExcel is where a questionnaire leaves as a workbook and comes back.
type TeamExcel struct {
	WritingFrame
	Questions int
	// Files are the lists the workbook needs beside it.
	Files    []string
	Versions []VersionLine
	Limit    int // of a file, in megabytes

	Replaced bool   // it was just done
	Fault    string // with the file as a whole

	// A workbook that cannot be taken, and why.
	Workbook           string
	Refusals, Warnings []CellFault
	// Compared is a workbook that can be taken.
	Compared *ComparedWorkbook
}

// A ComparedWorkbook is a workbook that was read, beside what it would replace.
type ComparedWorkbook struct {
	Name, Token    string
	Seen           string // digest of what it would replace
	Same           bool
	Questions      int
	Minutes        int
	Changes        []ChangeGroup
	Mend, Warnings []CellFault
}

// A CellFault is a problem in one cell of a workbook, or in one question.
type CellFault struct {
	Sheet, Column, Question string
	Row                     int
	Written                 string // what the cell says
	Fault, Remedy           string
}

var teamExcel = writingPage("team_excel.html", "team_excel_faults.html", "team_publication_changes.html")

// Render writes the page.
func (p TeamExcel) Render(w io.Writer) error {
	p.Title = "Excel"
	p.dress()
	p.Scripts = append(p.Scripts, "questionnaires.js")
	return draw(w, teamExcel, p)
}
