package xlsform

import (
	"cmp"
	"maps"
	"slices"

	"diapason/surveys"
)

// A line is one row to write: its cells, and the row it had when it was read.
type line struct {
	row   int
	cells []string
	end   surveys.Kind // of the section it ends, "" for the others
	apart bool         // a blank row goes before, when nobody said otherwise
	list  string       // of a choice
}

// lay puts lines under a header, each in the row it had when all still have
// one, and what is remembered around them.
func lay(ids, header []string, lines []line, memory map[int][]string) [][]string {
	s := layer{rows: [][]string{header}, memory: maps.Clone(memory), kind: slices.Index(ids, "type"), off: slices.Index(ids, "disabled")}
	if s.inPlace(lines) {
		return s.rows
	}
	s.rows, s.memory = [][]string{header}, memory
	s.anew(lines)
	return s.rows
}

type layer struct {
	rows      [][]string
	memory    map[int][]string // what is left to put back
	kind, off int              // columns of the type and of disabled, -1 for none
}

// inPlace writes every line in its row, and reports whether it could: items
// that were moved or added have to be laid anew.
func (s *layer) inPlace(lines []line) bool {
	for i, l := range lines {
		if l.end != "" {
			s.end(l, nextRow(lines[i:]))
			continue
		}
		if l.row <= len(s.rows) || l.row > len(s.rows)+len(s.memory)+blankRowsEnd || !s.upTo(l.row-1) {
			return false
		}
		s.rows = append(s.rows, overlaid(l.cells, s.memory[l.row]))
		delete(s.memory, l.row)
	}
	for _, row := range slices.Sorted(maps.Keys(s.memory)) {
		if !s.upTo(row) {
			return false
		}
	}
	return true
}

// nextRow is the row of the first line that has one, 0 when none has.
func nextRow(lines []line) int {
	for _, l := range lines {
		if l.end == "" {
			return l.row
		}
	}
	return 0
}

// upTo writes what is remembered, and blank rows, down to a row. It reports
// whether a reader would come that far.
func (s *layer) upTo(row int) bool {
	blank := 0
	for len(s.rows) < row {
		cells := s.memory[len(s.rows)+1]
		delete(s.memory, len(s.rows)+1)
		s.rows = append(s.rows, cells)
		if blank++; cells != nil {
			blank = 0
		}
	}
	return blank < blankRowsEnd
}

// end writes the end of a section as it was remembered before the next line,
// or where there is room.
func (s *layer) end(l line, next int) {
	for _, row := range slices.Sorted(maps.Keys(s.memory)) {
		if row > len(s.rows) && (next == 0 || row < next) && s.ends(s.memory[row]) == l.end {
			s.upTo(row)
			return
		}
	}
	for s.memory[len(s.rows)+1] != nil {
		s.upTo(len(s.rows) + 1)
	}
	s.rows = append(s.rows, l.cells)
}

// ends is the kind of section a remembered row ends, "" when it does not.
func (s *layer) ends(cells []string) surveys.Kind {
	if s.kind < 0 || s.kind >= len(cells) || s.off >= 0 && s.off < len(cells) && tidyCondition(cells[s.off]) == "yes" {
		return ""
	}
	if t := parseType(tidyWord(cells[s.kind])); t.end {
		return t.kind
	}
	return ""
}

// overlaid is a line with the remembered cells where it has none.
func overlaid(cells, memory []string) []string {
	if len(memory) == 0 {
		return cells
	}
	row := make([]string, max(len(cells), len(memory)))
	copy(row, memory)
	for i, c := range cells {
		if c != "" {
			row[i] = c
		}
	}
	return row
}

// anew writes the lines one under the other, then the remembered rows that
// have lost their place; an end of a section that is no more goes.
func (s *layer) anew(lines []line) {
	for _, l := range lines {
		if l.apart {
			s.rows = append(s.rows, nil)
		}
		s.rows = append(s.rows, l.cells)
	}
	for _, row := range slices.Sorted(maps.Keys(s.memory)) {
		if s.ends(s.memory[row]) == "" {
			s.rows = append(s.rows, s.memory[row])
		}
	}
}

// mixed puts the choices of lists that their author wrote one within the other
// back in that order, when reading them gives the same lists.
func mixed(lines []line) []line {
	order := slices.Clone(lines)
	slices.SortStableFunc(order, func(a, b line) int { return cmp.Compare(a.row, b.row) })
	if slices.ContainsFunc(lines, func(l line) bool { return l.row == 0 }) || !sameLists(lines, order) {
		return lines
	}
	return order
}

// sameLists reports whether two orders of the same choices make the same
// lists, in the same order.
func sameLists(a, b []line) bool {
	return slices.Equal(byList(a), byList(b))
}

// byList is the rows of each list, in the order the lists begin.
func byList(lines []line) []int {
	var lists []string
	rows := map[string][]int{}
	for _, l := range lines {
		if rows[l.list] == nil {
			lists = append(lists, l.list)
		}
		rows[l.list] = append(rows[l.list], l.row)
	}
	var all []int
	for _, list := range lists {
		all = append(all, rows[list]...)
	}
	return all
}
