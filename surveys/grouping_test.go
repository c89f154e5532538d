package surveys_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

// threeCommunes is a territory of 9,000 people.
func threeCommunes() surveys.Territory {
	return surveys.Territory{Name: "Le Pays", Communes: []surveys.Commune{
		{Code: "1", Name: "Aubeville", Population: 5000}, {Code: "2", Name: "Bourg", Population: 2500}, {Code: "3", Name: "Coteau", Population: 1500},
	}, Sectors: []surveys.Sector{{ID: "pays", Name: "Le Pays", Communes: []string{"1", "2", "3"}}}}
}

func sector(name string, communes ...string) surveys.Sector {
	return surveys.Sector{Name: name, Communes: communes}
}

func TestSectorsAreHeldToTheirRules(t *testing.T) {
	village := surveys.Territory{Communes: []surveys.Commune{{Code: "1", Name: "Hameau", Population: 300}, {Code: "2", Name: "Mas", Population: 100}}}
	for _, c := range []struct {
		name    string
		of      surveys.Territory
		sectors []surveys.Sector
		codes   []string
	}{
		{"a partition above the floor", threeCommunes(), []surveys.Sector{sector("Ville", "1"), sector("Campagne", "2", "3")}, nil},
		{"no sector", threeCommunes(), nil, []string{"sectors.none"}},
		{"a commune in no sector", threeCommunes(), []surveys.Sector{sector("Ville", "1"), sector("Bourg", "2")}, []string{"commune.nowhere"}},
		{"a commune in two", threeCommunes(), []surveys.Sector{sector("Ville", "1", "2"), sector("Campagne", "2", "3")}, []string{"commune.twice"}},
		{"a commune of elsewhere", threeCommunes(), []surveys.Sector{sector("Tout", "1", "2", "3", "9")}, []string{"commune.foreign"}},
		{"a sector below the floor", threeCommunes(), []surveys.Sector{sector("Ville", "1", "2"), sector("Coteau", "3")}, []string{"sector.small"}},
		{"a name left blank", threeCommunes(), []surveys.Sector{sector(" ", "1", "2", "3")}, []string{"sector.unnamed"}},
		{"one name for two, accents apart", threeCommunes(), []surveys.Sector{sector("Été", "1"), sector("ete", "2", "3")}, []string{"sector.twice"}},
		{"a name that no table can hold", threeCommunes(), []surveys.Sector{sector(strings.Repeat("é", 81), "1", "2", "3")}, []string{"sector.long"}},
		{"an empty sector", threeCommunes(), []surveys.Sector{sector("Tout", "1", "2", "3"), sector("Rien")}, []string{"sector.empty"}},
		{"everything at once", threeCommunes(), []surveys.Sector{sector("", "3"), sector("Vide")}, []string{"commune.nowhere", "commune.nowhere", "sector.empty", "sector.small", "sector.unnamed"}},
		{"a territory below the floor as one", village, []surveys.Sector{sector("Tout", "1", "2")}, nil},
		{"a territory below the floor cut in two", village, []surveys.Sector{sector("A", "1"), sector("B", "2")}, []string{"sector.territory"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var codes []string
			for _, p := range surveys.CheckSectors(c.of, c.sectors) {
				codes = append(codes, p.Code)
				if p.Message == "" || p.Place == (surveys.Place{}) {
					t.Errorf("%+v does not say what or where", p)
				}
			}
			slices.Sort(codes)
			if !slices.Equal(codes, c.codes) {
				t.Errorf("got %q, want %q", codes, c.codes)
			}
		})
	}
	if p := surveys.CheckSectors(threeCommunes(), []surveys.Sector{sector("Ville", "1", "2")}); !strings.HasPrefix(p[0].Message, "Coteau n’est dans aucun secteur") {
		t.Errorf("the commune is not named: %s", p)
	}
}

// grouped is a store with a diagnostic of three communes.
func grouped(t *testing.T) surveys.Store {
	t.Helper()
	store := emptySite(t)
	if err := store.AddDiagnostic(context.Background(), surveys.Diagnostic{ID: "pays", Territory: threeCommunes()}); err != nil {
		t.Fatal(err)
	}
	return store
}

func regroup(t *testing.T, store surveys.Store, seen int, sectors ...surveys.Sector) surveys.Diagnostic {
	t.Helper()
	d, changed, err := surveys.Regroup(context.Background(), store, "pays", surveys.Regrouping{Sectors: sectors, By: "alice", Reason: " essai ", Seen: seen}, tuesday)
	if err != nil || !changed {
		t.Fatalf("changed %v, %v", changed, err)
	}
	return d
}

func sectorIDs(d surveys.Diagnostic) []string {
	var ids []string
	for _, s := range d.Territory.Sectors {
		ids = append(ids, s.ID)
	}
	return ids
}

func TestANewGroupingTakesThePlaceOfTheOneThatIsKept(t *testing.T) {
	ctx, store := context.Background(), grouped(t)
	second := regroup(t, store, 1, sector("Aubeville", "1"), sector("Campagne", "3", "2"))
	if g := second.Sectoring(); g.Number != 2 || g.By != "alice" || g.Reason != "essai" || !g.Since.Equal(tuesday) || len(g.Sectors) != 2 {
		t.Errorf("the grouping in force is %+v", g)
	}
	dossier, err := store.Dossier(ctx, "pays")
	if err != nil {
		t.Fatal(err)
	}
	if former := surveys.FormerGroupings(second, dossier); len(former) != 1 || former[0].Number != 1 || former[0].Sectors[0].ID != "pays" {
		t.Errorf("kept: %+v", former)
	}
	ids := sectorIDs(second)
	if !slices.Equal(ids, []string{"secteur-aubeville", "secteur-campagne"}) {
		t.Errorf("IDs %q", ids)
	}

	t.Run("a sector that is renamed keeps its ID", func(t *testing.T) {
		if got := sectorIDs(regroup(t, store, 2, sector("La Ville", "1"), sector("Campagne", "2", "3"))); !slices.Equal(got, ids) {
			t.Errorf("IDs %q", got)
		}
	})
	t.Run("another ground has another ID, even under the same name", func(t *testing.T) {
		got := sectorIDs(regroup(t, store, 3, sector("Aubeville", "1", "3"), sector("Campagne", "2")))
		if got[0] == ids[0] || got[1] == ids[1] || got[0] == got[1] {
			t.Errorf("IDs %q", got)
		}
	})
	t.Run("a ground that comes back has its ID back", func(t *testing.T) {
		if got := sectorIDs(regroup(t, store, 4, sector("Tout", "2", "1", "3"))); got[0] != "pays" {
			t.Errorf("IDs %q", got)
		}
		if got := sectorIDs(regroup(t, store, 5, sector("A", "1"), sector("B", "2", "3"))); !slices.Equal(got, ids) {
			t.Errorf("IDs %q", got)
		}
	})
	t.Run("the same grouping again is none", func(t *testing.T) {
		d, changed, err := surveys.Regroup(ctx, store, "pays", surveys.Regrouping{Sectors: []surveys.Sector{sector("A", "1"), sector("B", "3", "2")}, By: "bob", Seen: 6}, tuesday.Add(time.Hour))
		if err != nil || changed || d.Sectoring().Number != 6 {
			t.Errorf("%v, %v, number %d", changed, err, d.Sectoring().Number)
		}
	})
	t.Run("every grouping is kept once", func(t *testing.T) {
		dossier, err := store.Dossier(ctx, "pays")
		d, err2 := store.Diagnostic(ctx, "pays")
		if former := surveys.FormerGroupings(d, dossier); err != nil || err2 != nil || len(former) != 5 || former[0].Number != 5 || former[4].Number != 1 {
			t.Errorf("%+v", former)
		}
	})
}

func TestARegroupingIsRefusedWithEveryFault(t *testing.T) {
	ctx, store := context.Background(), grouped(t)
	try := func(r surveys.Regrouping) []string {
		_, changed, err := surveys.Regroup(ctx, store, "pays", r, tuesday)
		var problems surveys.Problems
		if changed || !errors.As(err, &problems) {
			t.Fatalf("changed %v, %v", changed, err)
		}
		return codesIn(err)
	}
	good := []surveys.Sector{sector("A", "1"), sector("B", "2", "3")}

	t.Run("when somebody else was faster", func(t *testing.T) {
		if codes := try(surveys.Regrouping{Sectors: good, Seen: 7}); !slices.Equal(codes, []string{"grouping.overtaken"}) {
			t.Errorf("%q", codes)
		}
	})
	t.Run("a reason too long, with a sector too small", func(t *testing.T) {
		codes := try(surveys.Regrouping{Sectors: []surveys.Sector{sector("A", "1", "2"), sector("B", "3")}, Seen: 1, Reason: strings.Repeat("a", 501)})
		if !slices.Equal(codes, []string{"reason.long", "sector.small"}) {
			t.Errorf("%q", codes)
		}
	})
	t.Run("without a reason, once results were shared", func(t *testing.T) {
		event := surveys.Event{Diagnostic: "pays", Login: "alice", Action: surveys.WorkbookDownloaded, Detail: "travail", At: tuesday}
		if err := store.AddEvent(ctx, event); err != nil {
			t.Fatal(err)
		}
		if d, changed, err := surveys.Regroup(ctx, store, "pays", surveys.Regrouping{Sectors: good, Seen: 1}, tuesday); err != nil || !changed || d.Grouping.Number != 2 {
			t.Fatalf("a workbook of the team asks for no reason: %v", err)
		}
		event.Action, event.Detail, event.At = surveys.DocumentDownloaded, "restitution", tuesday.Add(time.Minute)
		if err := store.AddEvent(ctx, event); err != nil {
			t.Fatal(err)
		}
		tout := []surveys.Sector{sector("Tout", "1", "2", "3")}
		if codes := try(surveys.Regrouping{Sectors: tout, Seen: 2, Reason: "  "}); !slices.Equal(codes, []string{"reason.missing"}) {
			t.Errorf("%q", codes)
		}
	})
	t.Run("of a diagnostic that is not there", func(t *testing.T) {
		if _, _, err := surveys.Regroup(ctx, store, "ailleurs", surveys.Regrouping{}, tuesday); !errors.Is(err, surveys.ErrNotFound) {
			t.Errorf("%v", err)
		}
	})
	t.Run("nothing of what was refused is kept", func(t *testing.T) {
		d, err := store.Diagnostic(ctx, "pays")
		if err != nil || d.Grouping.Number != 2 || len(d.Territory.Sectors) != 2 {
			t.Errorf("%+v, %v", d.Grouping, err)
		}
	})
}
