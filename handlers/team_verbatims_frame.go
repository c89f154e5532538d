package handlers

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/verbatims"
)

// subjects is the page of the code frame.
func (s *Server) subjects(c fiber.Ctx, w reading) error {
	return s.showSubjects(c, w, pages.TeamVerbatimFrame{Done: subjectWords[c.Query("fait")]})
}

var subjectWords = map[string]string{"ajoute": "Le sujet est ajouté.", "renomme": "Le sujet est renommé. Les textes déjà codés le gardent."}

func (s *Server) showSubjects(c fiber.Ctx, w reading, page pages.TeamVerbatimFrame) error {
	page.VerbatimFrame = s.verbatimFrame(c, w, "/sujets")
	uses := map[string]int{}
	for _, r := range w.reviews() {
		codes, _ := r.Retained()
		for _, code := range codes {
			uses[code]++
		}
	}
	for _, t := range w.frame.Themes {
		theme := pages.VerbatimTheme{Code: t.Code, Name: t.Name, Texts: uses[t.Code]}
		for _, added := range w.frame.Of(t.Code) {
			label := added.Label
			if page.Renaming == added.Code {
				label = page.Typed
			}
			theme.Added = append(theme.Added, pages.VerbatimTheme{Code: added.Code, Name: label, Texts: uses[added.Code]})
		}
		page.Themes = append(page.Themes, theme)
	}
	return s.render(c, page)
}

// changeSubjects adds a subject, or gives one another name.
func (s *Server) changeSubjects(c fiber.Ctx, w reading) error {
	typed := entries(c)
	label, theme, code := typed.Get("nom"), typed.Get("theme"), typed.Get("sujet")
	change, done := func(f verbatims.Frame) (verbatims.Frame, surveys.Problems) { return f.Add(theme, label) }, "ajoute"
	if code != "" {
		change, done = func(f verbatims.Frame) (verbatims.Frame, surveys.Problems) { return f.Rename(code, label) }, "renomme"
	}
	err := s.updateFrame(c, w, change)
	if problems := (surveys.Problems)(nil); errors.As(err, &problems) {
		c.Status(fiber.StatusUnprocessableEntity)
		page := pages.TeamVerbatimFrame{Problem: problems[0].Message, Typed: label, Theme: theme}
		if w.frame.Has(code) { // else no row is there to say it
			page.Renaming = code
		}
		return s.showSubjects(c, w, page)
	}
	if err != nil {
		return err
	}
	if err := s.note(c.Context(), w.visit, surveys.ChangedSubjects, label); err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + "/sujets?fait=" + done)
}

// updateFrame changes the codes of the dossier, which is made when there is
// none.
func (s *Server) updateFrame(c fiber.Ctx, w reading, change func(verbatims.Frame) (verbatims.Frame, surveys.Problems)) error {
	update := func(d *surveys.Dossier) error {
		next, problems := change(verbatims.FrameOf(w.diagnostic, *d))
		if problems != nil {
			return problems
		}
		d.Codes, d.Updated = next.Added, s.now().UTC()
		return nil
	}
	_, err := s.store.UpdateDossier(c.Context(), w.diagnostic.ID, update)
	if !errors.Is(err, surveys.ErrNotFound) {
		return err
	}
	if err := s.store.AddDossier(c.Context(), surveys.Dossier{Diagnostic: w.diagnostic.ID}); err != nil && !errors.Is(err, surveys.ErrExists) {
		return err
	}
	_, err = s.store.UpdateDossier(c.Context(), w.diagnostic.ID, update)
	return err
}

// readers compares those who coded the same texts. It counts texts, not people:
// it tells the team of its own work.
func (s *Server) readers(c fiber.Ctx, w reading) error {
	page := pages.TeamVerbatimReaders{VerbatimFrame: s.verbatimFrame(c, w, "/lecteurs")}
	for _, pair := range verbatims.Pairs(w.reviews()) {
		shown := pages.VerbatimPair{Texts: pair.Texts, Kappa: kappaWords(pair.Pooled, pair.OK)}
		for _, login := range []string{pair.First, pair.Second} {
			name, err := s.nameOf(c, login)
			if err != nil {
				return err
			}
			shown.Names = append(shown.Names, name)
		}
		for _, code := range pair.Codes {
			shown.Codes = append(shown.Codes, pages.VerbatimAgreement{
				Code: code.Code, Label: w.frame.Label(code.Code), First: code.First, Second: code.Last, Both: code.Both,
				Kappa: kappaWords(code.Kappa, code.OK),
			})
		}
		page.Pairs = append(page.Pairs, shown)
	}
	return s.render(c, page)
}

// kappaWords writes a kappa and what it is worth.
func kappaWords(k float64, ok bool) pages.VerbatimKappa {
	if !ok {
		return pages.VerbatimKappa{}
	}
	return pages.VerbatimKappa{Defined: true, Number: pages.TwoDecimals(k), Words: "accord " + verbatims.Strength(k), Class: strings.ReplaceAll(verbatims.Strength(k), " ", "-")}
}
