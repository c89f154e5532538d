package territory

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Member is a commune that is to be grouped with its neighbours.
type Member struct {
	Code        string // INSEE code
	Name        string
	PostalCodes []string
	Population  int
	Answers     int // residents' answers, had or hoped for
}

// Limits are what a sector must have to be published.
type Limits struct {
	Population int // inhabitants
	Answers    int // 0 when answers are not looked at
}

// A Proposal is one way to group the members of a territory: each of them is in
// exactly one cluster.
type Proposal struct {
	ID       string // stable: "grands", "bourgs", "fins", "intercommunalites"
	Title    string // in French
	Why      string // how it was made, a sentence
	Note     string // what could not be had, a sentence; "" when all could
	Clusters []Cluster
}

// A Cluster is a sector that is proposed.
type Cluster struct {
	Name       string
	Communes   []string // INSEE codes, in order
	Population int
	Answers    int
}

// A Neighbourhood is how near the communes of a territory are known to be.
type Neighbourhood struct {
	Communes, Placed int    // of the communes, those whose place is known
	Source           string // of the places
}

// scales are how large the sectors of a proposal are: at least a share of the
// territory, and never under a number of inhabitants.
var scales = []struct {
	id, title string
	parts     int // the territory is cut in at most so many
	least     int // inhabitants
}{
	{"grands", "Quelques grands secteurs", 8, 10_000},
	{"bourgs", "Autour des bourgs-centres", 16, 5_000},
	{"fins", "Le plus fin possible", 40, 0},
}

// Propose groups neighbouring communes into sectors, in several ways, from the
// fewest sectors to the most. Neighbours are communes of one intercommunalité,
// of one postal code, then those whose towns are nearest. Every cluster is
// within the limits; when the territory itself is not, it is one cluster and
// Note says so. When fewer answers are known than two sectors need, answers do
// not count and Note says so. The same members give the same proposals, in
// whatever order they come.
func (f *France) Propose(members []Member, limits Limits) ([]Proposal, error) {
	at, err := loadPoints()
	if err != nil {
		return nil, err
	}
	g := f.newGrouping(members, limits, at)
	if len(g.members) == 0 {
		return nil, nil
	}
	var all []Proposal
	if groups := g.byGroup(); len(groups) > 1 {
		all = append(all, g.proposal("intercommunalites", "Par intercommunalité", "Chaque intercommunalité est un secteur.", g.merge(groups, limits.Population)))
	}
	for _, s := range scales {
		target := max(limits.Population, s.least, g.population/s.parts/100*100)
		why := fmt.Sprintf("Des secteurs d’au moins %s habitants, autant que possible.", thousands(target))
		all = append(all, g.proposal(s.id, s.title, why, g.townsApart(g.merge(g.basins(target), target), target)))
	}
	return distinct(all), nil
}

// Neighbourhood says how much of the nearness of these communes is known.
func (f *France) Neighbourhood(members []Member) (Neighbourhood, error) {
	at, err := loadPoints()
	if err != nil {
		return Neighbourhood{}, err
	}
	n := Neighbourhood{Communes: len(members), Source: at.source}
	for _, m := range members {
		if _, known := at.exact[m.Code]; known {
			n.Placed++
		}
	}
	return n, nil
}

// grouping is the territory at hand.
type grouping struct {
	france     *France
	members    []member
	population int
	answers    int  // least of a sector, 0 when they are not looked at
	few        bool // answers were to be looked at, and are too few
	limits     Limits
}

// member is a Member with what the list of communes knows of it.
type member struct {
	Member
	epci   string // SIREN, "" without one
	postal string // the first postal code
	place  Point
	exact  bool
	placed bool
}

func (f *France) newGrouping(members []Member, limits Limits, at *points) *grouping {
	g := &grouping{france: f, limits: limits}
	answers, seen := 0, map[string]bool{}
	for _, m := range members {
		if seen[m.Code] {
			continue
		}
		seen[m.Code] = true
		m.Population, m.Answers = max(m.Population, 0), max(m.Answers, 0)
		known := member{Member: m}
		if c, found := f.Commune(m.Code); found {
			known.epci = c.EPCI
			if len(m.PostalCodes) == 0 {
				known.PostalCodes = c.PostalCodes
			}
		}
		if len(known.PostalCodes) > 0 {
			known.postal = known.PostalCodes[0]
		}
		known.place, known.exact, known.placed = at.of(m.Code, known.PostalCodes)
		g.members = append(g.members, known)
		g.population += m.Population
		answers += m.Answers
	}
	slices.SortFunc(g.members, func(a, b member) int { return strings.Compare(a.Code, b.Code) })
	if answers >= 2*limits.Answers {
		g.answers = limits.Answers
	} else {
		g.few = true
	}
	return g
}

// proposal names the clusters, the most populated first.
func (g *grouping) proposal(id, title, why string, clusters []*cluster) Proposal {
	p := Proposal{ID: id, Title: title, Why: why}
	slices.SortFunc(clusters, func(a, b *cluster) int {
		return cmp.Or(cmp.Compare(b.population, a.population), strings.Compare(a.first(), b.first()))
	})
	taken := map[string]bool{}
	for _, c := range clusters {
		name := g.name(c, taken)
		taken[name] = true
		p.Clusters = append(p.Clusters, Cluster{Name: name, Communes: c.codes(), Population: c.population, Answers: c.answers})
	}
	switch {
	case g.population < g.limits.Population:
		p.Note = fmt.Sprintf("Le territoire compte %s habitants, moins que les %s d’un secteur publiable : il reste d’un seul tenant.", thousands(g.population), thousands(g.limits.Population))
	case g.few:
		p.Note = fmt.Sprintf("Il y a encore trop peu de réponses pour en tenir compte : il en faut %d par secteur.", g.limits.Answers)
	}
	return p
}

// name calls a cluster after its only commune, its intercommunalités, the town
// it is around or its largest commune, by a name that is not taken.
func (g *grouping) name(c *cluster, taken map[string]bool) string {
	largest := c.largest()
	name := largest.Name + " et alentours"
	switch {
	case len(c.members) == 1:
		name = largest.Name
	case c.title != "":
		name = c.title
	case c.town != "":
		name = Around(c.town)
	}
	if taken[name] {
		name = fmt.Sprintf("%s (%s)", name, largest.Code)
	}
	return name
}

// distinct keeps the first of proposals that group alike, the fewest sectors
// first. One that does not part the territory is kept only when none does.
func distinct(all []Proposal) []Proposal {
	seen := map[string]bool{}
	var kept []Proposal
	for _, p := range all {
		grounds := make([]string, len(p.Clusters))
		for i, c := range p.Clusters {
			grounds[i] = strings.Join(c.Communes, " ")
		}
		slices.Sort(grounds)
		key := strings.Join(grounds, "|")
		if !seen[key] {
			kept = append(kept, p)
		}
		seen[key] = true
	}
	if len(kept) > 1 {
		kept = slices.DeleteFunc(kept, func(p Proposal) bool { return len(p.Clusters) == 1 })
	}
	slices.SortStableFunc(kept, func(a, b Proposal) int { return cmp.Compare(len(a.Clusters), len(b.Clusters)) })
	return kept
}

// thousands writes a whole number with its thousands apart.
func thousands(n int) string {
	digits := fmt.Sprint(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "\u202f" + digits[at:]
	}
	return digits
}
