package authoring

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"diapason/surveys"
)

var update = flag.Bool("update", false, "write testdata/library-hints.txt anew")

// siblings are the other questionnaires of the library.
func siblings(all map[surveys.Audience]*surveys.Questionnaire, audience surveys.Audience) []Sibling {
	var others []Sibling
	for _, a := range surveys.Audiences() {
		if a != audience {
			others = append(others, Sibling{a.Label(), a, all[a]})
		}
	}
	return others
}

func TestHintsOnTheLibraryAreThoseThatWereReviewed(t *testing.T) {
	var b strings.Builder
	all := ours(t)
	for _, a := range surveys.Audiences() {
		median, long := durations(all[a])
		fmt.Fprintf(&b, "# %s: %.1f minutes, %.1f for a slow reader\n", a, median, long)
		for _, h := range Hints(all[a], siblings(all, a)) {
			fmt.Fprintf(&b, "%s | %s | %s\n", strings.TrimSpace(h.Question+" "+h.List), h.Code, h.Message)
		}
		b.WriteString("\n")
	}
	const file = "testdata/library-hints.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(kept) {
		t.Errorf("the hints changed: run go test ./surveys/authoring -update and read the difference of %s\n%s", file, b.String())
	}
}
