package report

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
)

func build(t testing.TB, in Input, view View) *Report {
	t.Helper()
	in.View = view
	r, err := Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRestitutionNeverTellsASmallNumber(t *testing.T) {
	for seed, n := range []int{12, 33, 60, 95, 140, 240, 400} {
		in := sample(t, n, uint64(seed))
		work, shared := build(t, in, Work), build(t, in, Restitution)
		in.View = Restitution // by week, and not by day as for the team
		b, err := newBuilder(in)
		if err != nil {
			t.Fatal(err)
		}
		weeks := b.byTime(b.days()).Table
		for c, chapter := range work.Chapters {
			for k, table := range chapter.Tables {
				if table.Chart.Kind == Timeline {
					table = weeks
				}
				checkProtected(t, n, table, shared.Chapters[c].Tables[k])
			}
		}
		for _, s := range shared.Suppressions {
			if s.Chapter == "" || s.Table == "" || s.Row == "" || s.Column == "" || s.Rule == "" {
				t.Errorf("a suppression does not say where and why: %+v", s)
			}
		}
		if len(work.Suppressions) > 0 {
			t.Error("the working view hides nothing")
		}
	}
}

// checkProtected compares a table of the working view with the same one in the
// restitution.
func checkProtected(t *testing.T, n int, work, shared Table) {
	t.Helper()
	for i, row := range work.Rows {
		for j, raw := range row.Cells {
			column, cell := work.Columns[j], shared.Rows[i].Cells[j]
			at := func(format string, args ...any) {
				t.Helper()
				t.Errorf("sample of %d, %s, %s, %s: "+format, append([]any{n, work.ID, row.Key, column.Key}, args...)...)
			}
			if cell.State != Shown && (cell.Number != 0 || cell.Text != "") {
				at("a cell that is not shown keeps its value")
			}
			if column.Key == populationKey || raw.State == Empty || cell.State != Shown {
				continue
			}
			switch column.Kind {
			case Count, Base:
				if small(int(raw.Number)) {
					at("%v people are shown as %v", raw.Number, cell.Number)
				}
				if math.Mod(cell.Number, grain) != 0 || small(int(cell.Number)) {
					at("%v is not rounded", cell.Number)
				}
			case Share, Low, High, Gap:
				if math.Abs(cell.Number*100-math.Round(cell.Number*100)) > 1e-9 {
					at("%v is not a whole percent", cell.Number)
				}
			}
			if raw.State == TooFew {
				at("a share on too small a base is shown")
			}
		}
	}
}

func TestTheRestitutionTellsWeeksAndTheTeamDays(t *testing.T) {
	in := sample(t, 240, 1)
	for view, want := range map[View][]string{
		Work:        {"2026-11-02", "2026-11-12"},
		Restitution: {"2026-11-02", "2026-11-09"},
	} {
		rows := chapterOf(t, build(t, in, view), ChapterParticipation).Tables[1].Rows
		if first, last := rows[0].Key, rows[len(rows)-1].Key; first != want[0] || last != want[1] {
			t.Errorf("%s: from %s to %s, want %v", view, first, last, want)
		}
	}
	for day, want := range map[surveys.Day]surveys.Day{
		"2026-11-02": "2026-11-02", "2026-11-08": "2026-11-02", "2027-01-01": "2026-12-28",
	} {
		if got := monday(day); got != want {
			t.Errorf("the week of %s begins on %s, want %s", day, got, want)
		}
	}
}

func TestTheTotalIsTheSumOfWhatIsShown(t *testing.T) {
	for seed, n := range []int{113, 127, 198, 252, 333} {
		for _, view := range []View{Work, Restitution} {
			r := build(t, sample(t, n, uint64(seed)), view)
			rows := chapterOf(t, r, ChapterParticipation).Tables[0].Rows
			total, sum := rows[len(rows)-1].Cells[1], 0.0
			for _, row := range rows[:len(rows)-1] {
				sum += row.Cells[1].Number
			}
			if total.State == Shown && (total.Number != sum || int(total.Number) != r.Total()) {
				t.Errorf("sample of %d, %s: the total row says %v, its rows %v, the report %d", n, view, total.Number, sum, r.Total())
			}
		}
	}
}

func TestSmallAudiencesAreNotTold(t *testing.T) {
	r := build(t, sample(t, 60, 2), Restitution) // six associations
	a := r.Answers[2]
	if a.Audience != surveys.Associations || a.State != Hidden || a.N != 0 {
		t.Errorf("%+v", a)
	}
	chapter, _ := r.Chapter(ChapterParticipation)
	if !strings.Contains(chapter.Lead, "moins de 11 réponses d’associations") {
		t.Error(chapter.Lead)
	}
	total := chapter.Tables[0].Rows[3]
	if total.Role != Total || total.Cells[1].State != Hidden {
		t.Errorf("the total tells the hidden audience: %+v", total)
	}
}

func TestTheSameCellsAreHiddenInEveryChapter(t *testing.T) {
	for seed := range uint64(20) {
		r := build(t, sample(t, 90, seed), Restitution)
		crossed, _ := r.Chapter(ChapterCrossed)
		for _, id := range []string{"c_suite", "x_prio", "x_freins"} {
			table := tableOf(t, crossed, id)
			for _, audience := range []string{"habitants", "professionnels"} {
				chapter, _ := r.Chapter(audience)
				own := tableOf(t, chapter, id)
				for i, row := range table.Rows {
					there, here := cellAt(table, i, audience+".share"), cellAt(own, rowOf(t, own, row.Key), shareKey)
					if (there.State == Hidden) != (here.State == Hidden) {
						t.Errorf("seed %d, %s, %s, %s: hidden in one chapter and not in the other", seed, id, audience, row.Key)
					}
				}
			}
		}
	}
}

func tableOf(t *testing.T, c *Chapter, id string) Table {
	t.Helper()
	for _, table := range c.Tables {
		if table.ID == id {
			return table
		}
	}
	t.Fatalf("chapter %s has no table %s", c.ID, id)
	return Table{}
}

func rowOf(t *testing.T, table Table, key string) int {
	t.Helper()
	for i, row := range table.Rows {
		if row.Key == key {
			return i
		}
	}
	t.Fatalf("table %s has no row %s", table.ID, key)
	return 0
}

func cellAt(table Table, row int, key string) Cell {
	for i, column := range table.Columns {
		if column.Key == key {
			return table.Rows[row].Cells[i]
		}
	}
	return Cell{}
}

// few builds the working view of a few residents.
func few(t *testing.T, people ...surveys.Answers) *Report {
	t.Helper()
	c := &collected{forms: sampleForms(t)}
	for _, a := range people {
		c.answer(t, "h", "2026-11-03", a)
	}
	return build(t, Input{
		Diagnostic: sampleDiagnostic(), Forms: c.forms, Table: c.table(t),
		Surveys: []surveys.Survey{{ID: "h", Audience: surveys.Habitants}},
		Now:     time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC),
	}, Work)
}

func TestBases(t *testing.T) {
	text, codes, number := surveys.TextValue, surveys.CodesValue, surveys.NumberValue
	r := few(t,
		surveys.Answers{"h_renonce": text("oui"), "h_pourquoi": codes("loin", "cher"), "x_prio": codes("T01", "T03", "T04"), "x_note": number(3)},
		surveys.Answers{"h_renonce": text("oui"), "x_prio": codes("T03", "T01", "T02"), "x_note": number(4)},
		surveys.Answers{"h_renonce": text("nsp"), "x_note": number(9)},
		surveys.Answers{"h_renonce": text("non")},
	)
	chapter, _ := r.Chapter("habitants")
	for _, c := range []struct {
		name, table, key, column string
		want                     float64
	}{
		{"one choice: those with an opinion", "h_renonce", "oui", baseKey, 3},
		{"« ne sait pas » is counted apart", "h_renonce", "nsp", nKey, 1},
		{"several choices: everybody asked, blanks included", "h_pourquoi", "loin", baseKey, 2},
		{"and their share", "h_pourquoi", "loin", shareKey, 0.5},
		{"blanks are shown", "h_pourquoi", blankKey, nKey, 1},
		{"a ranking: those who ranked", "x_prio", "T01", baseKey, 2},
		{"its score, 3 + 2 points of 6", "x_prio", "T01", "score", 100 * 5.0 / 6},
		{"equal scores share a rank", "x_prio", "T03", "rank", 1},
		{"then the next rank is the third", "x_prio", "T04", "rank", 3},
		{"first places", "x_prio", "T03", "first", 1},
		{"a mean", "x_note", "habitants", "mean", 16.0 / 3},
		{"a median", "x_note", "habitants", "median", 4},
		{"the share of 4 or less", "x_note", "habitants", shareKey, 2.0 / 3},
		{"a distribution", "x_note.repartition", "9", nKey, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := tableOf(t, chapter, c.table)
			for i, row := range table.Rows {
				if row.Key == c.key {
					if got := cellAt(table, i, c.column).Number; math.Abs(got-c.want) > 1e-12 {
						t.Errorf("%v, want %v", got, c.want)
					}
					return
				}
			}
			t.Errorf("no row %s", c.key)
		})
	}
}

func TestBuildRefuses(t *testing.T) {
	in := sample(t, 3, 1)
	in.View = "publique"
	if _, err := Build(in); err == nil {
		t.Error("a view nobody knows")
	}
	in.View, in.Table = Work, nil
	if _, err := Build(in); err == nil {
		t.Error("no table")
	}
}

func TestAnEmptyDiagnosticIsAReport(t *testing.T) {
	in := sample(t, 0, 1)
	for _, view := range []View{Work, Restitution} {
		r := build(t, in, view)
		if r.Total() != 0 {
			t.Errorf("%d answers", r.Total())
		}
		for _, c := range r.Chapters {
			if c.Lead == "" {
				t.Errorf("the chapter %s says nothing", c.ID)
			}
			for _, table := range c.Tables {
				for _, row := range table.Rows {
					if len(row.Cells) != len(table.Columns) {
						t.Errorf("%s, %s: %d cells under %d columns", table.ID, row.Key, len(row.Cells), len(table.Columns))
					}
					for _, cell := range row.Cells {
						if math.IsNaN(cell.Number) || math.IsInf(cell.Number, 0) {
							t.Errorf("%s, %s: %v", table.ID, row.Key, cell.Number)
						}
					}
				}
			}
		}
	}
}

func TestNothingSaysRepresentative(t *testing.T) {
	if s := strings.ToLower(dump(build(t, sample(t, 60, 1), Restitution))); strings.Contains(s, "représentati") {
		t.Error("the word is there")
	}
}

func TestFrenchWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{period("2026-11-01", "2026-11-01"), "le 1er\u00a0novembre 2026"},
		{period("2026-11-01", "2026-11-20"), "du 1er au 20\u00a0novembre 2026"},
		{period("2026-10-30", "2026-11-02"), "du 30\u00a0octobre au 2\u00a0novembre 2026"},
		{period("2026-12-30", "2027-01-02"), "du 30\u00a0décembre 2026 au 2\u00a0janvier 2027"},
		{whole(1234567), "1\u202f234\u202f567"},
		{whole(999), "999"},
		{decimal(2.5), "2,5"},
		{enumerate([]string{"a", "b", "c"}), "a, b et c"},
		{typeset("« Oui » : 5 % ?"), "«\u00a0Oui\u00a0»\u00a0: 5\u00a0%\u202f?"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// BenchmarkBuild counts and builds anew after each answer.
func BenchmarkBuild(b *testing.B) {
	in, c := collect(b, 70_000, 1) // 100,000 answers of the three audiences
	for b.Loop() {
		c.answer(b, "h", "2026-11-03", surveys.Answers{"x_note": surveys.NumberValue(3)})
		if err := in.Table.(*tally.Table).Follow(context.Background(), c, c); err != nil {
			b.Fatal(err)
		}
		build(b, in, Restitution)
	}
}

func chapterOf(t testing.TB, r *Report, id string) *Chapter {
	t.Helper()
	c, ok := r.Chapter(id)
	if !ok {
		t.Fatalf("the report has no chapter %s", id)
	}
	return c
}
