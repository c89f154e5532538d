package exports

import (
	"encoding/json"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// The report for programs: docs/api.md and the OpenAPI document say what each
// key means. Keys are never taken away nor change their meaning within v1.
type (
	jsonReport struct {
		Diagnostic string        `json:"diagnostic"`
		Title      string        `json:"title"`
		Edition    string        `json:"edition"`
		Territory  string        `json:"territory"`
		Population int           `json:"population"`
		Controller string        `json:"controller"`
		View       report.View   `json:"view"`
		Demo       bool          `json:"demo"`
		Made       time.Time     `json:"made"`
		Answers    []jsonCount   `json:"answers"`
		Chapters   []jsonChapter `json:"chapters"`
	}
	jsonCount struct {
		Audience surveys.Audience `json:"audience"`
		Label    string           `json:"label"`
		State    string           `json:"state"`
		N        *int             `json:"n,omitempty"`
	}
	jsonChapter struct {
		ID         string           `json:"id"`
		Title      string           `json:"title"`
		Lead       string           `json:"lead,omitempty"`
		Audience   surveys.Audience `json:"audience,omitempty"`
		Theme      string           `json:"theme,omitempty"`
		Paragraphs []string         `json:"paragraphs,omitempty"`
		Tables     []jsonTable      `json:"tables"`
	}
	jsonTable struct {
		ID      string       `json:"id"`
		Section string       `json:"section,omitempty"`
		Title   string       `json:"title"`
		Theme   string       `json:"theme,omitempty"`
		Note    string       `json:"note,omitempty"`
		Source  string       `json:"source,omitempty"`
		Columns []jsonColumn `json:"columns"`
		Rows    []jsonRow    `json:"rows"`
	}
	jsonColumn struct {
		Key      string           `json:"key"`
		Title    string           `json:"title"`
		Kind     string           `json:"kind"`
		Audience surveys.Audience `json:"audience,omitempty"`
	}
	jsonRow struct {
		Key   string     `json:"key,omitempty"`
		Role  string     `json:"role"`
		Cells []jsonCell `json:"cells"`
	}
	jsonCell struct {
		State   string   `json:"state"`
		Number  *float64 `json:"number,omitempty"`
		Text    string   `json:"text,omitempty"`
		Caution bool     `json:"caution,omitempty"`
	}
)

// The words of the report's small types, by their value.
var (
	jsonKinds  = []string{"label", "count", "base", "share", "low", "high", "mean", "score", "rank", "gap", "rate", "verdict", "quantity"}
	jsonRoles  = []string{"ordinary", "outside", "total"}
	jsonStates = []string{"empty", "shown", "hidden", "too-few", "below-5-percent", "above-95-percent"}
)

// ReportJSON is a whole report for programs, in the view it was made in: what
// that view hides has a state and no number.
func ReportJSON(r *report.Report) ([]byte, error) {
	j := jsonReport{
		Diagnostic: r.Diagnostic, Title: r.Title, Edition: r.Edition, Territory: r.Territory, Population: r.Population,
		Controller: r.Controller, View: r.View, Demo: r.Demo, Made: r.Made.UTC(), Answers: []jsonCount{}, Chapters: []jsonChapter{},
	}
	for _, a := range r.Answers {
		count := jsonCount{Audience: a.Audience, Label: a.Label, State: jsonStates[report.Hidden]}
		if a.State != report.Hidden {
			count.State, count.N = jsonStates[report.Shown], &a.N
		}
		j.Answers = append(j.Answers, count)
	}
	for _, c := range r.Chapters {
		chapter := jsonChapter{ID: c.ID, Title: c.Title, Lead: c.Lead, Audience: c.Audience, Theme: c.Theme, Paragraphs: c.Paragraphs, Tables: []jsonTable{}}
		for _, t := range c.Tables {
			chapter.Tables = append(chapter.Tables, tableJSON(t))
		}
		j.Chapters = append(j.Chapters, chapter)
	}
	return json.Marshal(j)
}

func tableJSON(t report.Table) jsonTable {
	j := jsonTable{ID: t.ID, Section: t.Section, Title: t.Title, Theme: t.Theme, Note: t.Note, Source: t.Source, Columns: []jsonColumn{}, Rows: []jsonRow{}}
	for _, c := range t.Columns {
		j.Columns = append(j.Columns, jsonColumn{Key: c.Key, Title: c.Title, Kind: jsonKinds[c.Kind], Audience: c.Audience})
	}
	for _, r := range t.Rows {
		row := jsonRow{Key: r.Key, Role: jsonRoles[r.Role], Cells: []jsonCell{}}
		for i, c := range r.Cells {
			row.Cells = append(row.Cells, cellJSON(t.Columns[i].Kind, c))
		}
		j.Rows = append(j.Rows, row)
	}
	return j
}

func cellJSON(kind report.ColumnKind, c report.Cell) jsonCell {
	j := jsonCell{State: jsonStates[c.State]}
	switch {
	case c.State != report.Shown:
	case kind == report.Label || kind == report.Verdict:
		j.Text = c.Text
	default:
		number := undusted(c.Number)
		j.Number, j.Caution = &number, c.Caution
	}
	return j
}
