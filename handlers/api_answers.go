package handlers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/exports"
	"diapason/surveys"
)

// How many answers a page has, unless the reader says less or more.
const (
	answersPage     = 500
	mostAnswersPage = 2000
)

// An apiPage is a page of answers. Next is the address of the page after it,
// null when there is none now; After is where a later reading goes on.
type apiPage struct {
	Diagnostic string              `json:"diagnostic"`
	Survey     string              `json:"survey"`
	Audience   surveys.Audience    `json:"audience"`
	Demo       bool                `json:"demo"`
	Answers    []exports.AnswerRow `json:"answers"`
	After      string              `json:"after"`
	Next       *string             `json:"next"`
}

// apiAnswers sends the answers to a survey, page by page in order of arrival.
// Those that were withdrawn are not there.
func (s *Server) apiAnswers(c fiber.Ctx, b bearer) error {
	d, err := s.apiDiagnosticOf(c, b)
	if err != nil {
		return err
	}
	if !b.may(surveys.SeeAnswers, d.ID) {
		return errForbidden
	}
	survey, err := s.store.Survey(c.Context(), copied(c.Params("survey")))
	if err == nil && (survey.Diagnostic != d.ID || survey.Current == 0) {
		err = surveys.ErrNotFound
	}
	if err != nil {
		return err
	}
	limit, err := pageLimit(c.Query("limit"))
	if err != nil {
		return err
	}
	secret, err := s.store.Secret(c.Context())
	if err != nil {
		return err
	}
	from, err := openCursor(secret, survey, copied(c.Query("after")))
	if err != nil {
		return err
	}
	if err := s.noteReading(c, b, d.ID); err != nil {
		return err
	}
	page, last, more, err := s.answersAfter(c, d, survey, from, limit)
	if err != nil {
		return err
	}
	page.After = cursor(secret, survey, last)
	if more {
		next := s.site(c) + apiDiagnostics + "/" + d.ID + "/surveys/" + survey.ID + "/answers?" +
			url.Values{"after": {page.After}, "limit": {strconv.Itoa(limit)}}.Encode()
		page.Next = &next
	}
	return sendJSON(c, page)
}

// answersAfter reads at most limit answers after a position, tells the position
// of the last, and whether there are more.
func (s *Server) answersAfter(c fiber.Ctx, d surveys.Diagnostic, survey surveys.Survey, from surveys.Position, limit int) (page apiPage, last surveys.Position, more bool, err error) {
	page = apiPage{Diagnostic: d.ID, Survey: survey.ID, Audience: survey.Audience, Demo: d.Demo, Answers: []exports.AnswerRow{}}
	set, err := exports.ReadDataset(c.Context(), s.forms, d, survey)
	if err != nil {
		return page, "", false, err
	}
	last = from
	for arrival, err := range s.store.Responses(c.Context(), d.ID, from) {
		if err != nil {
			return page, "", false, err
		}
		if arrival.Withdrawn {
			continue
		}
		r, err := arrival.Response()
		if err != nil {
			return page, "", false, err
		}
		if r.Survey != survey.ID {
			continue
		}
		if r.Version > survey.Current { // published since: the next reading has it
			break
		}
		if len(page.Answers) == limit {
			return page, last, true, nil
		}
		row, err := set.Row(&r)
		if err != nil {
			return page, "", false, err
		}
		page.Answers, last = append(page.Answers, row), arrival.Position
	}
	return page, last, false, nil
}

func pageLimit(asked string) (int, error) {
	if asked == "" {
		return answersPage, nil
	}
	limit, err := strconv.Atoi(asked)
	if err != nil || limit < 1 || limit > mostAnswersPage {
		return 0, fiber.ErrBadRequest
	}
	return limit, nil
}

// cursor is a position that only this site, for this survey, can have given:
// stores trust theirs. The beginning has none.
func cursor(secret []byte, survey surveys.Survey, at surveys.Position) string {
	if at == "" {
		return ""
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("cursor\x00" + survey.Diagnostic + "\x00" + survey.ID + "\x00" + string(at)))
	return base64.RawURLEncoding.EncodeToString([]byte(at)) + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

func openCursor(secret []byte, survey surveys.Survey, given string) (surveys.Position, error) {
	if given == "" {
		return "", nil
	}
	head, _, _ := strings.Cut(given, ".")
	at, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil || !hmac.Equal([]byte(given), []byte(cursor(secret, survey, surveys.Position(at)))) {
		return "", errBadCursor
	}
	return surveys.Position(at), nil
}
