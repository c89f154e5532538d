package tally

import (
	"slices"
	"strings"
	"time"

	"diapason/surveys"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// A plan says where the answers to one version of a survey go. It is used by
// one follower at a time.
type plan struct {
	columns *columns
	at      int32 // their index in the table
	form    *surveys.Form
	slots   map[string]int // answer name → slot
	list    []slot
	sorted  []int  // the slots by name, the order answers are stored in
	round   uint32 // the document being read; a slot it filled carries it

	// Whether a conditional question was asked depends on few answers, and
	// the same ones come again and again: asked remembers, by the raw bytes
	// of those answers, what the path said of every conditional question.
	conditional []string
	clock       bool // an expression reads the date
	raw         []byte
	asked       map[string][]bool
}

// slot is one answer name: its column, and what else it is for.
type slot struct {
	name        string
	column      int // -1 when it is only read by conditions
	conditional int // in plan.conditional, -1 when asked of everybody
	read        bool
	round       uint32
}

// memory bounds what a plan remembers; a form whose conditions read texts or
// numbers could fill any memory.
const memory = 1 << 14

// newPlan makes the missing columns of a form.
func newPlan(c *columns, form *surveys.Form) *plan { return newPlanOf(c, form, countable(form)) }

// countable are the questions of a form, its repeats, whose rows are counted, and
// how the answers came in.
func countable(form *surveys.Form) []*surveys.Question {
	return slices.Concat(form.Questions, form.Repeats(), surveys.Circumstances)
}

// newPlanOf makes the missing columns of some questions of a form.
func newPlanOf(c *columns, form *surveys.Form, questions []*surveys.Question) *plan {
	p := &plan{columns: c, form: form, slots: map[string]int{}, asked: map[string][]bool{}}
	for _, q := range questions {
		column := c.column(q)
		if column < 0 {
			continue
		}
		s := slot{name: q.Name, column: column, conditional: -1}
		if q.Conditional {
			s.conditional = len(p.conditional)
			p.conditional = append(p.conditional, q.Name)
		}
		p.slots[q.Name] = len(p.list)
		p.list = append(p.list, s)
	}
	p.dependencies()
	for i := range p.list {
		p.sorted = append(p.sorted, i)
	}
	slices.SortFunc(p.sorted, func(a, b int) int { return strings.Compare(p.list[a].name, p.list[b].name) })
	return p
}

// dependencies marks the answers that decide, directly or through others,
// whether conditional questions are asked.
func (p *plan) dependencies() {
	seen := map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		deciders, clock := p.form.Deciders(name)
		p.clock = p.clock || clock
		for _, decider := range deciders {
			p.reads(decider)
			follow(decider)
		}
	}
	for _, name := range p.conditional {
		follow(name)
	}
}

func (p *plan) reads(name string) {
	i, ok := p.slots[name]
	if !ok {
		i = len(p.list)
		p.slots[name] = i
		p.list = append(p.list, slot{name: name, column: -1, conditional: -1})
	}
	p.list[i].read = true
}

// add puts one response in a row. Blank answers are not in the document: what
// it does not hold was asked and left blank, or not asked at all.
func (p *plan) add(row int, day, answers []byte) error {
	p.columns.days.set(row, firstCode+p.columns.days.codes.ofBytes(day))
	p.round++
	p.raw = p.raw[:0]
	next := 0
	err := eachElement(answers, func(name []byte, e bsoncore.Element, v bsoncore.Value) {
		i, ok := p.slot(name, &next)
		if !ok {
			return
		}
		s := &p.list[i]
		s.round = p.round
		if s.read {
			p.raw = append(p.raw, e...)
		}
		if s.column >= 0 {
			p.columns.all[s.column].put(row, v)
		}
	})
	if err != nil {
		return err
	}
	return p.blanks(row, day)
}

// slot finds a name, at no cost while names come in order.
func (p *plan) slot(name []byte, next *int) (int, bool) {
	for ; *next < len(p.sorted); *next++ {
		i := p.sorted[*next]
		if p.list[i].name == string(name) {
			return i, true
		}
		if p.list[i].name > string(name) {
			break
		}
	}
	i, ok := p.slots[string(name)]
	return i, ok
}

func (p *plan) blanks(row int, day []byte) error {
	var asked []bool
	for i := range p.list {
		s := &p.list[i]
		if s.round == p.round || s.column < 0 {
			continue
		}
		on := true
		if s.conditional >= 0 {
			if asked == nil {
				var err error
				if asked, err = p.path(day); err != nil {
					return err
				}
			}
			on = asked[s.conditional]
		}
		p.columns.all[s.column].mark(row, on)
	}
	return nil
}

// path says which conditional questions were asked of the person whose
// answers are in p.raw. The moment is noon of the day of the answer: the hour
// was never kept.
func (p *plan) path(day []byte) ([]bool, error) {
	size := len(p.raw)
	if p.clock {
		p.raw = append(p.raw, day...)
	}
	if asked, ok := p.asked[string(p.raw)]; ok {
		return asked, nil
	}
	answers, err := decode(p.raw[:size])
	if err != nil {
		return nil, err
	}
	noon, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		noon = time.Time{}
	}
	path := p.form.Path(answers, noon.Add(12*time.Hour))
	asked := make([]bool, len(p.conditional))
	for i, name := range p.conditional {
		asked[i] = path.On(name)
	}
	if len(p.asked) >= memory {
		clear(p.asked)
	}
	p.asked[string(p.raw)] = asked
	return asked, nil
}

// decode reads raw elements back as answers.
func decode(elements []byte) (surveys.Answers, error) {
	doc := bsoncore.BuildDocument(nil, elements)
	wrapped := bsoncore.BuildDocument(nil, bsoncore.AppendDocumentElement(nil, "answers", doc))
	var r surveys.Response
	err := r.UnmarshalBSON(wrapped)
	return r.Answers, err
}
