package surveys_test

import (
	"strings"
	"testing"

	"diapason/surveys"
)

func TestAChoiceThatIsFilteredAwayNoLongerCounts(t *testing.T) {
	towns := surveys.List{Name: "villes", Choices: []surveys.Choice{
		{Name: "macon", Extra: map[string]string{"dep": "71"}},
		{Name: "autun", Extra: map[string]string{"dep": "71"}},
		{Name: "dole", Extra: map[string]string{"dep": "39"}},
	}}
	f := form(t, `
		select_one deps        | dep
		select_one villes      | ville  | filter=dep = ${dep}
		select_multiple villes | autres | filter=dep = ${dep}
		note                   | merci  | relevant=${ville} != ''
		calculate              | vues   | calculation=count-selected(${autres})`, list("deps", "71", "39"), towns)
	a := surveys.Answers{"dep": text("39"), "ville": text("macon"), "autres": codes("macon", "dole")}
	t.Run("no expression reads it", func(t *testing.T) {
		if f.Path(a, now).On("merci") {
			t.Error("the note about the town is on the path")
		}
	})
	t.Run("it is not kept", func(t *testing.T) {
		want := surveys.Answers{"dep": text("39"), "autres": codes("dole"), "vues": text("1")}
		if got := f.Keep(a, now); !got.Equal(want) {
			t.Errorf("kept %v, want %v", said(t, got), said(t, want))
		}
	})
	t.Run("whoever sends it is told", func(t *testing.T) {
		if got := codesOf(f.Check(a, now)); got != "ville choice.unknown, autres choice.unknown" {
			t.Error(got)
		}
	})
	t.Run("two questions may each leave out what the other took", func(t *testing.T) {
		f := form(t, `
			select_one deps | un   | filter=name != ${deux}
			select_one deps | deux | filter=name != ${un}`, list("deps", "71", "39"))
		a := surveys.Answers{"un": text("71"), "deux": text("39")}
		if got := f.Keep(a, now); !got.Equal(a) || f.Check(a, now) != nil {
			t.Errorf("kept %v", said(t, got))
		}
	})
}

func TestChoicesMayBeWhatWasAnsweredInARepeat(t *testing.T) {
	f := form(t, `
		integer            | majeur
		repeat             | personne
		text               | prenom
		integer            | age
		end
		select_one ${prenom} | referent | filter=${age} >= ${majeur}`)
	a := surveys.Answers{"majeur": number(18), "referent": text("Léa"), "personne": rows(
		surveys.Answers{"prenom": text("Léa"), "age": number(40)},
		surveys.Answers{"prenom": text("Tom"), "age": number(9)},
		surveys.Answers{"age": number(50)})}
	q, _ := f.Question("referent")
	if got := f.Path(a, now).Choices(q); len(got) != 1 || got[0].Name != "Léa" {
		t.Errorf("the choices are %v", got)
	}
	if problems := f.Check(a, now); problems != nil {
		t.Error(problems)
	}
	a["referent"] = text("Tom")
	if got := codesOf(f.Check(a, now)); got != "referent choice.unknown" {
		t.Errorf("a child is taken: %s", got)
	}
}

func TestOtherIsAChoiceAndAQuestion(t *testing.T) {
	q := questionnaire(t, `
		select_one l | moyen | or_other
		select_one l | autre`, list("l", "bus", "velo"))
	q.Items[0].Label = surveys.Text{"Français (fr)": "Comment venez-vous ?", "English (en)": "How do you come?"}
	f, problems := surveys.Compile(q)
	if problems.Refusals() != nil {
		t.Fatal(problems)
	}
	a := surveys.Answers{"moyen": text("other"), "moyen_other": text("en barque")}
	if problems := f.Check(a, now); problems != nil {
		t.Error(problems)
	}
	if f.Path(surveys.Answers{"moyen": text("bus")}, now).On("moyen_other") {
		t.Error("it is asked of those who come by bus")
	}
	question, _ := f.Question("moyen")
	other, _ := question.Choice("other")
	if other.Label["English (en)"] != "Other" || other.Label["Français (fr)"] != "Autre" {
		t.Errorf("the choice says %v", other.Label)
	}
	if f.Source != q || len(q.Items) != 2 || len(q.Lists[0].Choices) != 2 {
		t.Error("the questionnaire itself has changed")
	}
	t.Run("what is served compiles to the same", func(t *testing.T) {
		again, problems := surveys.Compile(f.Questionnaire)
		if problems.Refusals() != nil || len(again.Questions) != len(f.Questions) {
			t.Errorf("%d questions became %d: %v", len(f.Questions), len(again.Questions), problems)
		}
	})
}

func TestFilesBesideAForm(t *testing.T) {
	communes := surveys.List{Name: "communes.csv", Choices: []surveys.Choice{
		{Name: "71270", Label: surveys.Text{surveys.NoLanguage: "Mâcon"}, Extra: map[string]string{"dep": "71", "postal": "71000"}},
		{Name: "39198", Label: surveys.Text{surveys.NoLanguage: "Dole"}, Extra: map[string]string{"dep": "39", "postal": "39100"}},
	}}
	const table = `
		text                              | dep
		select_one_from_file communes.csv | ville | filter=dep = ${dep}
		calculate                         | code  | calculation=pulldata('communes', 'postal', 'name', ${ville})
		calculate                         | nom   | calculation=instance('communes.csv')/root/item[name = current()/../ville]/label`
	f := form(t, table, communes)
	got := f.Keep(surveys.Answers{"dep": text("39"), "ville": text("39198")}, now)
	want := surveys.Answers{"dep": text("39"), "ville": text("39198"), "code": text("39100"), "nom": text("Dole")}
	if !got.Equal(want) {
		t.Errorf("kept %v, want %v", said(t, got), said(t, want))
	}
	t.Run("the page has the rows that are looked in", func(t *testing.T) {
		logic := f.Logic()
		if rows := logic.Tables["communes"]; len(rows) != 2 || rows[1]["postal"] != "39100" || rows[1]["label"] != "Dole" {
			t.Errorf("the tables are %v", logic.Tables)
		}
		if got := strings.Join(logic.Functions, " "); got != "pulldata" {
			t.Errorf("the functions are %s", got)
		}
	})
	t.Run("without its file the question is not asked, and its author is told", func(t *testing.T) {
		f, problems := surveys.Compile(questionnaire(t, `select_one_from_file communes.csv | ville`))
		if problems.Refusals() != nil || len(f.Questions) != 0 || codesOf(problems) != "ville list.file" {
			t.Errorf("%d questions, %v", len(f.Questions), problems)
		}
	})
	t.Run("nor is anything found in it", func(t *testing.T) {
		f, problems := surveys.Compile(questionnaire(t, `calculate | nom | calculation=pulldata('communes', 'nom', 'code', '71270')`))
		if f == nil || codesOf(problems) != "nom list.file" || len(f.Keep(nil, now)) > 0 {
			t.Errorf("got %v", problems)
		}
	})
	t.Run("the columns of the codes and of the words may be named", func(t *testing.T) {
		q := questionnaire(t, `select_one_from_file communes.csv | ville`, communes)
		q.Items[0].Parameters = map[string]string{"value": "postal", "label": "dep"}
		f, problems := surveys.Compile(q)
		if problems.Refusals() != nil {
			t.Fatal(problems)
		}
		if problems := f.Check(surveys.Answers{"ville": text("71000")}, now); problems != nil {
			t.Error(problems)
		}
	})
}
