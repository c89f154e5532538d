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
	ruleFloor     = "moins de 11 personnes"
	ruleSecondary = "masqué pour qu’une autre case masquée ne se calcule pas"
	ruleBase      = "base de moins de 30 personnes"
	ruleUniform   = "réponse unanime à une question sensible"
	ruleGap       = "écart avec une part masquée"
	// ruleEither is what is published of the first two: to say which would tell
	// the small ones from the others.
	ruleEither = "moins de 11 personnes, ou protection d’une telle case"
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
func protect(r *Report, chapters []draft, past Past) (*ledger, error) {
	var sheets []*sheet
	for _, c := range chapters {
		sheets = append(sheets, c.sheets...)
	}
	l, err := ledgerOf(sheets)
	if err != nil {
		return nil, err
	}
	if err := l.protectAfter(past); err != nil {
		return nil, err
	}
	r.Suppressions = l.publish(r, chapters)
	return l, nil
}

// publish leaves of a report what may be told.
func (l *ledger) publish(r *Report, chapters []draft) []Suppression {
	for i := range r.Answers {
		l.protectAudience(&r.Answers[i])
	}
	var log []Suppression
	for _, c := range chapters {
		for _, s := range c.sheets {
			p := protection{sheet: s, chapter: c.ID}
			p.publish(l)
			log = append(log, p.log...)
		}
	}
	return log
}

func (l *ledger) protectAudience(a *AudienceCount) { a.protect(l.ruleOf(a.Survey)) }

// protect leaves of a number of answers what may be told.
func (a *AudienceCount) protect(rule string) {
	if rule != "" || small(a.N) || a.State == Hidden {
		a.N, a.State = 0, Hidden
		return
	}
	a.N = int(rounded(float64(a.N)))
}

// ruleOf is the rule that hides a group, "" when it may be told.
func (l *ledger) ruleOf(who string) string {
	if g, known := l.index[who]; known {
		return l.groups[g].rule
	}
	return ""
}

func small(n int) bool { return n > 0 && n < floor }

// uniform reports whether everybody, or nobody, of a base is in the fact.
func (f fact) uniform() bool {
	return f.base > 0 && !f.whole && !f.aside && (f.n == 0 || f.n == f.base)
}

// protection is the work on one sheet.
type protection struct {
	*sheet
	chapter string
	log     []Suppression
}

// publish leaves of a sheet what the ledger lets out.
func (p *protection) publish(l *ledger) {
	for _, f := range p.facts {
		if rule := l.ruleOf(f.who); rule != "" {
			p.hideFact(f, rule)
		}
	}
	p.tooFew()
	p.gaps()
	p.round()
}

func (p *protection) hideFact(f fact, rule string) {
	for _, column := range f.cells {
		state := Hidden
		if rule == ruleUniform && p.Columns[column].Kind == Share && p.cell(f.row, column).State == Shown {
			state = BlurLow
			if f.n > 0 {
				state = BlurHigh
			}
		}
		p.hide(f.row, column, state, rule)
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
	if rule == ruleFloor || rule == ruleSecondary {
		rule = ruleEither
	}
	p.log = append(p.log, Suppression{
		Chapter: p.chapter, Table: p.ID, Row: p.Rows[row].Key, Column: p.Columns[column].Key, Rule: rule,
	})
}

// tooFew hides the shares on a base too small to be told.
func (p *protection) tooFew() {
	for row := range p.Rows {
		for column := range p.Columns {
			if p.cell(row, column).State == TooFew {
				p.hide(row, column, TooFew, ruleBase)
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
			share := percent(f.share)
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
