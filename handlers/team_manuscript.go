package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// A route is one address under a diagnostic, with what may be done there.
type route struct {
	method, path string
	action       surveys.Action
	handle       func(fiber.Ctx, visit) error
}

// writing is somebody at work on the questionnaire of a survey.
type writing struct {
	visit
	survey     surveys.Survey
	manuscript surveys.Manuscript
}

// base is the address of the questionnaire's pages.
func (w writing) base() string { return w.writingAddress(w.survey.ID) }

// questionnairesAddress is the list of the questionnaires of a diagnostic, and
// writingAddress where one of them is written.
func (v visit) questionnairesAddress() string { return "/d/" + v.diagnostic.ID + "/questionnaires" }

func (v visit) writingAddress(survey string) string { return v.questionnairesAddress() + "/" + survey }

// written opens the manuscript of the survey that the address names before it
// lets somebody in.
func (s *Server) written(handle func(fiber.Ctx, writing) error) func(fiber.Ctx, visit) error {
	return func(c fiber.Ctx, v visit) error {
		survey, err := v.survey(c)
		if err != nil {
			return err
		}
		m, err := surveys.OpenManuscript(c.Context(), s.store, survey, s.now())
		if err != nil {
			return err
		}
		return handle(c, writing{visit: v, survey: survey, manuscript: m})
	}
}

// edit makes moves in the manuscript, all or none; says tells the step in
// French. What cannot be made comes back as surveys.Problems.
func (s *Server) edit(c fiber.Ctx, w writing, says string, moves func(*surveys.Questionnaire) ([]surveys.Move, error)) (surveys.Manuscript, error) {
	return surveys.Edit(c.Context(), s.store, w.survey.ID, w.account.Login, says, s.now(), moves)
}

// writingFrame is what the pages of one questionnaire share. A form is answered
// under the address of its page, which then stays the current one.
func (s *Server) writingFrame(c fiber.Ctx, w writing) pages.WritingFrame {
	frame := pages.WritingFrame{
		TeamFrame: s.frame(c, w.visit, report.Restitution),
		Survey:    w.survey, Base: w.base(), Revision: w.manuscript.Revision,
	}
	frame.Audience = string(w.survey.Audience)
	current, here := 0, strings.ToLower(c.Path())+"/"
	for i, tab := range []pages.TeamTab{
		{Label: "Écrire", Address: w.base()},
		{Label: "Traduire", Address: w.base() + "/traductions"},
		{Label: "Ajouter depuis la bibliothèque", Address: w.base() + "/bibliotheque"},
		{Label: "Excel", Address: w.base() + "/excel"},
		{Label: "Relire et publier", Address: w.base() + "/publication"},
	} {
		if strings.HasPrefix(here, strings.ToLower(tab.Address)+"/") {
			current = i // the first is the beginning of all the others
		}
		frame.Steps = append(frame.Steps, tab)
	}
	frame.Steps[current].Current = true
	return frame
}
