package pages

import (
	"io"

	"diapason/surveys"
)

// RestitutionThemeList lists the themes.
type RestitutionThemeList struct{ Restitution }

var restitutionThemes = restitutionPage("restitution_themes.html")

// Render writes the page.
func (p RestitutionThemeList) Render(w io.Writer) error {
	type line struct {
		surveys.Theme
		Address string
		Places  []placeOf
	}
	lines := make([]line, len(p.Frame.Themes))
	for i, t := range p.Frame.Themes {
		lines[i] = line{Theme: t, Address: p.Base + RestitutionThemes + "/" + t.Code}
		if chapter, ok := p.Report.Chapter(t.Code); ok {
			lines[i].Places = placesOf(*chapter)
		}
	}
	return draw(w, restitutionThemes, struct {
		restitutionFrame
		Lines []line
	}{p.dress("Les thèmes", RestitutionThemes, about("Ce que disent les publics, thème par thème.", p.Report)), lines})
}
