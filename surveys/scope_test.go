package surveys_test

import (
	"encoding/json"
	"strings"
	"testing"

	"diapason/surveys"
)

// households: two, of two persons and one.
func households() surveys.Answers {
	person := func(name string, age float64) surveys.Answers {
		return surveys.Answers{"prenom": text(name), "age": number(age)}
	}
	return surveys.Answers{"rue": text("Lamartine"), "foyer": rows(
		surveys.Answers{"porte": number(1), "personne": rows(person("Ada", 40), person("Bob", 8))},
		surveys.Answers{"porte": number(2), "personne": rows(person("Zoé", 70))},
	)}
}

const householdForm = `
	text      | rue
	repeat    | foyer
	integer   | porte
	repeat    | personne
	group     | etat
	text      | prenom
	integer   | age
	end
	calculate | essai | calculation=`

func TestWhatAnExpressionReadsInNestedRepeats(t *testing.T) {
	for name, tt := range map[string]struct{ in, expression, want string }{
		"its own row":                          {"essai", "${prenom}", "Ada Bob | Zoé"},
		"the row outside":                      {"essai", "${porte}", "1 1 | 2"},
		"the form":                             {"essai", "${rue}", "Lamartine Lamartine | Lamartine"},
		"its rank, and that of the row around": {"essai", "concat(position(..), '/', position(../..))", "1/1 2/1 | 1/2"},
		"the question beside it, by a path":    {"essai", "../etat/prenom", "Ada Bob | Zoé"},
		"the question outside, by a path":      {"essai", "../../porte", "1 1 | 2"},
		"a question by its whole path":         {"essai", "/data/foyer/porte", "1 1 | 2"},
		"the row before, by its rank": {"essai",
			"coalesce(indexed-repeat(${prenom}, ${foyer}, position(../..), ${personne}, position(..) - 1), '-')", "- Ada | -"},
		"the row before, by a predicate": {"essai", "coalesce(${personne}[position() = position(current()/..) - 1]/etat/prenom, '-')", "- Ada | -"},
		"all the rows inside its own":    {"bilan", "sum(${age})", "48 | 70"},
		"how many there are":             {"bilan", "count(${personne})", "2 | 1"},
		"all the rows of the form":       {"total", "sum(${age})", "118"},
		"how many rows in all":           {"total", "count(${personne})", "3"},
		"a row inside, by its rank":      {"bilan", "indexed-repeat(${prenom}, ${personne}, 1)", "Ada | Zoé"},
		"a row of the form, by its rank": {"total", "indexed-repeat(${prenom}, ${foyer}, 1, ${personne}, 2)", "Bob"},
		"the names in one row":           {"total", "join('+', ${foyer}[1]/personne/etat/prenom)", "Ada+Bob"},
	} {
		t.Run(name, func(t *testing.T) {
			blank := func(in string) string {
				if in == tt.in {
					return tt.expression
				}
				return "''"
			}
			f := form(t, householdForm+blank("essai")+`
				end
				calculate | bilan | calculation=`+blank("bilan")+`
				end
				calculate | total | calculation=`+blank("total"))
			if got := told(f, tt.in); got != tt.want {
				t.Errorf("%s is %q, want %q", tt.expression, got, tt.want)
			}
		})
	}
}

// told gives the answers to a question in all rows: those of a household with
// spaces, the households with bars.
func told(f *surveys.Form, name string) string {
	path := f.Path(households(), now)
	var all []string
	for _, outer := range path.Rows("foyer") {
		var its []string
		for _, inner := range outer.Rows("personne") {
			its = append(its, inner.Answer(name).Text())
		}
		if name == "bilan" {
			its = its[:1]
		}
		all = append(all, strings.Join(its, " "))
	}
	if name == "total" {
		return path.Answer(name).Text()
	}
	return strings.Join(all, " | ")
}

func TestMetadataIsReadAndNeverKept(t *testing.T) {
	f := form(t, `
		start     | debut
		today     | jour
		deviceid  | appareil
		username  | qui
		calculate | lu | calculation=concat(${jour}, '/', format-date-time(${debut}, '%H'), '/', ${appareil}, ${qui})`)
	if got := f.Keep(nil, now); !got.Equal(surveys.Answers{"lu": text("2026-11-22/10/")}) {
		t.Errorf("kept %v", said(t, got))
	}
}

func TestLogicForTheBrowser(t *testing.T) {
	f := form(t, `
		integer | n    | default=3
		integer | m    | default=1 + 1
		integer | deux | calculation=${n} * 2
		date    | vu   | calculation=today() | trigger=${n}, ${m}
		text    | lu   | read_only=yes
		repeat  | r    | repeat_count=int(${n})
		text    | x
		end`)
	got, err := json.Marshal(f.Logic())
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"items":[` +
		`{"name":"n","kind":"integer","parent":-1,"default":"3"},` +
		`{"name":"m","kind":"integer","parent":-1,"default":["+",1,1]},` +
		`{"name":"deux","kind":"integer","parent":-1,"calculation":["*",["$","n"],2],"computed":true,"readonly":true},` +
		`{"name":"vu","kind":"date","parent":-1,"calculation":["today"],"trigger":["n","m"]},` +
		`{"name":"lu","kind":"text","parent":-1,"readonly":true},` +
		`{"name":"r","kind":"repeat","parent":-1,"count":["int",["$","n"]]},` +
		`{"name":"x","kind":"text","parent":5}],"functions":["int","today"]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
