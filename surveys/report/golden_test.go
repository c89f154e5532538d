package report

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden texts in testdata")

func TestReportsReadAsTheirGoldenTexts(t *testing.T) {
	for _, view := range []View{Restitution, Work} {
		t.Run(string(view), func(t *testing.T) {
			in := editions(t, 240, 1)
			in.View = view
			r, err := Build(in)
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, filepath.Join("testdata", string(view)+".txt"), dump(r))
		})
	}
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s, line %d:\n got %s\nwant %s\nrun with -update when the change is meant", path, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s: %d lines, want %d", path, len(a), len(b))
}

// dump writes a report as text, so that a change can be reviewed.
func dump(r *Report) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s, %s, %s, %d habitants, vue %s\n", r.Title, r.Edition, r.Territory, r.Population, r.View)
	for _, a := range r.Answers {
		fmt.Fprintf(&s, "%s : %d (%d)\n", a.Label, a.N, a.State)
	}
	for _, c := range r.Chapters {
		fmt.Fprintf(&s, "\n# %s [%s]\n%s\n", c.Title, c.ID, c.Lead)
		for _, p := range c.Paragraphs {
			fmt.Fprintf(&s, "\n%s\n", p)
		}
		for _, t := range c.Tables {
			dumpTable(&s, t)
		}
	}
	fmt.Fprintf(&s, "\n%d masquages\n", len(r.Suppressions))
	for _, x := range r.Suppressions {
		fmt.Fprintf(&s, "%s / %s / %s / %s : %s\n", x.Chapter, x.Table, x.Row, x.Column, x.Rule)
	}
	return s.String()
}

func dumpTable(s *strings.Builder, t Table) {
	fmt.Fprintf(s, "\n## %s [%s] %s\n", t.Title, t.ID, t.Theme)
	if t.Section != "" {
		fmt.Fprintf(s, "(%s)\n", t.Section)
	}
	for _, c := range t.Columns {
		fmt.Fprintf(s, "| %s ", c.Title)
	}
	fmt.Fprintln(s, "|")
	for _, r := range t.Rows {
		for i, c := range r.Cells {
			fmt.Fprintf(s, "| %s ", drawn(t.Columns[i].Kind, c))
		}
		fmt.Fprintf(s, "| %s%s\n", r.Key, []string{"", " (hors base)", " (total)"}[r.Role])
	}
	fmt.Fprintf(s, "%s\nSource : %s. Graphique : %v\n", t.Note, t.Source, t.Chart)
}

func drawn(k ColumnKind, c Cell) string {
	mark := ""
	if c.Caution {
		mark = " !"
	}
	switch c.State {
	case Empty:
		return ""
	case Hidden:
		return "masqué"
	case TooFew:
		if c.Number != 0 {
			return fmt.Sprintf("effectif trop faible (%.4g)", c.Number)
		}
		return "effectif trop faible"
	case BlurLow:
		return "moins de 5 %"
	case BlurHigh:
		return "plus de 95 %"
	}
	switch k {
	case Label, Verdict:
		return c.Text
	case Share, Low, High, Gap:
		return fmt.Sprintf("%.4g %%%s", c.Number*100, mark)
	}
	return fmt.Sprintf("%.6g%s", c.Number, mark)
}
