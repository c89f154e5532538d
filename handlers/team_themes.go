package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// themes lists the themes of the diagnostic, each with its first number.
func (s *Server) themes(c fiber.Ctx, v visit) error {
	r, frame, err := s.read(c, v)
	if err != nil {
		return err
	}
	page := pages.TeamThemes{TeamFrame: frame}
	for _, theme := range v.diagnostic.Frame.Themes {
		page.Themes = append(page.Themes, pages.TeamTheme{
			Theme: theme, Chapter: themeChapter(r, theme), Address: "/d/" + v.diagnostic.ID + "/themes/" + theme.Code + keptView(c),
		})
	}
	return s.render(c, page)
}

// theme shows one theme. A theme the diagnostic does not have is missing.
func (s *Server) theme(c fiber.Ctx, v visit) error {
	theme, ok := v.diagnostic.Frame.Theme(strings.Clone(c.Params("theme")))
	if !ok {
		return surveys.ErrNotFound
	}
	r, frame, err := s.read(c, v)
	if err != nil {
		return err
	}
	return s.render(c, pages.TeamResults{
		TeamFrame: frame, Chapter: themeChapter(r, theme),
		Silence: "Rien à montrer pour l’instant : aucune question publiée ne porte sur ce thème, ou personne n’y a encore répondu.",
	})
}

// keptView is the query that keeps the view a reader chose.
func keptView(c fiber.Ctx) string {
	if c.Query("vue") == string(report.Restitution) {
		return "?vue=restitution"
	}
	return ""
}

// themeChapter is the chapter of a theme, with its title alone while the report
// has none.
func themeChapter(r *report.Report, theme surveys.Theme) report.Chapter {
	if found, ok := r.Chapter(theme.Code); ok {
		return *found
	}
	return report.Chapter{ID: theme.Code, Title: theme.Name}
}
