package xlsform

import (
	"bufio"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"diapason/surveys"
)

// A corpusCase is one form of the peers' own test suites, with what pyxform
// says of it.
type corpusCase struct {
	ID     string
	Topic  string
	Core   bool
	Sheets []surveys.Sheet
	Error  *struct {
		Context struct{ Row string }
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

func TestInvalidFormsOfThePeersAreRefused(t *testing.T) {
	cases, excepted := corpus(t, "invalid.jsonl"), exceptions(t, "invalid-exceptions.txt")
	for _, c := range cases {
		_, problems := ReadRows(c.Sheets)
		refused := problems.Refusals() != nil
		_, listed := excepted[c.ID]
		if !refused && !listed {
			t.Errorf("%s (%s) is read, but: %s", c.ID, c.Topic, c.Error.Message)
		}
		if refused && listed {
			t.Errorf("%s (%s) is refused now: take it off the list: %v", c.ID, c.Topic, problems.Refusals())
		}
		if row := c.Error.Context.Row; refused && row != "" && row != "unknown" && !atRow(problems, row) {
			t.Errorf("%s (%s) has its fault at row %s, and we say: %v", c.ID, c.Topic, row, problems.Refusals())
		}
	}
	t.Logf("%d of %d invalid forms are refused", len(cases)-len(excepted), len(cases))
}

func atRow(problems surveys.Problems, row string) bool {
	for _, p := range problems.Refusals() {
		if strconv.Itoa(p.Place.Row) == row {
			return true
		}
	}
	return false
}
