package report

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"diapason/surveys/tally"
)

// oneChoice is a table whose rows add up to its base.
func oneChoice(sensitive bool, counts ...int) *sheet {
	s := &sheet{sensitive: sensitive, Table: Table{ID: "t", Columns: shareColumns("Réponse")}}
	base := 0
	for _, n := range counts {
		base += n
	}
	var part []int
	for i, n := range counts {
		part = append(part, s.shareRow(fmt.Sprint(i), "", tally.People(n), tally.People(base), false))
	}
	s.parts = [][]int{part}
	return s
}

// manyChoices is a table whose rows overlap.
func manyChoices(base int, counts ...int) *sheet {
	s := &sheet{Table: Table{ID: "t", Columns: shareColumns("Réponse")}}
	for i, n := range counts {
		s.shareRow(fmt.Sprint(i), "", tally.People(n), tally.People(base), true)
	}
	return s
}

func protected(s *sheet) *sheet {
	mark([]*sheet{s})
	protectSheet("c", s)
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
		{"two cells of ten would each be told by their sum", oneChoice(false, 100, 10, 10, 40), []string{"100 63 %", "masqué masqué", "masqué masqué", "masqué masqué"}},
		{"a cell of one beside a cell of eleven as well", oneChoice(false, 100, 1, 11, 40), []string{"100 66 %", "masqué masqué", "masqué masqué", "masqué masqué"}},
		{"two cells of ten and nobody else hide their base too", oneChoice(false, 10, 10), []string{"masqué masqué", "masqué masqué"}},
		{"nobody is not a small group", oneChoice(false, 61, 42, 0), []string{"60 59 %", "40 41 %", "0 0 %"}},
		{"a sensitive nobody is blurred, its count hidden with another", oneChoice(true, 61, 42, 0), []string{"60 59 %", "masqué masqué", "masqué moins de 5 %"}},
		{"a sensitive everybody is blurred", oneChoice(true, 61, 0), []string{"masqué plus de 95 %", "masqué moins de 5 %"}},
		{"eleven people do not look like ten", oneChoice(false, 11, 80), []string{"15 12 %", "80 88 %"}},
		{"a base under 30 has no share", oneChoice(false, 14, 15), []string{"15 effectif trop faible", "15 effectif trop faible"}},
		{"a base under 50 has a caution", oneChoice(false, 20, 25), []string{"20 44 % !", "25 56 % !"}},
		{"a multiple choice hides who did not choose as well", manyChoices(100, 95, 50, 5), []string{"masqué masqué", "50 50 %", "masqué masqué"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := protected(c.sheet)
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
		small := s.tell(fact{row: s.add("a", Ordinary, count(7)), n: 7, cells: []int{0}})
		large := s.tell(fact{row: s.add("b", Ordinary, count(70)), n: 70, cells: []int{0}})
		s.tell(fact{row: s.add("total", Total, count(77)), n: 77, terms: []int{small, large}, cells: []int{0}})
		protected(s)
		if s.Rows[0].Cells[0].State != Hidden || s.Rows[1].Cells[0].Number != 70 || s.Rows[2].Cells[0].State != Hidden {
			t.Errorf("%+v", s.Rows)
		}
	})
	t.Run("a rate does not tell the count through the population", func(t *testing.T) {
		s := &sheet{Table: Table{ID: "t", Columns: []Column{{Key: nKey, Kind: Count}, {Key: "rate", Kind: Rate}}}}
		s.tell(fact{row: s.add("a", Ordinary, count(43), value(43)), n: 43, cells: []int{0, 1}})
		protected(s)
		if s.Rows[0].Cells[1].Number != 45 {
			t.Errorf("rate %v for 1000 people, want that of the rounded count", s.Rows[0].Cells[1].Number)
		}
	})
	t.Run("the log says where and why, and never what", func(t *testing.T) {
		s := oneChoice(false, 100, 7, 40)
		log := protectSheet("habitants", s)
		want := Suppression{Chapter: "habitants", Table: "t", Row: "1", Column: nKey, Rule: ruleFloor}
		if len(log) != 8 || log[0] != want {
			t.Errorf("%d entries, the first %+v, want 8 and %+v", len(log), log[0], want)
		}
	})
}

// The attacker knows the rules, the log, every total, and every number that is
// shown before its rounding: more than anybody has. Still no hidden count of 1
// to 10 people may be the only one possible.
func TestAnAttackerCannotSubtractAHiddenCount(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 20000 {
		counts := make([]int, 2+rng.IntN(7))
		for i := range counts {
			switch rng.IntN(3) {
			case 0:
				counts[i] = rng.IntN(14)
			case 1:
				counts[i] = rng.IntN(60)
			default:
				counts[i] = rng.IntN(400)
			}
		}
		s := oneChoice(rng.IntN(4) == 0, counts...)
		if len(counts) > 3 && rng.IntN(2) == 0 { // half of the table is told elsewhere
			s.parts = append(s.parts, s.parts[0][:2], s.parts[0][2:])
		}
		attack(t, s)
		if t.Failed() {
			t.Fatalf("counts %v", counts)
		}
	}
}

func attack(t *testing.T, s *sheet) {
	t.Helper()
	p := protection{sheet: s, chapter: "c", rules: make([]string, len(s.facts))}
	raw := make([]int, len(s.facts))
	for i, f := range s.facts {
		raw[i] = f.n
	}
	mark([]*sheet{s})
	log := protectSheet("c", s)
	for _, entry := range log {
		for i, f := range s.facts {
			if entry.Column == nKey && entry.Row == s.Rows[f.row].Key {
				p.rules[i] = entry.Rule
			}
		}
	}
	for i, n := range raw {
		if small(n) && s.Rows[s.facts[i].row].Cells[atN].State != Hidden {
			t.Errorf("%d people are shown", n)
		}
	}
	for _, part := range s.parts {
		if untold(s, part, raw) {
			continue
		}
		for _, target := range part {
			if p.rules[target] == "" || !small(raw[target]) {
				continue
			}
			if low, high := possible(part, target, raw, p.rules); low == high {
				t.Errorf("row %d can only be %d people", target, low)
			}
		}
	}
}

// untold parts have a total nobody learns: it is small, or the base is hidden.
// The total of a half that is hidden whole is left to the table that tells it.
func untold(s *sheet, part, raw []int) bool {
	total, hidden := 0, 0
	for _, i := range part {
		total += raw[i]
		if s.Rows[s.facts[i].row].Cells[atN].State == Hidden {
			hidden++
		}
	}
	whole := len(part) == len(s.facts)
	return small(total) || s.Rows[0].Cells[atBase].State == Hidden || !whole && hidden == len(part)
}

// possible is the interval a hidden count of a part may lie in: what the shown
// ones leave, less the least and the most the other hidden ones may be.
func possible(part []int, target int, raw []int, rules []string) (low, high int) {
	left, least, most := 0, 0, 0
	for _, i := range part {
		if rules[i] == "" {
			continue
		}
		left += raw[i]
		if i == target {
			continue
		}
		if rules[i] == ruleFloor {
			least, most = least+1, most+floor-1
		} else {
			least, most = least+floor, most+1<<20
		}
	}
	if left-least < 1 { // a secondary cell hid nobody at all
		least = 0
	}
	return max(1, left-most), min(floor-1, left-least)
}
