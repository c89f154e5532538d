package xlsform

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

// The lists of XLSForm's reference, one by one: every type, column, alias,
// appearance and idiom is read without a fault, and written so that it is read
// again the same.

// comesBack reads a form, holds it to have no fault, and to be equal once
// written and read again.
func comesBack(t *testing.T, sheets []surveys.Sheet) *surveys.Questionnaire {
	t.Helper()
	q, problems := ReadRows(sheets)
	if refused := problems.Refusals(); refused != nil {
		t.Fatalf("refused: %v", refused)
	}
	again, _ := ReadRows(sheetsOf(q))
	if !reflect.DeepEqual(q, again) {
		t.Errorf("it comes back changed:\n%s\n%s", Dump(q), Dump(again))
	}
	return q
}

// rows writes a survey of one row from its columns.
func rows(columns map[string]string, more ...surveys.Sheet) []surveys.Sheet {
	header := slices.Sorted(maps.Keys(columns))
	var cells []string
	for _, h := range header {
		cells = append(cells, columns[h])
	}
	sheets := []surveys.Sheet{{Name: "survey", Rows: [][]string{header, cells, {}}}}
	return append(sheets, more...)
}

var fruits = surveys.Sheet{Name: "choices", Rows: [][]string{
	{"list_name", "name", "label"}, {"L", "a", "A"}, {"L", "b", "B"},
}}

func TestEveryTypeIsRead(t *testing.T) {
	for written, want := range map[string]surveys.Kind{
		"select_one L": "select_one", "text": "text", "integer": "integer", "note": "note", "start": "start",
		"calculate": "calculate", "end": "end", "select_multiple L": "select_multiple", "geopoint": "geopoint", "date": "date",
		"deviceid": "deviceid", "image": "image", "phonenumber": "phonenumber", "today": "today", "decimal": "decimal",
		"username": "username", "hidden": "hidden", "email": "email", "barcode": "barcode", "dateTime": "dateTime",
		"select_one_from_file f.csv": "select_one_from_file", "select_one_from_file f.xml": "select_one_from_file",
		"select_one_from_file f.geojson": "select_one_from_file", "select_multiple_from_file f.csv": "select_multiple_from_file",
		"time": "time", "audit": "audit", "acknowledge": "acknowledge", "trigger": "acknowledge", "geotrace": "geotrace",
		"geoshape": "geoshape", "audio": "audio", "range": "range", "start-geopoint": "start-geopoint", "video": "video", "file": "file",
		"rank L": "rank", "xml-external": "xml-external", "csv-external": "csv-external", "background-audio": "background-audio",
		"background-geopoint": "background-geopoint",
		// Aliases.
		"int": "integer", "string": "text", "gps": "geopoint", "photo": "image", "select one L": "select_one",
		"select one from L": "select_one", "select all that apply from L": "select_multiple", "select all that apply L": "select_multiple",
		"select multiple L": "select_multiple", "select1 L": "select_one", "imei": "deviceid", "datetime": "dateTime",
		"date time": "dateTime", "location": "geopoint", "picture": "image", "calc": "calculate",
	} {
		t.Run(written, func(t *testing.T) {
			row := map[string]string{"type": written, "name": "q", "label": "Q", "calculation": ""}
			if want == "calculate" {
				row["calculation"] = "1 + 1"
			}
			if want == "background-geopoint" {
				row["trigger"] = ""
			}
			if got := comesBack(t, rows(row, fruits)).Items[0].Kind; got != want {
				t.Errorf("got %s", got)
			}
		})
	}
	t.Run("select_one_external", func(t *testing.T) {
		external := fruits
		external.Name = "external_choices"
		q := comesBack(t, rows(map[string]string{"type": "select_one_external L", "name": "q", "label": "Q", "choice_filter": "name != ''"}, external))
		if l, ok := q.List("L"); !ok || len(l.Choices) != 2 {
			t.Errorf("lists %v", q.Lists)
		}
	})
	t.Run("choices drawn from a repeat", func(t *testing.T) {
		q := comesBack(t, form(`
			survey
			| type               | name | label |
			| begin_repeat       | r    | R     |
			| text               | who  | Who   |
			| end_repeat         |      |       |
			| select_one ${who}  | head | Head  |
		`))
		if q.Items[1].List != "${who}" {
			t.Errorf("got %+v", q.Items[1])
		}
	})
}

func TestEverySpellingOfASectionIsRead(t *testing.T) {
	for _, word := range []string{"begin_group", "begin group", "Begin Group", "begin_repeat", "begin repeat"} {
		t.Run(word, func(t *testing.T) {
			end := strings.NewReplacer("begin", "end", "Begin", "End").Replace(word)
			q := comesBack(t, []surveys.Sheet{{Name: "survey", Rows: [][]string{
				{"type", "name", "label"}, {word, "g", "G"}, {"text", "a", "A"}, {end, "", ""},
			}}})
			if len(q.Items) != 1 || len(q.Items[0].Items) != 1 {
				t.Errorf("got %+v", q.Items)
			}
		})
	}
}

func TestEveryColumnIsReadUnderAllItsNames(t *testing.T) {
	text := func(s string) surveys.Text { return surveys.Text{surveys.NoLanguage: s} }
	base := surveys.Item{Kind: surveys.TextKind, Name: "q", Label: text("Q"), Row: 2}
	with := func(change func(*surveys.Item)) surveys.Item {
		item := base
		change(&item)
		return item
	}
	extra := func(key string) surveys.Item {
		return with(func(i *surveys.Item) { i.Extra = map[string]string{key: "x"} })
	}
	for header, want := range map[string]surveys.Item{
		"hint":                   with(func(i *surveys.Item) { i.Hint = text("x") }),
		"guidance_hint":          with(func(i *surveys.Item) { i.GuidanceHint = text("x") }),
		"required":               with(func(i *surveys.Item) { i.Required = "x" }),
		"bind::required":         with(func(i *surveys.Item) { i.Required = "x" }),
		"required_message":       with(func(i *surveys.Item) { i.RequiredMessage = text("x") }),
		"requiredMsg":            with(func(i *surveys.Item) { i.RequiredMessage = text("x") }),
		"required message":       with(func(i *surveys.Item) { i.RequiredMessage = text("x") }),
		"relevant":               with(func(i *surveys.Item) { i.Relevant = "x" }),
		"relevance":              with(func(i *surveys.Item) { i.Relevant = "x" }),
		"constraint":             with(func(i *surveys.Item) { i.Constraint = "x" }),
		"constraint_message":     with(func(i *surveys.Item) { i.ConstraintMessage = text("x") }),
		"constraining_message":   with(func(i *surveys.Item) { i.ConstraintMessage = text("x") }),
		"bind::jr:constraintMsg": with(func(i *surveys.Item) { i.ConstraintMessage = text("x") }),
		"calculation":            with(func(i *surveys.Item) { i.Calculation = "x" }),
		"calculate":              with(func(i *surveys.Item) { i.Calculation = "x" }),
		"default":                with(func(i *surveys.Item) { i.Default = "x" }),
		"choice_filter":          with(func(i *surveys.Item) { i.ChoiceFilter = "x" }),
		"appearance":             with(func(i *surveys.Item) { i.Appearance = []string{"x"} }),
		"read_only":              with(func(i *surveys.Item) { i.ReadOnly = "x" }),
		"readonly":               with(func(i *surveys.Item) { i.ReadOnly = "x" }),
		"Read Only":              with(func(i *surveys.Item) { i.ReadOnly = "x" }),
		"repeat_count":           with(func(i *surveys.Item) { i.RepeatCount = "x" }),
		"count":                  with(func(i *surveys.Item) { i.RepeatCount = "x" }),
		"jr:count":               with(func(i *surveys.Item) { i.RepeatCount = "x" }),
		"image":                  extra("image"), "big-image": extra("big-image"), "audio": extra("audio"), "video": extra("video"),
		"media::image": extra("image"), "media::image::fr": extra("image::fr"), "autoplay": extra("autoplay"), "rows": extra("rows"),
		"save_to": extra("save_to"), "intent": extra("intent"), "disabled": extra("disabled"),
		"bind::odk:length": extra("bind::odk:length"), "body::esri:style": extra("body::esri:style"), "instance::odk:tag": extra("instance::odk:tag"),
		"mes notes": extra("mes notes"), "$pecial.key": extra("$pecial.key"),
	} {
		t.Run(header, func(t *testing.T) {
			q := comesBack(t, rows(map[string]string{"type": "text", "name": "q", "label": "Q", header: "x"}))
			if !reflect.DeepEqual(q.Items[0], want) {
				t.Errorf("got %+v", q.Items[0])
			}
		})
	}
	for _, header := range []string{"type", "command", "Type", "name", "tag", "value", "label", "caption"} {
		t.Run(header, func(t *testing.T) {
			columns := map[string]string{"type": "text", "name": "q", "label": "Q"}
			means := surveyVocabulary().aliases[normal(header)]
			value := columns[means]
			delete(columns, means)
			columns[header] = value
			if got := comesBack(t, rows(columns)).Items[0]; !reflect.DeepEqual(got, base) {
				t.Errorf("got %+v", got)
			}
		})
	}
	t.Run("trigger", func(t *testing.T) {
		q := comesBack(t, form(`
			survey
			| type | name | label | trigger | calculation |
			| text | a    | A     |         |             |
			| text | b    | B     | ${a}    | now()       |
		`))
		if q.Items[1].Extra["trigger"] != "${a}" {
			t.Errorf("got %+v", q.Items[1])
		}
	})
}

func TestEveryYesAndNoIsRead(t *testing.T) {
	for word, want := range map[string]string{
		"yes": "yes", "Yes": "yes", "YES": "yes", "true": "yes", "True": "yes", "TRUE": "yes", "true()": "yes",
		"no": "no", "No": "no", "NO": "no", "false": "no", "FALSE": "no", "false()": "no", "${a} = 1": "${a} = 1",
	} {
		if got := comesBack(t, rows(map[string]string{"type": "text", "name": "q", "label": "Q", "required": word})).Items[0].Required; got != want {
			t.Errorf("%s is read %s", word, got)
		}
	}
}

func TestEveryTranslatedColumnIsRead(t *testing.T) {
	for _, column := range []string{"label", "hint", "guidance_hint", "required_message", "constraint_message"} {
		t.Run(column, func(t *testing.T) {
			q := comesBack(t, rows(map[string]string{
				"type": "text", "name": "q", "label::Français (fr)": "Q", column + "::Français (fr)": "Un", column + "::العربية (ar)": "واحد",
			}))
			got := *columnsByName[column].text(&q.Items[0])
			if got["Français (fr)"] != "Un" || got["العربية (ar)"] != "واحد" {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestEveryAppearanceIsKept(t *testing.T) {
	for appearance := range strings.FieldsSeq(`field-list no-calendar year month-year minimal autocomplete quick multiline numbers thousands-sep
		columns columns-pack columns-2 columns-5 horizontal likert label list-nolabel table-list picker rating vertical no-ticks new new-front
		signature draw annotate placement-map maps w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 hidden-answer masked url horizontal-compact no-label sparkling`) {
		t.Run(appearance, func(t *testing.T) {
			sheets := rows(map[string]string{"type": "text", "name": "q", "label": "Q", "appearance": appearance})
			if got := comesBack(t, sheets).Items[0].Appearance; !slices.Equal(got, []string{appearance}) {
				t.Errorf("got %q", got)
			}
			_, problems := ReadRows(sheets)
			if served := slices.Contains(servedAppearances, appearance); served == (len(problems) == 1) {
				t.Errorf("served %v, told %v", served, problems)
			}
		})
	}
	t.Run("each is told once", func(t *testing.T) {
		_, problems := ReadRows(form(`
			survey
			| type | name | label | appearance |
			| text | a    | A     | quick url  |
			| text | b    | B     | url quick  |
		`))
		if len(problems) != 2 {
			t.Errorf("got %v", problems)
		}
	})
}

func TestEveryParameterIsRead(t *testing.T) {
	for kind, parameters := range map[string]string{
		"range":                      "start=0 end=10 step=0.5",
		"range ":                     "start=1;end=5;step=1;tick_interval=2;placeholder=3",
		"range  ":                    "start=1, end=2, tick_labelset=T",
		"select_one L":               "randomize=true, seed=42",
		"select_multiple L":          "randomize=true seed=${n}",
		"rank L":                     "RANDOMIZE=true",
		"select_one_from_file f.csv": "value=code label=nom",
		"text":                       "rows=5",
		"image":                      "max-pixels=1024 app=org.example.photo",
		"audio":                      "quality=low",
		"geopoint":                   "capture-accuracy=5 warning-accuracy=50 allow-mock-accuracy=true",
		"geotrace":                   "incremental=true",
		"audit":                      "location-priority=balanced location-min-interval=60 location-max-age=120 track-changes=true identify-user=true",
	} {
		t.Run(kind+" "+parameters, func(t *testing.T) {
			choices := fruits
			choices.Rows = append(slices.Clone(choices.Rows), []string{"T", "1", "Un"}, []string{"T", "2", "Deux"})
			sheets := []surveys.Sheet{choices, {Name: "survey", Rows: [][]string{
				{"type", "name", "label", "parameters"}, {"integer", "n", "N", ""}, {kind, "q", "Q", parameters},
			}}}
			got := comesBack(t, sheets).Items[1].Parameters
			if want := len(strings.FieldsFunc(parameters, func(r rune) bool { return strings.ContainsRune(" ,;", r) })); len(got) != want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestEveryIdiomIsRead(t *testing.T) {
	for name, c := range map[string]struct{ form, want string }{
		"or_other": {`
			survey
			| type                | name | label |
			| select_one L or_other | q  | Q     |
			choices
			| list_name | name | label |
			| L         | a    | A     |`, "select_one L or_other | q | label=Q"},
		"a cascade": {`
			survey
			| type         | name | label | choice_filter |
			| select_one d | dep  | D     |               |
			| select_one c | com  | C     | dep = ${dep}  |
			choices
			| list_name | name | label | dep |
			| d         | 29   | 29    |     |
			| c         | x    | X     | 29  |`, "select_one c | com | label=C | choice_filter=dep = ${dep}"},
		"a matrix as a field list": {`
			survey
			| type         | name | label | appearance   |
			| begin_group  | m    | M     | field-list   |
			| select_one L | head | Avis  | label        |
			| select_one L | r1   | Un    | list-nolabel |
			| end_group    |      |       |              |
			choices
			| list_name | name | label |
			| L         | a    | A     |`, "  select_one L | r1 | label=Un | appearance=list-nolabel"},
		"a matrix as a table": {`
			survey
			| type         | name | label | appearance |
			| begin_group  | m    | M     | table-list |
			| select_one L | r1   | Un    |            |
			| end_group    |      |       |            |
			choices
			| list_name | name | label |
			| L         | a    | A     |`, "begin_group | m | label=M | appearance=table-list"},
		"as many rows as an answer says": {`
			survey
			| type         | name | label | repeat_count |
			| integer      | n    | N     |              |
			| begin_repeat | r    | R     | ${n}         |
			| text         | a    | A     |              |
			| end_repeat   |      |       |              |`, "begin_repeat | r | label=R | repeat_count=${n}"},
		"a note without a name": {`
			survey
			| type | name | label |
			| note |      | Merci |`, "note | generated_note_name_2 | label=Merci"},
		"a picture instead of words": {`
			survey
			| type | name | label | media::image |
			| note | n    |       | logo.png     |`, "note | n | image=logo.png"},
		"words in Markdown": {`
			survey
			| type | name | label                                     |
			| note | n    | **Gras** <span style="color:red">x</span> ${n} |`, `note | n | label=**Gras** <span style="color:red">x</span> ${n}`},
		"choices that repeat themselves": {`
			survey
			| type         | name | label | choice_filter |
			| select_one L | q    | Q     | x = 1         |
			choices
			| list_name | name | label | x |
			| L         | a    | A     | 1 |
			| L         | a    | A2    | 2 |
			settings
			| allow_choice_duplicates |
			| yes                     |`, "L | a | label=A2 | x=2"},
		"a form without languages in a language": {`
			survey
			| type | name | label |
			| text | q    | Q     |
			settings
			| default_language | style | instance_name | version | public_key | submission_url |
			| Français (fr)    | pages | ${q}          | 3       | x          | https://x.org  |`, "text | q | label=Q"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Dump(comesBack(t, form(c.form))); !strings.Contains(got, c.want+"\n") {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

func TestWhatTheWebCannotDoIsToldInWordsAndOnce(t *testing.T) {
	_, problems := ReadRows(form(`
		survey
		| type     | name  | label | media::image | guidance_hint | appearance |
		| start    | debut |       |              |               |            |
		| image    | photo | P     | p.png        | Cadrer        | signature  |
		| image    | autre | A     | a.png        | Cadrer        | signature  |
		| geopoint | lieu  | L     |              |               |            |
		settings
		| public_key | style | auto_send |
		| x          | pages | yes       |
	`))
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s %d %s: %s", p.Place.Sheet, p.Place.Row, p.Place.Column, plainSpaces.Replace(p.Message)))
		if !p.Warning {
			t.Errorf("refused: %v", p)
		}
	}
	want := []string{
		"survey 1 media::image: Les images, les sons et les vidéos de la colonne « media::image » ne sont pas montrés sur le web : les personnes ne voient que les mots. La colonne reste dans le classeur.",
		"survey 1 guidance_hint: Les consignes de la colonne « guidance_hint » sont pour les enquêteurs : elles ne sont pas montrées sur le web. La colonne reste dans le classeur.",
		"survey 2 type: « debut » (type start) n’est pas conservé avec les réponses, qui ne disent ni l’heure, ni l’appareil, ni la personne. La ligne reste dans le classeur.",
		"survey 3 appearance: L’apparence « signature » reste dans le classeur ; sur le web, la question garde sa présentation habituelle.",
		"survey 3 type: La question « photo » (type image) n’est pas posée sur le web : elle reste dans le classeur. Autres questions de ce type : 1.",
		"survey 5 type: La question « lieu » (type geopoint) n’est pas posée sur le web : elle reste dans le classeur.",
		"settings 1 public_key: La clé publique reste dans le classeur, mais les réponses du web ne sont pas chiffrées avec elle : elles sont protégées ici.",
		"settings 1 style: Le réglage « style » reste dans le classeur, sans effet sur le web.",
		"settings 1 auto_send: Le réglage « auto_send » reste dans le classeur, sans effet sur le web.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
