package report

import (
	"math"
)

// The thresholds, with where they come from.
const (
	// floor is the least number of people a cell may tell: Insee releases no
	// cell about fewer than 11 persons from tax data, and answers about
	// health deserve no less.
	floor = 11
	// leastBase is the least base of a share; below cautionBase it is marked.
	leastBase   = 30
	cautionBase = 50
	// grain is what published numbers of people are rounded to.
	grain = 5
)

// The rules, as the log of suppressions says them.
const (
	ruleFloor      = "moins de 11 personnes"
	ruleComplement = "il resterait moins de 11 personnes"
	ruleSecondary  = "masqué pour qu’une autre case masquée ne se calcule pas"
	ruleBase       = "base de moins de 30 personnes"
	ruleUniform    = "réponse unanime à une question sensible"
	ruleGap        = "écart avec une part masquée"
)

// mark puts on every share, mean and score what its base allows, in both
// views.
func mark(sheets []*sheet) {
	for _, s := range sheets {
		for _, f := range s.facts {
			for _, column := range f.cells {
				c := s.cell(f.row, column)
				if c.State != Shown || !onBase(s.Columns[column].Kind) {
					continue
				}
				c.Caution = f.base >= leastBase && f.base < cautionBase
				if f.base < leastBase {
					c.State = TooFew
				}
			}
		}
	}
}

// onBase kinds are only worth what their base is.
func onBase(k ColumnKind) bool {
	return k == Share || k == Low || k == High || k == Mean || k == Score || k == Gap
}

// protect is the way out of every number: it hides what would tell of fewer
// than [floor] people, rounds the rest and returns the log.
func protect(r *Report, chapters []draft) []Suppression {
	for i := range r.Answers {
		protectAudience(&r.Answers[i])
	}
	var log []Suppression
	for _, c := range chapters {
		for _, s := range c.sheets {
			log = append(log, protectSheet(c.ID, s)...)
		}
	}
	return log
}

func protectAudience(a *AudienceCount) {
	if small(a.N) {
		a.N, a.State = 0, Hidden
		return
	}
	a.N = int(rounded(float64(a.N)))
}

// protectSheet protects one table.
func protectSheet(chapter string, s *sheet) []Suppression {
	p := protection{sheet: s, chapter: chapter, rules: make([]string, len(s.facts))}
	p.primary()
	for p.secondary() {
	}
	p.totals()
	for i := range s.facts {
		if p.rules[i] != "" {
			p.hideFact(i)
		}
	}
	p.bases()
	p.gaps()
	p.round()
	return p.log
}

// protection is the work on one sheet: which rule hides each fact.
type protection struct {
	*sheet
	chapter string
	rules   []string // by fact, "" when it may be told
	log     []Suppression
}

func small(n int) bool { return n > 0 && n < floor }

// primary hides what may not be told by itself.
func (p *protection) primary() {
	for i, f := range p.facts {
		switch {
		case small(f.n):
			p.rules[i] = ruleFloor
		case f.complement && small(f.base-f.n):
			p.rules[i] = ruleComplement
		case p.uniform(f):
			p.rules[i] = ruleUniform
		}
	}
}

func (p *protection) uniform(f fact) bool {
	return p.sensitive && f.base > 0 && !f.whole && (f.n == 0 || f.n == f.base)
}

// secondary hides one more fact where subtraction would tell a hidden one,
// and reports whether it did.
func (p *protection) secondary() bool {
	for _, part := range p.parts {
		if !p.leaks(part) {
			continue
		}
		if i, ok := p.smallest(part); ok {
			p.rules[i] = ruleSecondary
			return true
		}
	}
	return false
}

// totals hides each total with any of its terms.
func (p *protection) totals() {
	for i, f := range p.facts {
		for _, term := range f.terms {
			if p.rules[term] != "" && p.rules[i] == "" {
				p.rules[i] = ruleSecondary
			}
		}
	}
}

// leaks reports whether somebody who knows the total of a part, what is shown
// of it and the rules could compute a hidden number, or tell that the hidden
// ones together are fewer than floor people.
func (p *protection) leaks(part []int) bool {
	total, hidden, few := 0, 0, 0
	for _, i := range part {
		if p.rules[i] == "" {
			continue
		}
		hidden++
		total += p.facts[i].n
		if p.rules[i] == ruleFloor {
			few++
		}
	}
	switch {
	case hidden == 0:
		return false
	case hidden == 1 || total < floor:
		return true
	case few == hidden: // each from 1 to 10: both ends leave no doubt
		return total == hidden || total == hidden*(floor-1)
	}
	// Others hide at least floor people: what they leave may be just one each.
	return few > 0 && total-floor*(hidden-few) == few
}

// smallest is the fact of a part that costs the reader least to lose: the
// fewest people that still confuse; nobody at all only when nothing else is
// left. Equal ones go by key, so that tables which order the same rows
// differently hide the same.
func (p *protection) smallest(part []int) (least int, ok bool) {
	for _, i := range part {
		if p.rules[i] == "" && (!ok || p.cheaper(i, least)) {
			least, ok = i, true
		}
	}
	return least, ok
}

func (p *protection) cheaper(i, j int) bool {
	cost := func(n int) int {
		if n > 0 {
			return n
		}
		return math.MaxInt
	}
	if a, b := cost(p.facts[i].n), cost(p.facts[j].n); a != b {
		return a < b
	}
	return p.Rows[p.facts[i].row].Key < p.Rows[p.facts[j].row].Key
}

func (p *protection) hideFact(i int) {
	f := p.facts[i]
	for _, column := range f.cells {
		state := Hidden
		if p.rules[i] == ruleUniform && p.Columns[column].Kind == Share && p.cell(f.row, column).State == Shown {
			state = BlurLow
			if f.n > 0 {
				state = BlurHigh
			}
		}
		p.hide(f.row, column, state, p.rules[i])
	}
}

// hide takes the value of a cell away and logs it. An empty cell says nothing
// and stays empty.
func (p *protection) hide(row, column int, state State, rule string) {
	c := p.cell(row, column)
	if c.State == Empty || c.State == Hidden {
		return
	}
	*c = Cell{State: state}
	p.log = append(p.log, Suppression{
		Chapter: p.chapter, Table: p.ID, Row: p.Rows[row].Key, Column: p.Columns[column].Key, Rule: rule,
	})
}

// bases hides the bases that are small themselves or would, all else being
// hidden, still tell a cell; and the shares on a base too small to be told.
func (p *protection) bases() {
	for _, part := range p.parts {
		if p.exhausted(part) {
			p.hideBases(part)
		}
	}
	for row := range p.Rows {
		for column := range p.Columns {
			c := p.cell(row, column)
			switch {
			case c.State == TooFew:
				p.hide(row, column, TooFew, ruleBase)
			case p.Columns[column].Kind == Base && c.State == Shown && small(int(c.Number)):
				p.hide(row, column, Hidden, ruleFloor)
			}
		}
	}
}

// exhausted parts are hidden whole, and their base still leaks: all their
// cells have the least, or the most, that a hidden one may have.
func (p *protection) exhausted(part []int) bool {
	total := 0
	for _, i := range part {
		total += p.facts[i].n
	}
	return len(part) > 0 && total >= floor && total == p.facts[part[0]].base && p.leaks(part)
}

func (p *protection) hideBases(part []int) {
	for _, i := range part {
		for column := range p.Columns {
			if p.Columns[column].Kind == Base {
				p.hide(p.facts[i].row, column, Hidden, ruleSecondary)
			}
		}
	}
}

// gaps tells each gap from the rounded shares, as a reader would compute it,
// and hides it with any of them: it would tell the hidden one.
func (p *protection) gaps() {
	for _, g := range p.sheet.gaps {
		low, high, hidden := 1.0, 0.0, false
		for _, i := range g.facts {
			f := p.facts[i]
			share := percent(float64(f.n) / float64(f.base))
			low, high = min(low, share), max(high, share)
			hidden = hidden || p.cell(f.row, f.cells[0]).State != Shown
		}
		if hidden {
			p.hide(g.row, g.column, Hidden, ruleGap)
			continue
		}
		p.cell(g.row, g.column).Number = high - low
	}
}

// round leaves no number finer than what may be published.
func (p *protection) round() {
	for _, f := range p.facts { // a rate tells n through the population
		for _, column := range f.cells {
			if c := p.cell(f.row, column); p.Columns[column].Kind == Rate && c.State == Shown && f.n > 0 {
				c.Number *= rounded(float64(f.n)) / float64(f.n)
			}
		}
	}
	for row := range p.Rows {
		for column := range p.Columns {
			c := p.cell(row, column)
			if c.State == Shown {
				c.Number = published(p.Columns[column].Kind, p.Columns[column].Key, c.Number)
			}
		}
	}
	p.sums()
}

// sums makes each total the sum of the rounded numbers above it: a reader who
// adds them up finds it, and it tells nothing they do not.
func (p *protection) sums() {
	for _, f := range p.facts {
		if len(f.terms) == 0 || p.cell(f.row, f.cells[0]).State != Shown {
			continue
		}
		sum := 0.0
		for _, i := range f.terms {
			sum += p.cell(p.facts[i].row, p.facts[i].cells[0]).Number
		}
		p.cell(f.row, f.cells[0]).Number = sum
	}
}

// published is a number as the restitution gives it.
func published(k ColumnKind, key string, f float64) float64 {
	switch k {
	case Count:
		if key == populationKey { // a census number, not answers
			return f
		}
		return rounded(f)
	case Base:
		return rounded(f)
	case Share, Low, High, Gap:
		return percent(f)
	case Mean, Rate:
		return math.Round(f*10) / 10
	case Score:
		return math.Round(f)
	}
	return f
}

// rounded is a number of people to the nearest 5. What may be told is never 1
// to 10 people and does not look so either: 11 and 12 become 15.
func rounded(n float64) float64 {
	if n <= 0 {
		return 0
	}
	return max(math.Round(n/grain)*grain, floor+grain-1)
}

// percent is a share in whole percents.
func percent(f float64) float64 { return math.Round(f*100) / 100 }
