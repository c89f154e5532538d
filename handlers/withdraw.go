package handlers

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// fieldConfirm is in the form that erases and not in the one that asks.
const fieldConfirm = "confirmer"

func (s *Server) showWithdraw(c fiber.Ctx) error {
	a, err := s.asked(c)
	if err != nil {
		return err
	}
	return s.render(c, pages.Withdraw{Survey: a.survey, Diagnostic: a.diagnostic, Language: copied(c.Query("langue"))})
}

// postWithdraw asks once more, then erases the response whose code was typed.
func (s *Server) postWithdraw(c fiber.Ctx) error {
	a, err := s.asked(c)
	if err != nil {
		return err
	}
	typed := entries(c)
	page := pages.Withdraw{
		Survey: a.survey, Diagnostic: a.diagnostic, Language: typed.Get("langue"), Code: strings.TrimSpace(typed.Get("code")),
	}
	switch {
	case page.Code == "":
		page.Problem = "withdraw.missing"
	case typed.Get(fieldConfirm) == "":
		page.Confirm = true
		return s.render(c, page)
	default:
		err := surveys.Withdraw(c.Context(), s.forms, a.diagnostic.ID, page.Code)
		if err == nil {
			page.Done = true
			return s.render(c, page)
		}
		if !errors.Is(err, surveys.ErrNotFound) {
			return err
		}
		page.Problem = "withdraw.unknown"
	}
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, page)
}
