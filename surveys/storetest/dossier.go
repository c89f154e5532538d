package storetest

import (
	"testing"

	"diapason/surveys"
)

// dossier has an entry of each kind.
func dossier(diagnostic string) surveys.Dossier {
	extent := 6.5
	return surveys.Dossier{
		Diagnostic: diagnostic, Updated: kept(noon),
		Phases: []surveys.Phase{{Name: "Diagnostic", From: "2026-09-01", To: "2026-12-18", Owner: "La coordinatrice", Output: "Le diagnostic partagé"}},
		Census: surveys.Census{Source: "Insee", Year: 2021, Counts: []surveys.CensusCount{
			{Commune: "38001", Men: [surveys.CensusBands]float64{10.5, 20, 30, 40, 50, 60}, Women: [surveys.CensusBands]float64{1, 2, 3, 4, 5, 6}},
		}},
		Members: &surveys.Members{Question: "p_metier", Source: "Rpps", Year: 2025, Groups: []surveys.MemberGroup{{Name: "Médecins", Codes: []string{"generaliste", "specialiste"}, N: 61}}},
		Figures: []surveys.Figure{{ID: "apl", Theme: "T01", Label: "Accessibilité aux généralistes", Unit: "consultations par an", Year: 2023, Source: "Drees",
			Values: []surveys.FigureValue{{Where: surveys.OfTerritory, Value: 2.4}, {Where: "nord", Secret: true}}}},
		Resources:  []surveys.Resource{{ID: "r1", Name: "Maison de santé", Kind: "soins", Themes: []string{"T01"}, Communes: []string{"38001"}}},
		Findings:   []surveys.Finding{{ID: "c1", Theme: "T01", Kind: surveys.Obstacle, Text: "Les délais sont longs", Cells: []surveys.CellRef{{Chapter: "habitants", Table: "x_acces", Row: "dentiste", Column: "share"}}}},
		Priorities: []surveys.Priority{{ID: "p1", Theme: "T01", Title: "Premier recours", Extent: &extent, Severity: 7, Efficacy: 1, Feasible: true, Votes: []float64{8, 9.5}}},
		Actions:    []surveys.ActionSheet{{ID: "1", Axis: "O1", Title: "Accueillir des internes", Finding: "c1", State: surveys.Planned}},
		Groupings:  []surveys.Grouping{{Number: 1, Sectors: []surveys.Sector{{ID: "tout", Name: "Le Pays", Communes: []string{"38001", "38002"}}}}},
	}
}

func testDossiers(t *testing.T, open Open) {
	t.Run("a dossier comes back as it was added", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDossier(t.Context(), dossier(DiagnosticID)))
		got, err := store.Dossier(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, got, dossier(DiagnosticID))
	})

	t.Run("a diagnostic has one, and another none", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDossier(t.Context(), dossier(DiagnosticID)))
		wantError(t, store.AddDossier(t.Context(), dossier(DiagnosticID)), surveys.ErrExists)
		_, err := store.Dossier(t.Context(), "ailleurs")
		wantError(t, err, surveys.ErrNotFound)
		_, err = store.UpdateDossier(t.Context(), "ailleurs", func(*surveys.Dossier) error { return nil })
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("an update is stored and returned, and the store counts revisions", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddDossier(t.Context(), dossier(DiagnosticID)))
		updated, err := store.UpdateDossier(t.Context(), DiagnosticID, func(d *surveys.Dossier) error {
			d.Diagnostic, d.Revision, d.Figures = "ailleurs", -7, nil
			return nil
		})
		noError(t, err)
		want := dossier(DiagnosticID)
		want.Revision, want.Figures = 1, nil
		equal(t, updated, want)
		got, err := store.Dossier(t.Context(), DiagnosticID)
		noError(t, err)
		equal(t, got, want)
	})
}
