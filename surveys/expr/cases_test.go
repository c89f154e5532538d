package expr

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// shared is the file of cases recorded from three other engines.
const shared = "../../../shared/cases/expr/cases.jsonl"

// a testCase is one row of a case file: an expression, the answers it reads
// ('.' is the question itself, '#x' a column of the choice) and what it gives.
type testCase struct {
	ID       string         `json:"id"`
	Expr     string         `json:"expr"`
	Values   map[string]any `json:"values"`
	Result   string         `json:"result"` // boolean, number, number-rounded, string, date, throws
	Expected any            `json:"expected"`
	Factor   float64        `json:"factor"`
	Env      environment    `json:"env"`
}

// environment is what the scope holds beside answers.
type environment struct {
	TZ       string                         `json:"tz,omitempty"`
	Locale   string                         `json:"locale,omitempty"`
	Now      string                         `json:"now,omitempty"`
	Position []int                          `json:"position,omitempty"`
	Random   float64                        `json:"random,omitempty"`
	Labels   map[string]string              `json:"labels,omitempty"` // by question/choice
	Tables   map[string][]map[string]string `json:"tables,omitempty"` // by pulldata file
}

func readCases(t *testing.T, path string) []testCase {
	t.Helper()
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("no case file %s: put the shared cases beside the project to run them", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []testCase
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var c testCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v: %s", path, err, lines.Text())
		}
		cases = append(cases, c)
	}
	return cases
}

// caseScope is a Scope over the row's values.
type caseScope struct {
	Bare
	values map[string]Value
	env    environment
	now    time.Time
}

func scopeOf(c testCase) caseScope {
	s := caseScope{values: map[string]Value{}, env: c.Env, now: c.Env.time()}
	for name, raw := range c.Values {
		s.values[name] = typed(raw, s.now)
	}
	return s
}

// time is the pinned time. The shared cases were run in Phoenix (UTC-7, no
// summer time) and in English; ours say what they need.
func (e environment) time() time.Time {
	now, err := time.Parse(time.RFC3339, e.Now)
	if err != nil {
		now = time.Date(2025, 3, 15, 10, 0, 0, 0, time.FixedZone("", -7*3600))
	}
	return now
}

func (e environment) language() string {
	if len(e.Locale) < 2 {
		return "en"
	}
	return e.Locale[:2]
}

var isoText = regexp.MustCompile(`^\d{4}-\d\d-\d\d(T|$)`)

// typed gives a raw value its type, as a questionnaire does: ISO texts are dates.
func typed(raw any, now time.Time) Value {
	switch raw := raw.(type) {
	case string:
		if isoText.MatchString(raw) {
			return Date(raw, now)
		}
		return Text(raw)
	case float64:
		return Number(raw)
	case bool:
		return Boolean(raw)
	case []any:
		var codes []string
		for _, code := range raw {
			codes = append(codes, code.(string))
		}
		return Choices(codes)
	case map[string]any:
		var all []Value
		for _, one := range raw["set"].([]any) {
			all = append(all, typed(one, now))
		}
		return Set(all)
	}
	return Value{}
}

func (s caseScope) Value(name string) Value  { return s.values[name] }
func (s caseScope) Self() Value              { return s.values["."] }
func (s caseScope) Column(name string) Value { return s.values["#"+name] }
func (s caseScope) Language() string         { return s.env.language() }
func (s caseScope) Now() time.Time           { return s.now }
func (s caseScope) Random() float64          { return s.env.Random }

func (s caseScope) Position(up int) int {
	if up > len(s.env.Position) {
		return 1
	}
	return s.env.Position[up-1]
}

func (s caseScope) Label(question, choice string) string {
	if label, ok := s.env.Labels[question+"/"+choice]; ok {
		return label
	}
	return choice
}

func (s caseScope) Lookup(file, want, key, value string) string {
	for _, row := range s.env.Tables[file] {
		if row[key] == value {
			return row[want]
		}
	}
	return ""
}

func (s caseScope) Instance(name string, at []Place) Value {
	all := s.values[name]
	i := at[len(at)-1].Index - 1
	if all.kind != isSet || i >= len(*all.set) {
		return Value{}
	}
	return (*all.set)[i]
}

// run parses, checks and evaluates a row; err is a refusal.
func (c testCase) run() (got any, err error) {
	e, err := Parse(c.Expr)
	if err != nil {
		return nil, err
	}
	columns := []string{}
	for name := range c.Values {
		if column, ok := strings.CutPrefix(name, "#"); ok {
			columns = append(columns, column)
		}
	}
	for _, fault := range e.CheckFilter(nil, columns) {
		if !fault.Warning {
			return nil, fmt.Errorf("%d: %s", fault.Offset, fault.Message)
		}
	}
	return c.plain(e.Eval(scopeOf(c))), nil
}

// plain is a value in the form the files write it.
func (c testCase) plain(v Value) any {
	switch c.Result {
	case "boolean":
		return v.Bool()
	case "number", "number-rounded":
		f := v.Number()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return Number(f).String()
		}
		if f == 0 && math.Signbit(f) {
			return "-0"
		}
		return f
	}
	return v.String()
}

// judge says what is wrong with a row, "" if nothing.
func (c testCase) judge(got any, err error) string {
	switch {
	case c.Result == "throws" && err == nil:
		return fmt.Sprintf("%s: gives %v, want a refusal", c.Expr, got)
	case c.Result == "throws":
		return ""
	case err != nil:
		return fmt.Sprintf("%s: %v", c.Expr, err)
	case !c.agrees(got):
		return fmt.Sprintf("%s with %v: gives %#v, want %#v", c.Expr, c.Values, got, c.Expected)
	}
	return ""
}

func (c testCase) agrees(got any) bool {
	if got == c.Expected || fmt.Sprint(got) == fmt.Sprint(c.Expected) {
		return true
	}
	// A recorded 0 does not tell its sign; "-0" does.
	if got == "-0" {
		got = 0.0
	}
	x, isNumber := got.(float64)
	want, err := strconv.ParseFloat(fmt.Sprint(c.Expected), 64)
	if !isNumber || err != nil || c.Expected == "-0" {
		return false
	}
	if c.Factor > 0 {
		return math.Abs(math.Round(x*c.Factor)-math.Round(want*c.Factor)) <= 1
	}
	// Trigonometry may differ in the last digit from one library to another.
	return math.Abs(x-want) <= 1e-12*max(1, math.Abs(want))
}

// outside reads testdata/outside.txt: the rows of the shared file that are not
// ours, with the reason.
func outside(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/outside.txt")
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]string{}
	for line := range strings.Lines(string(b)) {
		id, reason, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || reason == "" {
			t.Fatalf("outside.txt: want id, tab, reason: %q", line)
		}
		reasons[id] = reason
	}
	return reasons
}

func TestSharedCases(t *testing.T) {
	cases, reasons := readCases(t, shared), outside(t)
	for _, c := range cases {
		complaint, reason := c.judge(c.run()), reasons[c.ID]
		switch {
		case complaint != "" && reason == "":
			t.Errorf("%s: %s", c.ID, complaint)
		case complaint == "" && reason != "":
			t.Errorf("%s is listed outside (%s) but passes: take it off the list", c.ID, reason)
		}
		delete(reasons, c.ID)
	}
	for id := range reasons {
		t.Errorf("outside.txt lists %s, which is not a case", id)
	}
	t.Logf("%d rows", len(cases))
}

func TestHouseCases(t *testing.T) {
	for _, c := range readCases(t, "testdata/cases.jsonl") {
		if complaint := c.judge(c.run()); complaint != "" {
			t.Errorf("%s: %s", c.ID, complaint)
		}
	}
}

func TestCaseIDsAreUnique(t *testing.T) {
	var ids []string
	for _, c := range readCases(t, "testdata/cases.jsonl") {
		ids = append(ids, c.ID)
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("an id is used twice: %v", ids)
	}
}
