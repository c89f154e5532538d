package report

import (
	"regexp"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// A crowd is some people under the name of the group they are, by which the
// ledger knows them wherever they are counted.
type crowd struct {
	who string
	tally.Mass
}

// question is the counts of the question with this name, all zero where the
// audience is not asked it.
func (p public) question(name string) *tally.Question {
	q, ok := p.form.Question(name)
	if !ok {
		return &tally.Question{}
	}
	return p.counts.Question(q)
}

// all is everybody who answered a survey.
func (p public) all() crowd { return crowd{p.ID, tally.People(p.counts.N)} }

// group names a group of a question's people.
func (p public) group(question, which string) string { return p.ID + "/" + question + which }

// asked is the people a question was on the path of: everybody, unless some
// were not.
func (p public) asked(name string, q *tally.Question) crowd {
	if q.Asked.N == p.counts.N {
		return crowd{p.ID, q.Asked}
	}
	return crowd{p.group(name, " asked"), q.Asked}
}

func (p public) answered(name string, q *tally.Question) crowd {
	return crowd{p.group(name, " answered"), q.Answered}
}

// opinions is those who answered something else than "I do not know".
func (p public) opinions(name string, q *tally.Question) crowd {
	return crowd{p.group(name, " opinions"), q.Opinions()}
}

func (p public) blank(name string, q *tally.Question) crowd {
	return crowd{p.group(name, " blank"), q.Blank()}
}

// chose is those who chose a code.
func (p public) chose(name, code string, q *tally.Question) crowd {
	return crowd{p.group(name, "="+code), q.Count(code)}
}

// others is those of a crowd who are not of a part of it.
func (c crowd) others(part crowd) crowd {
	return crowd{part.who + " not", c.Minus(part.Mass)}
}

// sumOf is several crowds that do not overlap together, under a name.
func sumOf(who string, parts []crowd) crowd {
	all := crowd{who: who}
	for _, c := range parts {
		all.Mass = all.Plus(c.Mass)
	}
	return all
}

// filtering is a condition that says one question was answered by one of some
// codes: those it asks are then the people who chose them.
var (
	equality  = regexp.MustCompile(`^\$\{([^}]+)\}\s*=\s*['"]([^'"]*)['"]$`)
	selection = regexp.MustCompile(`^selected\(\s*\$\{([^}]+)\}\s*,\s*['"]([^'"]*)['"]\s*\)$`)
)

// filter reads the condition of a question when it says that: the question it
// reads, and the codes.
func filter(condition string) (question string, codes []string, ok bool) {
	for clause := range strings.SplitSeq(condition, " or ") {
		found := equality.FindStringSubmatch(strings.TrimSpace(clause))
		if found == nil {
			found = selection.FindStringSubmatch(strings.TrimSpace(clause))
		}
		if found == nil || question != "" && found[1] != question {
			return "", nil, false
		}
		question, codes = found[1], append(codes, found[2])
	}
	return question, codes, question != ""
}

// link tells the ledger that those asked a question are those who chose some
// answers to another, where its condition says so and the numbers agree.
func (p public) link(s *sheet, q *surveys.Question) {
	name, codes, ok := filter(q.Relevant)
	source, known := p.form.Question(name)
	if !ok || !known || source.Kind != surveys.SelectOne && (source.Kind != surveys.SelectMultiple || len(codes) > 1) {
		return
	}
	asked := p.asked(q.Name, p.counts.Question(q))
	counts := p.counts.Question(source)
	var parts []crowd
	for _, code := range codes {
		parts = append(parts, p.chose(name, code, counts))
	}
	if sumOf(asked.who, parts).N == asked.N {
		s.sum(asked, parts...)
	}
}
