package territory

import (
	"cmp"
	"slices"
)

// How well a name answers a query, best first.
const (
	exact      = iota // the whole name, with or without its article
	begins            // its first words
	startsIn          // its first letters
	within            // letters that begin a later word
	scattered         // every word begins some word of the name, in any order
	described         // groups only: words of the kind or the SIREN helped
	throughEPT        // groups only: a member is called exactly so
	throughEPCI
	unlike
)

// FindCommunes gives the communes that the query may mean, best first and,
// among equals, the most populated first; at most limit of them, or all when
// limit is below 1. Names are compared folded and may be the beginning of a
// name or the name of a former commune; words that start with a digit are the
// beginning of a postal code, an INSEE code or a département, and may go with
// a name: "creusot", "ST VALLIER", "712", "marigny 71".
func (f *France) FindCommunes(query string, limit int) []Commune {
	q := parseQuery(query)
	hits := f.communeHits(q.communeRank)
	if len(hits) == 0 && len(q.words) > 0 {
		hits = f.communeHits(q.joinedRank)
	}
	found := make([]Commune, 0, len(hits))
	for _, at := range best(hits, limit) {
		found = append(found, f.commune(at))
	}
	return found
}

// FindGroups gives the EPCI and EPT that the query may mean, in the order and
// within the limit that FindCommunes describes. The words may name the group,
// its kind ("communauté urbaine creusot") or its SIREN, or be the full name,
// postal code or INSEE code of a member commune.
func (f *France) FindGroups(query string, limit int) []Group {
	q := parseQuery(query)
	if q.empty() {
		return nil
	}
	ranks := make([]int, len(f.groups))
	for i := range f.groups {
		ranks[i] = q.groupRank(&f.groups[i])
	}
	f.rankThroughMembers(q, ranks)

	var hits []hit
	for i, rank := range ranks {
		if rank != unlike {
			hits = append(hits, hit{at: i, rank: rank, population: f.groups[i].population})
		}
	}
	found := make([]Group, 0, len(hits))
	for _, at := range best(hits, limit) {
		found = append(found, f.group(at))
	}
	return found
}

// rankThroughMembers finds the groups of the communes that q names in full.
func (f *France) rankThroughMembers(q query, ranks []int) {
	for i := range f.communes {
		c := &f.communes[i]
		if !q.names(c) {
			continue
		}
		if c.epci != none {
			ranks[c.epci] = min(ranks[c.epci], throughEPCI)
		}
		if c.ept != none {
			ranks[c.ept] = min(ranks[c.ept], throughEPT)
		}
	}
}

type hit struct{ at, rank, population int }

func (f *France) communeHits(rank func(*commune) int) []hit {
	var hits []hit
	for i := range f.communes {
		c := &f.communes[i]
		if r := rank(c); r != unlike {
			hits = append(hits, hit{at: i, rank: r, population: int(c.population)})
		}
	}
	return hits
}

// best sorts the hits and gives the positions of the first limit of them.
func best(hits []hit, limit int) []int {
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.population, a.population), cmp.Compare(a.at, b.at))
	})
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	positions := make([]int, len(hits))
	for i, h := range hits {
		positions[i] = h.at
	}
	return positions
}
