package handlers

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// eventsShown is how far back the journal on the page goes.
const eventsShown = 200

// results shows what one audience answered.
func (s *Server) results(c fiber.Ctx, v visit) error {
	audience := surveys.Audience(strings.Clone(c.Params("audience")))
	if !slices.Contains(v.audiences(), audience) {
		return surveys.ErrNotFound
	}
	r, frame, err := s.read(c, v)
	if err != nil {
		return err
	}
	chapter := report.Chapter{ID: string(audience), Title: audience.Label(), Audience: audience}
	for _, found := range r.Chapters { // a second survey of an audience has its own
		if found.Audience != audience {
			continue
		}
		if len(chapter.Tables) == 0 {
			chapter = found
			continue
		}
		for _, table := range found.Tables {
			table.ID, table.Section = found.ID+"."+table.ID, found.Title
			chapter.Tables = append(chapter.Tables, table)
		}
	}
	return s.render(c, pages.TeamResults{TeamFrame: frame, Chapter: chapter})
}

// chapter shows one chapter of the report: those who answered beside the
// population, the publics fragiles.
func (s *Server) chapter(id string) func(fiber.Ctx, visit) error {
	return func(c fiber.Ctx, v visit) error {
		r, frame, err := s.read(c, v)
		if err != nil {
			return err
		}
		chapter, ok := r.Chapter(id)
		if !ok {
			return surveys.ErrNotFound
		}
		return s.render(c, pages.TeamResults{TeamFrame: frame, Chapter: *chapter})
	}
}

// crossed sets the audiences side by side.
func (s *Server) crossed(c fiber.Ctx, v visit) error {
	r, frame, err := s.read(c, v)
	if err != nil {
		return err
	}
	return s.render(c, pages.TeamCrossed{TeamFrame: frame, Report: r})
}

// method says how the numbers were made and who opened what is restricted.
func (s *Server) method(c fiber.Ctx, v visit) error {
	r, frame, err := s.read(c, v)
	if err != nil {
		return err
	}
	page := pages.TeamMethod{TeamFrame: frame, Report: r}
	if frame.MayWork {
		if page.Events, err = s.store.Events(c.Context(), v.diagnostic.ID, eventsShown); err != nil {
			return err
		}
	}
	return s.render(c, page)
}
