package report

import (
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

// astray is the sample with some residents whose answers no version offers.
func astray(t *testing.T, people int) Input {
	t.Helper()
	in, c := collect(t, 120, 4)
	zone := ask(surveys.SelectMultiple, "z", "communes", "Où faites-vous vos courses ?")
	form := c.forms["h"].Source
	c.forms["h"] = compiled(t, append(form.Items, zone)...)
	for range people {
		c.answer(t, "h", "2026-11-03", surveys.Answers{
			"h_commune": surveys.TextValue("99999"), "c_suite": surveys.TextValue("inconnu"), "x_acces_generaliste": surveys.TextValue("inconnu"),
			"x_freins": surveys.CodesValue("cher", "inconnu"), "x_prio": surveys.CodesValue("inconnu", "T01", "T02"), "z": surveys.CodesValue("1", "99999"),
		})
	}
	in.Forms, in.Table = c.forms, c.table(t)
	return in
}

func TestAnAnswerThatNoVersionOffersIsShown(t *testing.T) {
	const people = 14
	r := build(t, astray(t, people), Work)
	residents := chapterOf(t, r, "habitants")
	for _, id := range []string{"c_suite", "x_freins", "x_prio"} {
		table := tableOf(t, residents, id)
		row := rowOf(t, table, "inconnu")
		if cellAt(table, row, labelKey).Text != typeset("Hors liste : inconnu") || cellAt(table, row, nKey).Number != people {
			t.Errorf("%s: row %d of %+v", id, row, table.Rows)
		}
	}

	t.Run("in the row of a matrix, outside the base", func(t *testing.T) {
		table := tableOf(t, residents, "x_acces")
		if last := table.Columns[len(table.Columns)-1]; last.Title != typeset("Hors liste : inconnu") {
			t.Fatalf("columns %+v", table.Columns)
		}
		for name, want := range map[string]float64{"x_acces_generaliste": people, "x_acces_dentiste": 0} {
			if n := cellAt(table, rowOf(t, table, name), "inconnu").Number; n != want {
				t.Errorf("%s: %v people, want %v", name, n, want)
			}
		}
		if !strings.Contains(table.Note, "hors liste") {
			t.Errorf("note %q", table.Note)
		}
	})
	t.Run("a commune that the territory has not is elsewhere, and never named", func(t *testing.T) {
		table := tableOf(t, residents, "z")
		if n := cellAt(table, rowOf(t, table, outsideKey), nKey).Number; n != people {
			t.Errorf("%v people, want %d", n, people)
		}
		table = tableOf(t, residents, "h_commune")
		if n := cellAt(table, rowOf(t, table, elsewhereKey), nKey).Number; n < people {
			t.Errorf("%v people, want %d at least", n, people)
		}
	})
	t.Run("in the crossed views", func(t *testing.T) {
		crossed := chapterOf(t, r, ChapterCrossed)
		for _, id := range []string{"c_suite", "x_freins"} {
			table := tableOf(t, crossed, id)
			if label := cellAt(table, rowOf(t, table, "inconnu"), labelKey).Text; label != typeset("Hors liste : inconnu") {
				t.Errorf("%s: %q", id, label)
			}
		}
	})
}

func TestTheFewWhoAnswerOutsideTheListAreProtected(t *testing.T) {
	for people := range 13 {
		in := astray(t, people)
		work, shared := build(t, in, Work), build(t, in, Restitution)
		table := tableOf(t, chapterOf(t, shared, "habitants"), "x_acces")
		for i, column := range table.Columns {
			if column.Key != "inconnu" {
				continue
			}
			if cell := table.Rows[0].Cells[i]; (cell.State == Shown) != (people > 10) {
				t.Errorf("%d people: %+v", people, cell)
			}
		}
		for c, chapter := range work.Chapters {
			if chapter.ID == "habitants" {
				for k, table := range chapter.Tables {
					checkProtected(t, 120, table, shared.Chapters[c].Tables[k])
				}
			}
		}
	}
}

func TestAChoiceThatIsNoLongerOfferedKeepsItsPeople(t *testing.T) {
	commune := ask(surveys.SelectOne, "commune", "communes", "Votre commune")
	commune.Profile = surveys.ProfileCommune
	c := &collected{forms: map[string]*surveys.Form{"h": compiled(t, commune)}}
	for i := range 40 {
		c.answer(t, "h", "2026-11-03", surveys.Answers{"commune": surveys.TextValue([]string{"1", "nsp"}[i%2])})
	}
	in := Input{
		Diagnostic: sampleDiagnostic(), Forms: c.forms, Table: c.table(t), View: Work, Now: time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC),
		Surveys: []surveys.Survey{{ID: "h", Audience: surveys.Habitants, Title: "Habitants", Current: 1}},
	}
	table := tableOf(t, chapterOf(t, build(t, in, Work), "habitants"), "commune")
	if n := cellAt(table, rowOf(t, table, "nsp"), nKey).Number; n != 20 {
		t.Errorf("%v people, want 20", n)
	}
}
