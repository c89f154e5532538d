package pages

import (
	"io"
	"slices"

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
		Places []placeOf
	}
	lines := make([]line, len(p.Themes))
	for i, t := range p.Themes {
		lines[i] = line{t, placesOf(t.Chapter)}
	}
	return draw(w, teamThemes, struct {
		TeamThemes
		Lines []line
	}{p, lines})
}

// A placeOf is the place of a theme among the priorities of one audience.
type placeOf struct {
	Audience           surveys.Audience
	Label, Share, Rank string
}

// placesOf are the rows of the first table of a theme's chapter, one an
// audience.
func placesOf(chapter report.Chapter) []placeOf {
	var places []placeOf
	for _, t := range chapter.Tables[:min(1, len(chapter.Tables))] {
		for _, row := range t.Rows {
			audience := surveys.Audience(row.Key)
			if !slices.Contains(surveys.Audiences(), audience) {
				continue
			}
			place := placeOf{Audience: audience, Label: audience.Label()}
			for i, column := range t.Columns {
				switch column.Kind {
				case report.Share:
					place.Share = drawCell(column, row.Cells[i]).Text
				case report.Rank:
					place.Rank = drawCell(column, row.Cells[i]).Text
				}
			}
			places = append(places, place)
		}
	}
	return places
}
