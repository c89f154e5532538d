package report

import (
	"fmt"
	"testing"

	"diapason/surveys/tally"
)

// oneChoice is a table whose rows add up to its base.
func oneChoice(sensitive bool, counts ...int) *sheet {
	s := &sheet{sensitive: sensitive, Table: Table{ID: "t", Columns: shareColumns("Réponse")}}
	var parts []crowd
	for i, n := range counts {
		parts = append(parts, crowd{fmt.Sprint("row ", i), tally.People(n)})
	}
	base := sumOf("base", parts)
	for i, c := range parts {
		s.shareRow(fmt.Sprint(i), "", c, base)
	}
	s.sum(base, parts...)
	return s
}

// manyChoices is a table whose rows overlap.
func manyChoices(base int, counts ...int) *sheet {
	s := &sheet{Table: Table{ID: "t", Columns: shareColumns("Réponse")}}
	all := crowd{"base", tally.People(base)}
	for i, n := range counts {
		c := crowd{fmt.Sprint("row ", i), tally.People(n)}
		s.shareRow(fmt.Sprint(i), "", c, all)
		s.sum(all, c, all.others(c))
	}
	return s
}

// protected is a sheet alone in its report, on its way out.
func protected(t *testing.T, s *sheet) *sheet {
	t.Helper()
	mark([]*sheet{s})
	if _, err := protect(&Report{}, []draft{{Chapter: Chapter{ID: "c"}, sheets: []*sheet{s}}}, Past{}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestProtection(t *testing.T) {
	for _, c := range []struct {
		name  string
		sheet *sheet
		want  []string // count and share of each row
	}{
		{"nothing small: only rounded", oneChoice(false, 61, 42), []string{"60 59 %", "40 41 %"}},
		{"1 to 10 people are hidden, and the next smallest with them", oneChoice(false, 100, 7, 40), []string{"100 68 %", "masqué masqué", "masqué masqué"}},
		{"two hidden cells that make fewer than 11 take a third", oneChoice(false, 100, 4, 3, 40), []string{"100 68 %", "masqué masqué", "masqué masqué", "masqué masqué"}},
		{"two cells of ten may each be 0 to 20", oneChoice(false, 100, 10, 10, 40), []string{"100 63 %", "masqué masqué", "masqué masqué", "40 25 %"}},
		{"a cell of one takes one of eleven with it", oneChoice(false, 100, 1, 11, 40), []string{"100 66 %", "masqué masqué", "masqué masqué", "40 26 %"}},
		{"two cells of ten and nobody else", oneChoice(false, 10, 10), []string{"masqué masqué", "masqué masqué"}},
		{"nobody is not a small group", oneChoice(false, 61, 42, 0), []string{"60 59 %", "40 41 %", "0 0 %"}},
		{"a sensitive nobody is blurred", oneChoice(true, 61, 42, 0), []string{"60 59 %", "40 41 %", "masqué moins de 5 %"}},
		{"a sensitive everybody is blurred", oneChoice(true, 61, 0), []string{"masqué plus de 95 %", "masqué moins de 5 %"}},
		{"eleven people do not look like ten", oneChoice(false, 11, 80), []string{"15 12 %", "80 88 %"}},
		{"a base under 30 has no share", oneChoice(false, 14, 15), []string{"15 effectif trop faible", "15 effectif trop faible"}},
		{"a base under 50 has a caution", oneChoice(false, 20, 25), []string{"20 44 % !", "25 56 % !"}},
		{"a multiple choice hides who did not choose as well", manyChoices(100, 95, 50, 5), []string{"masqué masqué", "50 50 %", "masqué masqué"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := protected(t, c.sheet)
			for i, row := range s.Rows {
				got := drawn(Count, row.Cells[atN]) + " " + drawn(Share, row.Cells[atShare])
				if got != c.want[i] {
					t.Errorf("row %d: %s, want %s", i, got, c.want[i])
				}
			}
		})
	}

	t.Run("a total goes with its hidden term", func(t *testing.T) {
		s := &sheet{Table: Table{ID: "t", Columns: []Column{{Key: nKey, Kind: Count}}}}
		small, large := crowd{"a", tally.People(7)}, crowd{"b", tally.People(70)}
		for _, c := range []crowd{small, large, sumOf("total", []crowd{small, large})} {
			s.tell(fact{row: s.add(c.who, Ordinary, count(c.N)), who: c.who, n: c.N, cells: []int{0}})
		}
		s.sum(sumOf("total", []crowd{small, large}), small, large)
		protected(t, s)
		if s.Rows[0].Cells[0].State != Hidden || s.Rows[1].Cells[0].State != Hidden || s.Rows[2].Cells[0].Number != 75 {
			t.Errorf("%+v", s.Rows)
		}
	})
	t.Run("a rate does not tell the count through the population", func(t *testing.T) {
		s := &sheet{Table: Table{ID: "t", Columns: []Column{{Key: nKey, Kind: Count}, {Key: "rate", Kind: Rate}}}}
		s.tell(fact{row: s.add("a", Ordinary, count(43), value(43)), who: "a", n: 43, cells: []int{0, 1}})
		protected(t, s)
		if s.Rows[0].Cells[1].Number != 45 {
			t.Errorf("rate %v for 1000 people, want that of the rounded count", s.Rows[0].Cells[1].Number)
		}
	})
	t.Run("the log says where and why, and neither what nor which of two reasons", func(t *testing.T) {
		s := oneChoice(false, 100, 7, 40)
		var r Report
		if _, err := protect(&r, []draft{{Chapter: Chapter{ID: "habitants"}, sheets: []*sheet{s}}}, Past{}); err != nil {
			t.Fatal(err)
		}
		log := r.Suppressions
		want := Suppression{Chapter: "habitants", Table: "t", Row: "1", Column: nKey, Rule: ruleEither}
		if len(log) != 8 || log[0] != want {
			t.Errorf("%d entries, the first %+v, want 8 and %+v", len(log), log[0], want)
		}
	})
	t.Run("what hides a group in one table hides it in all, with those that would tell it there", func(t *testing.T) {
		first, second := oneChoice(false, 100, 7, 40), oneChoice(false, 100, 7, 40)
		second.ID = "u"
		mark([]*sheet{first, second})
		if _, err := protect(&Report{}, []draft{{sheets: []*sheet{first, second}}}, Past{}); err != nil {
			t.Fatal(err)
		}
		if first.Rows[2].Cells[atN].State != Hidden || second.Rows[2].Cells[atN].State != Hidden {
			t.Error("the third row is told by one of the tables")
		}
	})
	t.Run("those asked a question tell those who chose the answer that asks it", func(t *testing.T) {
		source := oneChoice(false, 100, 7, 40)
		asked := crowd{"asked", tally.People(40)}
		second := &sheet{Table: Table{ID: "u", Columns: shareColumns("Réponse")}}
		yes := crowd{"yes", tally.People(22)}
		second.shareRow("oui", "", yes, asked)
		second.sum(asked, yes, asked.others(yes))
		second.sum(asked, crowd{"row 2", tally.People(40)})
		mark([]*sheet{source, second})
		if _, err := protect(&Report{}, []draft{{sheets: []*sheet{source, second}}}, Past{}); err != nil {
			t.Fatal(err)
		}
		told := second.Rows[0].Cells[atBase].State == Shown
		if hidden := source.Rows[2].Cells[atN].State == Hidden && source.Rows[0].Cells[atN].State == Shown; hidden && told {
			t.Error("the base of the second table tells the hidden row of the first")
		}
	})
	t.Run("two tables that disagree are a fault, and nothing leaves", func(t *testing.T) {
		first, second := oneChoice(false, 100, 7), oneChoice(false, 99, 8)
		if _, err := protect(&Report{}, []draft{{sheets: []*sheet{first, second}}}, Past{}); err == nil {
			t.Error("no error")
		}
	})
}
