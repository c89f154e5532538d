package expr

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// anywhere finds a question at the end of every path.
func anywhere(from string, steps []string) (string, bool) {
	if len(steps) > 0 {
		return "q" + strings.Trim(steps[len(steps)-1], "."), true
	}
	return from, from != ""
}

// FuzzParse holds Parse to its promises on any text, and what it accepts to
// those of Check, Eval and MarshalJSON.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		typicalRelevance, "count-selected(.) <= 3", "jr:choice-name(${q}, '${q}')", "../a[. = 1]/b | node()",
		"5div 2 mod -3", "regex(., '(?i)[^a]+')", "position(../..)", "${last-saved#x}", "'", "${", "((", "a::b", "//@*",
		"indexed-repeat(${a}, ${b}, 1)", "/d/r[1]/x + current()/../y", "instance('l')/root/item[c = ${x} and 1]/w", "${r}[position() = 2]/./../x", "format-date('2024-02-29', '%%%')", "round('1.5', -2)", "\xff${\xfe}", "substr('é', -1, 9)",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		Dynamic(source, false)
		e, err := ParseIn(source, anywhere)
		if err != nil {
			var fault *SyntaxError
			if !errors.As(err, &fault) || fault.Offset < 0 || fault.Offset > utf8.RuneCountInString(source) || fault.Message == "" {
				t.Fatalf("%q: %#v", source, err)
			}
			return
		}
		refused := false
		for _, fault := range e.Check(nil) {
			refused = refused || !fault.Warning
		}
		e.Eval(Bare{})
		e.Limit()
		tree, err := e.MarshalJSON()
		if err == nil && !json.Valid(tree) || err != nil && !refused {
			t.Fatalf("%q: tree %s, error %v", source, tree, err)
		}
	})
}
