package pages

import (
	"io"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamParticipation is the dashboard: who has answered, and how to be
// answered more.
type TeamParticipation struct {
	TeamFrame
	Report  *report.Report
	Surveys []TeamSurvey
	Dates   string
	Now     time.Time
	// Stream is where the page listens for changes of what it shows.
	Stream  string
	Sectors string // address of the page that groups communes, "" for who may not
}

// A TeamSurvey is how one survey is reached and what may become of it.
type TeamSurvey struct {
	ID           string
	Title        string
	Label        string // of the audience
	Audience     surveys.Audience
	State        surveys.State
	Address      string // public
	QR           string // address of the SVG
	Poster       string
	StateAddress string
	// Next is the state the button leads to, "" for no button.
	Next        surveys.State
	Unpublished bool
}

// A counter is an audience's number in large type.
type counter struct {
	report.AudienceCount
	Collection surveys.State
}

var teamParticipation = teamPage("team_participation.html")

// Render writes the page.
func (p TeamParticipation) Render(w io.Writer) error {
	p.Title = "Participation"
	chapter := Dashboard(p.Report)
	p.dress()
	return draw(w, teamParticipation, struct {
		TeamParticipation
		Chapter  report.Chapter
		Tables   []teamTable
		Counters []counter
		Total    report.Cell
		Time     string
	}{p, chapter, drawTables(chapter), p.counters(), total(p.Report, chapter), hourMinute(p.Now)})
}

// Dashboard is the chapter of a report that the page shows, beside the number
// of answers of each audience.
func Dashboard(r *report.Report) report.Chapter { return chapterOf(r, report.ChapterParticipation) }

func (p TeamParticipation) counters() []counter {
	counters := make([]counter, len(p.Report.Answers))
	for i, answers := range p.Report.Answers {
		counters[i].AudienceCount = answers
		for _, s := range p.Surveys {
			if s.ID == answers.Survey {
				counters[i].Collection = s.State
			}
		}
	}
	return counters
}

// total is the number of all answers. The chapter's own total comes first: it
// is hidden where it would tell how many a small audience is.
func total(r *report.Report, chapter report.Chapter) report.Cell {
	for _, t := range chapter.Tables {
		for _, row := range t.Rows {
			for i, cell := range row.Cells {
				if row.Role == report.Total && t.Columns[i].Kind == report.Count {
					return cell
				}
			}
		}
	}
	return report.Cell{State: report.Shown, Number: float64(r.Total())}
}

// chapterOf is the chapter, or an empty one: a report without it has nothing
// to say there.
func chapterOf(r *report.Report, id string) report.Chapter {
	if chapter, ok := r.Chapter(id); ok {
		return *chapter
	}
	return report.Chapter{ID: id}
}
