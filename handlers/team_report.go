package handlers

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/session"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// view is the view a page was asked in; without a word of the reader, the
// fullest they may see.
func view(c fiber.Ctx, v visit) (report.View, error) {
	switch report.View(c.Query("vue")) {
	case "":
		if v.may(surveys.SeeWork) {
			return report.Work, nil
		}
		return report.Restitution, nil
	case report.Restitution:
		return report.Restitution, nil
	case report.Work:
		if !v.may(surveys.SeeWork) {
			return "", errForbidden
		}
		return report.Work, nil
	}
	return "", fiber.ErrBadRequest
}

// read makes the report of a visit in the view it asks for, and the frame of
// the page that draws it.
func (s *Server) read(c fiber.Ctx, v visit) (*report.Report, pages.TeamFrame, error) {
	return s.readSector(c, v, "")
}

// readSector is read for the people of one sector, "" for all. The restitution
// view is never of one.
func (s *Server) readSector(c fiber.Ctx, v visit, sector string) (*report.Report, pages.TeamFrame, error) {
	asked, err := view(c, v)
	if err != nil {
		return nil, pages.TeamFrame{}, err
	}
	if asked == report.Work {
		if err := s.noteWork(c, v); err != nil {
			return nil, pages.TeamFrame{}, err
		}
	}
	build := func() (*report.Report, error) { return s.source.Report(c.Context(), v.diagnostic, asked, s.now()) }
	if sector != "" && asked == report.Work {
		build = func() (*report.Report, error) {
			return s.source.Sector(c.Context(), v.diagnostic, sector, s.now())
		}
	}
	r, err := build()
	if err != nil {
		return nil, pages.TeamFrame{}, err
	}
	frame := s.frame(c, v, asked)
	frame.View, frame.Made = asked, pages.Clock(r.Made)
	if !r.Until.IsZero() {
		frame.Until = pages.Clock(r.Until)
		frame.Made = frame.Until
	}
	frame.OtherView = c.Path() + "?vue=restitution"
	if asked == report.Restitution {
		frame.OtherView = c.Path()
	}
	return r, frame, nil
}

// noteWork records, once a session, that somebody opened the working view.
func (s *Server) noteWork(c fiber.Ctx, v visit) error {
	memory := session.FromContext(c)
	if memory.Get(workKey+v.diagnostic.ID) != nil {
		return nil
	}
	if err := s.note(c.Context(), v, surveys.OpenedWork, ""); err != nil {
		return err
	}
	memory.Set(workKey+v.diagnostic.ID, true)
	return nil
}

// note appends to the journal.
func (s *Server) note(ctx context.Context, v visit, action, detail string) error {
	return s.store.AddEvent(ctx, surveys.Event{
		Diagnostic: v.diagnostic.ID, Login: v.account.Login, Action: action, Detail: detail, At: s.now(),
	})
}

// audiences are those the diagnostic asks, in the order they are shown.
func (v visit) audiences() []surveys.Audience {
	var found []surveys.Audience
	for _, survey := range v.surveys {
		if !slices.Contains(found, survey.Audience) {
			found = append(found, survey.Audience)
		}
	}
	return found
}
