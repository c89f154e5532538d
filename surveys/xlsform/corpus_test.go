package xlsform

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"diapason/surveys"
)

// A corpusCase is one form of the peers' own test suites, with what pyxform
// says of it.
type corpusCase struct {
	ID       string
	Topic    string
	Core     bool
	Sheets   []surveys.Sheet
	Warnings []string
	Error    *struct {
		Context struct{ Sheet, Row, Column string }
		Message string
	}
}

func corpus(t *testing.T, name string) []corpusCase {
	t.Helper()
	f, err := os.Open("../../../shared/cases/forms/" + name)
	if err != nil {
		t.Skipf("the shared cases are not here: %v", err)
	}
	defer f.Close()
	var cases []corpusCase
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 10<<20)
	for lines.Scan() {
		var c corpusCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.Core {
			cases = append(cases, c)
		}
	}
	return cases
}

// exceptions reads a list of case ids, each with the reason why it is one.
func exceptions(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]string{}
	for line := range strings.Lines(string(data)) {
		id, reason, _ := strings.Cut(strings.TrimSpace(line), " ")
		if id != "" && id != "#" {
			reasons[id] = reason
		}
	}
	return reasons
}

func TestValidFormsOfThePeersAreRead(t *testing.T) {
	cases, excepted := corpus(t, "valid.jsonl"), exceptions(t, "valid-exceptions.txt")
	for _, c := range cases {
		_, problems := ReadRows(c.Sheets)
		refused := problems.Refusals() != nil
		_, listed := excepted[c.ID]
		if refused && !listed {
			t.Errorf("%s (%s) is refused: %v", c.ID, c.Topic, problems.Refusals())
		}
		if !refused && listed {
			t.Errorf("%s (%s) is read now: take it off the list", c.ID, c.Topic)
		}
	}
	t.Logf("%d of %d valid forms are read", len(cases)-len(excepted), len(cases))
}

// refusals are the faults a form is sent back with: those of the workbook, or
// of its expressions once it is read.
func refusals(sheets []surveys.Sheet) surveys.Problems {
	q, problems := ReadRows(sheets)
	if refused := problems.Refusals(); refused != nil {
		return refused
	}
	_, problems = surveys.Compile(q)
	return problems.Refusals()
}

func TestInvalidFormsOfThePeersAreRefusedInTheirPlace(t *testing.T) {
	cases, excepted := corpus(t, "invalid.jsonl"), exceptions(t, "invalid-exceptions.txt")
	elsewhere := exceptions(t, "invalid-places.txt")
	refused, placed := 0, 0
	for _, c := range cases {
		problems := refusals(c.Sheets)
		_, listed := excepted[c.ID]
		switch {
		case problems == nil && !listed:
			t.Errorf("%s (%s) is read, but: %s", c.ID, c.Topic, c.Error.Message)
		case problems != nil && listed:
			t.Errorf("%s (%s) is refused now: take it off the list: %v", c.ID, c.Topic, problems)
		}
		if problems == nil {
			continue
		}
		refused++
		want := c.place()
		if want == (wanted{}) {
			continue
		}
		_, listed = elsewhere[c.ID]
		switch found := slices.ContainsFunc(problems, want.holds); {
		case found && listed:
			t.Errorf("%s (%s) has its fault in its place now: take it off the list", c.ID, c.Topic)
		case found:
			placed++
		case !listed:
			t.Errorf("%s (%s) has its fault at %v, and we say: %v\n%s", c.ID, c.Topic, want, problems, c.Error.Message)
		}
	}
	t.Logf("%d of %d invalid forms are refused, %d of them in the place the peers say", refused, len(cases), placed)
}

// A wanted place is what the peers say of it; blank where they say nothing.
type wanted surveys.Place

// place is where the peers found the fault: in the record of the case, or in
// the words of its message.
func (c corpusCase) place() wanted {
	at := wanted{Sheet: c.Error.Context.Sheet, Column: c.Error.Context.Column}
	at.Row, _ = strconv.Atoi(c.Error.Context.Row)
	if m := rowInMessage.FindStringSubmatch(c.Error.Message); at.Row == 0 && m != nil {
		at.Row, _ = strconv.Atoi(m[1])
	}
	if m := cellInMessage.FindStringSubmatch(c.Error.Message); m != nil {
		at.Sheet, at.Column = m[1], m[2]
	}
	if strings.HasPrefix(at.Column, "parameters (") {
		at.Column = "parameters"
	}
	if at.Row == 0 {
		return wanted{}
	}
	return at
}

var (
	rowInMessage  = regexp.MustCompile(`^\[row : (\d+)\]`)
	cellInMessage = regexp.MustCompile(`On the '(\w+)' sheet, the '([^']+)' value`)
)

// holds reports whether a problem is in the wanted place.
func (w wanted) holds(p surveys.Problem) bool {
	return p.Place.Row == w.Row && (w.Sheet == "" || p.Place.Sheet == w.Sheet) && (w.Column == "" || p.Place.Column == w.Column)
}
