package handlers

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// statuses maps what may go wrong to what HTTP calls it. Anything else is
// ours: 500, told to the log and not to the visitor.
var statuses = []struct {
	err    error
	status int
	code   string // for programs
	page   pages.Failure
}{
	{surveys.ErrNotFound, fiber.StatusNotFound, "not-found", pages.Failure{
		Title:   "Cette page n’existe pas",
		Message: "L’adresse est peut-être incomplète, ou l’enquête a été retirée. Vérifiez l’adresse ou scannez de nouveau le QR code."}},
	{surveys.ErrClosed, fiber.StatusGone, "closed", pages.Failure{
		Title:   "Cette enquête est terminée",
		Message: "Merci de votre intérêt. Les réponses ne sont plus recueillies ; les résultats seront présentés par votre collectivité."}},
	{surveys.ErrConflict, fiber.StatusConflict, "conflict", pages.Failure{
		Title:   "Cette réponse existe déjà",
		Message: "Une réponse différente porte déjà cet identifiant. Rechargez la page pour commencer une nouvelle réponse."}},
	{surveys.ErrWithdrawn, fiber.StatusGone, "withdrawn", pages.Failure{
		Title:   "Cette réponse a été retirée",
		Message: "À votre demande, cette réponse a été effacée. Elle ne peut pas être envoyée de nouveau."}},
	{surveys.ErrUnavailable, fiber.StatusServiceUnavailable, "unavailable", pages.Failure{
		Title:   "Le service est momentanément indisponible",
		Message: "Rien n’est perdu : réessayez dans une minute."}},
	{errTooMany, fiber.StatusTooManyRequests, "too-many", pages.Failure{
		Title:   "Beaucoup de réponses arrivent de votre réseau",
		Message: "C’est normal dans une mairie ou une école : patientez un instant, puis réessayez. Revenez en arrière, rien n’est perdu."}},
	{errForbidden, fiber.StatusForbidden, "forbidden", pages.Failure{
		Title:   "Accès réservé",
		Message: "Votre compte ne permet pas d’ouvrir cette page. Demandez l’accès à la personne qui coordonne le diagnostic."}},
}

// tooLarge is what somebody is told who sends more than the site takes.
var tooLarge = pages.Failure{
	Title:   "Cet envoi est trop lourd",
	Message: fmt.Sprintf("Le site prend %d Mo au plus. Revenez en arrière : rien n’a été changé. Pour un classeur, retirez les images et les feuilles qui ne servent pas, ou demandez à la personne qui tient le site de l’importer.", maxBody>>20),
}

// errForbidden: the account may not do this.
var errForbidden = errors.New("forbidden")

// retryAfter is how many seconds a visitor is asked to wait for the store, or
// for others on the same network.
const retryAfter = "20"

// fail is the one place where an error becomes an answer.
func (s *Server) fail(c fiber.Ctx, err error) error {
	status, code, page := s.statusOf(err)
	if status >= fiber.StatusInternalServerError {
		s.log.Error("request failed", "route", c.Route().Path, "method", c.Method(), "error", err)
	}
	if status == fiber.StatusServiceUnavailable || status == fiber.StatusTooManyRequests {
		c.Set(fiber.HeaderRetryAfter, retryAfter)
	}
	c.Response().ResetBody() // a page that failed halfway left its half, maybe compressed
	c.Response().Header.Del(fiber.HeaderContentEncoding)
	c.Status(status)
	if wantsJSON(c) {
		return c.JSON(reply{Code: code, Message: page.Message})
	}
	return s.render(c, page)
}

func (s *Server) statusOf(err error) (status int, code string, page pages.Failure) {
	for _, known := range statuses {
		if errors.Is(err, known.err) {
			return known.status, known.code, known.page
		}
	}
	var fe *fiber.Error
	if errors.As(err, &fe) && fe.Code < fiber.StatusInternalServerError {
		if fe.Code == fiber.StatusNotFound {
			return s.statusOf(surveys.ErrNotFound)
		}
		if fe.Code == fiber.StatusRequestEntityTooLarge {
			return fe.Code, "too-large", tooLarge
		}
		return fe.Code, "request", pages.Failure{Title: "Cette demande n’a pas abouti", Message: "Revenez à la page précédente et réessayez."}
	}
	return fiber.StatusInternalServerError, "internal", pages.Failure{
		Title:   "Une erreur est survenue",
		Message: "L’erreur vient de nous, pas de vous. Elle a été notée ; réessayez dans un instant.",
	}
}

// wantsJSON reports whether a program, not a person, asks: one that sends JSON
// reads JSON.
func wantsJSON(c fiber.Ctx) bool {
	if strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEApplicationJSON) {
		return true
	}
	return c.Accepts(fiber.MIMETextHTML, fiber.MIMEApplicationJSON) == fiber.MIMEApplicationJSON
}
