package tally

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"diapason/surveys"
)

// A By says by the answers to which question people are told apart. Without
// groups each code of a single choice is apart; with groups, people are of the
// first group that holds a code they chose. Who chose none is of "".
type By struct {
	Question *surveys.Question
	Groups   []Group
}

func (b By) String() string { return fmt.Sprintf("%v %q", keyOf(b.Question), b.Groups) }

// A Group is codes that are counted as one: the communes of a sector.
type Group struct {
	Code  string
	Codes []string
}

// A Stratum is the people of a survey who are of the same group in everything
// a [Split] tells them apart by.
type Stratum struct {
	Groups []string // in the order of the By
	N      int
}

// A Split is the counts of a survey, stratum by stratum, at one moment: what
// weights, sectors and crossings are made from. It never changes and may be
// shared.
type Split struct {
	Strata  []Stratum
	columns map[key]counted
	days    counted
	commune key
}

// counted is a column added up: counts of each stratum, one after the other.
type counted struct {
	counts []uint32
	read   reader
}

// mostStrata is how many a split may have: their numbers are two bytes. Nobody
// is the stratum of who arrived too late, while the others are found.
const (
	mostStrata = math.MaxUint16 - 1
	nobody     = math.MaxUint16
)

// classes tell the class of every row. Of is nil when all are of class 0; class
// n is nobody's, of emptied rows.
type classes struct {
	of []uint16
	n  int
}

func (c classes) at(row int) int {
	if c.of == nil {
		return 0
	}
	return int(c.of[row])
}

// Split counts a survey by the answers to some questions. What was counted
// serves until something arrives. It fails when there would be more than
// 65,534 strata. A question the survey does not ask tells nobody apart.
func (t *Table) Split(survey string, by ...By) (*Split, error) {
	return t.Cross(survey, nil, by...)
}

// Cross is a [Table.Split] that counts some questions only, all when of is nil:
// it costs as many columns as it counts.
func (t *Table) Cross(survey string, of []*surveys.Question, by ...By) (*Split, error) {
	t.memo.Lock()
	defer t.memo.Unlock()
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.splits == nil || t.splitRevision != t.revision {
		t.splits, t.placings, t.splitRevision = map[string]*Split{}, map[string]placing{}, t.revision
	}
	only, until := keysOf(of), t.until(survey)
	name := fmt.Sprintf("%q to %d %v by %v", survey, until, only, by)
	if s := t.splits[name]; s != nil {
		return s, nil
	}
	at, ok := t.surveys[survey]
	if !ok {
		return &Split{}, nil
	}
	s := &Split{}
	in, err := t.sort(at, until, by, s, of == nil)
	if err != nil {
		return nil, fmt.Errorf("split %s by %v: %w", survey, by, err)
	}
	t.columns[at].count(s, in, only)
	t.splits[name] = s
	return s, nil
}

// A placing is the stratum of every row, before those that are empty are told
// apart: what a finer one begins with.
type placing struct {
	strata []Stratum
	of     []uint16
}

// sort puts every row of a survey in its stratum. It begins with the longest
// placing that was kept: crossings are by the strata of the weights, then by
// one question more.
func (t *Table) sort(at int, until int64, by []By, s *Split, keep bool) (classes, error) {
	c := t.columns[at]
	from := placing{}
	done := len(by)
	for ; done > 0; done-- {
		if kept, ok := t.placings[placingName(at, until, by[:done])]; ok {
			from = kept
			break
		}
	}
	in, placed, err := c.classes(until, by[done:], from, s)
	if err == nil && keep && len(by) > 0 {
		t.placings[placingName(at, until, by)] = placed
	}
	return in, err
}

func placingName(at int, until int64, by []By) string { return fmt.Sprint(at, until, by) }

// keysOf keeps nil, which is all questions, apart from none.
func keysOf(questions []*surveys.Question) []key {
	if questions == nil {
		return nil
	}
	keys := make([]key, 0, len(questions))
	for _, q := range questions {
		keys = append(keys, keyOf(q))
	}
	return keys
}

// count counts some columns by stratum, all when only is nil.
func (c *columns) count(s *Split, in classes, only []key) {
	s.columns, s.commune = make(map[key]counted, len(c.all)), c.commune
	counts := make([]counted, len(c.all))
	var work sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for k, i := range c.index {
		if only != nil && !slices.Contains(only, k) {
			continue
		}
		room <- struct{}{}
		work.Go(func() {
			counts[i].counts, counts[i].read = c.all[i].counts(in)
			<-room
		})
	}
	s.days.counts, s.days.read = c.days.counts(in)
	work.Wait()
	for k, i := range c.index {
		s.columns[k] = counts[i]
	}
}

// classes puts every row that arrived in time in its stratum and lists the
// strata, in the order their people came. It goes on from a coarser placing, if
// it is not empty, and returns its own.
func (c *columns) classes(until int64, by []By, from placing, s *Split) (classes, placing, error) {
	late := c.late(until)
	if len(by) == 0 && len(late) == 0 && from.of == nil {
		s.Strata = []Stratum{{N: c.present()}}
		return classes{n: 1}, placing{}, nil
	}
	in := classes{of: make([]uint16, c.rows)}
	for _, row := range late {
		in.of[row] = nobody
	}
	copy(in.of, from.of) // nobody is nobody in it too
	s.Strata = []Stratum{{}}
	if from.of != nil {
		s.Strata = slices.Clone(from.strata)
	}
	for _, b := range by {
		groups, of := c.groups(b)
		if err := s.refine(in.of, groups, of); err != nil {
			return in, placing{}, err
		}
	}
	placed := placing{slices.Clone(s.Strata), slices.Clone(in.of)}
	in.n = len(s.Strata)
	for _, row := range c.free {
		in.of[row] = uint16(in.n)
	}
	for _, row := range late {
		in.of[row] = uint16(in.n)
	}
	for _, class := range in.of {
		if int(class) < in.n {
			s.Strata[class].N++
		}
	}
	return in, placed, nil
}

// groups are the names of the groups and the one of each row, by its index.
func (c *columns) groups(b By) (names []string, of func(row int) int) {
	names = []string{""}
	i, asked := c.index[keyOf(b.Question)]
	if !asked {
		return names, func(int) int { return 0 }
	}
	for _, g := range b.Groups {
		names = append(names, g.Code)
	}
	switch column := c.all[i].(type) {
	case *choiceColumn:
		if b.Groups == nil {
			names = append(names, column.codes.codes...)
			return names, func(row int) int { return max(0, int(column.at(row))-firstCode+1) }
		}
		group := column.codes.groups(b.Groups)
		return names, func(row int) int {
			if v := int(column.at(row)); v >= firstCode {
				return group[v-firstCode]
			}
			return 0
		}
	case *setColumn:
		group := column.codes.groups(b.Groups)
		return names, func(row int) int { return column.group(row, group) }
	}
	return names, func(int) int { return 0 }
}

// groups are, by number of code, the group it belongs to, from 1; 0 for none.
func (d *dictionary) groups(groups []Group) []int {
	of := make([]int, len(d.codes))
	for i, g := range slices.Backward(groups) {
		for _, code := range g.Codes {
			if n, known := d.index[code]; known {
				of[n] = i + 1
			}
		}
	}
	return of
}

// group is the least group of the codes a row has, 0 for none.
func (c *setColumn) group(row int, of []int) int {
	least := 0
	for i, g := range of {
		bit := firstBit + i
		if g > 0 && c.bits[row*c.width+bit/8]>>(bit%8)&1 == 1 && (least == 0 || g < least) {
			least = g
		}
	}
	return least
}

// refine tells the rows of each stratum apart by one more question.
func (s *Split) refine(strata []uint16, groups []string, of func(row int) int) error {
	coarse := s.Strata
	s.Strata = nil
	number := make([]int, len(coarse)*len(groups)) // 0: nobody yet
	for row, stratum := range strata {
		if stratum == nobody {
			continue
		}
		group := of(row)
		at := int(stratum)*len(groups) + group
		if number[at] == 0 {
			if len(s.Strata) == mostStrata {
				return fmt.Errorf("more than %d groups of people", mostStrata)
			}
			s.Strata = append(s.Strata, Stratum{Groups: append(slices.Clone(coarse[stratum].Groups), groups[group])})
			number[at] = len(s.Strata)
		}
		strata[row] = uint16(number[at] - 1)
	}
	return nil
}

// Survey is the counts of some strata together, all when of is nil. Weigh
// gives the weight of each person of a stratum; nil is 1.
func (s *Split) Survey(weigh func(Stratum) float64, of func(Stratum) bool) *Survey {
	in := &Survey{split: s}
	for i, stratum := range s.Strata {
		if of != nil && !of(stratum) {
			continue
		}
		part := part{stratum: i, weight: 1}
		if weigh != nil {
			part.weight = weigh(stratum)
		}
		in.parts = append(in.parts, part)
		in.N += stratum.N
	}
	if len(in.parts) == 0 {
		return in
	}
	in.Days = daysOf(in.sum(s.days))
	if s.commune.name != "" {
		in.Communes = in.sum(s.columns[s.commune]).Codes
	}
	return in
}

// sum adds the strata up.
func (in *Survey) sum(c counted) Question {
	if c.read == nil || len(in.split.Strata) == 0 {
		return Question{}
	}
	size := len(c.counts) / len(in.split.Strata)
	sums := make([]Mass, size)
	for _, p := range in.parts {
		for i, n := range c.counts[p.stratum*size : (p.stratum+1)*size] {
			if n > 0 {
				w := p.weight * float64(n)
				sums[i] = sums[i].Plus(Mass{int(n), w, p.weight * w})
			}
		}
	}
	return c.read(sums)
}
