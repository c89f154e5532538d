package handlers

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/xlsform"
)

// apiRoutes is the open API: the questionnaires that are, or were, asked of the
// public. No account is needed, and what is not published never leaves there.
func (s *Server) apiRoutes() {
	const all = "/api/v1/questionnaires"
	pace := s.limit(apiRate, time.Minute, nil)
	s.app.Get(all, s.openData, pace, s.apiList)
	for _, form := range []string{formXLSX, formZip} {
		s.app.Get(all+"/:survey."+form, s.openData, pace, s.apiFile(form))
		s.app.Get(all+"/:survey/versions/:number."+form, s.openData, pace, s.apiFile(form))
	}
	s.app.Get(all+"/:survey/versions/:number", s.openData, pace, s.apiQuestionnaire)
	s.app.Get(all+"/:survey", s.openData, pace, s.apiQuestionnaire)
}

const (
	// apiRate is how many requests a minute one network address may make: far
	// above a site that reads all the questionnaires of a region.
	apiRate = 120
	// A list, or the version now served, may be a minute old; a version by its
	// number never changes.
	apiFresh  = "public, max-age=60"
	apiFrozen = "public, max-age=86400"
)

// openData lets pages of other sites read the answer, and answers errors in JSON.
func (s *Server) openData(c fiber.Ctx) error {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set("Access-Control-Expose-Headers", fiber.HeaderETag)
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	err := c.Next()
	if err == nil {
		return nil
	}
	status, code, page := s.statusOf(err)
	if status >= fiber.StatusInternalServerError {
		return err
	}
	if status == fiber.StatusTooManyRequests {
		c.Set(fiber.HeaderRetryAfter, retryAfter)
	}
	c.Response().ResetBody()
	message := page.Message
	if status == fiber.StatusNotFound {
		message = "Aucun questionnaire public n’a cette adresse."
	}
	return c.Status(status).JSON(reply{Code: code, Message: message})
}

// An apiEntry is a questionnaire as the list tells it.
type apiEntry struct {
	ID         string            `json:"id"`
	Diagnostic string            `json:"diagnostic"`
	Territory  string            `json:"territory"`
	Audience   surveys.Audience  `json:"audience"`
	Title      string            `json:"title"`
	State      surveys.State     `json:"state"`
	Languages  []apiLanguage     `json:"languages"`
	Version    int               `json:"version"`
	Published  time.Time         `json:"published"`
	Demo       bool              `json:"demo,omitempty"`
	Links      map[string]string `json:"links"`
}

type apiLanguage struct {
	Code  string `json:"code,omitempty"`
	Label string `json:"label"`
}

// An apiDocument is a questionnaire whole.
type apiDocument struct {
	apiEntry
	Questionnaire *surveys.Questionnaire `json:"questionnaire"`
}

// public reports whether a survey is, or was, asked of the public.
func public(survey surveys.Survey) bool {
	return survey.Current > 0 && (survey.State == surveys.Open || survey.State == surveys.Closed)
}

func (s *Server) apiList(c fiber.Ctx) error {
	diagnostics, err := s.store.Diagnostics(c.Context())
	if err != nil {
		return err
	}
	list := struct {
		Questionnaires []apiEntry `json:"questionnaires"`
	}{[]apiEntry{}}
	for _, d := range diagnostics {
		all, err := s.store.Surveys(c.Context(), d.ID)
		if err != nil {
			return err
		}
		for _, survey := range surveys.InOrder(all) {
			if !public(survey) {
				continue
			}
			v, err := s.store.Version(c.Context(), survey.ID, survey.Current)
			if err != nil {
				return err
			}
			list.Questionnaires = append(list.Questionnaires, s.apiEntry(c, d, survey, v))
		}
	}
	body, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("list questionnaires: %w", err)
	}
	return sendTagged(c, body, fiber.MIMEApplicationJSONCharsetUTF8, apiFresh, tagOf(body))
}

func (s *Server) apiEntry(c fiber.Ctx, d surveys.Diagnostic, survey surveys.Survey, v surveys.Version) apiEntry {
	site := strings.TrimSuffix(s.surveyAddress(c, surveys.Survey{}), "/r/")
	base := site + "/api/v1/questionnaires/" + survey.ID
	entry := apiEntry{
		ID: survey.ID, Diagnostic: d.ID, Territory: d.Territory.Name, Audience: survey.Audience, Title: survey.Title,
		State: survey.State, Version: v.Number, Published: v.Published, Demo: d.Demo, Languages: apiLanguages(&v.Questionnaire),
		Links: map[string]string{
			"self": base, "xlsx": base + ".xlsx", "version": fmt.Sprintf("%s/versions/%d", base, v.Number),
			"answer": s.surveyAddress(c, survey),
		},
	}
	if len(xlsform.Files(&v.Questionnaire)) > 0 {
		entry.Links["zip"] = base + ".zip"
	}
	return entry
}

// apiLanguages are the languages of a questionnaire; a text stands under its
// label.
func apiLanguages(q *surveys.Questionnaire) []apiLanguage {
	var languages []apiLanguage
	for _, label := range q.Languages {
		if label != surveys.NoLanguage {
			languages = append(languages, apiLanguage{Code: strings.ToLower(surveys.LanguageCode(label)), Label: label})
		}
	}
	if languages == nil {
		return []apiLanguage{{Code: pages.DefaultLanguage, Label: surveys.NoLanguage}}
	}
	return languages
}

// asksPublic is the survey of the address with the version it names: the one
// now served when it names none.
func (s *Server) asksPublic(c fiber.Ctx) (surveys.Survey, surveys.Version, error) {
	survey, err := s.store.Survey(c.Context(), copied(c.Params("survey")))
	if err == nil && !public(survey) {
		err = surveys.ErrNotFound
	}
	if err != nil {
		return survey, surveys.Version{}, err
	}
	if number := c.Params("number"); number != "" {
		v, err := s.versionOf(c, survey, number)
		return survey, v, err
	}
	v, err := s.store.Version(c.Context(), survey.ID, survey.Current)
	return survey, v, err
}

// openPart is what of a questionnaire is anybody's to read: without the sheets
// that only its author reads, which may be notes to themselves.
func openPart(q surveys.Questionnaire) *surveys.Questionnaire {
	const external = "external_choices" // choices, for other tools
	q.Sheets = slices.DeleteFunc(slices.Clone(q.Sheets), func(sheet surveys.Sheet) bool {
		return !strings.EqualFold(strings.TrimSpace(sheet.Name), external)
	})
	return &q
}

func (s *Server) apiQuestionnaire(c fiber.Ctx) error {
	survey, v, err := s.asksPublic(c)
	if err != nil {
		return err
	}
	d, err := s.store.Diagnostic(c.Context(), survey.Diagnostic)
	if err != nil {
		return err
	}
	body, err := json.Marshal(apiDocument{s.apiEntry(c, d, survey, v), openPart(v.Questionnaire)})
	if err != nil {
		return fmt.Errorf("questionnaire %s: %w", survey.ID, err)
	}
	return sendTagged(c, body, fiber.MIMEApplicationJSONCharsetUTF8, freshness(c), tagOf(body))
}

// apiFile sends the XLSForm, or the zip with its lists. What it says names it,
// so that a reader who has it does not make us write it again.
func (s *Server) apiFile(form string) fiber.Handler {
	return func(c fiber.Ctx) error {
		survey, v, err := s.asksPublic(c)
		if err != nil {
			return err
		}
		tag := `W/"` + v.Questionnaire.Digest() + "-" + form + `"`
		if matches(c.Get(fiber.HeaderIfNoneMatch), tag) {
			return sendTagged(c, nil, "", freshness(c), tag)
		}
		body, mediaType, err := questionnaireAs(openPart(v.Questionnaire), form)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s-version-%d.%s"`, survey.ID, v.Number, form))
		return sendTagged(c, body, mediaType, freshness(c), tag)
	}
}

// freshness is how long an answer stays good: a version asked for by its
// number never changes, but its survey may stop being public.
func freshness(c fiber.Ctx) string {
	if c.Params("number") != "" {
		return apiFrozen
	}
	return apiFresh
}

// writeJSON writes a questionnaire as the API does, for people to read.
func writeJSON(w io.Writer, q *surveys.Questionnaire) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(q)
}
