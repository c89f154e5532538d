package library

import (
	"testing"

	"diapason/surveys"
)

func TestCreusotMontceauIsPublishedInSevenSectors(t *testing.T) {
	cm, err := CreusotMontceau()
	if err != nil {
		t.Fatal(err)
	}
	if len(cm.Communes) != 34 || len(cm.Sectors) != 7 || cm.Population() < 80_000 {
		t.Fatalf("%d communes, %d sectors, %d inhabitants", len(cm.Communes), len(cm.Sectors), cm.Population())
	}
	everyCommuneHasItsSector(t, cm)
	for i, s := range cm.Sectors {
		if n := cm.SectorPopulation(i); n < 5_000 {
			t.Errorf("%s has %d inhabitants, too few to publish", s.Name, n)
		}
	}
}

func TestCommingesIsPublishedByCommunaute(t *testing.T) {
	c, err := Comminges()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Communes) != 235 || len(c.Sectors) != 3 || c.Kind != "PETR" {
		t.Fatalf("%d communes, %d sectors, kind %s", len(c.Communes), len(c.Sectors), c.Kind)
	}
	everyCommuneHasItsSector(t, c)
}

// everyCommuneHasItsSector: none is left out, none stands in two.
func everyCommuneHasItsSector(t *testing.T, territory surveys.Territory) {
	t.Helper()
	grouped := 0
	for _, s := range territory.Sectors {
		grouped += len(s.Communes)
	}
	for _, c := range territory.Communes {
		if c.Population == 0 || len(c.PostalCodes) == 0 {
			t.Errorf("%s %s has no population or postal code", c.Code, c.Name)
		}
		if territory.SectorOf(c.Code) < 0 {
			t.Errorf("%s %s is in no sector", c.Code, c.Name)
		}
	}
	if grouped != len(territory.Communes) {
		t.Errorf("%d communes in sectors, %d in the territory", grouped, len(territory.Communes))
	}
}
