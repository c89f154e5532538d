package surveys_test

import (
	"strings"
	"testing"

	"diapason/surveys"
)

func TestPath(t *testing.T) {
	yesNo := list("on", "oui", "non")
	for name, tt := range map[string]struct {
		form    string
		answers surveys.Answers
		on      string // the names on the path, in reading order
	}{
		"without conditions every question is asked": {
			form: `
				text | a
				text | b`,
			on: "a b",
		},
		"a condition follows the answer": {
			form: `
				select_one on | medecin
				text          | trajet | relevant=${medecin} = 'oui'`,
			answers: surveys.Answers{"medecin": text("oui")},
			on:      "medecin trajet",
		},
		"a section's condition holds for all it contains": {
			form: `
				select_one on | medecin
				group         | suite | relevant=${medecin} = 'oui'
				text          | trajet
				group         | dedans
				text          | delai
				end
				end`,
			answers: surveys.Answers{"medecin": text("non")},
			on:      "medecin",
		},
		"an answer off the path reads as no answer": {
			form: `
				select_one on | a
				select_one on | b | relevant=${a} = 'oui'
				text          | c | relevant=${b} = 'oui'`,
			answers: surveys.Answers{"a": text("non"), "b": text("oui")},
			on:      "a",
		},
		"a condition may look ahead": {
			form: `
				text          | a | relevant=${b} = 'oui'
				select_one on | b`,
			answers: surveys.Answers{"b": text("oui")},
			on:      "a b",
		},
		"a condition may read a calculation": {
			form: `
				integer   | age
				calculate | adulte | calculation=if(${age} >= 18, 'oui', 'non')
				text      | vote   | relevant=${adulte} = 'oui'`,
			answers: surveys.Answers{"age": number(18)},
			on:      "age adulte vote",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := form(t, tt.form, yesNo)
			path := f.Path(tt.answers, now)
			var on []string
			for _, q := range f.Questions {
				if path.On(q.Name) {
					on = append(on, q.Name)
				}
			}
			if got := strings.Join(on, " "); got != tt.on {
				t.Errorf("on the path: %q, want %q", got, tt.on)
			}
		})
	}
}

func TestPathInRepeats(t *testing.T) {
	f := form(t, `
		repeat    | enfant
		integer   | age
		text      | ecole | relevant=${age} > 2
		calculate | rang  | calculation=position(..)
		end
		calculate | ages  | calculation=sum(${age})
		calculate | nombre | calculation=count(${enfant})`)
	answers := surveys.Answers{"enfant": rows(
		surveys.Answers{"age": number(1), "ecole": text("perdue")},
		surveys.Answers{"age": number(5), "ecole": text("Jaurès")},
	)}
	kept := f.Keep(answers, now)
	want := surveys.Answers{
		"enfant": rows(
			surveys.Answers{"age": number(1), "rang": text("1")},
			surveys.Answers{"age": number(5), "ecole": text("Jaurès"), "rang": text("2")},
		),
		"ages":   text("6"),
		"nombre": text("2"),
	}
	if !kept.Equal(want) {
		t.Errorf("kept %v\nwant %v", kept, want)
	}
}

func TestPathEndsWhereTheQuestionnaireSaysSo(t *testing.T) {
	f := form(t, `
		select_one communes | commune
		note                | fin     | relevant=${commune} = 'ailleurs' | profile=end
		text                | suite   | relevant=${commune} != 'ailleurs'`, list("communes", "71153", "ailleurs"))
	if end := f.Path(surveys.Answers{"commune": text("ailleurs")}, now).Ended(); end == nil || end.Name != "fin" {
		t.Errorf("ended at %v, want the note fin", end)
	}
	if end := f.Path(surveys.Answers{"commune": text("71153")}, now).Ended(); end != nil {
		t.Errorf("ended at %s for somebody who lives here", end.Name)
	}
}

func TestChoiceFiltersLeaveTheChoicesThatFit(t *testing.T) {
	depist := surveys.List{Name: "depist", Choices: []surveys.Choice{
		{Name: "dents"}, {Name: "mammo", Extra: map[string]string{"sexe": "f"}},
	}}
	f := form(t, `
		select_one sexe        | sexe
		select_multiple depist | depist | filter=sexe = '' or sexe = ${sexe}`, list("sexe", "f", "h"), depist)
	q, _ := f.Question("depist")
	for sexe, want := range map[string]int{"f": 2, "h": 1} {
		if got := f.Path(surveys.Answers{"sexe": text(sexe)}, now).Choices(q); len(got) != want {
			t.Errorf("for %s: %d choices, want %d", sexe, len(got), want)
		}
	}
	answers := surveys.Answers{"sexe": text("h"), "depist": codes("mammo")}
	if got := codesOf(f.Check(answers, now)); got != "depist choice.unknown" {
		t.Errorf("a choice that is filtered away passes: %q", got)
	}
}
