package handlers

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/report"
	"diapason/surveys/territory"
)

// beginning is what somebody asks for who begins a survey.
type beginning struct {
	Audience surveys.Audience
	Title    string
	ID       string // public address; "" to make it from the title
	Start    string // one of the four below
	From     string // ID of the survey whose questionnaire to take
}

// What a questionnaire may start from.
const (
	fromLibrary = "bibliotheque"
	fromSurvey  = "enquete"
	fromFile    = "fichier"
	fromNothing = "vide"
)

// surveyFaults are what is wrong with a beginning: sentences by field, and the
// faults of the workbook.
type surveyFaults struct {
	Fields   map[string]string
	Workbook *upload
}

func (f *surveyFaults) at(field, message string) {
	if f.Fields == nil {
		f.Fields = map[string]string{}
	}
	if f.Fields[field] == "" {
		f.Fields[field] = pages.Sentence(message)
	}
}

// showBeginning offers to begin a survey, with what is wrong beside each field.
func (s *Server) showBeginning(c fiber.Ctx, v visit, b beginning, faults surveyFaults) error {
	others, err := s.otherSurveys(c, v)
	if err != nil {
		return err
	}
	page := pages.TeamBeginning{
		TeamFrame: s.frame(c, v, report.Restitution), Action: v.questionnairesAddress(),
		Site: strings.TrimSuffix(s.surveyAddress(c, surveys.Survey{}), "/"), Others: others, Limit: maxBody >> 20,
		Audience: b.Audience, SurveyTitle: b.Title, Address: b.ID, Start: b.Start, From: b.From, Faults: faults.Fields,
	}
	if faults.Fields != nil {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	if u := faults.Workbook; u != nil {
		page.Workbook, page.Refusals, page.Warnings = u.Name, cellFaults(u.Questionnaire, u.Problems.Refusals()), cellFaults(u.Questionnaire, u.Problems.Warnings())
	}
	return s.render(c, page)
}

// otherSurveys are those whose questionnaire the account may take, in every
// diagnostic it runs.
func (s *Server) otherSurveys(c fiber.Ctx, v visit) ([]pages.SurveyChoice, error) {
	all, err := s.store.Diagnostics(c.Context())
	if err != nil {
		return nil, err
	}
	var found []pages.SurveyChoice
	for _, d := range all {
		if !surveys.May(v.account, surveys.RunSurveys, d.ID) {
			continue
		}
		asked, err := s.store.Surveys(c.Context(), d.ID)
		if err != nil {
			return nil, err
		}
		for _, survey := range surveys.InOrder(asked) {
			found = append(found, pages.SurveyChoice{ID: survey.ID, Label: fmt.Sprintf("%s – %s, %s", survey.Title, survey.Audience.Label(), d.Title)})
		}
	}
	return found, nil
}

// beginSurvey adds a survey with its manuscript, and leads to writing it.
func (s *Server) beginSurvey(c fiber.Ctx, v visit) error {
	b := beginning{
		Audience: surveys.Audience(copied(c.FormValue("public"))), Title: strings.TrimSpace(copied(c.FormValue("titre"))),
		ID: strings.TrimSpace(copied(c.FormValue("adresse"))), Start: copied(c.FormValue("depart")), From: copied(c.FormValue("enquete")),
	}
	var faults surveyFaults
	first, err := s.firstQuestionnaire(c, v, b, &faults)
	if err != nil {
		return err
	}
	if b.Title == "" && b.Start == fromFile && first != nil {
		b.Title = strings.TrimSpace(first.Title)
	}
	if b.ID == "" && b.Title != "" {
		if b.ID, err = s.freeAddress(c, b.Title); err != nil {
			return err
		}
	}
	survey := surveys.Survey{ID: b.ID, Diagnostic: v.diagnostic.ID, Audience: b.Audience, Title: b.Title}
	if first == nil { // the other fields are looked at all the same
		faults.add(b, survey.CheckNew())
		return s.showBeginning(c, v, b, faults)
	}
	err = surveys.Begin(c.Context(), s.store, survey, *surveys.WithoutCommunes(*first, v.diagnostic.Territory), v.account.Login, s.now())
	if refused := (surveys.Problems)(nil); errors.As(err, &refused) {
		faults.add(b, refused)
		return s.showBeginning(c, v, b, faults)
	}
	if err == nil {
		err = s.note(c.Context(), v, surveys.BegunSurvey, survey.Title)
	}
	if err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(v.writingAddress(survey.ID))
}

// add tells problems beside their fields. An address left blank is made from
// the title: when there is none, the title is what lacks.
func (f *surveyFaults) add(b beginning, problems surveys.Problems) {
	for _, p := range problems {
		switch {
		case p.Code == "audience.unknown":
			f.at("audience", "Choisissez un public.")
		case p.Place.Question != "id" || b.ID != "":
			f.at(p.Place.Question, p.Message)
		}
	}
}

// firstQuestionnaire is what the survey starts from, nil when there is a fault.
func (s *Server) firstQuestionnaire(c fiber.Ctx, v visit, b beginning, faults *surveyFaults) (*surveys.Questionnaire, error) {
	switch b.Start {
	case fromLibrary:
		if library.Workbook(b.Audience) == nil {
			return nil, nil // the audience is not one of ours: that is told beside it
		}
		return library.Questionnaire(b.Audience)
	case fromSurvey:
		return s.questionnaireOf(c, v, b.From, faults)
	case fromFile:
		return s.uploadedQuestionnaire(c, faults)
	case fromNothing:
		return &surveys.Questionnaire{}, nil
	}
	faults.at("depart", "Choisissez de quoi partir.")
	return nil, nil
}

// questionnaireOf is what another survey asks, as it is written now.
func (s *Server) questionnaireOf(c fiber.Ctx, v visit, id string, faults *surveyFaults) (*surveys.Questionnaire, error) {
	survey, err := s.store.Survey(c.Context(), id)
	if errors.Is(err, surveys.ErrNotFound) || err == nil && !surveys.May(v.account, surveys.RunSurveys, survey.Diagnostic) {
		faults.at("enquete", "Choisissez une enquête de la liste.")
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, err := surveys.OpenManuscript(c.Context(), s.store, survey, s.now())
	m.Questionnaire.FormID = ""
	return &m.Questionnaire, err
}

func (s *Server) uploadedQuestionnaire(c fiber.Ctx, faults *surveyFaults) (*surveys.Questionnaire, error) {
	u, err := readUpload(c)
	switch {
	case err != nil:
		return nil, err
	case u.Name == "":
		faults.at("classeur", noWorkbook)
		return nil, nil
	case u.Problems.Refusals() != nil:
		faults.at("classeur", "Ce fichier ne peut pas encore servir : ses erreurs sont dans le tableau, en bas de la page.")
		faults.Workbook = &u
		return nil, nil
	}
	return u.Questionnaire, nil
}

// maxAddress keeps an address that is made from a title short enough to type.
const maxAddress = 40

// freeAddress makes an address from a title, with a number after it when it is
// taken.
func (s *Server) freeAddress(c fiber.Ctx, title string) (string, error) {
	words := addressOf(title)
	for n := 1; ; n++ {
		id := words
		if n > 1 {
			id = fmt.Sprintf("%s-%d", words, n)
		}
		_, err := s.store.Survey(c.Context(), id)
		if errors.Is(err, surveys.ErrNotFound) {
			return id, nil
		}
		if err != nil {
			return "", err
		}
	}
}

// addressOf is a title as an address: small letters, digits and hyphens.
func addressOf(title string) string {
	plain := strings.Map(func(r rune) rune {
		if r == ' ' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, territory.Fold(title))
	address := ""
	for word := range strings.FieldsSeq(plain) {
		next := strings.TrimPrefix(address+"-"+word, "-")
		if len(next) > maxAddress {
			break
		}
		address = next
	}
	if address == "" {
		return "enquete"
	}
	return address
}
