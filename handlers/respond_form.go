package handlers

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// showForm is the respondent's page.
func (s *Server) showForm(c fiber.Ctx) error {
	a, err := s.asked(c)
	if err != nil {
		return err
	}
	if !a.takesAnswers(s.now()) {
		return surveys.ErrClosed
	}
	form, err := s.forms.Form(c.Context(), a.survey.ID, a.survey.Current)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return s.render(c, pages.Form{
		Survey: a.survey, Diagnostic: a.diagnostic, Form: form, Version: a.survey.Current,
		ID: surveys.NewResponseID(s.now()), Language: s.language(c, form),
		Mode: modeOf(c.Query("mode")), Relay: relayOf(c.Query("relais")),
	})
}

// language is the one of the address, else the first of the browser's that
// the questionnaire speaks, else its own.
func (s *Server) language(c fiber.Ctx, form *surveys.Form) string {
	if asked := c.Query("langue"); asked != "" {
		return copied(asked)
	}
	var codes []string
	for _, t := range pages.Tongues(form.Questionnaire) {
		codes = append(codes, t.Code)
	}
	if c.Get(fiber.HeaderAcceptLanguage) == "" {
		return codes[0]
	}
	if best := c.AcceptsLanguages(codes...); best != "" {
		return best
	}
	return codes[0]
}

// modeOf reads the mode of an address: a tablet in a hall says "kiosque".
func modeOf(text string) surveys.Mode {
	if mode := surveys.Mode(copied(text)); mode.Known() {
		return mode
	}
	return surveys.Web
}

// relayOf reads the code of a relay; anything that cannot be one is dropped,
// since nobody who answers can mend an address.
func relayOf(text string) string {
	const longest = 64
	odd := func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	if len(text) > longest || strings.ContainsFunc(text, odd) {
		return ""
	}
	return copied(text)
}

// postForm takes in the form of a page without a script.
func (s *Server) postForm(c fiber.Ctx) error {
	a, err := s.asked(c)
	if err != nil {
		return err
	}
	typed := entries(c)
	version, err := strconv.Atoi(typed.Get(pages.FieldVersion))
	if err != nil {
		version = a.survey.Current
	}
	form, err := s.forms.Form(c.Context(), a.survey.ID, version)
	if errors.Is(err, surveys.ErrNotFound) {
		version = a.survey.Current
		form, err = s.forms.Form(c.Context(), a.survey.ID, version)
	}
	if err != nil {
		return err
	}
	response := surveys.Response{
		ID: typed.Get(pages.FieldID), Survey: a.survey.ID, Version: version, Language: typed.Get(pages.FieldLanguage),
		Relay: relayOf(typed.Get(pages.FieldRelay)), Mode: modeOf(typed.Get(pages.FieldMode)),
		Consent: typed.Get(pages.FieldConsent), Answers: answers(form.Questionnaire.Items, "", typed),
	}
	return s.answerForm(c, a, form, response, typed)
}

func (s *Server) answerForm(c fiber.Ctx, a asked, form *surveys.Form, r surveys.Response, typed url.Values) error {
	receipt, err := surveys.Submit(c.Context(), s.forms, r, s.now())
	var problems surveys.Problems
	switch {
	case errors.As(err, &problems):
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, pages.Form{
			Survey: a.survey, Diagnostic: a.diagnostic, Form: form, Version: r.Version, ID: s.keptID(r.ID),
			Language: r.Language, Mode: r.Mode, Relay: r.Relay, Entries: typed, Problems: problems,
		})
	case err != nil:
		return err
	case receipt.Ended != nil:
		return s.render(c, pages.Ended{Survey: a.survey, Diagnostic: a.diagnostic, Form: form, Note: receipt.Ended, Language: r.Language})
	case receipt.Added:
		c.Status(fiber.StatusCreated)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.render(c, pages.Thanks{Survey: a.survey, Diagnostic: a.diagnostic, Language: r.Language, Withdrawal: receipt.Withdrawal})
}

// keptID keeps the identifier of a form that is shown again, unless it is one
// that can never be accepted.
func (s *Server) keptID(id string) string {
	if surveys.ValidResponseID(id) {
		return id
	}
	return surveys.NewResponseID(s.now())
}
