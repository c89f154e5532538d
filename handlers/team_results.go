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
	sector := strings.Clone(c.Query("secteur"))
	if sector != "" && !slices.ContainsFunc(v.diagnostic.Territory.Sectors, func(s surveys.Sector) bool { return s.ID == sector }) {
		return surveys.ErrNotFound
	}
	r, frame, err := s.readSector(c, v, sector)
	if err != nil {
		return err
	}
	filter, err := s.sectorFilter(c, v, audience, frame.View, sector)
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
	return s.render(c, pages.TeamResults{TeamFrame: frame, Chapter: chapter, Filter: filter, Silence: "Rien à montrer pour l’instant : les résultats apparaîtront avec les premières réponses."})
}

// sectorFilter is how the answers of an audience are narrowed to a sector: by
// the team, for an audience that says its commune.
func (s *Server) sectorFilter(c fiber.Ctx, v visit, audience surveys.Audience, as report.View, chosen string) (pages.TeamFilter, error) {
	sectors := v.diagnostic.Territory.Sectors
	if len(sectors) < 2 {
		return pages.TeamFilter{}, nil
	}
	if as == report.Restitution {
		return pages.TeamFilter{Refused: "La vue de restitution ne se filtre pas par secteur : comparés à ceux du territoire, les nombres d’un seul secteur pourraient désigner quelqu’un. La page Secteurs compare les secteurs, tous protégés ensemble."}, nil
	}
	for _, survey := range v.surveys {
		if survey.Audience != audience || survey.Current == 0 {
			continue
		}
		form, err := s.forms.Form(c.Context(), survey.ID, survey.Current)
		if err != nil {
			return pages.TeamFilter{}, err
		}
		if report.SaysCommune(form) {
			return pages.TeamFilter{Address: "/d/" + v.diagnostic.ID + resultsPath + string(audience), Chosen: chosen, Choices: sectors}, nil
		}
	}
	return pages.TeamFilter{Refused: "Ce public n’indique pas une seule commune : ses réponses ne se filtrent pas par secteur."}, nil
}

// chapter shows one chapter of the report, or says why there is none yet.
func (s *Server) chapter(p chapterPage) func(fiber.Ctx, visit) error {
	return func(c fiber.Ctx, v visit) error {
		r, frame, err := s.read(c, v)
		if err != nil {
			return err
		}
		page := pages.TeamResults{TeamFrame: frame, Chapter: report.Chapter{ID: p.id, Title: p.title}, Silence: p.silence}
		if chapter, ok := r.Chapter(p.id); ok {
			page.Chapter = *chapter
		}
		return s.render(c, page)
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
	if page.Releases, err = s.source.Releases(c.Context(), v.diagnostic.ID); err != nil {
		return err
	}
	if frame.MayWork {
		if page.Events, err = s.store.Events(c.Context(), v.diagnostic.ID, eventsShown); err != nil {
			return err
		}
	}
	return s.render(c, page)
}
