package territory

import (
	"slices"
	"strings"
	"testing"
)

func TestFindCommunes(t *testing.T) {
	f := france(t)
	for query, first := range map[string]string{
		"creusot":            "71153",
		"LE CREUSOT":         "71153",
		"Le Creu":            "71153",
		"71153":              "71153", // INSEE code
		"71200":              "71153", // postal code
		"71200 creusot":      "71153",
		"st vallier":         "71486",
		"Saint Vallier":      "71486",
		"SAINT-VALLIER":      "71486",
		"st vallier 26":      "26333",
		"montceau":           "71306",
		"mines montceau":     "71306",
		"montceaulesmines":   "71306",
		"marigny 71":         "71278",
		"ciry":               "71132",
		"bonneuil sur marne": "94011",
		"creteil":            "94028",
		"CRÉTEIL":            "94028",
		"choisy le roi":      "94022",
		"94600":              "94022",
		"montrejeau":         "31390",
		"bagneres de luchon": "31042",
		"l’haÿ":              "94038",
		"lhay les roses":     "94038",
		"ste mere eglise":    "50523",
		"arbignieu":          "01015", // a former commune
		"ajaccio 2a":         "2A004",
		"2a004":              "2A004",
		"paris":              "75056",
		"75011":              "75056",
	} {
		t.Run(query, func(t *testing.T) {
			got := f.FindCommunes(query, 5)
			if len(got) == 0 || got[0].Code != first {
				t.Errorf("want %s first, got %s", first, listed(got))
			}
		})
	}
	for _, query := range []string{"", "  ", "-", "zzzz", "creusot 94", "99999", "creuzot"} {
		t.Run("nothing answers "+query, func(t *testing.T) {
			if got := f.FindCommunes(query, 5); len(got) != 0 {
				t.Errorf("got %s", listed(got))
			}
		})
	}
	t.Run("equally good names come by population", func(t *testing.T) {
		got := f.FindCommunes("saint-vallier", 4)
		if listed(got) != "71486 Saint-Vallier, 26333 Saint-Vallier, 16357 Saint-Vallier, 88437 Saint-Vallier" {
			t.Errorf("got %s", listed(got))
		}
	})
	t.Run("a whole name comes before a more populated longer one", func(t *testing.T) {
		got := f.FindCommunes("montceaux", 2) // Montceaux (Ain)
		if len(got) != 2 || got[0].Code != "01258" {
			t.Errorf("got %s", listed(got))
		}
	})
	t.Run("the limit is kept, and none means all", func(t *testing.T) {
		if n := len(f.FindCommunes("saint", 12)); n != 12 {
			t.Errorf("limit 12 gave %d", n)
		}
		if n := len(f.FindCommunes("saint", 0)); n < 3000 {
			t.Errorf("no limit gave %d", n)
		}
	})
	t.Run("every commune answers to its name, its folded name and its postal code", func(t *testing.T) {
		n := 0
		for c := range f.Communes() {
			if n++; n%701 != 0 { // one in 701 keeps the test short
				continue
			}
			for _, query := range append([]string{c.Name, strings.ToUpper(Fold(c.Name))}, c.PostalCodes...) {
				found := f.FindCommunes(query, 0)
				if !slices.ContainsFunc(found, func(o Commune) bool { return o.Code == c.Code }) {
					t.Errorf("%q does not find %s %s", query, c.Code, c.Name)
				}
			}
		}
	})
}

func TestFindGroups(t *testing.T) {
	f := france(t)
	for query, first := range map[string]string{
		"creusot montceau":                    "247100290",
		"Communauté urbaine Creusot Montceau": "247100290",
		"CU Le Creusot Montceau-les-Mines":    "247100290",
		"247100290":                           "247100290",
		"Saint-Vallier":                       "247100290", // a member
		"71200":                               "247100290", // its postal code
		"71278":                               "247100290", // its INSEE code
		"cœur et coteaux du comminges":        "200072643",
		"comminges":                           "200072643",
		"communauté de communes coeur et coteaux": "200072643",
		"Cagire":                    "200073146",
		"pyrenees haut garonnaises": "200072635",
		"grand orly":                "200058014",
		"établissement public territorial est marne": "200057941",
		"choisy-le-roi":            "200058014", // its EPT before the métropole
		"metropole du grand paris": "200054781",
		"lyon":                     "200046977", // not the CC Lyon-Saint-Exupéry en Dauphiné
		"4B":                       "200029734",
	} {
		t.Run(query, func(t *testing.T) {
			got := f.FindGroups(query, 3)
			if len(got) == 0 || got[0].Code != first {
				t.Errorf("want %s first, got %+v", first, got)
			}
		})
	}
	t.Run("nothing answers nothing", func(t *testing.T) {
		for _, query := range []string{"", " - ", "zzzz", "00000"} {
			if got := f.FindGroups(query, 3); len(got) != 0 {
				t.Errorf("%q found %+v", query, got)
			}
		}
	})
	t.Run("two communautés of one name are both found", func(t *testing.T) {
		if got := f.FindGroups("CC des Quatre Rivières", 0); len(got) < 2 || got[0].Name != got[1].Name {
			t.Errorf("got %+v", got)
		}
	})
}

// listed shows what was found on one line.
func listed(communes []Commune) string {
	var lines []string
	for _, c := range communes {
		lines = append(lines, c.Code+" "+c.Name)
	}
	return strings.Join(lines, ", ")
}

func BenchmarkFindCommunes(b *testing.B) {
	f := france(b)
	for _, query := range []string{"creusot", "s", "71200", "montceaulesmines"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				f.FindCommunes(query, 10)
			}
		})
	}
}

func BenchmarkFindGroups(b *testing.B) {
	f := france(b)
	for b.Loop() {
		f.FindGroups("creusot montceau", 10)
	}
}
