package pages

import (
	"io"

	"diapason/surveys"
	"diapason/surveys/report"
)

// TeamThemes lists the themes of a diagnostic.
type TeamThemes struct {
	TeamFrame
	Themes []TeamTheme
}

// A TeamTheme is one theme of the list with what its page shows.
type TeamTheme struct {
	surveys.Theme
	Chapter report.Chapter
	Address string
}

var teamThemes = teamPage("team_themes.html")

// Render writes the page.
func (p TeamThemes) Render(w io.Writer) error {
	p.Title = "Thèmes"
	p.dress()
	type line struct {
		TeamTheme
		Key keyNumber
	}
	lines := make([]line, len(p.Themes))
	for i, t := range p.Themes {
		lines[i] = line{t, keyOf(t.Chapter)}
	}
	return draw(w, teamThemes, struct {
		TeamThemes
		Lines []line
	}{p, lines})
}

// A keyNumber is the first thing a chapter says, in one number: which number,
// of what, for whom, in which table. The zero value says nothing.
type keyNumber struct {
	Value, Of, Who, Table string
}

// keyOf is the number in the first row of the first table that draws one, as
// the report put them in order. A hidden number is passed over for the next
// that may be shown.
func keyOf(chapter report.Chapter) keyNumber {
	for _, t := range chapter.Tables {
		if t.Chart.Kind == report.NoChart || t.Chart.Kind == report.Timeline {
			continue
		}
		for _, row := range t.Rows {
			for _, at := range t.Chart.Series {
				if row.Role != report.Ordinary || at >= len(row.Cells) || row.Cells[at].State != report.Shown {
					continue
				}
				column := t.Columns[at]
				key := keyNumber{Value: drawCell(column, row.Cells[at]).Text, Of: row.Cells[t.Chart.Label].Text, Table: t.Title}
				if column.Audience != "" {
					key.Who = column.Audience.Label()
				} else if chapter.Audience == "" {
					key.Who = t.Section
				}
				return key
			}
		}
	}
	return keyNumber{}
}
