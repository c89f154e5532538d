package handlers

import (
	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/csrf"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// diagnostics lists what an account may open. The counts are the protected
// ones: the list is no place to note that somebody opened the working view.
func (s *Server) diagnostics(c fiber.Ctx, account surveys.Account) error {
	all, err := s.store.Diagnostics(c.Context())
	if err != nil {
		return err
	}
	page := pages.TeamDiagnostics{TeamFrame: pages.TeamFrame{Person: account.Name, CSRF: csrf.TokenFromContext(c)}}
	for _, d := range all {
		if !surveys.May(account, surveys.SeeProtected, d.ID) {
			continue
		}
		r, err := s.source.Report(c.Context(), d, report.Restitution, s.now())
		if err != nil {
			return err
		}
		page.Diagnostics = append(page.Diagnostics, pages.TeamDiagnostic{
			ID: d.ID, Title: d.Title, Territory: d.Territory.Name, Edition: d.Edition, State: d.State,
			Dates: pages.Dates(d.Opens, d.Closes), Demo: d.Demo, Answers: r.Answers,
		})
	}
	return s.render(c, page)
}
