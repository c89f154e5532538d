package report

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"diapason/surveys"
)

// TestOneSectorIsCountedAsIfItHadAnsweredAlone sets the report of a sector
// beside that of a collection where nobody else answered.
func TestOneSectorIsCountedAsIfItHadAnsweredAlone(t *testing.T) {
	in, all := collect(t, 300, 7)
	here := &collected{forms: all.forms}
	for _, a := range all.arrivals {
		r, err := a.Response()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"h_commune", "p_commune"} {
			if commune, ok := r.Answers[name]; ok && slices.Contains([]string{"2", "3"}, commune.Text()) {
				here.answer(t, r.Survey, r.Day, r.Answers)
			}
		}
	}
	alone := in
	alone.Table = here.table(t)
	want := build(t, alone, Work)
	in.Only = "est"
	got := build(t, in, Work)
	if len(got.Chapters) != 2 {
		t.Fatalf("%d chapters, want those of the two audiences that say their commune", len(got.Chapters))
	}
	for _, audience := range []surveys.Audience{surveys.Habitants, surveys.Professionnels} {
		g, _ := got.Chapter(string(audience))
		w, _ := want.Chapter(string(audience))
		if g.Title != w.Title+" – secteur « L’Est »" {
			t.Errorf("the chapter is called %q", g.Title)
		}
		if g.Lead != w.Lead || len(g.Tables) == 0 {
			t.Errorf("%d tables under %q, want %q", len(g.Tables), g.Lead, w.Lead)
		}
		for i, table := range g.Tables {
			if !reflect.DeepEqual(table.Rows, w.Tables[i].Rows) {
				t.Errorf("%s of %s:\n%v\nwant\n%v", table.ID, audience, table.Rows, w.Tables[i].Rows)
			}
		}
	}
}

func TestOneSectorIsNeverShared(t *testing.T) {
	in := sample(t, 60, 1)
	in.Only, in.View = "est", Restitution
	if _, err := Build(in); !errors.Is(err, errShared) {
		t.Errorf("the report of one sector can be shared: %v", err)
	}
	in.Only, in.View = "ouest", Work
	if _, err := Build(in); err == nil {
		t.Error("a sector nobody knows has a report")
	}
}
