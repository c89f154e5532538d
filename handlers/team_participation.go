package handlers

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/exports"
	"diapason/handlers/pages"
	"diapason/surveys"
)

// participation is the dashboard of a diagnostic.
func (s *Server) participation(c fiber.Ctx, v visit) error {
	r, frame, err := s.read(c, v)
	if err != nil {
		return err
	}
	page := pages.TeamParticipation{
		TeamFrame: frame, Report: r, Dates: pages.Dates(v.diagnostic.Opens, v.diagnostic.Closes), Now: s.now(),
		Stream: "/d/" + v.diagnostic.ID + "/participation/flux?vue=" + string(frame.View) + "&depuis=" + pulseMark(r),
	}
	if v.may(surveys.RunSurveys) {
		page.Sectors = v.groupingAddress()
	}
	for _, survey := range v.surveys {
		page.Surveys = append(page.Surveys, s.reached(c, v, survey))
	}
	return s.render(c, page)
}

// reached says how a survey is reached and what its button does.
func (s *Server) reached(c fiber.Ctx, v visit, survey surveys.Survey) pages.TeamSurvey {
	base := "/d/" + v.diagnostic.ID
	shown := pages.TeamSurvey{
		ID: survey.ID, Title: survey.Title, Label: survey.Audience.Label(), Audience: survey.Audience, State: survey.State,
		Address: s.surveyAddress(c, survey), QR: base + "/qr/" + survey.ID + ".svg",
		Poster: base + "/affiche/" + survey.ID, StateAddress: base + "/enquetes/" + survey.ID + "/etat",
		Unpublished: survey.Current == 0,
	}
	if !v.may(surveys.RunSurveys) {
		return shown
	}
	for _, next := range []surveys.State{surveys.Open, surveys.Closed} {
		if survey.MayBecome(next) {
			shown.Next = next
		}
	}
	return shown
}

// surveyAddress is the public address of a survey's questionnaire.
func (s *Server) surveyAddress(c fiber.Ctx, survey surveys.Survey) string {
	site := s.config.URL
	if site == "" {
		site = strings.Clone(c.BaseURL())
	}
	return site + "/r/" + survey.ID
}

// survey is the survey of the diagnostic that the address names.
func (v visit) survey(c fiber.Ctx) (surveys.Survey, error) {
	id := c.Params("survey")
	for _, survey := range v.surveys {
		if survey.ID == id {
			return survey, nil
		}
	}
	return surveys.Survey{}, surveys.ErrNotFound
}

// poster is the sheet to print.
func (s *Server) poster(c fiber.Ctx, v visit) error {
	survey, err := v.survey(c)
	if err != nil {
		return err
	}
	d := v.diagnostic
	return s.render(c, pages.TeamPoster{
		Layout: pages.Layout{Audience: string(survey.Audience), Demo: d.Demo},
		Survey: survey.Title, Territory: d.Territory.Name, Address: s.surveyAddress(c, survey),
		QR: "/d/" + d.ID + "/qr/" + survey.ID + ".svg", Back: "/d/" + d.ID,
		Dates: pages.Dates(time.Time{}, d.Closes), Controller: d.Notice.Controller, Contact: d.Notice.Contact,
	})
}

// qr draws the public address of a survey.
func (s *Server) qr(c fiber.Ctx, v visit) error {
	survey, err := v.survey(c)
	if err != nil {
		return err
	}
	svg, err := exports.QR(s.surveyAddress(c, survey))
	if err != nil {
		return fmt.Errorf("QR code of %s: %w", survey.ID, err)
	}
	c.Set(fiber.HeaderContentType, "image/svg+xml")
	return c.Send(svg)
}

// changeState opens or closes a collection. A button pressed twice does it
// once.
func (s *Server) changeState(c fiber.Ctx, v visit) error {
	survey, err := v.survey(c)
	if err != nil {
		return err
	}
	next := surveys.State(strings.Clone(c.FormValue("etat")))
	acts := map[surveys.State]string{surveys.Open: surveys.OpenedSurvey, surveys.Closed: surveys.ClosedSurvey}
	if acts[next] == "" {
		return fiber.ErrBadRequest
	}
	changed, err := surveys.SetState(c.Context(), s.store, survey.ID, next, s.now())
	if refused := (surveys.Problems)(nil); errors.As(err, &refused) {
		c.Status(fiber.StatusConflict)
		return s.render(c, pages.Failure{
			Title:   "Cette collecte a changé d’état entre-temps",
			Message: "Rien n’a été modifié. Revenez à la page Participation pour voir où elle en est.",
		})
	}
	if err == nil && changed {
		err = s.note(c.Context(), v, acts[next], survey.Title)
	}
	if err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To("/d/" + v.diagnostic.ID)
}
