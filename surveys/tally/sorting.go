package tally

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
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

// sort finds the people of each stratum and each day, once for all the questions
// that are crossed with the same.
func (c counting) sort(survey string, by []By) (*sorting, error) {
	name := fmt.Sprintf("%q to %d by %v", survey, c.reaches(survey), by)
	if c.people[name] == nil {
		s, err := c.sorted(survey, by)
		if err != nil {
			return nil, err
		}
		c.people[name] = s
	}
	s := *c.people[name]
	s.from, s.split = c, &Split{Strata: s.split.Strata, days: s.split.days, columns: map[key]counted{}}
	return &s, nil
}

func (c counting) sorted(survey string, by []By) (*sorting, error) {
	s := &sorting{from: c, split: &Split{}, survey: survey, by: by, forms: map[int]*surveys.Form{}}
	rows, err := s.rows(surveys.Gathering{ByDay: true, Answers: s.names()})
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
	in, _, err := everybody.columns.classes(math.MaxInt64, s.by, placing{}, &found)
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
	in, _, err := h.columns.classes(math.MaxInt64, s.by, placing{}, &found)
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

// count counts the questions of the versions, or only some.
func (s *sorting) count(only []key) error {
	packs := s.packs(s.questions(only))
	all, faults := make([][]counted, len(packs)), make([]error, len(packs))
	var work sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, p := range packs {
		room <- struct{}{}
		work.Go(func() {
			all[i], faults[i] = s.countPack(p)
			<-room
		})
	}
	work.Wait()
	if err := cmp.Or(faults...); err != nil {
		return err
	}
	answered := map[key]counted{}
	for i, p := range packs {
		for j, piece := range p.pieces {
			if piece.open {
				answered[piece.key] = all[i][j]
			} else {
				s.split.columns[piece.key] = all[i][j]
			}
		}
	}
	for k, who := range answered {
		s.answered(k, s.split.columns[k].counts, who.counts)
	}
	return nil
}

// questions are those that are counted, by version, of the versions somebody
// answered; keys are in the order of the forms.
func (s *sorting) questions(only []key) (keys []key, asked map[key]map[int]*surveys.Question) {
	asked = map[key]map[int]*surveys.Question{}
	for _, version := range slices.Sorted(maps.Keys(s.forms)) {
		for _, q := range countable(s.forms[version]) {
			k := keyOf(q)
			if k.shape == uncounted || repeated(q) {
				continue
			}
			if k.shape == choice && q.HasProfile(surveys.ProfileCommune) && asked[k] == nil {
				s.split.commune = k
			}
			if only != nil && !slices.Contains(only, k) {
				continue
			}
			if asked[k] == nil {
				asked[k] = map[int]*surveys.Question{}
				keys = append(keys, k)
			}
			asked[k][version] = q
		}
	}
	return keys, asked
}

// answered puts who was asked a multiple choice, or a repeat, and who answered
// it, counted apart, beside the counts of its codes or rows.
func (s *sorting) answered(k key, counts, who []uint32) {
	size := len(counts) / len(s.split.Strata)
	for stratum := range s.split.Strata {
		cells, people := counts[stratum*size:], who[stratum*(firstCode+1):]
		if k.shape == rowCount {
			cells[leftBlank] = people[leftBlank]
			continue
		}
		cells[bitAsked] = people[leftBlank] + people[firstCode]
		cells[bitAnswered] = people[firstCode]
	}
}

// countPack counts the pieces of a pack.
func (s *sorting) countPack(p *pack) ([]counted, error) {
	h, err := s.fill(p)
	if err != nil {
		return nil, err
	}
	in, err := s.classes(h)
	if err != nil {
		return nil, err
	}
	all := make([]counted, len(p.pieces))
	for i, piece := range p.pieces {
		all[i].counts, all[i].read = h.counts(h.columns.all[h.columns.index[piece.column()]], in)
	}
	return all, nil
}

// countGrouped counts one multiple choice by groups of its codes.
func (s *sorting) countGrouped(k key, groups []Group) error {
	s.split.days = counted{} // as for a table: only the question is counted
	keys, asked := s.questions([]key{k})
	s.split.commune = key{}
	if len(keys) == 0 || k.shape != set {
		return nil
	}
	p := newPack(s.piece(k, asked[k]), true)
	h, err := s.fill(p)
	if err != nil {
		return err
	}
	in, err := s.classes(h)
	if err != nil {
		return err
	}
	counts, read := h.counts(h.columns.all[h.columns.index[k]].(*setColumn).united(groups), in)
	s.split.columns[k] = counted{counts, read}
	return nil
}

// fill makes a heap of the people as a pack tells them apart.
func (s *sorting) fill(p *pack) (*heap, error) {
	rows, err := s.rows(p.gathering(s.names()))
	if err != nil {
		return nil, err
	}
	h, _ := s.heap(p.pieces)
	return h, h.add(rows)
}

// heap is an empty heap for some pieces, and the answers its rows must be told
// apart by besides theirs: those that decide who is asked.
func (s *sorting) heap(pieces []piece) (h *heap, needs surveys.Gathering) {
	h = newHeap()
	needs.Versions = pieces[0].versions()
	for _, version := range needs.Versions {
		var questions []*surveys.Question
		var counted []string
		for _, piece := range pieces {
			questions, counted = append(questions, piece.asked[version]), append(counted, piece.key.name)
		}
		for _, q := range s.apart(s.forms[version]) {
			if !slices.Contains(counted, q.Name) {
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

// mostAlike is how many groups of alike answers are read for one question:
// about 100 MB of them.
const mostAlike = 1 << 19

// ErrTooVaried: the answers that decide who is asked a question, or that tell
// people apart, have too many combinations to be counted by the store.
var ErrTooVaried = errors.New("too many combinations of answers")

// rows reads the groups of a gathering, in an order that depends on nothing but
// what they hold.
func (s *sorting) rows(g surveys.Gathering) ([]surveys.Alike, error) {
	g.Diagnostic, g.Survey, g.Until = s.from.diagnostic, s.survey, s.from.reaches(s.survey)
	var rows []surveys.Alike
	for a, err := range s.from.store.Gather(s.from.ctx, g) {
		if err != nil {
			return nil, err
		}
		if len(rows) == mostAlike {
			return nil, fmt.Errorf("survey %s, answers to %q: %w, more than %d. Write the conditions that read them with choices instead of texts or numbers, or count the diagnostic in memory",
				s.survey, g.Answers, ErrTooVaried, mostAlike)
		}
		a.Answers = bytes.Clone(a.Answers)
		rows = append(rows, a)
	}
	slices.SortFunc(rows, func(a, b surveys.Alike) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(a.Day, b.Day), bytes.Compare(a.Answers, b.Answers))
	})
	return rows, nil
}
