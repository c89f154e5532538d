package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// receiptHeader is on every answer about a response and holds its identifier.
// A device takes no answer without it for ours: a hotel's sign-in page says
// 200 to anything.
const receiptHeader = "Diapason-Receipt"

// maxResponse is what a response may weigh, in bytes: far above the longest
// questionnaire with every text filled in.
const maxResponse = 512 << 10

// reply is what a device reads of a response it sent.
type reply struct {
	Withdrawal string         `json:"withdrawal,omitempty"`
	Ended      string         `json:"ended,omitempty"`
	Code       string         `json:"code,omitempty"`
	Message    string         `json:"message,omitempty"`
	Problems   []replyProblem `json:"problems,omitempty"`
}

type replyProblem struct {
	Question string `json:"question"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

// postResponse takes in a response that a device made, as often as it sends it.
func (s *Server) postResponse(c fiber.Ctx) error {
	response, err := decodeResponse(c.Body())
	if err != nil {
		return c.Status(fiber.StatusUnprocessableEntity).JSON(reply{
			Message:  "La réponse n’est pas lisible : " + err.Error(),
			Problems: []replyProblem{{Code: "envelope.json", Message: err.Error()}},
		})
	}
	response.Survey = copied(c.Params("slug"))
	if surveys.ValidResponseID(response.ID) {
		c.Set(receiptHeader, response.ID)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	receipt, err := s.submitDecoded(c, response)
	var problems surveys.Problems
	switch {
	case errors.As(err, &problems):
		return s.refuse(c, response, problems)
	case err != nil:
		return err
	case receipt.Ended != nil:
		form, err := s.forms.Form(c.Context(), response.Survey, response.Version)
		if err != nil {
			return err
		}
		return c.JSON(reply{Ended: pages.EndedText(form, receipt.Ended, response.Language)})
	case receipt.Added:
		c.Status(fiber.StatusCreated)
	}
	return c.JSON(reply{Withdrawal: receipt.Withdrawal})
}

// submitDecoded finds the form a response answers; without one, Submit says
// what is wrong.
func (s *Server) submitDecoded(c fiber.Ctx, r surveys.Response) (surveys.Receipt, error) {
	form, err := s.forms.Form(c.Context(), r.Survey, r.Version)
	if errors.Is(err, surveys.ErrNotFound) {
		return surveys.Submit(c.Context(), s.forms, r, s.now())
	}
	if err != nil {
		return surveys.Receipt{}, err
	}
	return s.submit(c, form, r)
}

// refuse answers with every problem, in the language of the respondent.
func (s *Server) refuse(c fiber.Ctx, r surveys.Response, problems surveys.Problems) error {
	questionnaire := &surveys.Questionnaire{}
	if form, err := s.forms.Form(c.Context(), r.Survey, r.Version); err == nil {
		questionnaire = form.Questionnaire
	}
	var told reply
	for _, p := range problems {
		told.Problems = append(told.Problems, replyProblem{
			Question: p.Place.Question, Code: p.Code, Message: pages.ProblemText(questionnaire, r.Language, p),
		})
	}
	return c.Status(fiber.StatusUnprocessableEntity).JSON(told)
}

// decodeResponse reads exactly one response and nothing else. Its strings are
// its own: the decoder copies them.
func decodeResponse(body []byte) (surveys.Response, error) {
	var r surveys.Response
	if len(body) > maxResponse {
		return r, errors.New("elle dépasse 512 Kio")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, unreadable(err, d.InputOffset())
	}
	if _, err := d.Token(); err != io.EOF {
		return r, errors.New("il reste quelque chose après la réponse")
	}
	return r, nil
}

// unreadable says in words, and where, what a decoder did not understand.
func unreadable(err error, offset int64) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return fmt.Errorf("le champ « %s » n’a pas la forme attendue (octet %d)", wrong.Field, wrong.Offset)
	case errors.As(err, &wrong):
		return errors.New("une réponse est un objet JSON")
	case strings.HasPrefix(err.Error(), "json: unknown field"):
		_, field, _ := strings.Cut(err.Error(), "field ")
		return fmt.Errorf("le champ %s n’existe pas", field)
	case errors.Is(err, surveys.ErrNotAnAnswer):
		return fmt.Errorf("une des réponses n’est ni un texte, ni un nombre, ni une liste (avant l’octet %d)", offset)
	}
	return fmt.Errorf("ce n’est pas du JSON complet (octet %d)", offset)
}
