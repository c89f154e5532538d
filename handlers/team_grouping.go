package handlers

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// groupingRoutes lead to the grouping of communes in sectors.
func (s *Server) groupingRoutes() []route {
	return []route{
		{fiber.MethodGet, "/secteurs/decoupage", surveys.RunSurveys, s.grouping},
		{fiber.MethodPost, "/secteurs/decoupage", surveys.RunSurveys, s.regroup},
	}
}

func (v visit) groupingAddress() string { return "/d/" + v.diagnostic.ID + "/secteurs/decoupage" }

// maxSectors is how many sectors a form may have: far more than are read.
const maxSectors = 100

// A groupingForm is a grouping as somebody types it: names by place, and for
// each commune the place of its sector, from 1; 0 is none.
type groupingForm struct {
	names  []string
	of     map[string]int
	reason string
	seen   int // the number of the grouping its author began from
}

// formOf is a grouping ready to be changed.
func formOf(sectors []surveys.Sector, seen int) groupingForm {
	f := groupingForm{of: map[string]int{}, seen: seen}
	for i, s := range sectors {
		f.names = append(f.names, s.Name)
		for _, code := range s.Communes {
			if f.of[code] == 0 {
				f.of[code] = i + 1
			}
		}
	}
	return f
}

// readGrouping reads the form of a page.
func readGrouping(c fiber.Ctx, t surveys.Territory) groupingForm {
	f := groupingForm{of: map[string]int{}, reason: legible(c.FormValue("raison"))}
	f.seen, _ = strconv.Atoi(c.FormValue("numero"))
	for _, name := range c.Request().PostArgs().PeekMulti("nom") {
		if len(f.names) < maxSectors {
			f.names = append(f.names, legible(string(name)))
		}
	}
	for _, commune := range t.Communes {
		at, err := strconv.Atoi(c.FormValue("commune-" + commune.Code))
		if err == nil && at > 0 && at <= len(f.names) {
			f.of[commune.Code] = at
		}
	}
	return f
}

// legible is what was typed without what cannot be shown.
func legible(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

// packed leaves out the sectors that have neither a name nor a commune, so that
// the others are numbered as the page shows them.
func (f groupingForm) packed() groupingForm {
	held := map[int]bool{}
	for _, at := range f.of {
		held[at] = true
	}
	moved := map[int]int{}
	p := groupingForm{of: map[string]int{}, reason: f.reason, seen: f.seen}
	for i, name := range f.names {
		if name != "" || held[i+1] {
			p.names = append(p.names, name)
			moved[i+1] = len(p.names)
		}
	}
	for code, at := range f.of {
		p.of[code] = moved[at]
	}
	return p
}

// sectors are the sectors of the form, the communes of each in the order of the
// territory.
func (f groupingForm) sectors(t surveys.Territory) []surveys.Sector {
	sectors := make([]surveys.Sector, len(f.names))
	for i, name := range f.names {
		sectors[i].Name = name
	}
	for _, c := range t.Communes {
		if at := f.of[c.Code]; at > 0 {
			sectors[at-1].Communes = append(sectors[at-1].Communes, c.Code)
		}
	}
	return sectors
}

// grouping shows the sectors, ways to group the communes otherwise, and a form
// that starts from one of them.
func (s *Server) grouping(c fiber.Ctx, v visit) error {
	present := v.diagnostic.Sectoring()
	desk, err := s.groupingDesk(c, v)
	if err != nil {
		return err
	}
	form := formOf(present.Sectors, present.Number)
	if start := copied(c.Query("depart")); start != "" {
		sectors, found := desk.start(start)
		if !found {
			return surveys.ErrNotFound
		}
		form, desk.started = formOf(sectors, present.Number), start
	}
	desk.saved = c.Query("fait") != ""
	return s.showGrouping(c, v, desk, form, nil)
}

// regroup does what the pressed button says: one sector more, a look at what
// the grouping would be, or the grouping itself.
func (s *Server) regroup(c fiber.Ctx, v visit) error {
	desk, err := s.groupingDesk(c, v)
	if err != nil {
		return err
	}
	form := readGrouping(c, v.diagnostic.Territory).packed()
	desk.typed = true
	switch c.FormValue("action") {
	case "ajouter":
		form.names = append(form.names, "")
		desk.added = true
		return s.showGrouping(c, v, desk, form, nil)
	case "apercu":
		desk.previewed = true
		return s.showGrouping(c, v, desk, form, surveys.CheckSectors(v.diagnostic.Territory, form.sectors(v.diagnostic.Territory)))
	case "enregistrer":
		return s.saveGrouping(c, v, desk, form)
	}
	return fiber.ErrBadRequest
}

func (s *Server) saveGrouping(c fiber.Ctx, v visit, desk groupingDesk, form groupingForm) error {
	d, changed, err := surveys.Regroup(c.Context(), s.store, v.diagnostic.ID, surveys.Regrouping{
		Sectors: form.sectors(v.diagnostic.Territory), By: v.account.Login, Reason: form.reason, Seen: form.seen,
	}, s.now())
	if refused := (surveys.Problems)(nil); errors.As(err, &refused) {
		c.Status(fiber.StatusUnprocessableEntity)
		form.seen = v.diagnostic.Sectoring().Number // who read that it changed may save over it
		return s.showGrouping(c, v, desk, form, refused)
	}
	if err == nil && changed {
		err = s.note(c.Context(), v, surveys.RegroupedSectors, fmt.Sprintf("découpage n° %d, %d secteurs", d.Grouping.Number, len(d.Territory.Sectors)))
	}
	if err != nil {
		return err
	}
	if !changed {
		desk.unchanged = true
		return s.showGrouping(c, v, desk, form, nil)
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(v.groupingAddress() + "?fait=1")
}

// showGrouping draws the page. Its numbers of answers are those of the working
// view, so opening it is noted like that view.
func (s *Server) showGrouping(c fiber.Ctx, v visit, desk groupingDesk, form groupingForm, problems surveys.Problems) error {
	if !v.may(surveys.SeeWork) {
		return errForbidden
	}
	if err := s.noteWork(c, v); err != nil {
		return err
	}
	page := pages.TeamGrouping{
		TeamFrame: s.frame(c, v, report.Work), Action: v.groupingAddress(),
		Present: desk.version(v.diagnostic.Sectoring()), Sectors: desk.present(),
		Proposals: desk.offers(), Placed: desk.near.Placed, Communes: desk.near.Communes, PlaceSource: desk.near.Source,
		Slots: desk.slots(form), Groups: desk.groups(form), Reason: form.reason, Seen: form.seen, Shared: desk.shared,
		Problems: problems, Saved: desk.saved, Unchanged: desk.unchanged, Added: desk.added, Previewed: desk.previewed, Typed: desk.typed,
	}
	page.Started = desk.startedFrom()
	for _, g := range desk.former {
		page.Former = append(page.Former, desk.version(g))
	}
	return s.render(c, page)
}
