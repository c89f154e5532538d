package handlers

import (
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/csrf"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// lastStep is what the reader has just done, when the address says so; back is
// the query of the page to return to once it is undone.
func (s *Server) lastStep(c fiber.Ctx, w writing, page string, back url.Values) *pages.LastStep {
	step, found := lastBy(w.account.Login, w.manuscript.Done)
	if c.Query("fait") == "" || !found {
		return nil
	}
	return &pages.LastStep{Says: step.Says, Mark: markOf(step), Address: w.base() + page + "/annuler", Back: back.Encode(), CSRF: csrf.TokenFromContext(c)}
}

// markOf tells a step from the others of the same person.
func markOf(step surveys.Step) string {
	h := fnv.New64a()
	fmt.Fprint(h, step.At.UnixMilli(), step.Says)
	return strconv.FormatUint(h.Sum64(), 36)
}

// undoLast takes back the step a page has shown, and leads back to the page.
func (s *Server) undoLast(page string) func(fiber.Ctx, writing) error {
	return func(c fiber.Ctx, w writing) error {
		back, err := url.ParseQuery(copied(c.FormValue("retour")))
		if err != nil {
			return fiber.ErrBadRequest
		}
		outcome := undoneLate
		if step, found := lastBy(w.account.Login, w.manuscript.Done); found && markOf(step) == c.FormValue("etape") {
			outcome = undoneWell
			_, _, err := surveys.Undo(c.Context(), s.store, w.survey.ID, w.account.Login, s.now())
			if refused := (surveys.Problems)(nil); errors.As(err, &refused) {
				outcome = undoneChanged
			} else if err != nil {
				return err
			}
		}
		back.Set("annule", outcome)
		return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + page + "?" + back.Encode())
	}
}

// How taking back ends, as an address says it.
const (
	undoneWell    = "oui"
	undoneLate    = "tard"
	undoneChanged = "change"
)

// undone tells how taking back ended.
func undone(c fiber.Ctx) []string {
	told := map[string]string{
		undoneWell:    "C’est annulé : le questionnaire est comme avant.",
		undoneLate:    "Rien n’a été annulé : vous avez fait autre chose depuis. La page « Écrire » montre vos dernières actions.",
		undoneChanged: "Rien n’a été annulé : quelqu’un d’autre a changé la même chose depuis.",
	}[c.Query("annule")]
	if told == "" {
		return nil
	}
	return []string{told}
}
