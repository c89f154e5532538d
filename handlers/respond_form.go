package handlers

import (
	"errors"
	"net/url"
	"slices"
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
		c.Status(fiber.StatusGone)
		return s.render(c, pages.Closed{Survey: a.survey, Diagnostic: a.diagnostic, Language: copied(c.Query("langue"))})
	}
	form, err := s.forms.Form(c.Context(), a.survey.ID, a.survey.Current)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return s.render(c, pages.Form{
		Survey: a.survey, Diagnostic: a.diagnostic, Form: form, Version: a.survey.Current,
		ID: surveys.NewResponseID(s.now()), Language: s.language(c, form),
		Mode: modeOf(c.Query("mode")), Relay: relayOf(c.Query("relais")), Begun: form.Begin(s.now()),
	})
}

// language is the one of the address, else the first of the browser's that
// the questionnaire speaks, else its own.
func (s *Server) language(c fiber.Ctx, form *surveys.Form) string {
	if asked := c.Query("langue"); pages.Speaks(form.Questionnaire, asked) {
		return copied(asked)
	}
	var codes []string
	for _, t := range pages.Tongues(form.Questionnaire) {
		codes = append(codes, t.Code)
	}
	header := c.Get(fiber.HeaderAcceptLanguage)
	if header == "" {
		return codes[0]
	}
	if best := c.AcceptsLanguages(codes...); best != "" {
		return best
	}
	for wanted := range strings.SplitSeq(header, ",") { // "es-MX" reads "es"
		wanted, _, _ = strings.Cut(strings.TrimSpace(wanted), "-")
		if slices.Contains(codes, strings.ToLower(wanted)) {
			return strings.ToLower(wanted)
		}
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
	form, version, shown, err := s.formOf(c, a.survey, typed)
	if err != nil {
		return err
	}
	response := surveys.Response{
		ID: typed.Get(pages.FieldID), Survey: a.survey.ID, Version: version, Language: typed.Get(pages.FieldLanguage),
		Relay: relayOf(typed.Get(pages.FieldRelay)), Mode: modeOf(typed.Get(pages.FieldMode)),
		Consent: typed.Get(pages.FieldConsent), Answers: answers(form.Questionnaire.Items, "", typed),
	}
	return s.answerForm(c, a, form, shown, response, typed)
}

// formOf is the version a page was made from, with its number, twice. When there
// is none of that number, the form is the one served now, under the number that
// was sent: it is then shown again with what was typed, as the one served now.
func (s *Server) formOf(c fiber.Ctx, survey surveys.Survey, typed url.Values) (form *surveys.Form, version, shown int, err error) {
	version, err = strconv.Atoi(typed.Get(pages.FieldVersion))
	if err == nil {
		form, err = s.forms.Form(c.Context(), survey.ID, version)
	}
	if form != nil || err != nil && !errors.Is(err, surveys.ErrNotFound) && !errors.Is(err, strconv.ErrSyntax) && !errors.Is(err, strconv.ErrRange) {
		return form, version, version, err
	}
	form, err = s.forms.Form(c.Context(), survey.ID, survey.Current)
	return form, version, survey.Current, err
}

func (s *Server) answerForm(c fiber.Ctx, a asked, form *surveys.Form, shown int, r surveys.Response, typed url.Values) error {
	receipt, err := s.submit(c, form, r)
	var problems surveys.Problems
	again := pages.Form{
		Survey: a.survey, Diagnostic: a.diagnostic, Form: form, Version: shown, ID: s.keptID(r.ID),
		Language: r.Language, Mode: r.Mode, Relay: r.Relay, Entries: typed,
	}
	switch {
	case errors.As(err, &problems):
		c.Status(fiber.StatusUnprocessableEntity)
		again.Problems = problems
		return s.render(c, again)
	case errors.Is(err, surveys.ErrConflict):
		c.Status(fiber.StatusConflict)
		again.ID, again.Problems = surveys.NewResponseID(s.now()), surveys.Problems{{Code: "envelope.conflict"}}
		return s.render(c, again)
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

// submit takes a response in. What only the pages know is checked here: that
// the notice agreed to is one they showed, and the language one they speak.
func (s *Server) submit(c fiber.Ctx, form *surveys.Form, r surveys.Response) (surveys.Receipt, error) {
	problems := checkShown(form, r)
	if problems == nil {
		return surveys.Submit(c.Context(), s.forms, r, s.now())
	}
	return surveys.Receipt{}, append(problems, form.Check(r.Answers, s.now()).Refusals()...)
}

func checkShown(form *surveys.Form, r surveys.Response) surveys.Problems {
	var problems surveys.Problems
	refuse := func(field, message string) {
		problems = append(problems, surveys.Problem{
			Place: surveys.Place{Question: field}, Code: "envelope." + field, Message: message,
		})
	}
	if r.Consent != pages.NoticeVersion {
		refuse("consent", "Cochez la case d’accord pour que nous puissions garder vos réponses.")
	}
	if !pages.Speaks(form.Questionnaire, r.Language) {
		refuse("language", "Cette langue n’est pas proposée : choisissez-en une dans la page.")
	}
	return problems
}

// keptID keeps the identifier of a form that is shown again, unless it is one
// that can never be accepted.
func (s *Server) keptID(id string) string {
	if surveys.ValidResponseID(id) {
		return id
	}
	return surveys.NewResponseID(s.now())
}
