package handlers

import (
	"bytes"
	"html/template"
	"slices"

	"github.com/gofiber/fiber/v3"

	"diapason/exports"
	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// restitutionPath is where the public pages of a diagnostic are, and dataPath
// where its open data are, after it.
const (
	restitutionPath = "/restitution/"
	dataPath        = "/donnees.zip"
)

const (
	htmlType = "text/html; charset=utf-8"
	svgType  = "image/svg+xml"
	pngType  = "image/png"
)

// A publicPage is a page of a restitution: its path after the base, and what
// draws it. Its name tells it from the others with the same path.
type publicPage struct {
	path string
	draw func(r pages.Restitution, name string) (page, error)
}

// publicPages are all of them. The last part of a path is its name.
var publicPages = []publicPage{
	{"", func(r pages.Restitution, _ string) (page, error) {
		return pages.RestitutionSummary{Restitution: r}, nil
	}},
	{pages.RestitutionSimple, func(r pages.Restitution, _ string) (page, error) {
		return pages.RestitutionSimplePage{Restitution: r}, nil
	}},
	{pages.RestitutionThemes, func(r pages.Restitution, _ string) (page, error) {
		return pages.RestitutionThemeList{Restitution: r}, nil
	}},
	{pages.RestitutionThemes + "/:name", publicTheme},
	{pages.RestitutionCrossed, publicCrossed},
	{pages.RestitutionSectors, func(r pages.Restitution, _ string) (page, error) {
		return pages.RestitutionSectorCards{Restitution: r}, nil
	}},
	{pages.RestitutionMethod, func(r pages.Restitution, _ string) (page, error) {
		return pages.RestitutionMethodPage{Restitution: r}, nil
	}},
}

// publicTheme is the page of a theme. A theme the diagnostic does not have is
// missing.
func publicTheme(r pages.Restitution, name string) (page, error) {
	theme, ok := r.Frame.Theme(name)
	if !ok {
		return nil, surveys.ErrNotFound
	}
	return pages.RestitutionChapter{
		Restitution: r, Chapter: themeChapter(r.Report, theme), Path: pages.RestitutionThemes + "/" + theme.Code,
		Silence: "Rien à montrer pour l’instant : aucune question ne porte sur ce thème, ou trop peu de personnes y ont répondu.",
	}, nil
}

func publicCrossed(r pages.Restitution, _ string) (page, error) {
	chapter := report.Chapter{ID: report.ChapterCrossed, Title: "Regards croisés"}
	if found, ok := r.Report.Chapter(report.ChapterCrossed); ok {
		chapter = *found
	}
	return pages.RestitutionChapter{
		Restitution: r, Chapter: chapter, Path: pages.RestitutionCrossed,
		Silence: "Rien à comparer pour l’instant : il faut des réponses d’au moins deux publics.",
	}, nil
}

// restitutionRoutes are the pages everybody may read, once somebody of the team
// said so.
func (s *Server) restitutionRoutes() {
	for _, p := range publicPages {
		s.app.Get(restitutionPath+":diagnostic"+p.path, s.publicPage(p))
	}
	s.app.Get(restitutionPath+":diagnostic"+dataPath, s.restitutionData)
	s.app.Get(restitutionPath+":diagnostic"+pages.RestitutionImages+":name.svg", s.publicImage(svgType, exports.Card.SVG))
	s.app.Get(restitutionPath+":diagnostic"+pages.RestitutionImages+":name.png", s.publicImage(pngType, exports.Card.PNG))
}

// previewRoutes are the same pages for the team, before everybody.
func (s *Server) previewRoutes() []route {
	var routes []route
	for _, p := range publicPages {
		routes = append(routes, route{fiber.MethodGet, openingPath + "/apercu" + p.path, surveys.SeeProtected, s.previewPage(p)})
	}
	return append(routes,
		route{fiber.MethodGet, openingPath + "/apercu" + pages.RestitutionImages + ":name.svg", surveys.SeeProtected, s.previewImage(svgType, exports.Card.SVG)},
		route{fiber.MethodGet, openingPath + "/apercu" + pages.RestitutionImages + ":name.png", surveys.SeeProtected, s.previewImage(pngType, exports.Card.PNG)},
	)
}

// opened is the diagnostic of an address, when its restitution is open to
// everybody; missing otherwise, as if there were none.
func (s *Server) opened(c fiber.Ctx) (surveys.Diagnostic, error) {
	d, err := s.store.Diagnostic(c.Context(), copied(c.Params("diagnostic")))
	if err == nil && d.Restitution == nil {
		err = surveys.ErrNotFound
	}
	return d, err
}

func (s *Server) publicPage(p publicPage) fiber.Handler {
	return func(c fiber.Ctx) error {
		d, err := s.opened(c)
		if err != nil {
			return err
		}
		name := copied(c.Params("name"))
		if _, known := d.Frame.Theme(name); name != "" && !known {
			return surveys.ErrNotFound
		}
		ready, err := s.shelf.page(c.Context(), d, p.path+"\n"+name, htmlType, func(r *report.Report) ([]byte, error) {
			page, err := p.draw(s.restitution(d, r), name)
			if err != nil {
				return nil, err
			}
			return drawn(page)
		})
		if err != nil {
			return err
		}
		return sendReady(c, ready)
	}
}

func (s *Server) previewPage(p publicPage) func(fiber.Ctx, visit) error {
	return func(c fiber.Ctx, v visit) error {
		r, err := s.shelf.report(c.Context(), v.diagnostic)
		if err != nil {
			return err
		}
		shared := s.restitution(v.diagnostic, r)
		shared.Team = "/d/" + v.diagnostic.ID + openingPath
		shared.Base, shared.Data = shared.Team+"/apercu", "/d/"+v.diagnostic.ID+"/donnees-publiques.zip"
		page, err := p.draw(shared, copied(c.Params("name")))
		if err != nil {
			return err
		}
		return s.render(c, page)
	}
}

// restitution is what the public pages of a diagnostic share. The address of
// the site is the one it was started with, never the one a request claims: the
// page is kept for others.
func (s *Server) restitution(d surveys.Diagnostic, r *report.Report) pages.Restitution {
	base := restitutionPath + d.ID
	return pages.Restitution{Report: r, Frame: d.Frame, Base: base, Data: base + dataPath, Site: s.config.URL, Picture: pictures(d.Demo)}
}

// withoutWords is a report without what people wrote, even what may be quoted:
// a committee hears a quotation, a file that everybody has is searched.
func withoutWords(r *report.Report) *report.Report {
	told := *r
	told.Chapters = slices.DeleteFunc(slices.Clone(r.Chapters), func(c report.Chapter) bool { return c.ID == report.ChapterVerbatims })
	told.Suppressions = slices.DeleteFunc(slices.Clone(r.Suppressions), func(s report.Suppression) bool { return s.Chapter == report.ChapterVerbatims })
	return &told
}

// restitutionData sends the tables of the restitution to whoever wants to
// compute with them.
func (s *Server) restitutionData(c fiber.Ctx) error {
	d, err := s.opened(c)
	if err != nil {
		return err
	}
	ready, err := s.shelf.page(c.Context(), d, dataPath, zipType, func(r *report.Report) ([]byte, error) {
		var out bytes.Buffer
		err := exports.OpenData(&out, withoutWords(r), exports.Comma)
		return out.Bytes(), err
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="diapason-`+d.ID+`-donnees-publiques.zip"`)
	return sendReady(c, ready)
}

// phonePicture is how wide a chart is drawn for a phone.
const phonePicture = 330

// pictures draw the chart of a table twice, for a wide screen and for a phone;
// the style sheet shows one.
func pictures(demo bool) pages.Picture {
	return func(t report.Table, id string) template.HTML {
		wide, ok := exports.SVG(&t, exports.SVGOptions{ID: id, Demo: demo})
		if !ok {
			return ""
		}
		narrow, _ := exports.SVG(&t, exports.SVGOptions{ID: id + "-n", Width: phonePicture, Demo: demo})
		// The writer escapes every text it is given.
		return template.HTML(`<div class="on-desk">` + wide + `</div><div class="on-phone">` + narrow + `</div>`)
	}
}

// slidePictures draw the chart of a table for a slide: once, as large as it is.
func slidePictures(demo bool) pages.Picture {
	return func(t report.Table, id string) template.HTML {
		svg, ok := exports.SVG(&t, exports.SVGOptions{ID: id, Demo: demo})
		if !ok {
			return ""
		}
		return template.HTML(svg) // every text in it is escaped
	}
}

// cards are the images to share of a report, by name.
func cards(r *report.Report) map[string]exports.Card {
	place := r.Title
	if r.Edition != "" {
		place += ", " + r.Edition
	}
	all := map[string]exports.Card{}
	for _, k := range pages.KeyNumbers(r) {
		if k.Withheld {
			continue
		}
		c := exports.Card{Place: place, Title: k.Label, Number: k.Told, Says: "des " + k.People(), Source: k.Source, Audience: k.Audience, Demo: r.Demo}
		if k.Base != "" {
			c.Base = "Sur environ " + k.Base + " réponses"
		}
		all[k.Key] = c
	}
	for _, f := range pages.Priorities(r) {
		all[f.Key] = exports.Card{Place: place, Title: "Les premières priorités des " + f.People(), Lines: f.Places, Source: f.Source, Audience: f.Audience, Demo: r.Demo}
	}
	return all
}

// A cardForm draws a card in one format.
type cardForm func(exports.Card) ([]byte, error)

func (s *Server) publicImage(mediaType string, form cardForm) fiber.Handler {
	return func(c fiber.Ctx) error {
		d, err := s.opened(c)
		if err != nil {
			return err
		}
		r, err := s.shelf.report(c.Context(), d)
		if err != nil {
			return err
		}
		name := copied(c.Params("name"))
		if _, known := cards(r)[name]; !known {
			return surveys.ErrNotFound
		}
		ready, err := s.shelf.page(c.Context(), d, mediaType+"\n"+name, mediaType, func(r *report.Report) ([]byte, error) {
			return cardOf(r, name, form)
		})
		if err != nil {
			return err
		}
		return sendReady(c, ready)
	}
}

func (s *Server) previewImage(mediaType string, form cardForm) func(fiber.Ctx, visit) error {
	return func(c fiber.Ctx, v visit) error {
		r, err := s.shelf.report(c.Context(), v.diagnostic)
		if err != nil {
			return err
		}
		body, err := cardOf(r, copied(c.Params("name")), form)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, mediaType)
		return c.Send(body)
	}
}

// cardOf draws the card with a name; missing when the report has none.
func cardOf(r *report.Report, name string, form cardForm) ([]byte, error) {
	card, known := cards(r)[name]
	if !known {
		return nil, surveys.ErrNotFound
	}
	return form(card)
}
