package handlers

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// publication is the page where a questionnaire is read again and published:
// what changes, what must be mended, what to know.
func (s *Server) publication(c fiber.Ctx, w writing) error {
	return s.showPublication(c, w, fiber.StatusOK, "")
}

// showPublication draws the page with what a refused publication is told.
func (s *Server) showPublication(c fiber.Ctx, w writing, status int, refused string) error {
	served, err := s.served(c, w.survey)
	if err != nil {
		return err
	}
	page := pages.TeamPublication{
		WritingFrame: s.writingFrame(c, w), Next: w.survey.Current + 1, Refused: refused, Now: s.now(), Published: served.Published,
		Changed: unpublished(w.survey, served, w.manuscript, w.diagnostic), Seen: w.manuscript.Questionnaire.Digest(),
		Behind: w.survey.Current > w.manuscript.Base && w.manuscript.Base > 0, BegunFrom: w.manuscript.Base,
		Abandoned: c.Query("abandon") != "",
	}
	if page.By, err = s.nameOf(c, w.manuscript.By); err != nil {
		return err
	}
	page.When = w.manuscript.Updated
	page.Done, _ = strconv.Atoi(c.Query("publie"))
	if page.Changed {
		if err := s.review(c, w, served, &page); err != nil {
			return err
		}
	}
	if page.Versions, err = s.versionLines(c, w); err != nil {
		return err
	}
	if err := s.compareVersions(c, w, &page); err != nil {
		return err
	}
	c.Status(status)
	return s.render(c, page)
}

// publish publishes the manuscript the person has read, with those of other
// surveys they chose to publish together.
func (s *Server) publish(c fiber.Ctx, w writing) error {
	served, err := s.served(c, w.survey)
	if err != nil {
		return err
	}
	if !unpublished(w.survey, served, w.manuscript, w.diagnostic) {
		return s.showPublication(c, w, fiber.StatusConflict, "Il n’y a rien à publier : ce qui est écrit est déjà ce qui est servi.")
	}
	revisions, err := readRevisions(c, w)
	if err != nil {
		return err
	}
	versions, problems, err := surveys.PublishManuscripts(c.Context(), s.forms, s.now(), revisions)
	for _, v := range versions { // those that are published are noted, whatever came after
		if noted := s.note(c.Context(), w.visit, surveys.PublishedVersion, s.versionName(w.visit, v)); err == nil {
			err = noted
		}
	}
	if err != nil {
		return err
	}
	if refusals := problems.Refusals(); refusals != nil {
		return s.refusePublication(c, w, refusals)
	}
	number := 0
	for _, v := range versions {
		if v.Survey == w.survey.ID {
			number = v.Number
		}
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(fmt.Sprintf("%s/publication?publie=%d", w.base(), number))
}

// readRevisions are the manuscripts to publish, with the revision of each that
// the page showed.
func readRevisions(c fiber.Ctx, w writing) (map[string]int64, error) {
	typed := entries(c)
	revisions := map[string]int64{}
	for _, id := range append([]string{w.survey.ID}, typed["avec"]...) {
		seen, err := strconv.ParseInt(typed.Get("revision-"+id), 10, 64)
		if _, known := w.named(id); err != nil || !known {
			return nil, fiber.ErrBadRequest
		}
		revisions[id] = seen
	}
	return revisions, nil
}

// named is the survey of the diagnostic with this ID; false when it is not one.
func (v visit) named(survey string) (surveys.Survey, bool) {
	for _, known := range v.surveys {
		if known.ID == survey {
			return known, true
		}
	}
	return surveys.Survey{}, false
}

// versionName is how the journal tells a version.
func (s *Server) versionName(v visit, version surveys.Version) string {
	survey, _ := v.named(version.Survey)
	return fmt.Sprintf("%s, version %d", survey.Title, version.Number)
}

// refusePublication shows the page again, as things are now.
func (s *Server) refusePublication(c fiber.Ctx, w writing, refusals surveys.Problems) error {
	for _, p := range refusals {
		if p.Code == "manuscript.changed" {
			return s.showPublication(c, w, fiber.StatusConflict, p.Message)
		}
	}
	return s.showPublication(c, w, fiber.StatusUnprocessableEntity,
		"Rien n’est publié : il reste quelque chose à corriger, listé ci-dessous.")
}

// abandon puts back what is served, as one step that can be undone.
func (s *Server) abandon(c fiber.Ctx, w writing) error {
	served, err := s.served(c, w.survey)
	if err != nil {
		return err
	}
	if w.survey.Current == 0 {
		return surveys.ErrNotFound
	}
	seen := copied(c.FormValue("vu"))
	if seen != w.manuscript.Questionnaire.Digest() {
		return s.showPublication(c, w, fiber.StatusConflict, "Rien n’est abandonné : quelqu’un a changé le questionnaire pendant que vous regardiez. Voici ce qu’il dit maintenant.")
	}
	says := fmt.Sprintf("Retour à la version %d", served.Number)
	_, err = s.edit(c, w, says, func(*surveys.Questionnaire) ([]surveys.Move, error) {
		whole := surveys.WithoutCommunes(served.Questionnaire, w.diagnostic.Territory)
		return []surveys.Move{{Do: surveys.Replace, Was: seen, Whole: whole}}, nil
	})
	if err == nil {
		err = s.note(c.Context(), w.visit, surveys.AbandonedChanges, w.survey.Title)
	}
	if err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + "/publication?abandon=1")
}
