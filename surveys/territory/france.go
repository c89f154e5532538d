package territory

import (
	"bytes"
	_ "embed"
	"iter"
	"sort"
	"strings"
	"sync"
)

// Commune is a commune of today, as INSEE lists it.
type Commune struct {
	Code        string   // INSEE code, five characters: "71153", "2A004"
	Name        string   // "Le Creusot"
	Former      []string // communes déléguées and associées within it, which people still call by name
	PostalCodes []string // none for lands where nobody lives
	Population  int      // inhabitants; 0 where the source gives none
	Department  string   // code of its département: "71"
	Region      string   // code of its région: "27"
	EPCI        string   // SIREN of its EPCI à fiscalité propre, "" when it has none
	EPT         string   // SIREN of its établissement public territorial, "" outside Grand Paris
}

// Group is an intercommunalité: an EPCI à fiscalité propre or an EPT.
type Group struct {
	Code       string   // SIREN, nine digits
	Name       string   // as the source writes it: "CC Cagire Garonne Salat"
	Kind       string   // CC, CA, CU, METRO, MET69 (Lyon) or EPT; KindName spells it out
	Communes   []string // INSEE codes of its members, in order
	Population int      // inhabitants of its members together
}

// Department is a département, or an overseas collectivité that INSEE codes
// as one.
type Department struct {
	Code, Name string
	Region     string // code of its région
	Population int    // inhabitants of its communes together
}

// Region is a région, or an overseas collectivité that the source lists as one.
type Region struct {
	Code, Name string
	Population int // inhabitants of its communes together
}

// France is the whole list. It never changes once decoded, so it is safe for
// any number of goroutines; what its methods return belongs to the caller.
type France struct {
	source      string
	regions     []Region
	departments []Department
	groups      []group
	communes    []commune
}

// commune is a Commune at rest: 35,000 of them stay in memory, so strings are
// parts of the decoded file and the groupings are positions in France's lists.
type commune struct {
	code, name, former, postal string // former parted by "|", postal by spaces
	key                        string // what is searched: folded names, one a line
	population                 int32
	department                 int16
	epci, ept                  int16 // none when there is none
}

// group is a Group at rest.
type group struct {
	code, kind, name string
	key              string // folded name
	kindKey          string // folded long name of the kind
	members          []int32
	population       int
}

const none = -1

//go:embed communes.txt.gz
var embedded []byte

var load = sync.OnceValues(func() (*France, error) {
	return Decode(bytes.NewReader(embedded))
})

// Load gives the list embedded in the program. The first call decodes it, in
// some tens of milliseconds; later calls give the same *France.
func Load() (*France, error) { return load() }

// Source says where the list comes from, in words an elected official knows,
// with the package and version it was made from: for the note under a figure.
func (f *France) Source() string {
	return "Insee, code officiel géographique et populations (paquet " + f.source + ")"
}

// Commune gives the commune that has this INSEE code today.
func (f *France) Commune(code string) (Commune, bool) {
	i, found := f.communeAt(code)
	if !found {
		return Commune{}, false
	}
	return f.commune(i), true
}

// EPCI gives the EPCI, or the EPT, that has this SIREN.
func (f *France) EPCI(siren string) (Group, bool) {
	i, found := sort.Find(len(f.groups), func(i int) int { return strings.Compare(siren, f.groups[i].code) })
	if !found {
		return Group{}, false
	}
	return f.group(i), true
}

// Department gives the département that has this code.
func (f *France) Department(code string) (Department, bool) {
	for _, d := range f.departments {
		if d.Code == code {
			return d, true
		}
	}
	return Department{}, false
}

// Region gives the région that has this code.
func (f *France) Region(code string) (Region, bool) {
	for _, r := range f.regions {
		if r.Code == code {
			return r, true
		}
	}
	return Region{}, false
}

// Communes yields every commune in order of code.
func (f *France) Communes() iter.Seq[Commune] {
	return func(yield func(Commune) bool) {
		for i := range f.communes {
			if !yield(f.commune(i)) {
				return
			}
		}
	}
}

// Groups yields every EPCI and EPT in order of SIREN.
func (f *France) Groups() iter.Seq[Group] {
	return func(yield func(Group) bool) {
		for i := range f.groups {
			if !yield(f.group(i)) {
				return
			}
		}
	}
}

// Departments gives every département in order of code.
func (f *France) Departments() []Department { return append([]Department(nil), f.departments...) }

// Regions gives every région in order of code.
func (f *France) Regions() []Region { return append([]Region(nil), f.regions...) }

// KindName spells the kind out in French, or gives it back when it is new.
func (g Group) KindName() string {
	if name, known := kindNames[g.Kind]; known {
		return name
	}
	return g.Kind
}

var kindNames = map[string]string{
	"CC":    "communauté de communes",
	"CA":    "communauté d’agglomération",
	"CU":    "communauté urbaine",
	"METRO": "métropole",
	"MET69": "métropole",
	"EPT":   "établissement public territorial",
}

func (f *France) communeAt(code string) (int, bool) {
	return sort.Find(len(f.communes), func(i int) int { return strings.Compare(code, f.communes[i].code) })
}

func (f *France) commune(i int) Commune {
	c := f.communes[i]
	d := f.departments[c.department]
	return Commune{
		Code: c.code, Name: c.name, Population: int(c.population),
		Former:      strings.FieldsFunc(c.former, func(r rune) bool { return r == '|' }),
		PostalCodes: strings.Fields(c.postal),
		Department:  d.Code, Region: d.Region,
		EPCI: f.siren(c.epci), EPT: f.siren(c.ept),
	}
}

func (f *France) siren(i int16) string {
	if i == none {
		return ""
	}
	return f.groups[i].code
}

func (f *France) group(i int) Group {
	g := f.groups[i]
	codes := make([]string, len(g.members))
	for n, at := range g.members {
		codes[n] = f.communes[at].code
	}
	return Group{Code: g.code, Name: g.name, Kind: g.kind, Communes: codes, Population: g.population}
}
