package handlers

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/surveys"
	"diapason/surveys/report"
)

// apiDiagnostics is where results are, for programs with a token.
const apiDiagnostics = "/api/v1/diagnostics"

// tokenAPIRoutes are the results for programs that carry a token.
func (s *Server) tokenAPIRoutes() {
	pace := s.limit(apiRate, time.Minute, nil)
	for _, r := range []struct {
		path   string
		handle func(fiber.Ctx, bearer) error
	}{
		{"", s.apiDiagnosticList},
		{"/:diagnostic/report", s.apiReport},
		{"/:diagnostic/report.csv", s.apiReportCSV},
		{"/:diagnostic/surveys/:survey/answers", s.apiAnswers},
	} {
		s.app.Get(apiDiagnostics+r.path, s.problems, pace, s.bearing(r.handle))
	}
	s.app.Get("/api/openapi.json", s.openData, pace, s.openAPI)
}

// A bearer is a program with a token, and the account it reads for.
type bearer struct {
	token   surveys.Token
	account surveys.Account
}

func (b bearer) may(do surveys.Action, diagnostic string) bool {
	return b.token.May(b.account, do, diagnostic)
}

// errNoToken: there is no token, or not one that opens anything.
var errNoToken = errors.New("no token that opens anything")

// bearing lets through those who carry a token that opens.
func (s *Server) bearing(handle func(fiber.Ctx, bearer) error) fiber.Handler {
	return func(c fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
		c.Vary(fiber.HeaderAuthorization)
		b, err := s.bearer(c)
		if err != nil {
			return err
		}
		return handle(c, b)
	}
}

// bearer reads the token and its account anew each time: a token that was
// deleted, or whose account was removed, is worth nothing at once.
func (s *Server) bearer(c fiber.Ctx) (bearer, error) {
	now, secret := s.now(), carried(c.Get(fiber.HeaderAuthorization))
	id := surveys.TokenID(secret)
	if id == "" {
		return bearer{}, errNoToken
	}
	token, err := s.store.Token(c.Context(), id)
	if err != nil && !errors.Is(err, surveys.ErrNotFound) {
		return bearer{}, err
	}
	if !token.Opens(secret, now) {
		return bearer{}, errNoToken
	}
	account, err := s.store.Account(c.Context(), token.Login)
	if errors.Is(err, surveys.ErrNotFound) {
		return bearer{}, errNoToken
	}
	if err != nil {
		return bearer{}, err
	}
	if today := surveys.DayOf(now); token.Used != today {
		used, err := s.store.UpdateToken(c.Context(), token.ID, func(t *surveys.Token) error { t.Used = today; return nil })
		if errors.Is(err, surveys.ErrNotFound) { // deleted meanwhile
			return bearer{}, errNoToken
		}
		if err != nil {
			return bearer{}, err
		}
		token = used
	}
	return bearer{token, account}, nil
}

// carried is the token of an Authorization header: alone after Bearer, or the
// password of Basic, which is all that spreadsheets can send.
func carried(header string) string {
	scheme, rest, _ := strings.Cut(header, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case strings.EqualFold(scheme, "Bearer"):
		return strings.Clone(rest)
	case strings.EqualFold(scheme, "Basic"):
		pair, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			return ""
		}
		_, password, _ := strings.Cut(string(pair), ":")
		return password
	}
	return ""
}

// noteReading tells the journal, once a day for each token and diagnostic, that
// a program reads restricted numbers: before it has them. Two at once may tell
// it twice.
func (s *Server) noteReading(c fiber.Ctx, b bearer, diagnostic string) error {
	now := s.now()
	today := surveys.DayOf(now)
	if b.token.NotedOn(diagnostic, today) {
		return nil
	}
	err := s.store.AddEvent(c.Context(), surveys.Event{
		Diagnostic: diagnostic, Login: b.account.Login, Action: surveys.ReadByToken, Detail: "jeton « " + b.token.Label + " »", At: now,
	})
	if err != nil {
		return err
	}
	_, err = s.store.UpdateToken(c.Context(), b.token.ID, func(t *surveys.Token) error { t.Note(diagnostic, today); return nil })
	if errors.Is(err, surveys.ErrNotFound) {
		return errNoToken
	}
	return err
}

// A refusal is an error for programs: problem details (RFC 9457) with the code
// and the sentence of the open API.
type refusal struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// errBadCursor: a page was asked for that no answer gave.
var errBadCursor = errors.New("a cursor that was not given here")

// problems answers errors as problem details.
func (s *Server) problems(c fiber.Ctx) error {
	err := c.Next()
	if err == nil {
		return nil
	}
	status, code, page := s.statusOf(err)
	detail := page.Message
	switch {
	case errors.Is(err, errNoToken):
		status, code = fiber.StatusUnauthorized, "token"
		page.Title, detail = "Il faut un jeton", "Le jeton manque, n’existe plus, ou son temps est passé. Créez-en un sur la page « Mes jetons d’accès »."
		c.Append(fiber.HeaderWWWAuthenticate, `Bearer realm="Diapason"`, `Basic realm="Diapason", charset="UTF-8"`)
	case errors.Is(err, errBadCursor):
		status, code = fiber.StatusBadRequest, "cursor"
		page.Title, detail = "Cette page n’existe pas", "« after » vient d’une autre enquête ou a été changé : reprenez au début, ou suivez « next »."
	case status == fiber.StatusBadRequest:
		detail = "Un paramètre n’a pas une valeur connue : voyez /api/openapi.json."
	case status == fiber.StatusForbidden:
		detail = "Ce jeton, ou le compte qui l’a créé, ne permet pas de lire cela."
	case status == fiber.StatusNotFound:
		detail = "Aucun diagnostic, ou aucune enquête, que ce jeton puisse lire n’a cette adresse."
	case status == fiber.StatusTooManyRequests:
		detail = "Trop de demandes viennent de votre réseau : attendez un instant."
	}
	if status == fiber.StatusServiceUnavailable || status == fiber.StatusTooManyRequests {
		c.Set(fiber.HeaderRetryAfter, retryAfter)
	}
	if status >= fiber.StatusInternalServerError {
		s.log.Error("request failed", "route", c.Route().Path, "method", c.Method(), "error", err)
	}
	body, err := json.Marshal(refusal{Type: "about:blank", Title: page.Title, Status: status, Code: code, Detail: detail})
	if err != nil {
		return err
	}
	c.Response().ResetBody()
	c.Response().Header.Del(fiber.HeaderETag)
	c.Response().Header.Del(fiber.HeaderContentDisposition)
	c.Set(fiber.HeaderContentType, "application/problem+json; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).Send(body)
}

// apiDiagnosticOf is the diagnostic of the address, which to a bearer who may
// not see it does not exist.
func (s *Server) apiDiagnosticOf(c fiber.Ctx, b bearer) (surveys.Diagnostic, error) {
	d, err := s.store.Diagnostic(c.Context(), copied(c.Params("diagnostic")))
	if err == nil && !b.may(surveys.SeeProtected, d.ID) {
		err = surveys.ErrNotFound
	}
	return d, err
}

// apiView is the view asked for, the restitution unless it says otherwise.
func (s *Server) apiView(c fiber.Ctx, b bearer, d surveys.Diagnostic) (report.View, error) {
	switch asked := report.View(c.Query("view")); asked {
	case "", report.Restitution:
		return report.Restitution, nil
	case report.Work:
		if !b.may(surveys.SeeWork, d.ID) {
			return "", errForbidden
		}
		return report.Work, s.noteReading(c, b, d.ID)
	}
	return "", fiber.ErrBadRequest
}

// site is the public address, without a slash at its end.
func (s *Server) site(c fiber.Ctx) string {
	return strings.TrimSuffix(s.surveyAddress(c, surveys.Survey{}), "/r/")
}

// sendJSON answers with a value, named by what it says.
func sendJSON(c fiber.Ctx, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Route().Path, err)
	}
	return sendTagged(c, body, fiber.MIMEApplicationJSONCharsetUTF8, "private, no-cache", tagOf(body))
}
