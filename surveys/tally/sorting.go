package tally

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"diapason/surveys"
)

// A sorting is a [Split] in the making, from groups of alike answers.
type sorting struct {
	from   counting
	split  *Split
	survey string
	by     []By
	forms  map[int]*surveys.Form // of every version somebody answered
	place  map[string]int        // the strata, by their groups
}

// sort finds the people of each stratum and each day.
func (c counting) sort(survey string, by []By) (*sorting, error) {
	s := &sorting{from: c, split: &Split{columns: map[key]counted{}}, survey: survey, by: by, forms: map[int]*surveys.Form{}}
	rows, err := s.rows(surveys.Grouping{ByDay: true, Answers: s.names()})
	if err != nil || len(rows) == 0 {
		return s, err
	}
	everybody := newHeap()
	for _, r := range rows {
		if s.forms[r.Version] != nil {
			continue
		}
		if s.forms[r.Version], err = c.forms.Form(c.ctx, survey, r.Version); err != nil {
			return s, fmt.Errorf("version %d of %s: %w", r.Version, survey, err)
		}
		everybody.plan(r.Version, s.forms[r.Version], s.apart(s.forms[r.Version]))
	}
	if err := everybody.add(rows); err != nil {
		return s, err
	}
	in, err := s.strata(everybody)
	if err != nil {
		return s, err
	}
	s.split.days.counts, s.split.days.read = everybody.counts(&everybody.columns.days, in)
	return s, nil
}

// names are those of the questions that tell people apart.
func (s *sorting) names() []string {
	var names []string
	for _, b := range s.by {
		if !slices.Contains(names, b.Question.Name) {
			names = append(names, b.Question.Name)
		}
	}
	return names
}

// apart are the questions of a form that tell people apart. Whether one was
// asked tells nobody apart, so that its condition need not be followed.
func (s *sorting) apart(form *surveys.Form) []*surveys.Question {
	var questions []*surveys.Question
	for _, name := range s.names() {
		if q, ok := form.Question(name); ok {
			told := *q
			told.Conditional = false
			questions = append(questions, &told)
		}
	}
	return questions
}

// strata lists the strata with their people, in alphabetical order: the store
// tells groups in none.
func (s *sorting) strata(everybody *heap) (classes, error) {
	var found Split
	in, err := everybody.columns.classes(s.by, &found)
	if err != nil {
		return in, fmt.Errorf("split %s by %v: %w", s.survey, s.by, err)
	}
	for i := range found.Strata {
		found.Strata[i].N = 0
	}
	for row, n := range everybody.times {
		found.Strata[in.at(row)].N += n
	}
	s.split.Strata = slices.SortedFunc(slices.Values(found.Strata), func(a, b Stratum) int { return slices.Compare(a.Groups, b.Groups) })
	s.place = map[string]int{}
	for i, stratum := range s.split.Strata {
		s.place[stratum.name()] = i
	}
	return s.classes(everybody)
}

// name is that of the groups: no code has a zero byte.
func (s Stratum) name() string { return strings.Join(s.Groups, "\x00") }

// classes puts the rows of a heap in the strata.
func (s *sorting) classes(h *heap) (classes, error) {
	var found Split
	in, err := h.columns.classes(s.by, &found)
	if err != nil {
		return in, fmt.Errorf("split %s by %v: %w", s.survey, s.by, err)
	}
	all := classes{of: make([]uint16, h.columns.rows), n: len(s.split.Strata)}
	for row := range all.of {
		at, known := s.place[found.Strata[in.at(row)].name()]
		if !known { // whoever is there now was there at the beginning
			return all, ErrMoved
		}
		all.of[row] = uint16(at)
	}
	return all, nil
}

// countAll counts the questions of the versions, or only some.
func (s *sorting) countAll(only []key) error {
	var keys []key
	asked := map[key]map[int]*surveys.Question{}
	for _, version := range slices.Sorted(maps.Keys(s.forms)) {
		for _, q := range s.forms[version].Questions {
			k := keyOf(q)
			if k.shape == uncounted || repeated(q) {
				continue
			}
			if asked[k] == nil {
				asked[k] = map[int]*surveys.Question{}
				keys = append(keys, k)
				if k.shape == choice && q.HasProfile(surveys.ProfileCommune) {
					s.split.commune = k
				}
			}
			asked[k][version] = q
		}
	}
	if only != nil {
		keys = slices.DeleteFunc(keys, func(k key) bool { return !slices.Contains(only, k) })
	}
	all, faults := make([]counted, len(keys)), make([]error, len(keys))
	var work sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, k := range keys {
		room <- struct{}{}
		work.Go(func() {
			all[i], faults[i] = s.count(k, asked[k])
			<-room
		})
	}
	work.Wait()
	for i, k := range keys {
		s.split.columns[k] = all[i]
	}
	return cmp.Or(faults...)
}

// count counts the answers to one question, in the versions that ask it.
func (s *sorting) count(k key, asked map[int]*surveys.Question) (counted, error) {
	h, needs := s.heap(asked)
	name := []string{k.name}
	switch {
	case slices.Contains(needs.Answers, k.name): // it tells people apart, or decides who is asked it
	case k.shape == written:
		needs.Answered = name
	case k.shape == set:
		return s.countEach(k, asked)
	default:
		needs.Answers = append(needs.Answers, k.name)
	}
	if err := s.fill(h, needs); err != nil {
		return counted{}, err
	}
	return s.total(h, h.columns.all[h.columns.index[k]])
}

// countEach counts who answered a multiple choice, and each of its codes: sets
// of codes have too many combinations to be told apart.
func (s *sorting) countEach(k key, asked map[int]*surveys.Question) (counted, error) {
	answered, err := s.countAnswered(k, asked)
	if err != nil {
		return counted{}, err
	}
	always := map[int]*surveys.Question{}
	for version, q := range asked {
		chosen := *q
		chosen.Conditional = false // every row has a code
		always[version] = &chosen
	}
	h, needs := s.heap(always)
	needs.Each = k.name
	if err := s.fill(h, needs); err != nil {
		return counted{}, err
	}
	c, err := s.total(h, h.columns.all[h.columns.index[k]])
	if err != nil {
		return counted{}, err
	}
	size := len(c.counts) / len(s.split.Strata)
	for stratum := range s.split.Strata {
		people := answered[stratum*(firstCode+1):]
		c.counts[stratum*size+bitAsked] = people[leftBlank] + people[firstCode]
		c.counts[stratum*size+bitAnswered] = people[firstCode]
	}
	return c, nil
}

// countAnswered counts who was asked a question and who answered it, as if it
// were a text: what was answered does not tell people apart.
func (s *sorting) countAnswered(k key, asked map[int]*surveys.Question) ([]uint32, error) {
	open := map[int]*surveys.Question{}
	for version, q := range asked {
		open[version] = &surveys.Question{
			Item: &surveys.Item{Kind: surveys.TextKind, Name: q.Name}, Sections: q.Sections, Conditional: q.Conditional,
		}
	}
	h, needs := s.heap(open)
	needs.Answered = []string{k.name}
	if err := s.fill(h, needs); err != nil {
		return nil, err
	}
	c, err := s.total(h, h.columns.all[h.columns.index[key{name: k.name, shape: written}]])
	return c.counts, err
}

// countGrouped counts one multiple choice by groups of its codes.
func (s *sorting) countGrouped(k key, groups []Group) error {
	asked := map[int]*surveys.Question{}
	for version, form := range s.forms {
		if q, ok := form.Question(k.name); ok && keyOf(q) == k && k.shape == set && !repeated(q) {
			asked[version] = q
		}
	}
	s.split.days = counted{}
	if len(asked) == 0 {
		return nil
	}
	h, needs := s.heap(asked)
	if !slices.Contains(needs.Answers, k.name) {
		needs.Answers = append(needs.Answers, k.name)
	}
	if err := s.fill(h, needs); err != nil {
		return err
	}
	c, err := s.total(h, h.columns.all[h.columns.index[k]].(*setColumn).united(groups))
	s.split.columns[k] = c
	return err
}

// heap is an empty heap for one question, with what its rows must be told apart
// by: the questions that tell people apart, and those that decide who is asked.
func (s *sorting) heap(asked map[int]*surveys.Question) (*heap, surveys.Grouping) {
	h, needs := newHeap(), surveys.Grouping{Answers: s.names(), Versions: slices.Sorted(maps.Keys(asked))}
	for _, version := range needs.Versions {
		questions := []*surveys.Question{asked[version]}
		for _, q := range s.apart(s.forms[version]) {
			if q.Name != asked[version].Name {
				questions = append(questions, q)
			}
		}
		p := h.plan(version, s.forms[version], questions)
		needs.ByDay = needs.ByDay || p.clock
		for _, slot := range p.list {
			if slot.read && !slices.Contains(needs.Answers, slot.name) {
				needs.Answers = append(needs.Answers, slot.name)
			}
		}
	}
	return h, needs
}

// fill puts the groups of a grouping in a heap.
func (s *sorting) fill(h *heap, g surveys.Grouping) error {
	rows, err := s.rows(g)
	if err != nil {
		return err
	}
	return h.add(rows)
}

// total adds a column of a heap up, in the strata of the split.
func (s *sorting) total(h *heap, c column) (counted, error) {
	in, err := s.classes(h)
	if err != nil {
		return counted{}, err
	}
	counts, read := h.counts(c, in)
	return counted{counts, read}, nil
}

// mostGroups is how many groups of alike answers are read for one question:
// about 100 MB of them.
const mostGroups = 1 << 19

// ErrTooVaried: the answers that decide who is asked a question, or that tell
// people apart, have too many combinations to be counted by the store.
var ErrTooVaried = errors.New("too many combinations of answers")

// rows reads the groups of a grouping, in an order that depends on nothing but
// what they hold.
func (s *sorting) rows(g surveys.Grouping) ([]surveys.Alike, error) {
	g.Diagnostic, g.Survey, g.Until = s.from.diagnostic, s.survey, s.from.until
	var rows []surveys.Alike
	for a, err := range s.from.store.Groups(s.from.ctx, g) {
		if err != nil {
			return nil, err
		}
		if len(rows) == mostGroups {
			return nil, fmt.Errorf("survey %s, answers to %q: %w, more than %d. Write the conditions that read them with choices instead of texts or numbers, or count the diagnostic in memory",
				s.survey, g.Answers, ErrTooVaried, mostGroups)
		}
		a.Answers = bytes.Clone(a.Answers)
		rows = append(rows, a)
	}
	slices.SortFunc(rows, func(a, b surveys.Alike) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(a.Day, b.Day), bytes.Compare(a.Answers, b.Answers))
	})
	return rows, nil
}
