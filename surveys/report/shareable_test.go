package report

import (
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestWhatKeepsARestitutionFromBeingOpened(t *testing.T) {
	table := func(states ...State) []Chapter {
		var rows []Row
		for _, s := range states {
			rows = append(rows, Row{Cells: []Cell{{State: Shown, Text: "x"}, {State: s}}})
		}
		return []Chapter{{Tables: []Table{{Columns: []Column{{Kind: Label}, {Kind: Share}}, Rows: rows}}}}
	}
	some := []AudienceCount{{Audience: surveys.Habitants, N: 40, State: Shown}}
	for name, c := range map[string]struct {
		r    Report
		says string
	}{
		"the working view never is":      {Report{View: Work, Answers: some, Chapters: table(Shown)}, "vue de restitution"},
		"no questionnaire":               {Report{View: Restitution}, "Aucun questionnaire"},
		"ten people":                     {Report{View: Restitution, Answers: []AudienceCount{{State: Hidden}}}, "au moins 11"},
		"no share with a base":           {Report{View: Restitution, Answers: some, Chapters: table(TooFew, Hidden, Empty)}, "au moins 30"},
		"one share is something":         {Report{View: Restitution, Answers: some, Chapters: table(Hidden, Shown)}, ""},
		"a homogeneous group is a share": {Report{View: Restitution, Answers: some, Chapters: table(BlurHigh)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.r.Unready()
			if c.says == "" && len(got) > 0 || c.says != "" && !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, c.says) }) {
				t.Errorf("%q", got)
			}
		})
	}
	r := Report{Chapters: table(Shown, Hidden, Hidden, TooFew, BlurLow)}
	if shown, hidden := r.Told(); shown != 2 || hidden != 2 {
		t.Errorf("%d shown, %d hidden", shown, hidden)
	}
}
