package expr

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// walkerRow is what testdata/walk.mjs reads: a case, its tree, its scope.
type walkerRow struct {
	ID     string          `json:"id"`
	Tree   json.RawMessage `json:"tree"`
	Result string          `json:"result"`
	Values map[string]any  `json:"values"`
	Env    walkerEnv       `json:"env"`
	// Expected is what Go gives, for who runs the file without Go.
	Expected any `json:"expected"`
}

type walkerEnv struct {
	environment
	Millis int64    `json:"ms"`
	Zone   int      `json:"zone"`
	Months []string `json:"months,omitempty"`
	Days   []string `json:"days,omitempty"`
}

// walkerRowOf prepares a case that Go accepts; ok is false for the others.
func walkerRowOf(t *testing.T, c testCase) (row walkerRow, ok bool) {
	t.Helper()
	got, err := c.run()
	if err != nil {
		return row, false
	}
	e, err := Parse(c.Expr)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := e.MarshalJSON()
	if err != nil {
		t.Errorf("%s: Check accepts what MarshalJSON does not: %v", c.ID, err)
		return row, false
	}
	now := c.Env.time()
	_, offset := now.Zone()
	env := walkerEnv{environment: c.Env, Millis: now.UnixMilli(), Zone: offset / 60}
	if strings.Contains(c.Expr, "format-date") {
		env.Months, env.Days = ShortNames(c.Env.language())
	}
	return walkerRow{ID: c.ID, Tree: tree, Result: c.Result, Values: c.Values, Env: env, Expected: got}, true
}

// walkerNames are what a tree may begin with: in every page, and in the pages
// of the questionnaires that need more.
type walkerNames struct{ Core, Functions []string }

// walk runs rows in Node and gives what each evaluates to.
func walk(t *testing.T, rows []walkerRow) (names walkerNames, got map[string]any) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on PATH: install Node.js to run the browser's walker here (the browser suite runs it too)")
	}
	var lines bytes.Buffer
	for _, row := range rows {
		if err := json.NewEncoder(&lines).Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	walkerSource(t, "expr.js")
	walkerSource(t, "functions.js")
	cmd := exec.Command(node, "testdata/walk.mjs")
	cmd.Stdin = &lines
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("walk.mjs: %v\n%s", err, complaints.String())
	}
	answers := json.NewDecoder(bytes.NewReader(out))
	if err := answers.Decode(&names); err != nil {
		t.Fatal(err)
	}
	got = map[string]any{}
	for answers.More() {
		var row struct {
			ID  string `json:"id"`
			Got any    `json:"got"`
		}
		if err := answers.Decode(&row); err != nil {
			t.Fatal(err)
		}
		got[row.ID] = row.Got
	}
	return names, got
}

// walkerSource reads a module here as well, so that a cached result is not
// taken for the result of a changed module.
func walkerSource(t *testing.T, module string) []byte {
	t.Helper()
	source, err := os.ReadFile("../../static/" + module)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile("testdata/walk.mjs"); err != nil {
		t.Fatal(err)
	}
	return source
}

// The respondent's first visit has a budget; the walker's share is 3.5 KB, and
// the rarer functions cost 3 KB more to those who need them.
func TestBrowserWalkerIsSmall(t *testing.T) {
	for module, limit := range map[string]int{"expr.js": 3584, "functions.js": 3072} {
		var small bytes.Buffer
		w, _ := gzip.NewWriterLevel(&small, gzip.BestCompression)
		w.Write(walkerSource(t, module))
		w.Close()
		if small.Len() > limit {
			t.Errorf("static/%s is %d bytes compressed, want at most %d", module, small.Len(), limit)
		}
	}
}

func testWalker(t *testing.T, cases []testCase, except map[string]string) {
	t.Helper()
	var rows []walkerRow
	kept := map[string]testCase{}
	for _, c := range cases {
		if row, ok := walkerRowOf(t, c); ok {
			rows, kept[c.ID] = append(rows, row), c
		}
	}
	_, got := walk(t, rows)
	for _, row := range rows {
		c := kept[row.ID]
		if except[c.ID] != "" {
			// A house rule: Go's answer is the expected one.
			c.Expected, _ = c.run()
		}
		if complaint := c.judge(got[c.ID], nil); complaint != "" {
			t.Errorf("%s: in JavaScript %s", c.ID, complaint)
		}
	}
	t.Logf("%d rows walked", len(rows))
}

func TestBrowserWalkerOnSharedCases(t *testing.T) {
	testWalker(t, readCases(t, shared), outside(t))
}

func TestBrowserWalkerOnHouseCases(t *testing.T) {
	testWalker(t, readCases(t, "testdata/cases.jsonl"), nil)
}

var update = flag.Bool("update", false, "write testdata/walk.jsonl again")

// testdata/walk.jsonl is the house cases with their trees, for the browser
// suite; it also shows in review when the form of the tree changes.
func TestWalkFileIsCurrent(t *testing.T) {
	var lines bytes.Buffer
	for _, c := range readCases(t, "testdata/cases.jsonl") {
		if row, ok := walkerRowOf(t, c); ok {
			if err := json.NewEncoder(&lines).Encode(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if *update {
		if err := os.WriteFile("testdata/walk.jsonl", lines.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if written, err := os.ReadFile("testdata/walk.jsonl"); err != nil || !bytes.Equal(written, lines.Bytes()) {
		t.Errorf("testdata/walk.jsonl is not what the cases give (%v): run go test with -update and read the change", err)
	}
}

// Whatever Go may put at the head of a list, the browser must know, and nothing else.
func TestBothWalkersHaveTheSameTable(t *testing.T) {
	known, _ := walk(t, nil)
	for _, name := range known.Functions {
		if slices.Contains(known.Core, name) {
			t.Errorf("%s is both in expr.js and in functions.js", name)
		}
	}
	names := slices.Concat(known.Core, known.Functions)
	want := append(Functions(), "$", "#", ".", "..")
	for o := opNeg; o <= opMod; o++ {
		want = append(want, opNames[o])
	}
	slices.Sort(names)
	slices.Sort(want)
	want = slices.DeleteFunc(want, func(name string) bool { return name == "" })
	if !slices.Equal(names, want) {
		t.Errorf("static/expr.js and functions.js have\n%v\nGo has\n%v", names, want)
	}
}

// Patterns that JavaScript would read otherwise than RE2.
func TestPatternsMeanTheSameInTheBrowser(t *testing.T) {
	patterns := []string{`[0-9]{6}`, `\s*`, `.`, `(?i)straße|kelvin`, `a\-b`, `[^\d]+`, `(?s).*`, `a|b|`, `(ab)+?c`,
		`^$`, `\p{L}+`, `[[:alpha:]]+`, `x{2,}`, `(?m)^a$\n^b$`, `\Qa.b\E`, `/`, `[a\-\]]+`, `\bmot\b`, `(?:é|😀)?`, `a{0}`}
	texts := []string{"", "123456", "a", "\u00a0", "\u2028", "\n", "STRASSE", "STRAßE", "\u212aelvin", "a-b", "abab", "ababc",
		"été", "xxx", "a\nb", "a.b", "axb", "/", "]-a", "mot", "😀", "b"}
	var cases []testCase
	for _, pattern := range patterns {
		for _, text := range texts {
			c := testCase{ID: pattern + " on " + text, Expr: "regex(., '" + pattern + "')", Values: map[string]any{".": text}, Result: "boolean"}
			got, err := c.run()
			if err != nil {
				t.Fatal(err)
			}
			c.Expected = got
			cases = append(cases, c)
		}
	}
	testWalker(t, cases, nil)
}

// Every function, on answers of every kind: the two walkers must agree on
// what no case file lists.
func TestBothWalkersAgreeOnOddArguments(t *testing.T) {
	odd := []string{"''", "${blank}", "'abc'", "' 12.5 '", "-1", "0", "2.5", "1 div 0", "${nan} + 1", "true()", "${multi}",
		"${day}", "${instant}", "${many}", "${none}", "'2024-02-29'", "'2024-02-29T10:00'", "'1é😀 x'", "-0.5", "10000000000000000000000 * 3"}
	values := map[string]any{"multi": []any{"a", "b"}, "day": "2024-02-29", "instant": "2024-02-29T23:30:00Z",
		"many": map[string]any{"set": []any{3.0, "", "x"}}, "none": map[string]any{"set": []any{}}}
	// The last digit of these may differ: they are compared as numbers only.
	inexact := regexp.MustCompile(`^(a?sin|a?cos|a?tan2?|exp(10)?|log(10)?|pow)\(`)
	var cases []testCase
	add := func(source string) {
		read := map[string]any{}
		for name, value := range values {
			if strings.Contains(source, "${"+name+"}") {
				read[name] = value
			}
		}
		for _, result := range []string{"number", "boolean", "string"} {
			if result == "string" && inexact.MatchString(source) {
				continue
			}
			c := testCase{ID: source + " as " + result, Expr: source, Values: read, Result: result}
			if got, err := c.run(); err == nil {
				c.Expected = got
				cases = append(cases, c)
			}
		}
	}
	for _, f := range functions {
		for _, a := range odd {
			add(f.name + "(" + a + ")")
			for _, b := range odd {
				add(f.name + "(" + a + ", " + b + ")")
			}
			add(f.name + "(" + a + ", 1, 2)")
			add(f.name + "(-1, 2, " + a + ", 1)")
		}
	}
	add("1" + strings.Repeat(" + 1", 900))
	add("${many} = 0" + strings.Repeat(" or ${day} = 'x'", 900))
	for o := opOr; o <= opMod; o++ {
		for _, a := range odd {
			for _, b := range odd {
				add(a + " " + opNames[o] + " " + b)
			}
		}
	}
	testWalker(t, cases, nil)
}
