package expr

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func mustParse(t testing.TB, source string) *Expr {
	t.Helper()
	e, err := Parse(source)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return e
}

func TestNames(t *testing.T) {
	for source, want := range map[string]string{
		"${b} + ${a} + ${b}":                           "b a",
		"selected(${publics}, 'x')":                    "publics",
		"jr:choice-name(${q}, '${r}')":                 "q r",
		"concat('${a}', ${ b })":                       "b",
		"if(${a}, ${last-saved#z}, /data/x[y = ${c}])": "a c",
		"1 + 1":                                "",
		"indexed-repeat(${x}, ${rep}, ${n}-1)": "x rep n",
		"${âge_du.foyer-1}":                    "âge_du.foyer-1",
	} {
		if got := strings.Join(mustParse(t, source).Names(), " "); got != want {
			t.Errorf("%s reads %q, want %q", source, got, want)
		}
	}
}

func TestReadsSelf(t *testing.T) {
	for source, want := range map[string]bool{
		". > 3": true, "regex(., 'a')": true, "current()": true, "current()/.": true,
		"${a} > 0.5": false, "position(..)": false, "once(now())": false, "'.'": false,
	} {
		if got := mustParse(t, source).ReadsSelf(); got != want {
			t.Errorf("%s reads '.': %v, want %v", source, got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	e := mustParse(t, "epci = ${epci} and (name != 'x' or epci = '')")
	if got := fmt.Sprint(e.Columns()); got != "[epci name]" {
		t.Errorf("columns %s", got)
	}
}

func TestLimit(t *testing.T) {
	for source, want := range map[string]string{
		"count-selected(.) <= 3":                                      "3 false true",
		"count-selected( . ) = 3":                                     "3 true true",
		"count-selected(.) < 4":                                       "3 false true",
		"3 >= count-selected(.)":                                      "3 false true",
		"4 > count-selected(.)":                                       "3 false true",
		"3 = count-selected(.)":                                       "3 true true",
		"count-selected(.) >= 1 and count-selected(.) <= 5":           "5 false true",
		"not(selected(., 'nsp')) and (count-selected(.) <= 5)":        "5 false true",
		"count-selected(.) <= 5 and count-selected(.) <= 2 and 1 = 1": "2 false true",
		"count-selected(.) <= 3 or selected(., 'tout')":               "0 false false",
		"count-selected(.) >= 3":                                      "0 false false",
		"3 <= count-selected(.)":                                      "0 false false",
		"count-selected(${autre}) <= 3":                               "0 false false",
		"count-selected(.) <= ${n}":                                   "0 false false",
		"count-selected(.) < 1":                                       "0 false false",
		"not(selected(., 'nsp') and count-selected(.) > 1)":           "0 false false",
		"count-selected(.) <= 2.5":                                    "0 false false",
	} {
		n, exact, ok := mustParse(t, source).Limit()
		if !ok {
			n, exact = 0, false
		}
		if got := fmt.Sprint(n, exact, ok); got != want {
			t.Errorf("%s: limit %s, want %s", source, got, want)
		}
	}
}

func TestSyntaxErrorsSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		source string
		offset int
		says   string
	}{
		{"", 0, "vide"},
		{"  ", 2, "vide"},
		{"${âge} == 3", 7, "une seule fois"},
		{"${a} <> 3", 5, "« != »"},
		{"${a} && ${b}", 5, "« and »"},
		{"${a} AND ${b}", 5, "minuscules"},
		{"${a} et ${b}", 5, "« and » pour « et »"},
		{"${a} ${b}", 5, "Il manque un opérateur"},
		{"${a", 0, "${nom}"},
		{"${mon nom}", 0, "n’est pas une référence"},
		{"'é' = 'abc", 6, "guillemet fermant"},
		{"‘a’", 0, "guillemets droits"},
		{"5/5", 2, "« div »"},
		{"${a}/${b}", 5, "« div »"},
		{"${a} / 2", 7, "« div »"},
		{"10%", 2, "« mod »"},
		{"(1 + 2", 0, "pas refermée"},
		{"1 + 2)", 5, "de trop"},
		{"selected(${a}, 'b'", 18, "parenthèse fermante"},
		{"selected(${a}; 'b')", 13, "virgule"},
		{"if(1, 2,)", 8, "argument"},
		{"1,5", 1, "1.5"},
		{"${a} >", 6, "trop tôt"},
		{"!${a}", 0, "not(…)"},
		{"${a} ≥ 3", 5, "« >= »"},
		{"#", 0, "« # »"},
	} {
		_, err := Parse(c.source)
		fault, ok := err.(*SyntaxError)
		if !ok {
			t.Errorf("%q: error %v, want a *SyntaxError", c.source, err)
			continue
		}
		if fault.Offset != c.offset || !strings.Contains(fault.Message, c.says) {
			t.Errorf("%q: at %d %q, want at %d …%s…", c.source, fault.Offset, fault.Message, c.offset, c.says)
		}
	}
}

func TestNestingIsBounded(t *testing.T) {
	t.Run("100 levels are read", func(t *testing.T) {
		mustParse(t, strings.Repeat("(", 99)+"1"+strings.Repeat(")", 99))
	})
	for name, source := range map[string]string{
		"parentheses": strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000),
		"calls":       strings.Repeat("not(", 101) + "1" + strings.Repeat(")", 101),
		"predicates":  strings.Repeat("a[", 101) + "1" + strings.Repeat("]", 101),
		"a sum":       "1" + strings.Repeat(" + 1", 2000),
	} {
		if _, err := Parse(source); err == nil || !strings.Contains(err.Error(), "découpez") {
			t.Errorf("%s too deep: %v", name, err)
		}
	}
	t.Run("thousands of choices in one relevance are not nested", func(t *testing.T) {
		e := mustParse(t, "${a} = 0"+strings.Repeat(" or ${a} = 'x'", 5000)+" or ${a} = ''")
		if !e.Eval(Bare{}).Bool() {
			t.Error("the last operand decides")
		}
	})
	t.Run("signs are not nested", func(t *testing.T) {
		if got := mustParse(t, strings.Repeat("-", 10001)+"1").Eval(Bare{}).Number(); got != -1 {
			t.Error(got)
		}
	})
}

func TestOrderOfOperationsInTheTree(t *testing.T) {
	for source, want := range map[string]string{
		"1 or 2 and 3":              `["or",1,["and",2,3]]`,
		"1 - 2 - 3":                 `["-",["-",1,2],3]`,
		"-${a} * 2":                 `["*",["neg",["$","a"]],2]`,
		"1 < 2 = 3":                 `["=",["\u003c",1,2],3]`,
		"(1 or 2) and .":            `["and",["or",1,2],["."]]`,
		"position(../..)":           `["position",["..",2]]`,
		"epci = 'a\"b'":             `["=",["#","epci"],"a\"b"]`,
		"jr:choice-name(., '${q}')": `["jr:choice-name",["."],"q"]`,
	} {
		got, err := mustParse(t, source).MarshalJSON()
		if err != nil || string(got) != want {
			t.Errorf("%s: %s %v, want %s", source, got, err, want)
		}
	}
	t.Run("what Check refuses has no tree", func(t *testing.T) {
		for _, source := range []string{"../a", "foo(1)", "selected(1)", "${a} | ${b}", "regex(., ${a})", "regex(., '(')", "${last-saved#a}"} {
			if b, err := mustParse(t, source).MarshalJSON(); err == nil {
				t.Errorf("%s: %s", source, b)
			}
		}
	})
}

func TestUncheckedExpressionsAreBlank(t *testing.T) {
	for _, source := range []string{"../a", "foo(1)", "selected(1)", "${a} | ${b}", "regex(., ${a})", "..", "position(1)",
		"indexed-repeat(1, 2, 3)", "jr:choice-name(1, 2)", "${last-saved#a}", "/", "weighted-checklist(1,2,3,4,5)"} {
		e, err := Parse(source)
		if err == nil && e.Eval(Bare{}).Bool() {
			t.Errorf("%s is true", source)
		}
	}
}

func TestValues(t *testing.T) {
	paris := time.Date(2025, 3, 15, 10, 0, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		name   string
		value  Value
		stored string
		blank  bool
	}{
		{"the zero value", Value{}, "", true},
		{"a text", Text("a"), "a", false},
		{"not a number", Number(0 / zero()), "", true},
		{"an infinity", Number(1 / zero()), "Infinity", false},
		{"a large number", Number(1e21), "1000000000000000000000", false},
		{"false", Boolean(false), "false", false},
		{"no choice", Choices(nil), "", true},
		{"choices", Choices([]string{"a", "b"}), "a b", false},
		{"blank instances", Set([]Value{{}, {}}), "", true},
		{"a date", Date("2024-02-29", paris), "2024-02-29", false},
		{"a date-time takes the offset of now", Date("2024-02-29T08:30", paris), "2024-02-29T08:30:00.000+01:00", false},
		{"a date-time keeps its own", Date("2024-02-29T08:30:00Z", paris), "2024-02-29T08:30:00Z", false},
		{"a day that does not exist", Date("2023-02-29", paris), "", true},
		{"an hour that does not exist", Date("2024-02-29T24:00", paris), "", true},
	} {
		if got := c.value.Stored(); got != c.stored || c.value.Blank() != c.blank {
			t.Errorf("%s: stored as %q, blank %v", c.name, got, c.value.Blank())
		}
	}
}

func zero() float64 { return 0 }

func TestFunctionsAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(functions, func(a, b function) int { return strings.Compare(a.name, b.name) }) {
		t.Error("keep the table in alphabetical order")
	}
	for _, f := range functions {
		if unsupported[f.name] != "" {
			t.Errorf("%s() is both supported and refused", f.name)
		}
	}
}
