package report

import (
	"math"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

// withDossier is a sample with something entered of each kind.
func withDossier(t testing.TB, n int, seed uint64) Input {
	in := sample(t, n, seed)
	in.Dossier = surveys.Dossier{
		Phases: []surveys.Phase{
			{Name: "Gouvernance", From: "2026-01-01", To: "2026-06-30"},
			{Name: "Diagnostic", From: "2026-09-01", To: "2026-12-18"},
			{Name: "Évaluation", From: "2031-01-01"},
			{Name: "Rédaction"},
		},
		Figures: []surveys.Figure{
			{ID: "apl", Theme: "T01", Label: "Accès aux généralistes", Unit: "consultations", Year: 2023, Source: "Drees", Values: []surveys.FigureValue{
				{Where: surveys.OfTerritory, Value: 2.4}, {Where: surveys.OfFrance, Value: 3.2}, {Where: surveys.OfRegion, Secret: true, Value: 99}}},
			{ID: "pop", Label: "Population", Unit: "habitants", Source: "Insee", Values: []surveys.FigureValue{{Where: surveys.OfTerritory, Value: 16000}, {Where: surveys.OfFrance}}},
		},
		Resources: []surveys.Resource{{ID: "msp", Name: "Maison de santé", Kind: "soins", Themes: []string{"T01"}, Communes: []string{"2"}}},
		Findings: []surveys.Finding{
			{ID: "dentiste", Theme: "T01", Kind: surveys.Obstacle, Text: "Les dentistes manquent.", Figures: []string{"apl"},
				Cells: []surveys.CellRef{{Chapter: "regards-croises", Table: "x_acces", Row: "x_acces_dentiste", Column: "habitants.share"}}},
			{ID: "petit", Theme: "T07", Kind: surveys.Need, Text: "On en sait peu.",
				Cells: []surveys.CellRef{{Chapter: "associations", Table: "x_acces", Row: "x_acces_dentiste", Column: "tf"}, {Chapter: "nulle-part"}}},
			{ID: "bus", Theme: "T01", Kind: surveys.Proposal, Text: "Un bus de santé."},
		},
		Priorities: []surveys.Priority{
			{ID: "a", Theme: "T01", Title: "Les soignants", Severity: 8, Efficacy: 1.2, Feasible: true, Votes: []float64{4, 8, 6, 10, 7}, Chosen: true, Reason: "tout le monde le demande."},
			{ID: "b", Theme: "T07", Title: "Le moral", Extent: number(6), Severity: 6, Efficacy: 1, Feasible: false, Votes: []float64{9, 9}},
			{ID: "c", Theme: "T99", Title: "Rien de connu", Severity: 5, Efficacy: 1, Feasible: true},
		},
		Actions: []surveys.ActionSheet{{ID: "1", Axis: "O1", Title: "Accueillir des internes", Finding: "dentiste", Pilot: "Le pays"}, {ID: "2", Axis: "?", Title: "Autre"}},
	}
	return in
}

func number(f float64) *float64 { return &f }

func TestAThemeHasItsVoicesInOneOrder(t *testing.T) {
	c := chapterOf(t, build(t, withDossier(t, 240, 1), Work), "T01")
	var got []string
	for _, table := range c.Tables {
		got = append(got, table.ID)
	}
	want := []string{"priorite", "x_acces", "donnees", "ressources", "constats", "propositions"}
	if !slices.Equal(got, want) {
		t.Errorf("tables %v, want %v", got, want)
	}
	if !strings.Contains(c.Lead, "pour les habitants") {
		t.Errorf("the lead does not place the theme: %s", c.Lead)
	}
	if c := chapterOf(t, build(t, sample(t, 240, 1), Work), "T07"); !slices.ContainsFunc(c.Paragraphs, func(s string) bool { return strings.Contains(s, "pas encore renseigné") }) {
		t.Errorf("nothing says what the theme lacks: %q", c.Paragraphs)
	}
}

func TestAFigureKeepsWhatItsProducerHid(t *testing.T) {
	c := chapterOf(t, build(t, withDossier(t, 240, 1), Work), ChapterTerritory)
	rows := tableOf(t, c, "donnees").Rows
	if got := rows[0].Cells[4].State; got != Hidden {
		t.Errorf("a secret value has state %d", got)
	}
	if got := rows[0].Cells[6].Number; got != 75 { // 100 × 2.4 / 3.2
		t.Errorf("index %v, want 75", got)
	}
	if got := rows[1].Cells[6].State; got != Empty {
		t.Errorf("an index over nothing has state %d", got)
	}
}

func TestPhasesSayHowFarTheyAre(t *testing.T) {
	c := chapterOf(t, build(t, withDossier(t, 240, 1), Work), ChapterApproach)
	var got []string
	for _, row := range tableOf(t, c, "etapes").Rows {
		got = append(got, row.Cells[3].Text)
	}
	if want := []string{"terminée", "en cours", "à venir", "dates à fixer"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPrioritiesAreRatedByHanlon(t *testing.T) {
	c := chapterOf(t, build(t, withDossier(t, 240, 1), Restitution), ChapterPriorities)
	rows := tableOf(t, c, "priorites").Rows
	if rows[0].Key != "a" {
		t.Fatalf("%s is first", rows[0].Key)
	}
	extent := rows[0].Cells[2].Number
	if want := (extent + 8) * 1.2 / 3; math.Abs(rows[0].Cells[7].Number-math.Round(want*10)/10) > 1e-9 {
		t.Errorf("(%v + 8) × 1.2 / 3 is told as %v", extent, rows[0].Cells[7].Number)
	}
	if votes, median, spread := rows[0].Cells[9].Number, rows[0].Cells[10].Number, rows[0].Cells[11].Number; votes != 5 || median != 7 || spread != 2 {
		t.Errorf("votes 4 6 7 8 10: %v votes, median %v, spread %v", votes, median, spread)
	}
	for _, row := range rows[1:] {
		switch row.Key {
		case "b":
			if row.Cells[6].Number != 4 || row.Cells[7].Number != 0 { // (6+6)·1/3, times D
				t.Errorf("b: basic %v, overall %v", row.Cells[6].Number, row.Cells[7].Number)
			}
			if row.Cells[9].State != Hidden || row.Cells[10].State != Hidden {
				t.Error("two secret votes are told")
			}
		case "c":
			if row.Cells[7].State != Empty || row.Cells[8].State != Empty {
				t.Error("a theme nobody ranked has a score")
			}
		}
	}
}

func TestTheExtentOfAThemeIsItsMeanPlace(t *testing.T) {
	in := sample(t, 240, 1)
	b, err := newBuilder(in)
	if err != nil {
		t.Fatal(err)
	}
	places := b.placings("T07")
	if len(places) != 3 {
		t.Fatalf("%d audiences rank the theme", len(places))
	}
	sum := 0.0
	for _, p := range places {
		sum += 10 * float64(6-p.place) / 5 // six themes: first 10, last 0
	}
	if got, _ := b.extent("T07"); math.Abs(got-sum/3) > 0.05 {
		t.Errorf("extent %v, want %v", got, sum/3)
	}
}

func TestAFindingCitesOnlyWhatIsTold(t *testing.T) {
	c := chapterOf(t, build(t, withDossier(t, 240, 1), Restitution), ChapterSummary)
	for _, row := range tableOf(t, c, "constats").Rows {
		switch proof := row.Cells[3]; row.Key {
		case "dentiste":
			if !strings.Contains(proof.Text, "Habitants, Un dentiste") || !strings.Contains(proof.Text, "2,4 consultations") {
				t.Errorf("the finding cites %q", proof.Text)
			}
		case "petit":
			if proof.State != Empty {
				t.Errorf("a hidden cell is cited: %q", proof.Text)
			}
		}
	}
}

func TestSectorsAddUpToTheTerritory(t *testing.T) {
	in := sample(t, 450, 3)
	c := chapterOf(t, build(t, in, Work), ChapterSectors)
	for _, table := range c.Tables[1:] {
		n, base := 0.0, 0.0
		last := len(table.Rows) - 1
		for _, row := range table.Rows[:last] {
			n, base = n+row.Cells[atN].Number, base+row.Cells[atBase].Number
		}
		if total := table.Rows[last]; total.Role != Total || n > total.Cells[atN].Number || base > total.Cells[atBase].Number {
			t.Errorf("%s: the sectors have %v of %v, the territory %v of %v", table.ID, n, base, total.Cells[atN].Number, total.Cells[atBase].Number)
		}
		overview := c.Tables[0]
		for i, row := range table.Rows {
			at := slices.IndexFunc(overview.Columns, func(c Column) bool { return "secteur."+strings.TrimSuffix(c.Key, "."+shareKey) == table.ID })
			if at < 0 || overview.Rows[i].Cells[at] != row.Cells[atShare] {
				t.Errorf("%s, %s: the overview tells another share", table.ID, row.Key)
			}
		}
	}
}

func TestThoseWhoThinkOfLeavingCountOnce(t *testing.T) {
	in, c := collect(t, 90, 1)
	in.View = Work
	for _, codes := range [][]string{{"retraite", "quitter"}, {"retraite"}, {"quitter"}, {"continuer"}} {
		c.answer(t, "p", "2026-11-03", surveys.Answers{"p_5ans": surveys.CodesValue(codes...)})
	}
	before := tableOf(t, chapterOf(t, build(t, in, Work), ChapterAccess), "chiffres-cles")
	in.Table = c.table(t)
	after := tableOf(t, chapterOf(t, build(t, in, Work), ChapterAccess), "chiffres-cles")
	of := func(table Table) float64 {
		for _, row := range table.Rows {
			if row.Key == "p_5ans.depart" {
				return row.Cells[2].Number
			}
		}
		t.Fatal("no row tells who leaves")
		return 0
	}
	if got := of(after) - of(before); got != 3 {
		t.Errorf("%v people more leave, want 3: who ticks both counts once", got)
	}
}

// editions are a sample and the edition it updates, of which one question was
// worded otherwise.
func editions(t testing.TB, n int, seed uint64) Input {
	in, before := withDossier(t, n, seed), sample(t, n, seed+1000)
	before.Diagnostic.Edition = "2021"
	q, _ := before.Forms["h"].Question("c_suite")
	q.Label = say("Viendriez-vous à un groupe de travail ?")
	in.Previous = &before
	return in
}

func TestTheEvolutionComparesTheSameQuestionOnly(t *testing.T) {
	c := chapterOf(t, build(t, editions(t, 240, 1), Restitution), ChapterEvolution)
	table := tableOf(t, c, "evolution.habitants")
	broken := 0
	for _, row := range table.Rows {
		verdict := row.Cells[len(row.Cells)-1].Text
		switch {
		case row.Key == "c_suite":
			broken++
			if verdict != Break || row.Cells[6].State != Empty {
				t.Errorf("another wording reads %q", verdict)
			}
		case strings.HasPrefix(row.Key, "h_commune"):
			t.Error("where people live is said to evolve")
		case row.Cells[6].State == Shown:
			if want := row.Cells[4].Number - row.Cells[2].Number; math.Abs(row.Cells[6].Number-want) > 1e-9 {
				t.Errorf("%s: %v − %v is told as %v", row.Key, row.Cells[4].Number, row.Cells[2].Number, row.Cells[6].Number)
			}
		}
	}
	if broken != 1 {
		t.Errorf("%d rows say the series is broken, want 1", broken)
	}
}

func TestWhatTheEditionBeforeHidStaysHidden(t *testing.T) {
	in := editions(t, 60, 2)
	before := *in.Previous
	before.View = Restitution
	told := build(t, before, Restitution)
	hidden := 0
	for _, table := range chapterOf(t, build(t, in, Restitution), ChapterEvolution).Tables {
		audience := strings.TrimPrefix(table.ID, "evolution.")
		for _, row := range table.Rows {
			question, code, choice := strings.Cut(row.Key, "=")
			if !choice {
				continue
			}
			if cell, _ := told.cells(audience, question, code, shareKey, baseKey); cell.State == Hidden {
				hidden++
				if row.Cells[2].State != Hidden || row.Cells[6].State == Shown {
					t.Errorf("%s, %s: what was hidden is told", table.ID, row.Key)
				}
			}
		}
	}
	if hidden == 0 {
		t.Error("nothing was hidden before: the test proves nothing")
	}
}

func TestAChapterWithoutInputSaysSo(t *testing.T) {
	r := build(t, sample(t, 240, 1), Work)
	for id, want := range map[string]string{
		ChapterEvolution: "ne met à jour aucune édition", ChapterPriorities: "Aucune priorité", ChapterActions: "Aucune fiche-action",
	} {
		if c := chapterOf(t, r, id); !strings.Contains(c.Lead, want) || len(c.Tables) > 0 {
			t.Errorf("%s says %q", id, c.Lead)
		}
	}
}
