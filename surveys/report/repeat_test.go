package report

import (
	"testing"
	"time"

	"diapason/surveys"
)

func TestTheRowsOfARepeatAreTabulated(t *testing.T) {
	home := ask(surveys.Repeat, "foyer", "", "Les enfants du foyer")
	home.Items = []surveys.Item{ask(surveys.Integer, "ans", "", "Son âge"), ask(surveys.TextKind, "prenom", "", "Son prénom")}
	c := &collected{forms: map[string]*surveys.Form{"h": compiled(t, ask(surveys.SelectOne, "c_suite", "acces", "Et ici ?"), home, ask(surveys.Integer, "n", "", "Combien ?"))}}
	for i := range 40 {
		rows := make([]surveys.Answers, i%4)
		for j := range rows {
			rows[j] = surveys.Answers{"ans": surveys.NumberValue(8)}
		}
		c.answer(t, "h", "2026-11-03", surveys.Answers{"foyer": surveys.RowsValue(rows...)})
	}
	in := Input{
		Diagnostic: sampleDiagnostic(), Forms: c.forms, Table: c.table(t), Now: time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC),
		Surveys: []surveys.Survey{{ID: "h", Audience: surveys.Habitants, Title: "Habitants", Current: 1}},
	}
	residents := chapterOf(t, build(t, in, Work), "habitants")
	var order []string
	for _, table := range residents.Tables {
		order = append(order, table.ID)
	}
	if len(order) != 5 || order[0] != "c_suite" || order[1] != "foyer" || order[2] != "foyer.repartition" || order[3] != "n" {
		t.Errorf("tables %q", order)
	}
	summary := tableOf(t, residents, "foyer")
	if want := typeset("Nombre de « Les enfants du foyer »"); summary.Title != want {
		t.Errorf("title %q, want %q", summary.Title, want)
	}
	row := rowOf(t, summary, "habitants")
	if base, mean, median := cellAt(summary, row, baseKey).Number, cellAt(summary, row, "mean").Number, cellAt(summary, row, "median").Number; base != 30 || mean != 2 || median != 2 {
		t.Errorf("base %v, mean %v, median %v; want 30, 2, 2", base, mean, median)
	}
	spread := tableOf(t, residents, "foyer.repartition")
	for key, want := range map[string]float64{"1": 10, "2": 10, "3": 10, blankKey: 10} {
		if n := cellAt(spread, rowOf(t, spread, key), nKey).Number; n != want {
			t.Errorf("%s: %v people, want %v", key, n, want)
		}
	}
	if len(spread.Rows) != 4 || cellAt(spread, 3, labelKey).Text != "Aucun" {
		t.Errorf("rows %+v", spread.Rows)
	}

	t.Run("and protected like any number", func(t *testing.T) {
		spread := tableOf(t, chapterOf(t, build(t, in, Restitution), "habitants"), "foyer.repartition")
		for _, row := range spread.Rows {
			if n := row.Cells[atN]; n.State == Shown {
				t.Errorf("%s: %v people are told", row.Key, n.Number)
			}
		}
	})
}
