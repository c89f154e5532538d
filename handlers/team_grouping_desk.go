package handlers

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
	"diapason/surveys/territory"
)

// A groupingDesk is all that lies ready when communes are grouped: the
// territory, who answered, what is proposed and what was in force before.
type groupingDesk struct {
	diagnostic surveys.Diagnostic
	france     *territory.France
	residents  report.Residents
	proposals  []territory.Proposal
	near       territory.Neighbourhood
	former     []surveys.Grouping // newest first
	names      map[string]string  // of accounts, by login
	shared     bool               // a workbook that may be shared was downloaded

	// What the page is to say.
	started                                   string
	saved, unchanged, added, previewed, typed bool
}

func (s *Server) groupingDesk(c fiber.Ctx, v visit) (groupingDesk, error) {
	desk := groupingDesk{diagnostic: v.diagnostic, names: map[string]string{}}
	var err error
	if desk.france, err = territory.Load(); err != nil {
		return desk, err
	}
	if desk.residents, err = s.source.Residents(c.Context(), v.diagnostic); err != nil {
		return desk, err
	}
	if err := desk.propose(s, v); err != nil {
		return desk, err
	}
	dossier, err := s.store.Dossier(c.Context(), v.diagnostic.ID)
	if err != nil && !errors.Is(err, surveys.ErrNotFound) {
		return desk, err
	}
	desk.former = surveys.FormerGroupings(v.diagnostic, dossier)
	events, err := s.store.Events(c.Context(), v.diagnostic.ID, maxJournal)
	if err != nil {
		return desk, err
	}
	desk.shared = surveys.SharedResults(events)
	accounts, err := s.store.Accounts(c.Context())
	for _, a := range accounts {
		desk.names[a.Login] = a.Name
	}
	return desk, err
}

// maxJournal is more events than a diagnostic has.
const maxJournal = 1 << 20

// propose fills in the proposals, from the answers expected at the end.
func (d *groupingDesk) propose(s *Server, v visit) (err error) {
	var members []territory.Member
	for _, c := range v.diagnostic.Territory.Communes {
		members = append(members, territory.Member{
			Code: c.Code, Name: c.Name, PostalCodes: c.PostalCodes, Population: c.Population,
			Answers: d.residents.Expected(c.Code, v.diagnostic, s.now()),
		})
	}
	limits := territory.Limits{Population: surveys.SectorFloor, Answers: report.EnoughAnswers}
	if d.proposals, err = d.france.Propose(members, limits); err != nil {
		return err
	}
	d.near, err = d.france.Neighbourhood(members)
	return err
}

// start is the sectors of a proposal or of a former grouping, by its name in an
// address.
func (d *groupingDesk) start(name string) ([]surveys.Sector, bool) {
	for _, p := range d.proposals {
		if p.ID == name {
			return sectorsOf(p), true
		}
	}
	for _, g := range d.former {
		if versionName(g.Number) == name {
			return g.Sectors, true
		}
	}
	return nil, false
}

// startedFrom says in words what the form was filled from, "" when from the
// grouping in force.
func (d *groupingDesk) startedFrom() string {
	for _, p := range d.proposals {
		if p.ID == d.started {
			return "la proposition « " + p.Title + " »"
		}
	}
	if number, found := strings.CutPrefix(d.started, "version-"); found {
		return "l’ancien découpage n° " + number
	}
	return ""
}

func sectorsOf(p territory.Proposal) []surveys.Sector {
	sectors := make([]surveys.Sector, len(p.Clusters))
	for i, c := range p.Clusters {
		sectors[i] = surveys.Sector{Name: c.Name, Communes: c.Communes}
	}
	return sectors
}

func versionName(number int) string { return fmt.Sprintf("version-%d", number) }

// sector says how large a sector is and what that allows.
func (d *groupingDesk) sector(s surveys.Sector) pages.SectorSize {
	people := d.diagnostic.Territory.PopulationOf(s.Communes)
	words, enough := report.Class(d.residents.Of(s.Communes))
	size := pages.SectorSize{
		Name: s.Name, Communes: d.communeNames(s.Communes), Population: people, Answers: words, Enough: enough,
	}
	size.Small = people < surveys.SectorFloor && d.diagnostic.Territory.Population() >= surveys.SectorFloor
	return size
}

func (d *groupingDesk) communeNames(codes []string) []string {
	names := make([]string, 0, len(codes))
	for _, code := range codes {
		if c := d.diagnostic.Territory.Commune(code); c != nil {
			names = append(names, c.Name)
		} else {
			names = append(names, code)
		}
	}
	return names
}

// present are the sectors in force, with the answers counted as in the working
// view.
func (d *groupingDesk) present() []pages.SectorSize {
	var sizes []pages.SectorSize
	in := map[string]bool{}
	for _, s := range d.diagnostic.Territory.Sectors {
		size := d.sector(s)
		size.Count = d.residents.Of(s.Communes)
		sizes = append(sizes, size)
		for _, code := range s.Communes {
			in[code] = true
		}
	}
	var out []string
	for _, c := range d.diagnostic.Territory.Communes {
		if !in[c.Code] {
			out = append(out, c.Code)
		}
	}
	if len(out) > 0 {
		size := d.sector(surveys.Sector{Name: "Dans aucun secteur", Communes: out})
		size.Count, size.Outside, size.Small = d.residents.Of(out), true, false
		sizes = append(sizes, size)
	}
	return sizes
}

// offers are the proposals as cards.
func (d *groupingDesk) offers() []pages.GroupingOffer {
	var offers []pages.GroupingOffer
	for _, p := range d.proposals {
		offer := pages.GroupingOffer{ID: p.ID, Title: p.Title, Why: p.Why, Note: p.Note}
		fewest := -1
		for i, s := range sectorsOf(p) {
			size := d.sector(s)
			offer.Sectors = append(offer.Sectors, size)
			if i == 0 || size.Population < offer.Smallest {
				offer.Smallest = size.Population
			}
			if !size.Enough {
				offer.Short++
			}
			if n := d.residents.Of(s.Communes); fewest < 0 || n < fewest {
				fewest, offer.Fewest = n, size.Answers
			}
		}
		offers = append(offers, offer)
	}
	return offers
}

// slots are the sectors of the form.
func (d *groupingDesk) slots(f groupingForm) []pages.SectorSize {
	var slots []pages.SectorSize
	for _, s := range f.sectors(d.diagnostic.Territory) {
		slots = append(slots, d.sector(s))
	}
	return slots
}

// groups are the communes of the form by intercommunalité, in the order of their
// names.
func (d *groupingDesk) groups(f groupingForm) []pages.CommuneGroup {
	var groups []pages.CommuneGroup
	at := map[string]int{}
	for _, c := range d.diagnostic.Territory.Communes {
		name := "Communes"
		if known, found := d.france.Commune(c.Code); found {
			if epci, found := d.france.EPCI(known.EPCI); found {
				name = epci.Name
			}
		}
		i, seen := at[name]
		if !seen {
			i = len(groups)
			at[name] = i
			groups = append(groups, pages.CommuneGroup{Name: name})
		}
		groups[i].Communes = append(groups[i].Communes, pages.GroupedCommune{
			Code: c.Code, Name: c.Name, Postal: strings.Join(c.PostalCodes, " "), Population: c.Population, Slot: f.of[c.Code],
		})
	}
	for _, g := range groups {
		slices.SortFunc(g.Communes, func(a, b pages.GroupedCommune) int {
			return cmp.Or(cmp.Compare(territory.Fold(a.Name), territory.Fold(b.Name)), cmp.Compare(a.Code, b.Code))
		})
	}
	return groups
}

// version tells a grouping.
func (d *groupingDesk) version(g surveys.Grouping) pages.GroupingVersion {
	shown := pages.GroupingVersion{Number: g.Number, Since: g.Since, By: g.By, Reason: g.Reason, Start: versionName(g.Number)}
	if name := d.names[g.By]; name != "" {
		shown.By = name
	}
	for _, s := range g.Sectors {
		shown.Sectors = append(shown.Sectors, pages.SectorSize{
			Name: s.Name, Communes: d.communeNames(s.Communes), Population: d.diagnostic.Territory.PopulationOf(s.Communes)})
	}
	return shown
}
