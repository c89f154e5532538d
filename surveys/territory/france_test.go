package territory

import (
	"runtime"
	"slices"
	"testing"
)

func france(t testing.TB) *France {
	t.Helper()
	f, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCommune(t *testing.T) {
	f := france(t)
	for _, want := range []Commune{
		{Code: "71153", Name: "Le Creusot", Population: 20509, Department: "71", Region: "27", EPCI: "247100290"},
		{Code: "71306", Name: "Montceau-les-Mines", Population: 17064, Department: "71", Region: "27", EPCI: "247100290"},
		{Code: "71486", Name: "Saint-Vallier", Population: 8508, Department: "71", Region: "27", EPCI: "247100290"},
		{Code: "71132", Name: "Ciry-le-Noble", Population: 2177, Department: "71", Region: "27", EPCI: "247100290"},
		{Code: "71278", Name: "Marigny", Population: 166, Department: "71", Region: "27", EPCI: "247100290"},
		{Code: "31483", Name: "Saint-Gaudens", Population: 12139, Department: "31", Region: "76", EPCI: "200072643"},
		{Code: "94011", Name: "Bonneuil-sur-Marne", Population: 18270, Department: "94", Region: "11", EPCI: "200054781", EPT: "200058006"},
		{Code: "94022", Name: "Choisy-le-Roi", Population: 45946, Department: "94", Region: "11", EPCI: "200054781", EPT: "200058014"},
		{Code: "94028", Name: "Créteil", Population: 93397, Department: "94", Region: "11", EPCI: "200054781", EPT: "200058006"},
		{Code: "94033", Name: "Fontenay-sous-Bois", Population: 53757, Department: "94", Region: "11", EPCI: "200054781", EPT: "200057941"},
		{Code: "75056", Name: "Paris", Population: 2103778, Department: "75", Region: "11", EPCI: "200054781"},
		{Code: "97801", Name: "Saint-Martin", Population: 31160, Department: "978", Region: "978"},
	} {
		t.Run(want.Name, func(t *testing.T) {
			got, found := f.Commune(want.Code)
			if !found {
				t.Fatalf("commune %s is not in the list", want.Code)
			}
			if len(got.PostalCodes) == 0 {
				t.Error("no postal code")
			}
			got.PostalCodes, got.Former = nil, nil
			if got.Code != want.Code || got.Name != want.Name || got.Population != want.Population ||
				got.Department != want.Department || got.Region != want.Region || got.EPCI != want.EPCI || got.EPT != want.EPT {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
	t.Run("postal codes are those of La Poste", func(t *testing.T) {
		if c, _ := f.Commune("71153"); !slices.Equal(c.PostalCodes, []string{"71200"}) {
			t.Errorf("Le Creusot has %q", c.PostalCodes)
		}
		if c, _ := f.Commune("75056"); len(c.PostalCodes) != 21 {
			t.Errorf("Paris has %d postal codes, 20 arrondissements and 75116 make 21", len(c.PostalCodes))
		}
	})
	t.Run("a commune keeps the names of those that joined it", func(t *testing.T) {
		if c, _ := f.Commune("01015"); !slices.Equal(c.Former, []string{"Arbignieu", "Saint-Bois"}) {
			t.Errorf("Arboys en Bugey was %q", c.Former)
		}
	})
	t.Run("an unknown code and an arrondissement are not found", func(t *testing.T) {
		for _, code := range []string{"", "7115", "711530", "99999", "75101", "Le Creusot"} {
			if c, found := f.Commune(code); found {
				t.Errorf("%q gave %+v", code, c)
			}
		}
	})
}

func TestEPCI(t *testing.T) {
	f := france(t)
	for _, want := range []struct {
		code, name, kind, kindName string
		communes, population       int
	}{
		{"247100290", "CU Le Creusot Montceau-les-Mines", "CU", "communauté urbaine", 34, 90346},
		{"200072643", "CC Coeur et Coteaux du Comminges", "CC", "communauté de communes", 104, 44497},
		{"200073146", "CC Cagire Garonne Salat", "CC", "communauté de communes", 55, 17771},
		{"200072635", "CC Pyrénées Haut Garonnaises", "CC", "communauté de communes", 76, 15358},
		{"200054781", "Métropole du Grand Paris", "METRO", "métropole", 130, 7142540},
		{"200046977", "Métropole de Lyon", "MET69", "métropole", 58, 1436354},
		{"200058014", "Grand-Orly Seine Bièvre", "EPT", "établissement public territorial", 24, 0},
	} {
		t.Run(want.name, func(t *testing.T) {
			g, found := f.EPCI(want.code)
			if !found {
				t.Fatalf("group %s is not in the list", want.code)
			}
			if g.Name != want.name || g.Kind != want.kind || g.KindName() != want.kindName || len(g.Communes) != want.communes {
				t.Errorf("got %s, %s (%s), %d communes; want %+v", g.Name, g.Kind, g.KindName(), len(g.Communes), want)
			}
			if want.population != 0 && g.Population != want.population {
				t.Errorf("%d inhabitants, want %d", g.Population, want.population)
			}
		})
	}
	t.Run("a SIREN that is no group is not found", func(t *testing.T) {
		for _, siren := range []string{"", "000000000", "217101534"} {
			if g, found := f.EPCI(siren); found {
				t.Errorf("%q gave %s", siren, g.Name)
			}
		}
	})
	t.Run("the caller may change what it was given", func(t *testing.T) {
		g, _ := f.EPCI("247100290")
		first := g.Communes[0]
		g.Communes[0] = "changed"
		if again, _ := f.EPCI("247100290"); again.Communes[0] != first {
			t.Error("the list itself changed")
		}
	})
}

func TestTheListHoldsTogether(t *testing.T) {
	f := france(t)
	communes, groups, inhabitants := 0, 0, 0
	for c := range f.Communes() {
		communes++
		inhabitants += c.Population
		d, hasDepartment := f.Department(c.Department)
		_, hasRegion := f.Region(c.Region)
		if !hasDepartment || !hasRegion || d.Region != c.Region {
			t.Errorf("%s %s: département %q and région %q", c.Code, c.Name, c.Department, c.Region)
		}
		for _, siren := range []string{c.EPCI, c.EPT} {
			if g, found := f.EPCI(siren); siren != "" && (!found || !slices.Contains(g.Communes, c.Code)) {
				t.Errorf("%s %s says it is in %s, which does not list it", c.Code, c.Name, siren)
			}
		}
	}
	for g := range f.Groups() {
		groups++
		if g.KindName() == g.Kind || len(g.Communes) == 0 || len(g.Code) != 9 {
			t.Errorf("group %+v", g)
		}
		for _, code := range g.Communes {
			if c, found := f.Commune(code); !found || c.EPCI != g.Code && c.EPT != g.Code {
				t.Errorf("%s lists %q, which does not say so", g.Name, code)
			}
		}
	}
	if communes != 34969 || groups != 1255+11 {
		t.Errorf("%d communes and %d groups; version 6.0.0 of the source has 34969 and 1266", communes, groups)
	}
	if inhabitants < 65_000_000 || inhabitants > 72_000_000 {
		t.Errorf("%d inhabitants is no plausible total for France", inhabitants)
	}
	if f.Source() != "Insee, code officiel géographique et populations (paquet @etalab/decoupage-administratif 6.0.0)" {
		t.Errorf("source %q", f.Source())
	}
}

func TestTotalsAddUp(t *testing.T) {
	f := france(t)
	byCommune, byDepartment, byRegion := 0, 0, 0
	for c := range f.Communes() {
		byCommune += c.Population
	}
	for _, d := range f.Departments() {
		byDepartment += d.Population
	}
	for _, r := range f.Regions() {
		byRegion += r.Population
	}
	if byCommune != byDepartment || byCommune != byRegion {
		t.Errorf("by commune %d, by département %d, by région %d", byCommune, byDepartment, byRegion)
	}
	if d, _ := f.Department("2A"); d.Name != "Corse-du-Sud" || d.Region != "94" || d.Population < 100_000 {
		t.Errorf("2A is %+v", d)
	}
	if r, _ := f.Region("27"); r.Name != "Bourgogne-Franche-Comté" || r.Population < 2_000_000 {
		t.Errorf("27 is %+v", r)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Decode(newEmbedded()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLiveHeap tells how many bytes stay in use once the list is decoded.
func BenchmarkLiveHeap(b *testing.B) {
	for b.Loop() {
		before := liveHeap()
		f, err := Decode(newEmbedded())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(liveHeap()-before)/1e6, "MB-live")
		runtime.KeepAlive(f)
	}
}

func liveHeap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
