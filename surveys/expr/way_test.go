package expr

import (
	"slices"
	"strings"
	"testing"
)

// family is a form: /data/age, /data/family/person (a repeat) with name and
// size, asked from size.
func family(from string, steps []string) (string, bool) {
	tree := map[string]string{"age": "", "family": "", "person": "family", "name": "person", "size": "person"}
	at := from
	switch from {
	case "":
		at = "size"
	case "/":
		at, steps = "", steps[1:]
	}
	for _, step := range steps {
		parent, known := tree[at]
		if step != ".." {
			parent, known = tree[step]
			known = known && parent == at
			parent = step
		}
		if !known {
			return "", false
		}
		at = parent
	}
	return at, at != ""
}

func TestPathsAreReadAsWhatTheyStandFor(t *testing.T) {
	for path, want := range map[string]string{
		"../name":                                     `["$","name"]`,
		"./../name":                                   `["$","name"]`,
		"current()/../name = 'x'":                     `["=",["$","name"],"x"]`,
		"../../../age":                                `["$","age"]`,
		"/data/family/person/name":                    `["$","name"]`,
		"/form/age + 1":                               `["+",["$","age"],1]`,
		"${person}/name":                              `["$","name"]`,
		"count(../../person)":                         `["count",["$","person"]]`,
		"${person}[2]/name":                           `["indexed-repeat",["$","name"],["$","person"],2]`,
		"/data/family/person[1]/name":                 `["indexed-repeat",["$","name"],["$","person"],1]`,
		"${person}[position() = 3]/name":              `["indexed-repeat",["$","name"],["$","person"],3]`,
		"${person}[${age} - 1]/name":                  `["indexed-repeat",["$","name"],["$","person"],["-",["$","age"],1]]`,
		"position(current()/..)":                      `["position",["..",1]]`,
		"instance('l')/root/item[c=2]/w":              `["pulldata","l","w","c",2]`,
		"instance('l')/root/item[.=2]/w":              "",
		"instance('l')/root/item[c>2]/w":              "",
		"instance('l')/root/item/w":                   "",
		"${person}[${age} > 1]/name":                  "",
		"../nobody":                                   "",
		"//name":                                      "",
		"../name/*":                                   "",
		"person/name":                                 "",
		"instance('l')/root/item[c=2 and ${age}=1]/w": `["if",["=",["$","age"],1],["pulldata","l","w","c",2],""]`,
	} {
		e, err := ParseIn(path, family)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		tree, _ := e.MarshalJSON()
		if string(tree) != want {
			t.Errorf("%s is %s, want %s", path, tree, want)
		}
		if refused := slices.ContainsFunc(e.Check(nil), func(f Fault) bool { return !f.Warning }); refused != (want == "") {
			t.Errorf("%s refused: %v", path, refused)
		}
	}
}

func TestAPathOutsideAFormIsRefused(t *testing.T) {
	e, err := Parse("../name")
	if err != nil || len(e.Check(nil)) == 0 {
		t.Errorf("got %v, %v", e.Check(nil), err)
	}
}

// The texts and verdicts are those of pyxform's own test of the rule.
func TestDefaultsAreDynamicByTheRuleOfThePeers(t *testing.T) {
	still := strings.Split(`foo|123|bar123|https://my-site.com|(https://mysite.com)|go to https://mysite.com|Repeat after me: '~!@#$%^&()_|not_func$|f-g|f-4|./f-4|01:02:55|01:02:55Z|01:02:55+00:00|01:02:55+10:00|01:02:55-07:00|2022-03-14T01:02:55+00:00|2022-03-14T01:02:55-07:00|a-2|1-1|-5|$(a)|L’eau est bonne`, "|")
	moves := strings.Split(`random()|ends-with('mystr', "str")|jr:itext('/test/ref_text:label')|1 + decimal-date-time(now())|7 - 4|3 mod 3|5 div 5|2 + 3 * 4|./f - 4|../t2 - ./t4|concat('2022-03', '-14')|${ref_text}|${last-saved#ref_text}|../t[1]/x`, "|")
	for _, text := range still {
		if Dynamic(text, false) {
			t.Errorf("%s is taken as computed", text)
		}
	}
	for _, text := range moves {
		if !Dynamic(text, false) {
			t.Errorf("%s is taken as written", text)
		}
	}
	for _, date := range []string{"2022-03-14", "-2022-03-14", "2022 - 03"} {
		if Dynamic(date, true) {
			t.Errorf("the date %s is taken as computed", date)
		}
	}
}

func TestComparisonsThatCannotBeTrueAreTold(t *testing.T) {
	answers := map[string]Answer{
		"many": {Several: true, Has: func(code string) bool { return code == "oui" }, Codes: func() []string { return []string{"oui"} }},
		"one":  {Has: func(code string) bool { return code == "boulanger" }, Codes: func() []string { return []string{"boulanger"} }},
	}
	for expression, want := range map[string]string{
		"${many} = 'oui'":             "écrivez selected(${many}, 'oui')",
		"'oui' != ${many}":            "écrivez selected(${many}, 'oui')",
		"${many} = ''":                "",
		"selected(${many}, 'oui')":    "",
		"selected(${many}, 'non')":    "'non' n’est pas un choix de ${many}",
		"${one} = 'boulanger'":        "",
		"${one} = 'boulangre'":        "Vouliez-vous dire 'boulanger' ?",
		"${any} = 'x' and ${one} = 1": "",
	} {
		e, err := Parse(expression)
		if err != nil {
			t.Fatal(err)
		}
		faults := e.CheckAnswers(func(name string) Answer { return answers[name] })
		got := ""
		for _, f := range faults {
			got += f.Message
			if !f.Warning {
				t.Errorf("%s is refused", expression)
			}
		}
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", expression, got, want)
		}
	}
}
