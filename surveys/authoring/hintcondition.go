package authoring

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
	"diapason/surveys/expr"
)

// neverMet tells the conditions nobody can meet: a code that is not offered,
// or clauses that contradict each other, those of the sections included. It
// looks at conditions a sentence can say; others are left to who wrote them.
func neverMet(p *proof) []Hint {
	var found []Hint
	for _, l := range p.lines {
		c, ok := ReadCondition(p.q, l.Relevant)
		if !ok || len(c.Clauses) == 0 {
			continue
		}
		message := p.unknownCode(c)
		if message == "" && !c.Any {
			message = p.contradiction(slices.Concat(p.inherited(l), c.Clauses))
		}
		if message != "" {
			found = append(found, Hint{Question: l.Name, Message: message})
		}
	}
	return found
}

// inherited are the clauses of the sections that hold an item, as far as all
// of them must be met.
func (p *proof) inherited(l line) []Clause {
	var clauses []Clause
	for _, s := range l.sections {
		if c, ok := ReadCondition(p.q, s.Relevant); ok && !c.Any {
			clauses = append(clauses, c.Clauses...)
		}
	}
	return clauses
}

// unknownCode looks for a choice that is not, or no longer, in its list. The
// communes come at publication.
func (p *proof) unknownCode(c Condition) string {
	for _, clause := range c.Clauses {
		item := find(p.q, clause.Question)
		if !item.Kind.HasChoices() || item.List == surveys.CommunesList || !clause.Is.NeedsValue() || len(choices(p.q, item)) == 0 {
			continue
		}
		for code := range strings.FieldsSeq(clause.Value) {
			if choice(p.q, item, code) == nil && !(item.OrOther && code == "other") {
				return fmt.Sprintf("La condition cherche la réponse %s, que %s ne propose pas. Choisissez une de ses réponses.", quote(code), title(p.q, item, p.main))
			}
		}
	}
	return ""
}

// contradiction finds two clauses about one question that no answer meets.
func (p *proof) contradiction(clauses []Clause) string {
	for i, a := range clauses {
		for _, b := range clauses[:i] {
			if a.Question == b.Question && (excludes(a, b) || excludes(b, a)) {
				return fmt.Sprintf("Cette question ne sera posée à personne : %s et %s ne peuvent pas être vrais ensemble. Retirez l’un des deux, ou remplacez « et » par « ou ».",
					b.words(p.q, p.main), a.words(p.q, p.main))
			}
		}
	}
	return ""
}

// excludes reports whether an answer that meets the first clause can never
// meet the second.
func excludes(a, b Clause) bool {
	among := func(list, code string) bool { return slices.Contains(strings.Fields(list), code) }
	switch a.Is {
	case Blank:
		return !slices.Contains([]Comparison{Blank, Differs, NoneOf, NotChosen}, b.Is)
	case Chosen:
		return b.Is == NotChosen && a.Value == b.Value
	case OneOf:
		if b.Is == OneOf || b.Is == NoneOf {
			return !slices.ContainsFunc(strings.Fields(a.Value), func(code string) bool { return among(b.Value, code) == (b.Is == OneOf) })
		}
	case Equals:
		switch b.Is {
		case Equals:
			return a.Value != b.Value
		case Differs:
			return a.Value == b.Value
		case OneOf:
			return !among(b.Value, a.Value)
		case NoneOf:
			return among(b.Value, a.Value)
		}
	}
	lowA, highA, okA := bounds(a)
	lowB, highB, okB := bounds(b)
	return okA && okB && (lowA > highB || lowB > highA)
}

// bounds are the numbers, or the days, that meet an ordered clause; a strict
// one stops just before.
func bounds(c Clause) (low, high float64, ok bool) {
	v, ok := measure(c.Value)
	switch c.Is {
	case Equals:
		return v, v, ok
	case Less, Earlier:
		return math.Inf(-1), math.Nextafter(v, math.Inf(-1)), ok
	case AtMost, NotAfter:
		return math.Inf(-1), v, ok
	case More, Later:
		return math.Nextafter(v, math.Inf(1)), math.Inf(1), ok
	case AtLeast, NotBefore:
		return v, math.Inf(1), ok
	}
	return 0, 0, false
}

// measure is a number, or a date as the number of its digits in order.
func measure(s string) (float64, bool) {
	if isDate(s) {
		s = strings.ReplaceAll(s, "-", "")
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// askedTooEarly tells the conditions that ask about what comes later: at that
// moment there is no answer yet.
func askedTooEarly(p *proof) []Hint {
	var found []Hint
	for i, l := range p.lines {
		parsed, err := expr.Parse(l.Relevant)
		if l.Relevant == "" || err != nil {
			continue
		}
		for _, name := range parsed.Names() {
			at := p.order[name] - 1
			if at >= i && p.lines[at].Kind.Asked() {
				found = append(found, Hint{Question: l.Name, Message: fmt.Sprintf(
					"La condition dépend de %s, qui vient après. Placez cette question plus tôt, ou déplacez celle-ci.", title(p.q, p.lines[at].Item, p.main))})
				break
			}
		}
	}
	return found
}
