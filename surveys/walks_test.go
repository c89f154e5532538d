package surveys_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

const sharedWalks = "../../shared/cases/walks/walks.jsonl"

// A walk is one form answered step by step by the peers' engines, with what
// each step changed.
type walk struct {
	ID       string
	Form     string
	Root     string
	Now      time.Time
	Complete bool
	Initial  map[string]string
	Steps    []walkStep
	// Final are the questions that fail at the end, each with "required" or
	// "constraint".
	Final []string `json:"final_violations"`
}

type walkStep struct {
	Op, Ref, Value string
	Changed        map[string]string
	Removed        []string
}

// TestWalks plays what the peers recorded (ODK Web Forms, replayed by
// JavaRosa) and holds the whole state to theirs after every answer.
func TestWalks(t *testing.T) {
	walks := readLines[walk](t, sharedWalks)
	outside := readOutside(t, "testdata/walks-outside.txt")
	library := sharedLibrary(t)
	passed, steps := 0, 0
	for _, w := range walks {
		reason, listed := outside[w.ID]
		played, err := library.play(w)
		switch {
		case err == nil && listed:
			t.Errorf("%s passes: take it off testdata/walks-outside.txt (%s)", w.ID, reason)
		case err != nil && !listed:
			t.Errorf("%s (form %s): %v", w.ID, w.Form, err)
		case err == nil:
			passed++
			steps += played
		}
		delete(outside, w.ID)
	}
	for id := range outside {
		t.Errorf("testdata/walks-outside.txt lists %s, which is no walk", id)
	}
	t.Logf("%d of %d walks pass (%d steps)", passed, len(walks), steps)
}

// readOutside reads the walks that cannot pass: an id and the reason, a line.
func readOutside(t *testing.T, path string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	outside := map[string]string{}
	for line := range strings.Lines(string(data)) {
		id, reason, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case id == "" || id == "#":
		case reason == "":
			t.Errorf("%s: %s has no reason", path, id)
		default:
			outside[id] = reason
		}
	}
	return outside
}
