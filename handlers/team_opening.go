package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// openingPath is where the team opens the restitution to everybody.
const openingPath = "/restitution"

// openingRoutes lead to that decision, to what it would show, and to the
// slides.
func (s *Server) openingRoutes() []route {
	return append(s.previewRoutes(),
		route{fiber.MethodGet, openingPath, surveys.ShareRestitution, s.opening},
		route{fiber.MethodGet, openingPath + "/publier", surveys.ShareRestitution, s.confirmOpening},
		route{fiber.MethodPost, openingPath + "/publier", surveys.ShareRestitution, s.openRestitution},
		route{fiber.MethodPost, openingPath + "/retirer", surveys.ShareRestitution, s.closeRestitution},
		route{fiber.MethodGet, "/diapos", surveys.SeeProtected, s.slides},
	)
}

// opening says what is public, what would be, and what keeps it from being.
func (s *Server) opening(c fiber.Ctx, v visit) error {
	page, _, err := s.openingPage(c, v)
	if err != nil {
		return err
	}
	page.Done = copied(c.Query("fait"))
	return s.render(c, page)
}

// confirmOpening is the page to read before everybody may.
func (s *Server) confirmOpening(c fiber.Ctx, v visit) error {
	page, _, err := s.openingPage(c, v)
	if err != nil {
		return err
	}
	page.Confirm = page.Opening == nil && len(page.Unready) == 0
	return s.render(c, page)
}

// openRestitution opens the restitution, once somebody says they read the preview.
func (s *Server) openRestitution(c fiber.Ctx, v visit) error {
	page, r, err := s.openingPage(c, v)
	if err != nil {
		return err
	}
	switch {
	case len(page.Unready) > 0:
		c.Status(fiber.StatusConflict)
		return s.render(c, page)
	case page.Opening == nil && c.FormValue("relu") != "oui":
		page.Confirm, page.Refused = true, "Rien n’est publié : cochez la case qui dit que vous avez relu l’aperçu."
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, page)
	}
	changed, err := surveys.OpenRestitution(c.Context(), s.store, v.diagnostic.ID, v.account.Login, s.now())
	if err == nil && changed {
		shown, hidden := r.Told()
		err = s.note(c.Context(), v, surveys.OpenedRestitution, fmt.Sprintf("%d parts montrées, %d masquées", shown, hidden))
	}
	if err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To("/d/" + v.diagnostic.ID + openingPath + "?fait=publiee")
}

// closeRestitution closes it again. Pressing twice is pressing once.
func (s *Server) closeRestitution(c fiber.Ctx, v visit) error {
	changed, err := surveys.CloseRestitution(c.Context(), s.store, v.diagnostic.ID)
	if err == nil && changed {
		err = s.note(c.Context(), v, surveys.ClosedRestitution, "")
	}
	if err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To("/d/" + v.diagnostic.ID + openingPath + "?fait=retiree")
}

func (s *Server) openingPage(c fiber.Ctx, v visit) (pages.TeamOpening, *report.Report, error) {
	r, err := s.shelf.report(c.Context(), v.diagnostic)
	if err != nil {
		return pages.TeamOpening{}, nil, err
	}
	site := s.config.URL
	if site == "" {
		site = copied(c.BaseURL())
	}
	here := "/d/" + v.diagnostic.ID + openingPath
	page := pages.TeamOpening{
		TeamFrame: s.frame(c, v, report.Restitution), Report: r, Opening: v.diagnostic.Restitution, Unready: r.Unready(),
		Here: here, Preview: here + "/apercu", Public: site + restitutionPath + v.diagnostic.ID,
	}
	for _, survey := range v.surveys {
		page.Collecting = page.Collecting || survey.State == surveys.Open
	}
	if page.Opening != nil {
		if page.By, err = s.nameOf(c, page.Opening.By); err != nil {
			return page, nil, err
		}
	}
	return page, r, nil
}

// slides is the COPIL's twenty minutes: always what may be shared, whoever
// shows it.
func (s *Server) slides(c fiber.Ctx, v visit) error {
	r, err := s.shelf.report(c.Context(), v.diagnostic)
	if err != nil {
		return err
	}
	return s.render(c, pages.TeamSlides{TeamFrame: s.frame(c, v, report.Restitution), Report: r, Picture: slidePictures(v.diagnostic.Demo)})
}
