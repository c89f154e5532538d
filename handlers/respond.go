package handlers

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// respondentRoutes is what somebody who answers may meet. None of it sets a
// cookie.
func (s *Server) respondentRoutes() {
	pace := s.submissionLimit()
	s.app.Get("/", s.home)
	s.app.Get("/confidentialite", s.privacy)
	s.app.Get("/accessibilite", s.accessibility)
	s.app.Get("/r/:slug", s.showForm)
	s.app.Post("/r/:slug", pace, s.postForm)
	s.app.Post("/r/:slug/reponses", pace, s.postResponse)
	s.app.Get("/r/:slug/au-revoir", s.goodbye)
	s.app.Get("/r/:slug/retrait", s.showWithdraw)
	s.app.Post("/r/:slug/retrait", s.withdrawLimit(), s.postWithdraw)
}

// asked is a survey with its diagnostic, as somebody met it.
type asked struct {
	survey     surveys.Survey
	diagnostic surveys.Diagnostic
}

// asked finds the survey of the address. A draft does not exist yet.
func (s *Server) asked(c fiber.Ctx) (asked, error) {
	survey, err := s.store.Survey(c.Context(), copied(c.Params("slug")))
	if err != nil {
		return asked{}, err
	}
	if survey.State == surveys.Draft || survey.Current == 0 {
		return asked{}, surveys.ErrNotFound
	}
	diagnostic, err := s.store.Diagnostic(c.Context(), survey.Diagnostic)
	return asked{survey, diagnostic}, err
}

// takesAnswers reports whether new respondents are let in. Answers begun
// before the last day was over are still taken as long as the survey is open:
// a phone may have been without network.
func (a asked) takesAnswers(now time.Time) bool {
	if a.survey.State != surveys.Open || a.diagnostic.State == surveys.Closed || a.diagnostic.State == surveys.Archived {
		return false
	}
	return a.diagnostic.Closes.IsZero() || surveys.DayOf(now) <= surveys.DayOf(a.diagnostic.Closes)
}

// copied takes a string out of the buffers that Fiber uses again for the next
// request. Everything that is kept of a form or an address goes through here.
func copied(s string) string { return strings.Clone(s) }

func (s *Server) home(c fiber.Ctx) error {
	diagnostics, err := s.store.Diagnostics(c.Context())
	if err != nil {
		return err
	}
	var page pages.Home
	for _, d := range diagnostics {
		if d.Restitution != nil {
			page.Told = append(page.Told, d)
		}
		all, err := s.store.Surveys(c.Context(), d.ID)
		if err != nil {
			return err
		}
		if open := openSurveys(d, all, s.now()); len(open) > 0 {
			page.Open = append(page.Open, pages.HomeDiagnostic{Diagnostic: d, Surveys: open})
		}
	}
	return s.render(c, page)
}

// openSurveys are those that take answers, the common audiences in their order
// first.
func openSurveys(d surveys.Diagnostic, all []surveys.Survey, now time.Time) []surveys.Survey {
	var ordered, others []surveys.Survey
	takes := func(v surveys.Survey) bool { return v.Current > 0 && (asked{v, d}).takesAnswers(now) }
	common := map[surveys.Audience]bool{}
	for _, audience := range surveys.Audiences() {
		common[audience] = true
		for _, v := range all {
			if v.Audience == audience && takes(v) {
				ordered = append(ordered, v)
			}
		}
	}
	for _, v := range all {
		if !common[v.Audience] && takes(v) {
			others = append(others, v)
		}
	}
	return append(ordered, others...)
}

func (s *Server) goodbye(c fiber.Ctx) error {
	a, err := s.asked(c)
	if err != nil {
		return err
	}
	return s.render(c, pages.Goodbye{Survey: a.survey, Diagnostic: a.diagnostic, Language: copied(c.Query("langue"))})
}

func (s *Server) privacy(c fiber.Ctx) error {
	diagnostics, err := s.visibleDiagnostics(c)
	if err != nil {
		return err
	}
	return s.render(c, pages.Privacy{Diagnostics: diagnostics})
}

func (s *Server) accessibility(c fiber.Ctx) error {
	diagnostics, err := s.visibleDiagnostics(c)
	if err != nil {
		return err
	}
	var page pages.Accessibility
	told := map[string]bool{}
	for _, d := range diagnostics {
		if contact := d.Notice.Contact; contact != "" && !told[contact] {
			told[contact] = true
			page.Contacts = append(page.Contacts, d.Notice.Controller+" : "+contact)
		}
	}
	return s.render(c, page)
}

// visibleDiagnostics are those the public may know of.
func (s *Server) visibleDiagnostics(c fiber.Ctx) ([]surveys.Diagnostic, error) {
	all, err := s.store.Diagnostics(c.Context())
	var visible []surveys.Diagnostic
	for _, d := range all {
		if d.State == surveys.Open || d.State == surveys.Closed {
			visible = append(visible, d)
		}
	}
	return visible, err
}
