package xlsform

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

// says lists problems as "place: code", warnings after a question mark.
func says(problems surveys.Problems) []string {
	var lines []string
	for _, p := range problems {
		mark := ""
		if p.Warning {
			mark = "?"
		}
		lines = append(lines, fmt.Sprintf("%s%s:%d:%s %s", mark, p.Place.Sheet, p.Place.Row, p.Place.Column, p.Code))
	}
	return lines
}

func TestEveryFaultIsToldAtOnceAndInItsPlace(t *testing.T) {
	_, problems := ReadRows(form(`
		survey
		| type               | name  | label  | short | parameters | appearance |
		| txet               | a     | A      |       |            |            |
		| select_one         | b     | B      |       |            |            |
		| select_one fruti   | c     | C      | peut-être |        |            |
		| integer            | 1d    | D      |       |            | sparkling  |
		| text               |       | E      |       |            |            |
		| text               | f     |        |       |            |            |
		| begin_group        | g     | G      |       |            |            |
		| range              | f     | F      |       | start 1    |            |
		| geopoint           | h     | H      |       |            |            |
		| end_repeat         |       |        |       |            |            |
		| select_multiple fruit | F  | again  |       |            |            |
		|                    | lost  | Perdue |       |            |            |
		choices
		| list_name | name     | label |
		| fruit     | apple    | Pomme |
		| fruit     | apple    | Poire |
		| fruit     | red plum | Prune |
		| fruit     |          | Rien  |
		|           | orphan   | Seul  |
	`))
	want := []string{
		"survey:2:type xlsform.type.guess",
		"survey:3:type xlsform.type.list",
		"survey:4:short xlsform.yesno",
		"survey:4:type xlsform.list.guess",
		"survey:5:name xlsform.name.form",
		"?survey:5:appearance xlsform.appearance.unknown",
		"survey:6:name xlsform.name.missing",
		"survey:7:label xlsform.label.missing",
		"survey:8:type xlsform.section.open",
		"survey:9:parameters xlsform.parameters.form",
		"?survey:10:type xlsform.type.foreign",
		"survey:11:type xlsform.section.crossed",
		"?survey:12:name xlsform.name.case",
		"survey:13:type xlsform.type.missing",
		"choices:3:name xlsform.choice.twice",
		"choices:4:name xlsform.choice.space",
		"choices:5:name xlsform.choice.name",
		"?choices:6:list_name xlsform.choice.list",
	}
	if got := says(problems); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAMisspeltWordComesWithAGuess(t *testing.T) {
	for name, c := range map[string]struct{ form, want string }{
		"a type": {`
			survey
			| type   | name | label |
			| integr | a    | A     |`,
			"feuille « survey », ligne 2, colonne « type », : Le type « integr » n’existe pas. Vouliez-vous écrire « integer » ?"},
		"a list": {`
			survey
			| type            | name | label |
			| select_one coul | a    | A     |
			choices
			| list_name | name | label |
			| couleur   | r    | Rouge |
			| cool      | n    | Non   |`,
			"La liste « coul » n’existe pas dans la feuille « choices ». Vouliez-vous écrire « cool » ?"},
		"a sheet": {`
			survey
			| type         | name | label |
			| select_one c | a    | A     |
			choises
			| list_name | name | label |`,
			"Il manque la feuille « choices ». Renommez « choises » en « choices » si c’est elle."},
		"an appearance": {`
			survey
			| type | name | label | appearance |
			| text | a    | A     | minimla    |`,
			"L’apparence « minimla » n’est pas connue : elle reste dans le classeur, sans effet. Vouliez-vous écrire « minimal » ?"},
		"a picture’s reference": {`
			survey
			| type | name | label | image       |
			| text | age  | A     | ${aeg}.png  |
			| text | b    | B     |             |`,
			"Aucune question ne s’appelle « aeg ». Vouliez-vous écrire « age » ?"},
		"a column": {`
			survey
			| type | name | label | relevent |
			| text | a    | A     | 1 = 1    |`,
			"La colonne « relevent » est conservée, mais pas lue. Vouliez-vous écrire « relevant » ?"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := ReadRows(form(c.form))
			if !slices.ContainsFunc(problems, func(p surveys.Problem) bool { return strings.Contains(c.want, plainSpaces.Replace(p.Message)) }) {
				t.Errorf("got %v", problems)
			}
		})
	}
}

func TestEveryProblemHasItsSentence(t *testing.T) {
	t.Run("codes in the source and sentences are the same", func(t *testing.T) {
		used := codesInSource(t)
		for code := range used {
			if messages[code] == "" {
				t.Errorf("%s says nothing", code)
			}
		}
		for code := range messages {
			if !used[code] {
				t.Errorf("nobody says %s", code)
			}
		}
	})
	t.Run("sentences are filled with what they need", func(t *testing.T) {
		for _, c := range append(corpus(t, "valid.jsonl"), corpus(t, "invalid.jsonl")...) {
			_, problems := ReadRows(c.Sheets)
			for _, p := range problems {
				if strings.Contains(p.Message, "%!") {
					t.Errorf("%s: %s", c.ID, p.Message)
				}
			}
		}
	})
}

func codesInSource(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used, code := map[string]bool{}, regexp.MustCompile(`"(xlsform\.[a-z.]+)"`)
	for _, file := range files {
		if file == "message.go" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllSubmatch(data, -1) {
			used[string(m[1])] = true
		}
	}
	return used
}
