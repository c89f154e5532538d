package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
	"diapason/surveys/report"
)

// questionnaireRoutes are those of the life of a questionnaire: begun, brought
// in, published, taken out.
func (s *Server) questionnaireRoutes() []route {
	const one = "/questionnaires/:survey"
	return []route{
		{fiber.MethodGet, "/questionnaires", surveys.RunSurveys, s.questionnaires},
		{fiber.MethodPost, "/questionnaires", surveys.RunSurveys, s.beginSurvey},
		{fiber.MethodGet, one + "/excel", surveys.RunSurveys, s.written(s.excel)},
		{fiber.MethodPost, one + "/excel", surveys.RunSurveys, s.written(s.readWorkbook)},
		{fiber.MethodPost, one + "/excel/remplacer", surveys.RunSurveys, s.written(s.replaceByWorkbook)},
		{fiber.MethodGet, one + "/fichier", surveys.RunSurveys, s.written(s.questionnaireFile)},
		{fiber.MethodGet, one + "/publication", surveys.RunSurveys, s.written(s.publication)},
		{fiber.MethodPost, one + "/publication", surveys.RunSurveys, s.written(s.publish)},
		{fiber.MethodPost, one + "/publication/abandon", surveys.RunSurveys, s.written(s.abandon)},
		{fiber.MethodGet, one + "/papier", surveys.RunSurveys, s.written(s.paper)},
	}
}

// questionnaires lists the surveys of a diagnostic with what each asks, or
// offers to begin one.
func (s *Server) questionnaires(c fiber.Ctx, v visit) error {
	if c.Request().URI().QueryArgs().Has("nouvelle") {
		return s.showBeginning(c, v, beginning{Start: fromLibrary}, surveyFaults{})
	}
	page := pages.TeamQuestionnaires{TeamFrame: s.frame(c, v, report.Restitution), New: v.questionnairesAddress() + "?nouvelle=1", Now: s.now()}
	for _, survey := range v.surveys {
		card, err := s.questionnaireCard(c, v, survey)
		if err != nil {
			return err
		}
		page.Surveys = append(page.Surveys, card)
	}
	return s.render(c, page)
}

// questionnaireCard tells where the questionnaire of a survey is. To look does
// not begin a manuscript.
func (s *Server) questionnaireCard(c fiber.Ctx, v visit, survey surveys.Survey) (pages.TeamQuestionnaire, error) {
	card := pages.TeamQuestionnaire{
		Survey: survey, Base: v.writingAddress(survey.ID),
		Poster: "/d/" + v.diagnostic.ID + "/affiche/" + survey.ID, Address: s.surveyAddress(c, survey),
	}
	served, err := s.served(c, survey)
	if err != nil {
		return card, err
	}
	shown := &served.Questionnaire
	card.Published = served.Published
	m, err := s.store.Manuscript(c.Context(), survey.ID)
	if err != nil && !errors.Is(err, surveys.ErrNotFound) {
		return card, err
	}
	if err == nil {
		shown = &m.Questionnaire
		card.Changed, card.When = unpublished(survey, served, m, v.diagnostic), m.Updated
		if card.By, err = s.nameOf(c, m.By); err != nil {
			return card, err
		}
	}
	card.Questions, card.Minutes, card.Languages = pages.CountQuestions(shown), authoring.Minutes(shown), pages.NamedTongues(shown)
	return card, nil
}

// served is the version of a survey that people get now; the zero version when
// it has none.
func (s *Server) served(c fiber.Ctx, survey surveys.Survey) (surveys.Version, error) {
	if survey.Current == 0 {
		return surveys.Version{Survey: survey.ID}, nil
	}
	return s.store.Version(c.Context(), survey.ID, survey.Current)
}

// unpublished reports whether a manuscript says anything else than what is
// served.
func unpublished(survey surveys.Survey, served surveys.Version, m surveys.Manuscript, d surveys.Diagnostic) bool {
	if survey.Current == 0 {
		return true
	}
	return surveys.WithCommunes(m.Questionnaire, d.Territory).Digest() != served.Questionnaire.Digest()
}

// nameOf is the name of an account; its login when the account is gone.
func (s *Server) nameOf(c fiber.Ctx, login string) (string, error) {
	account, err := s.store.Account(c.Context(), login)
	if errors.Is(err, surveys.ErrNotFound) {
		return login, nil
	}
	return account.Name, err
}
