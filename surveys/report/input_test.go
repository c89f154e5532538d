package report

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// readable fails when a number or a sentence of a report is not one.
func readable(t *testing.T, r *Report) {
	t.Helper()
	say := func(where, s string) {
		for _, bad := range []string{"NaN", "Inf", "%!", "-9223372036854775808"} {
			if strings.Contains(s, bad) {
				t.Errorf("%s says %q", where, s)
			}
		}
	}
	for _, c := range r.Chapters {
		say(c.ID, c.Lead)
		for _, p := range c.Paragraphs {
			say(c.ID, p)
		}
		for _, table := range c.Tables {
			say(table.ID, table.Note+table.Source+table.Title)
			for _, row := range table.Rows {
				if len(row.Cells) != len(table.Columns) {
					t.Errorf("%s, %s: %d cells in %d columns", table.ID, row.Key, len(row.Cells), len(table.Columns))
				}
				for i, cell := range row.Cells {
					where := fmt.Sprintf("%s, %s, %s, column %d", c.ID, table.ID, row.Key, i)
					say(where, cell.Text)
					if math.IsNaN(cell.Number) || math.IsInf(cell.Number, 0) {
						t.Errorf("%s: the number is %v", where, cell.Number)
					}
				}
			}
		}
	}
}

func TestBadInputMakesAReadableReport(t *testing.T) {
	census := func(change func(*surveys.CensusCount)) func(*Input) {
		return func(in *Input) { change(&in.Dossier.Census.Counts[1]) }
	}
	for _, c := range []struct {
		name   string
		change func(*Input)
		says   string // by the chapter of the population, in the working view, when there are answers enough
	}{
		{"a census that leaves a commune out", func(in *Input) { in.Dossier.Census.Counts = in.Dossier.Census.Counts[:2] }, "Il ne couvre pas tout le territoire : il manque Coteau."},
		{"a census that leaves all out", func(in *Input) { in.Dossier.Census.Counts = []surveys.CensusCount{{Commune: "99999"}} }, "il manque Aubeville, Bourg et Coteau."},
		{"a negative count", census(func(c *surveys.CensusCount) { c.Men[2] = -4 }), "Bourg : un effectif de population est négatif"},
		{"a count that is no number", census(func(c *surveys.CensusCount) { c.Women[1] = math.NaN() }), "Bourg : un effectif de population n’est pas un nombre"},
		{"a count without end", census(func(c *surveys.CensusCount) { c.Women[1] = math.Inf(1) }), "Bourg : un effectif de population n’est pas un nombre"},
		{"a count beyond the Earth", census(func(c *surveys.CensusCount) { c.Women[1] = 1e300 }), "dépasse celle de la Terre"},
		{"a commune twice", func(in *Input) {
			in.Dossier.Census.Counts = append(in.Dossier.Census.Counts, in.Dossier.Census.Counts[0])
		}, "Aubeville y est deux fois"},
		{"a census of nobody", func(in *Input) {
			for i := range in.Dossier.Census.Counts {
				in.Dossier.Census.Counts[i] = surveys.CensusCount{Commune: in.Dossier.Census.Counts[i].Commune}
			}
		}, "ne compte personne"},
		{"a sector of nobody in the census", census(func(c *surveys.CensusCount) { *c = surveys.CensusCount{Commune: "2"} }), ""},
		{"no dossier", func(in *Input) { in.Dossier = surveys.Dossier{} }, "aucun recensement n’est renseigné"},
		{"communes of no inhabitant", func(in *Input) { in.Diagnostic.Territory.Communes[0].Population = 0 }, ""},
		{"populations that are missing or negative", func(in *Input) {
			for i := range in.Diagnostic.Territory.Communes {
				in.Diagnostic.Territory.Communes[i].Population = -i
			}
		}, ""},
		{"no sector", func(in *Input) { in.Diagnostic.Territory.Sectors = nil }, ""},
		{"one sector", func(in *Input) {
			in.Diagnostic.Territory.Sectors = []surveys.Sector{{ID: "tout", Name: "Tout", Communes: []string{"1", "2", "3"}}}
		}, ""},
		{"sectors that leave communes out", func(in *Input) { in.Diagnostic.Territory.Sectors = in.Diagnostic.Territory.Sectors[:1] }, ""},
		{"a sector without communes", func(in *Input) { in.Diagnostic.Territory.Sectors[1].Communes = nil }, ""},
		{"no commune", func(in *Input) { in.Diagnostic.Territory.Communes, in.Diagnostic.Territory.Sectors = nil, nil }, ""},
		{"a collection that ends before it begins", func(in *Input) {
			in.Diagnostic.Opens, in.Diagnostic.Closes = in.Now.AddDate(0, 0, 9), in.Now.AddDate(0, 0, -9)
		}, ""},
		{"a collection without end", func(in *Input) { in.Diagnostic.Closes = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }, ""},
	} {
		for _, n := range []int{0, 1, 12, 800} {
			t.Run(fmt.Sprintf("%s, %d answers", c.name, n), func(t *testing.T) {
				for _, view := range []View{Work, Restitution} {
					in := weighed(t, n)
					for i, name := range []string{"Aubeville", "Bourg", "Coteau"} {
						in.Diagnostic.Territory.Communes[i].Name = name
					}
					in.Diagnostic.Opens, in.Diagnostic.Closes = in.Now.AddDate(0, 0, -20), in.Now.AddDate(0, 0, 20)
					c.change(&in)
					r := build(t, in, view)
					readable(t, r)
					chapter, _ := r.Chapter(ChapterRepresentation)
					said := chapter.Lead + strings.Join(chapter.Paragraphs, " ")
					if view == Work && n == 800 && !strings.Contains(said, typeset(c.says)) {
						t.Errorf("the chapter says %q, want %q", said, c.says)
					}
				}
			})
		}
	}
}

func TestFewAnswersMakeAReadableReport(t *testing.T) {
	for _, n := range []int{0, 1, 2, 9, 11, 30} {
		for _, view := range []View{Work, Restitution} {
			t.Run(fmt.Sprintf("%d residents, %s", n, view), func(t *testing.T) {
				readable(t, build(t, sample(t, n, 3), view))
			})
		}
	}
	t.Run("an audience nobody of which answered", func(t *testing.T) {
		in, c := collect(t, 60, 4)
		var others []surveys.Arrival
		for _, a := range c.arrivals {
			if !strings.HasPrefix(a.ID, "p-") {
				others = append(others, a)
			}
		}
		c.arrivals = others
		in.Table = c.table(t)
		for _, view := range []View{Work, Restitution} {
			r := build(t, in, view)
			readable(t, r)
			// What may be shared hides a nobody beside a few: the few would follow.
			if p, ok := r.Chapter("professionnels"); !ok || view == Work && !strings.Contains(p.Lead, "Aucune réponse de professionnels") {
				t.Errorf("the chapter says %q", p.Lead)
			}
		}
	})
	t.Run("no survey at all", func(t *testing.T) {
		in := sample(t, 5, 1)
		in.Surveys = nil
		for _, view := range []View{Work, Restitution} {
			readable(t, build(t, in, view))
		}
	})
}

func TestWhereIsSaidAsPeopleDo(t *testing.T) {
	b := &builder{Input: Input{Diagnostic: surveys.Diagnostic{Territory: surveys.Territory{Communes: []surveys.Commune{
		{Code: "1", Name: "Blanzy"}, {Code: "2", Name: "Le Creusot"}, {Code: "3", Name: "Les Abrets"}, {Code: "4", Name: "La Clayette"}, {Code: "5", Name: "Écuisses"},
	}}}}}
	for _, c := range []struct{ name, communes, want string }{
		{"Blanzy", "1", "À Blanzy"},
		{"Centre", "2", "Au Creusot"},
		{"Les Abrets", "3", "Aux Abrets"},
		{"La Clayette", "4", "À La Clayette"},
		{"Écuisses", "5", "À Écuisses"},
		{"Autour du Creusot", "1 2", "Autour du Creusot"},
		{"Le Creusot et alentours", "1 2", "Au Creusot et alentours"},
		{"Nord", "1 2", "Dans le secteur « Nord »"},
		{"Ailleurs", "9", "Dans le secteur « Ailleurs »"},
	} {
		if got := b.within(surveys.Sector{Name: c.name, Communes: strings.Fields(c.communes)}); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTheForecastGoesByTheDaysThereHaveBeen(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name         string
		opened, left int // days
		perDay       int
		state        surveys.State
		answered     int
		want         string
	}{
		{"long open, ten a day", 30, 10, 10, surveys.Open, 300, "Au rythme des 14 derniers jours, il y aurait environ 400 réponses d’habitants à la clôture, le 2 décembre 2026."},
		{"open since four days, ten a day", 3, 10, 10, surveys.Open, 40, "Au rythme des 4 derniers jours, il y aurait environ 140 réponses d’habitants à la clôture, le 2 décembre 2026."},
		{"open since yesterday", 1, 10, 10, surveys.Open, 20, ""},
		{"closed before its time", 30, 10, 10, surveys.Closed, 300, ""},
		{"over", 30, 0, 10, surveys.Open, 300, ""},
		{"nobody yet", 30, 10, 0, surveys.Open, 0, ""},
	} {
		b := &builder{Input: Input{Now: now, Diagnostic: surveys.Diagnostic{Opens: now.AddDate(0, 0, -c.opened), Closes: now.AddDate(0, 0, c.left)}}}
		p := public{Survey: surveys.Survey{State: c.state}, counts: &tally.Survey{N: c.answered}}
		for d := range c.opened + 1 {
			p.counts.Days = append(p.counts.Days, tally.Day{Day: surveys.DayOf(now.AddDate(0, 0, d-c.opened)), N: c.perDay})
		}
		if got := b.forecast(p); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTheMethodTellsWhichGroupingIsInForce(t *testing.T) {
	in := sample(t, 60, 2)
	method := func() string {
		chapter, _ := build(t, in, Restitution).Chapter(ChapterMethod)
		return strings.Join(chapter.Paragraphs, " ")
	}
	if strings.Contains(method(), "Découpage") {
		t.Error("the first grouping is told as a change")
	}
	in.Diagnostic.Grouping = surveys.Grouping{Number: 2, Since: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)}
	if got := method(); !strings.Contains(got, "Découpage en secteurs n°\u00a02, en vigueur depuis le 1er\u00a0novembre 2026\u00a0: 2 secteurs.") {
		t.Errorf("the method says %q", got)
	}
}
