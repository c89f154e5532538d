package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/territory"
)

// A missingGroup is a group of residents that answered less than its share of
// the population.
type missingGroup struct {
	sector, band, sex int
	n                 int
	expected          float64 // of all those who answered, as many as its share of the population
}

func (g missingGroup) need() int { return int(math.Ceil(g.expected - float64(g.n))) }

// leastNeed is how many answers a group must lack to be named, and mostNamed
// how many groups are: a relay goes to look for a few people, not for a table.
const (
	leastNeed = 4
	mostNamed = 8
)

// missingGroups are the groups that lack answers, by sector, age and sex, those
// that lack most first; none when one of the three is not known.
func (b *builder) missingGroups(p public) []missingGroup {
	split, err := b.Table.Split(p.ID, p.weighting.by...)
	if err != nil || b.censusFaults() != nil { // the same split was counted before
		return nil
	}
	at := map[string]int{}
	for i, by := range p.weighting.by {
		at[marginName(by.Question)] = i
	}
	if len(at) < 3 {
		return nil
	}
	type key struct{ sector, band, sex string }
	counts, all := map[key]int{}, 0
	for _, s := range split.Strata {
		k := key{s.Groups[at[surveys.ProfileCommune]], s.Groups[at[surveys.ProfileAge]], s.Groups[at[surveys.ProfileSex]]}
		if k.sector != "" && k.band != "" && k.sex != "" {
			counts[k] += s.N
			all += s.N
		}
	}
	population := b.census(func(c surveys.CensusCount) float64 { return from15(c.Men) + from15(c.Women) })
	var groups []missingGroup
	for i, sector := range b.Diagnostic.Territory.Sectors {
		for band := range bandLabels {
			for sex := range sexLabels {
				people := b.census(func(c surveys.CensusCount) float64 { return b.inSector(c, i, band, sex) })
				g := missingGroup{sector: i, band: band, sex: sex,
					n: counts[key{sector.ID, bandLabels[band], sexLabels[sex]}], expected: float64(all) * people / max(population, 1)}
				if g.need() >= leastNeed {
					groups = append(groups, g)
				}
			}
		}
	}
	slices.SortStableFunc(groups, func(x, y missingGroup) int { return cmp.Compare(y.need(), x.need()) })
	return groups
}

func (b *builder) inSector(c surveys.CensusCount, sector, band, sex int) float64 {
	if at, ok := b.sectors[c.Commune]; !ok || at != sector {
		return 0
	}
	if sex == women {
		return c.Women[band+1]
	}
	return c.Men[band+1]
}

// marginName is the profile a question is a margin for.
func marginName(q *surveys.Question) string {
	for _, profile := range []string{surveys.ProfileCommune, surveys.ProfileAge, surveys.ProfileSex} {
		if q.HasProfile(profile) {
			return profile
		}
	}
	return ""
}

// missingTable names who is missing, for the team alone: the numbers are small.
func (b *builder) missingTable(p public) *sheet {
	s := &sheet{Table: Table{
		ID: "manque", Title: "Qui manque encore", Source: p.source() + " ; " + b.censusSource(),
		Note: "Attendu : la part du groupe dans la population, appliquée au nombre de réponses reçues. Seuls les groupes auxquels il manque le plus de réponses sont nommés.",
		Columns: []Column{
			{Key: labelKey, Title: "Où et qui", Kind: Label},
			{Key: nKey, Title: "Réponses", Kind: Count},
			{Key: "expected", Title: "Attendu", Kind: Count},
			{Key: "need", Title: "Il manque", Kind: Count},
		},
		Chart: Chart{Kind: Bars, Label: 0, Series: []int{3}},
	}}
	groups := b.missingGroups(p)
	for _, g := range groups[:min(len(groups), mostNamed)] {
		sector := b.Diagnostic.Territory.Sectors[g.sector]
		name := fmt.Sprintf("%s : %s de %s", sector.Name, people(g.sex), bandLabels[g.band])
		row := s.add(fmt.Sprintf("%s.%d.%d", sector.ID, g.sex, g.band), Ordinary,
			text(name), count(g.n), count(int(math.Round(g.expected))), count(g.need()))
		s.tell(fact{row: row, who: p.group("manque", s.Rows[row].Key), n: g.n, cells: []int{1, 3}})
	}
	return s
}

func people(sex int) string {
	if sex == women {
		return "femmes"
	}
	return "hommes"
}

// missingSentences say the same to a relay, the most urgent first, and where the
// collection goes at its present pace.
func (b *builder) missingSentences(p public) []string {
	var all []string
	groups := b.missingGroups(p)
	for _, g := range groups[:min(len(groups), 3)] {
		all = append(all, fmt.Sprintf("%s, il manque surtout des %s de %s : encore %d réponses.",
			b.within(b.Diagnostic.Territory.Sectors[g.sector]), people(g.sex), bandLabels[g.band], g.need()))
	}
	if s := b.forecast(p); s != "" {
		all = append(all, s)
	}
	return all
}

// within says where a sector is, as people do: « Au Creusot », « Autour de
// Blanzy », « À Blanzy et alentours », « Dans le secteur « Nord » ».
func (b *builder) within(s surveys.Sector) string {
	if len(s.Communes) == 1 {
		if c := b.Diagnostic.Territory.Commune(s.Communes[0]); c != nil && c.Name != "" {
			return capital(territory.At(c.Name))
		}
	}
	switch {
	case strings.HasPrefix(s.Name, "Autour d"):
		return s.Name
	case strings.HasSuffix(s.Name, " et alentours"):
		return capital(territory.At(s.Name))
	}
	return "Dans le secteur « " + s.Name + " »"
}

// The present pace is taken from the last paceDays days, or from the days since
// the opening when there are leastPace of them.
const (
	paceDays  = 14
	leastPace = 3
)

// forecast is how many answers there will be on the last day, should people go
// on answering as in the last days; "" when there is no day left, or too few
// have passed to tell a pace.
func (b *builder) forecast(p public) string {
	const day = 24 * time.Hour
	left := int(b.Diagnostic.Closes.Sub(b.Now) / day)
	if left < 1 || p.counts.N == 0 || p.State == surveys.Closed || p.State == surveys.Archived {
		return ""
	}
	past := paceDays
	if opens := b.Diagnostic.Opens; !opens.IsZero() {
		past = min(past, int(b.Now.Sub(opens)/day)+1)
	}
	if past < leastPace {
		return ""
	}
	since, recent := surveys.DayOf(b.Now.AddDate(0, 0, -past)), 0
	for _, d := range p.counts.Days {
		if d.Day > since {
			recent += d.N
		}
	}
	expected := p.counts.N + int(math.Round(float64(recent)*float64(left)/float64(past)))
	return fmt.Sprintf("Au rythme des %d derniers jours, il y aurait environ %s réponses d’habitants à la clôture, le %s.",
		past, whole(expected), dayText(surveys.DayOf(b.Diagnostic.Closes), true))
}
