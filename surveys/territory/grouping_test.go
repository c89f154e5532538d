package territory

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// sectorFloor is the population below which a sector is not published.
const sectorFloor = 2000

// membersOf are the communes of some intercommunalités.
func membersOf(t testing.TB, f *France, sirens ...string) []Member {
	t.Helper()
	var members []Member
	for _, siren := range sirens {
		group, found := f.EPCI(siren)
		if !found {
			t.Fatalf("no group %s", siren)
		}
		for _, code := range group.Communes {
			c, _ := f.Commune(code)
			members = append(members, Member{Code: c.Code, Name: c.Name, PostalCodes: c.PostalCodes, Population: c.Population})
		}
	}
	return members
}

func comminges(t testing.TB, f *France) []Member {
	return membersOf(t, f, "200072643", "200073146", "200072635")
}

func propose(t testing.TB, f *France, members []Member, limits Limits) []Proposal {
	t.Helper()
	proposals, err := f.Propose(members, limits)
	if err != nil {
		t.Fatal(err)
	}
	return proposals
}

// holds checks what every proposal promises.
func holds(t *testing.T, p Proposal, members []Member, limits Limits) {
	t.Helper()
	wanted, total, answers := map[string]Member{}, 0, 0
	for _, m := range members {
		wanted[m.Code] = m
		total += m.Population
		answers += m.Answers
	}
	names := map[string]bool{}
	placed := 0
	for _, c := range p.Clusters {
		population, got := 0, 0
		for _, code := range c.Communes {
			m, found := wanted[code]
			if !found {
				t.Errorf("%s: commune %s is in two sectors, or of another territory", p.ID, code)
			}
			delete(wanted, code)
			placed++
			population += m.Population
			got += m.Answers
		}
		if population != c.Population || got != c.Answers {
			t.Errorf("%s: sector %q tells %d people and %d answers, it has %d and %d", p.ID, c.Name, c.Population, c.Answers, population, got)
		}
		if len(c.Communes) == 0 || strings.TrimSpace(c.Name) == "" || names[c.Name] {
			t.Errorf("%s: a sector is empty, or has no name of its own: %+v", p.ID, c)
		}
		names[c.Name] = true
		if total >= limits.Population && c.Population < limits.Population {
			t.Errorf("%s: sector %q has %d inhabitants", p.ID, c.Name, c.Population)
		}
		if limits.Answers > 0 && answers >= 2*limits.Answers && c.Answers < limits.Answers {
			t.Errorf("%s: sector %q has %d answers", p.ID, c.Name, c.Answers)
		}
	}
	if placed != len(members) || len(wanted) > 0 {
		t.Errorf("%s: %d of %d communes are in a sector", p.ID, placed, len(members))
	}
	if total < limits.Population && (len(p.Clusters) != 1 || !strings.Contains(p.Note, "un seul tenant")) {
		t.Errorf("%s: a territory of %d inhabitants is cut in %d, and is told %q", p.ID, total, len(p.Clusters), p.Note)
	}
}

func TestEveryIntercommunaliteOfFranceCanBeGrouped(t *testing.T) {
	f := france(t)
	limits := Limits{Population: sectorFloor}
	several := 0
	for g := range f.Groups() {
		members := membersOf(t, f, g.Code)
		proposals := propose(t, f, members, limits)
		if len(proposals) == 0 {
			t.Errorf("nothing is proposed for %s", g.Name)
		}
		for _, p := range proposals {
			holds(t, p, members, limits)
		}
		if len(proposals) > 1 {
			several++
		}
		if t.Failed() {
			t.Fatalf("for %s (%s)", g.Name, g.Code)
		}
	}
	if several < 800 {
		t.Errorf("only %d groups may choose", several)
	}
}

func TestTheCommingesIsGroupedInSeveralWays(t *testing.T) {
	f := france(t)
	members := comminges(t, f)
	limits := Limits{Population: sectorFloor}
	proposals := propose(t, f, members, limits)
	if len(proposals) < 3 {
		t.Fatalf("%d proposals", len(proposals))
	}
	for i, p := range proposals {
		holds(t, p, members, limits)
		if i > 0 && len(p.Clusters) <= len(proposals[i-1].Clusters) {
			t.Errorf("%s comes after %s and has not more sectors", p.ID, proposals[i-1].ID)
		}
		for _, c := range p.Clusters {
			t.Logf("%s %q: %d communes, %d people", p.ID, c.Name, len(c.Communes), c.Population)
		}
	}
	if first := proposals[0]; first.ID != "intercommunalites" || len(first.Clusters) != 3 || first.Clusters[0].Name != "CC Coeur et Coteaux du Comminges" {
		t.Errorf("the first is %+v", first)
	}

	t.Run("a sector does not leave its intercommunalité without need", func(t *testing.T) {
		for _, p := range proposals {
			for _, c := range p.Clusters {
				in := map[string]bool{}
				for _, code := range c.Communes {
					commune, _ := f.Commune(code)
					in[commune.EPCI] = true
				}
				if len(in) > 1 {
					t.Errorf("%s: %q is in %d groups", p.ID, c.Name, len(in))
				}
			}
		}
	})
	t.Run("whatever the order of the communes, with doubles", func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		for range 5 {
			mixed := append(slices.Clone(members), members[7])
			rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			if got := propose(t, f, mixed, limits); fmt.Sprint(got) != fmt.Sprint(proposals) {
				t.Errorf("got %v", got)
			}
		}
	})
	t.Run("in less than 50 ms", func(t *testing.T) {
		best := time.Hour
		for range 5 {
			start := time.Now()
			propose(t, f, members, limits)
			best = min(best, time.Since(start))
		}
		t.Logf("%v", best)
		if best > 50*time.Millisecond {
			t.Errorf("took %v", best)
		}
	})
}

func TestAnswersAreLookedAtWhenThereAreEnough(t *testing.T) {
	f := france(t)
	members := comminges(t, f)
	for i := range members {
		members[i].Answers = members[i].Population / 200
	}
	limits := Limits{Population: sectorFloor, Answers: 30}
	for _, p := range propose(t, f, members, limits) {
		holds(t, p, members, limits)
		if p.Note != "" {
			t.Errorf("%s says %q", p.ID, p.Note)
		}
	}
	for i := range members {
		members[i].Answers = 0
	}
	members[0].Answers = 59
	for _, p := range propose(t, f, members, limits) {
		holds(t, p, members, limits)
		if !strings.Contains(p.Note, "trop peu de réponses") {
			t.Errorf("%s says %q", p.ID, p.Note)
		}
	}
}

func TestTheCreusotStandsBesideTheVillagesAroundIt(t *testing.T) {
	f := france(t)
	members := membersOf(t, f, "247100290")
	var names []string
	for _, p := range propose(t, f, members, Limits{Population: sectorFloor}) {
		for _, c := range p.Clusters {
			names = append(names, c.Name)
			t.Logf("%s %q: %d communes, %d people", p.ID, c.Name, len(c.Communes), c.Population)
		}
	}
	for _, want := range []string{"Le Creusot", "Autour du Creusot", "Saint-Vallier et alentours", "Blanzy"} {
		if !slices.Contains(names, want) {
			t.Errorf("no sector is called %q: %q", want, names)
		}
	}
}

func TestProposalsForAwkwardTerritories(t *testing.T) {
	f := france(t)
	for name, members := range map[string][]Member{
		"no commune":                     nil,
		"one commune":                    {{Code: "71153", Name: "Le Creusot", Population: 20509}},
		"a village":                      {{Code: "71278", Name: "Marigny", Population: 166}},
		"codes of another age":           {{Code: "99001", Name: "Ancienne", Population: 3000}, {Code: "99002", Name: "Autre", Population: 3000}},
		"nobody at all":                  {{Code: "55039", Name: "Beaumont-en-Verdunois"}, {Code: "55050", Name: "Bezonvaux"}},
		"populations under zero":         {{Code: "71153", Name: "Le Creusot", Population: -5}, {Code: "71306", Name: "Montceau", Population: 17064}},
		"two communes of the same name":  {{Code: "71486", Name: "Saint-Vallier", Population: 8508}, {Code: "26333", Name: "Saint-Vallier", Population: 4000}},
		"the two ends of the country":    {{Code: "97411", Name: "Saint-Denis", Population: 150000}, {Code: "59350", Name: "Lille", Population: 230000}},
		"islands in no intercommunalité": {{Code: "29083", Name: "Île-de-Sein", Population: 270}, {Code: "29155", Name: "Ouessant", Population: 830}},
	} {
		t.Run(name, func(t *testing.T) {
			limits := Limits{Population: sectorFloor}
			proposals := propose(t, f, members, limits)
			if (len(proposals) == 0) != (len(members) == 0) {
				t.Fatalf("%d proposals for %d communes", len(proposals), len(members))
			}
			for i := range members {
				members[i].Population = max(members[i].Population, 0)
			}
			for _, p := range proposals {
				holds(t, p, members, limits)
			}
		})
	}
}

func TestPlacesAreWhereTheyAre(t *testing.T) {
	p, err := loadPoints()
	if err != nil {
		t.Fatal(err)
	}
	creusot, exact, _ := p.of("71153", nil)
	montceau, _, _ := p.of("71306", nil)
	if d := creusot.Distance(montceau); !exact || d < 13 || d > 17 {
		t.Errorf("Le Creusot and Montceau-les-Mines are %f km apart", d)
	}
	luchon, _, _ := p.of("31042", nil)
	village, exact, ok := p.of("31404", []string{"31110"}) // Oô, 110 inhabitants
	if d := luchon.Distance(village); exact || !ok || d > 15 {
		t.Errorf("a village of Luchon is guessed to be %f km away", d)
	}
	if _, _, ok := p.of("99999", []string{"00000"}); ok {
		t.Error("a place nobody knows is somewhere")
	}
	n, err := france(t).Neighbourhood(comminges(t, france(t)))
	if err != nil || n.Communes != 235 || n.Placed != 28 || !strings.Contains(n.Source, "GeoNames") {
		t.Errorf("%+v, %v", n, err)
	}
	for _, fault := range []string{"autre\tx\n", "diapason-points-1\tx\n71153\tici\t4\n", "diapason-points-1\tx\n71153\t4\n"} {
		if _, err := decodePoints(zipped(fault)); err == nil {
			t.Errorf("%q was accepted", fault)
		}
	}
}

func BenchmarkProposeComminges(b *testing.B) {
	f, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	members := comminges(b, f)
	for b.Loop() {
		propose(b, f, members, Limits{Population: sectorFloor})
	}
}
