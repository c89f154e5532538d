package territory

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// cluster is communes that were put together.
type cluster struct {
	members    []member
	population int
	answers    int
	town       string // name of the town it is around without having it, "" otherwise
	title      string // of the intercommunalités it is made of, "" otherwise
	middle     Point  // of its people
	placed     bool   // middle is known
}

func newCluster(members ...member) *cluster {
	c := &cluster{members: members}
	c.sum()
	return c
}

// sum adds up the members again. The middle leans on those whose place is known
// exactly, when there are.
func (c *cluster) sum() {
	c.population, c.answers = 0, 0
	var sure, guessed center
	for _, m := range c.members {
		c.population += m.Population
		c.answers += m.Answers
		switch {
		case m.exact:
			sure.add(m)
		case m.placed:
			guessed.add(m)
		}
	}
	if sure.weight == 0 {
		sure = guessed
	}
	c.middle, c.placed = sure.middle()
}

// center is the mean place of some communes, by their people.
type center struct{ lat, lon, weight float64 }

func (s *center) add(m member) {
	w := float64(m.Population) + 1 // a village nobody lives in is somewhere too
	s.lat, s.lon, s.weight = s.lat+w*m.place.Lat, s.lon+w*m.place.Lon, s.weight+w
}

func (s *center) middle() (Point, bool) {
	if s.weight == 0 {
		return Point{}, false
	}
	return Point{Lat: s.lat / s.weight, Lon: s.lon / s.weight}, true
}

func (c *cluster) largest() member {
	return slices.MaxFunc(c.members, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.Population, b.Population), strings.Compare(b.Code, a.Code))
	})
}

func (c *cluster) codes() []string {
	codes := make([]string, len(c.members))
	for i, m := range c.members {
		codes[i] = m.Code
	}
	slices.Sort(codes)
	return codes
}

// first is the lowest code: what tells clusters apart when nothing else does.
func (c *cluster) first() string {
	return slices.MinFunc(c.members, func(a, b member) int { return strings.Compare(a.Code, b.Code) }).Code
}

// byGroup puts the members of each intercommunalité together, and those of none.
func (g *grouping) byGroup() []*cluster {
	clusters := g.by(func(m member) string { return m.epci })
	for _, c := range clusters {
		if group, found := g.france.EPCI(c.members[0].epci); found {
			c.title = group.Name
		}
	}
	return clusters
}

// by puts together the members that have the same key, in order of key.
func (g *grouping) by(key func(member) string) []*cluster {
	together := map[string][]member{}
	var keys []string
	for _, m := range g.members {
		k := key(m)
		if together[k] == nil {
			keys = append(keys, k)
		}
		together[k] = append(together[k], m)
	}
	slices.Sort(keys)
	clusters := make([]*cluster, len(keys))
	for i, k := range keys {
		clusters[i] = newCluster(together[k]...)
	}
	return clusters
}

// basins are the communes of one intercommunalité and one postal code: what a
// post office served, a town and its villages nearly everywhere. One with
// several towns of the target size is cut around each.
func (g *grouping) basins(target int) []*cluster {
	var all []*cluster
	for _, c := range g.by(func(m member) string { return m.epci + " " + m.postal }) {
		all = append(all, c.aroundTowns(target)...)
	}
	return all
}

// aroundTowns cuts a basin around its towns of a size: each other commune goes
// to the nearest.
func (c *cluster) aroundTowns(size int) []*cluster {
	var towns []member
	for _, m := range c.members {
		if m.Population >= size && m.exact {
			towns = append(towns, m)
		}
	}
	if len(towns) < 2 {
		return []*cluster{c}
	}
	parts := make([][]member, len(towns))
	for _, m := range c.members {
		nearest := 0
		for i, town := range towns {
			if m.Code == town.Code { // two towns may share a point
				nearest = i
				break
			}
			if m.place.Distance(town.place) < m.place.Distance(towns[nearest].place) {
				nearest = i
			}
		}
		parts[nearest] = append(parts[nearest], m)
	}
	clusters := make([]*cluster, len(towns))
	for i := range towns {
		clusters[i] = newCluster(parts[i]...)
	}
	return clusters
}

// townsApart parts each town twice the target from the communes around it, when
// both are enough for a sector: a town and its villages do not live alike.
func (g *grouping) townsApart(clusters []*cluster, target int) []*cluster {
	var all []*cluster
	for _, c := range clusters {
		town := c.largest()
		enough := town.Population >= 2*target && c.population-town.Population >= target &&
			town.Answers >= g.answers && c.answers-town.Answers >= g.answers
		if len(c.members) == 1 || !enough {
			all = append(all, c)
			continue
		}
		around := newCluster(slices.DeleteFunc(slices.Clone(c.members), func(m member) bool { return m.Code == town.Code })...)
		around.town = town.Name
		all = append(all, newCluster(town), around)
	}
	return all
}

// merge joins clusters until each is within the limits and has the target
// population, or one is left: the smallest first, with the neighbour that suits
// it best. The target alone takes nobody out of their intercommunalité.
func (g *grouping) merge(clusters []*cluster, target int) []*cluster {
	clusters = slices.Clone(clusters)
	for len(clusters) > 1 {
		short := g.shortest(clusters, target)
		if short < 0 {
			break
		}
		best := neighbour(clusters, short, target)
		clusters[best].join(clusters[short])
		clusters = slices.Delete(clusters, short, short+1)
	}
	return clusters
}

// shortest is the least populated cluster that lacks people or answers, -1 when
// none does.
func (g *grouping) shortest(clusters []*cluster, target int) int {
	short := -1
	for i, c := range clusters {
		within := c.population >= g.limits.Population && c.answers >= g.answers
		if within && (c.population >= target || !hasSister(clusters, i)) {
			continue
		}
		if short < 0 || c.population < clusters[short].population ||
			c.population == clusters[short].population && c.first() < clusters[short].first() {
			short = i
		}
	}
	return short
}

// hasSister reports whether another cluster is of the same intercommunalité.
func hasSister(clusters []*cluster, of int) bool {
	return slices.ContainsFunc(clusters, func(c *cluster) bool { return c != clusters[of] && c.sharesGroup(clusters[of]) })
}

// neighbour is the cluster that suits one best: of the same intercommunalité
// when there is one, then the cheapest by [cluster.cost].
func neighbour(clusters []*cluster, of, target int) int {
	best, lowest, inside := -1, math.Inf(1), false
	for i, c := range clusters {
		if i == of {
			continue
		}
		same, cost := clusters[of].sharesGroup(c), clusters[of].cost(c, target)
		better := cost < lowest || cost == lowest && c.first() < clusters[best].first()
		if best < 0 || same && !inside || same == inside && better {
			best, lowest, inside = i, cost, same
		}
	}
	return best
}

// far stands for a distance nobody knows, in kilometres.
const far = 500

// cost grows with the distance to a neighbour and with its size, so that small
// ones join each other before they join a city; a postal code in common halves
// it, for those who share one share a town.
func (c *cluster) cost(other *cluster, target int) float64 {
	distance := float64(far)
	if c.placed && other.placed {
		distance = 1 + c.middle.Distance(other.middle)
	}
	if c.sharesPostal(other) {
		distance /= 2
	}
	return distance * math.Sqrt(1+float64(other.population)/float64(max(target, 1)))
}

func (c *cluster) sharesGroup(other *cluster) bool {
	return c.shares(other, func(m member) []string { return []string{m.epci} })
}

func (c *cluster) sharesPostal(other *cluster) bool {
	return c.shares(other, func(m member) []string { return m.PostalCodes })
}

func (c *cluster) shares(other *cluster, of func(member) []string) bool {
	mine := map[string]bool{}
	for _, m := range c.members {
		for _, key := range of(m) {
			mine[key] = true
		}
	}
	for _, m := range other.members {
		for _, key := range of(m) {
			if mine[key] {
				return true
			}
		}
	}
	return false
}

// join takes the members of another cluster.
func (c *cluster) join(other *cluster) {
	switch {
	case c.title == "" || other.title == "":
		c.title = ""
	default:
		c.title += " et " + other.title
	}
	c.members = append(slices.Clone(c.members), other.members...)
	c.sum()
}
