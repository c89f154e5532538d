package surveys

import (
	"fmt"
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// MaxText is how many characters a text answer may have when its question
// sets no smaller limit.
const MaxText = 10_000

// Check finds every problem the answers have: names the form does not ask,
// values that are not of the question's type or among its choices, questions
// that must be answered and are not, constraints that fail. What is off the
// path is not held against anybody.
func (f *Form) Check(a Answers, now time.Time) Problems {
	return f.Path(a, now).check()
}

func (p *Path) check() Problems {
	c := &checker{path: p}
	c.unknown(p.answers)
	for _, n := range p.form.nodes {
		if n.block == p.block {
			c.node(n)
		}
	}
	return c.problems
}

type checker struct {
	path     *Path
	problems Problems
}

// messages are the instructions a respondent reads, by code; pages translate
// them by the same codes.
var messages = map[string]string{
	"question.unknown": "Cette question n’existe pas dans le questionnaire.",
	"answer.type":      "Cette réponse n’a pas la forme attendue : répondez à nouveau.",
	"answer.required":  "Répondez à cette question pour continuer.",
	"answer.invalid":   "Corrigez cette réponse.",
	"choice.unknown":   "« %v » ne fait pas partie des choix proposés : choisissez dans la liste.",
	"choice.twice":     "Vous avez choisi deux fois la même réponse : gardez-la une seule fois.",
	"choice.max":       "Choisissez %d réponses au plus.",
	"choice.exact":     "Choisissez exactement %d réponses.",
	"text.max":         "Votre texte est trop long : %d caractères au plus.",
	"number.integer":   "Écrivez un nombre entier, sans virgule.",
	"number.invalid":   "Écrivez un nombre en chiffres.",
	"number.range":     "Choisissez un nombre entre %v et %v.",
	"date.invalid":     "Écrivez une date qui existe.",
}

// MessageCodes are the codes of the problems respondents may be shown.
func MessageCodes() []string {
	codes := make([]string, 0, len(messages))
	for code := range messages {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

func (c *checker) add(question, code string, args ...any) {
	c.problems = append(c.problems, Problem{
		Place: Place{Question: question}, Code: code, Message: fmt.Sprintf(messages[code], args...), Args: args,
	})
}

func (c *checker) unknown(a Answers) {
	for _, name := range a.Names() {
		n, ok := c.path.form.byName[name]
		if !ok || n.block != c.path.block || (n.question == nil && n.item.Kind != Repeat) {
			c.add(name, "question.unknown")
		}
	}
}

func (c *checker) node(n *node) {
	switch {
	case n.item.Kind == Repeat:
		c.repeat(n)
	case n.sent:
		c.question(n.question)
	}
}

func (c *checker) repeat(n *node) {
	if !c.path.on(n) {
		return
	}
	v := c.path.answers[n.item.Name]
	if !v.IsBlank() && v.Kind() != RowsAnswer {
		c.add(n.item.Name, "answer.type")
		return
	}
	for _, row := range c.path.rowsOf(n) {
		c.problems = append(c.problems, row.check()...)
	}
}

func (c *checker) question(q *Question) {
	if !c.path.on(q.node) {
		return
	}
	v := c.path.answers[q.Name]
	if v.IsBlank() {
		if c.path.Required(q) {
			c.custom(q, q.RequiredMessage, "answer.required")
		}
		return
	}
	if kind := q.Kind.Answer(); v.Kind() != kind && (kind != Blank || v.Kind() != TextAnswer) {
		c.add(q.Name, "answer.type")
		return
	}
	found := len(c.problems)
	c.value(q, v)
	if len(c.problems) > found {
		return
	}
	if q.node.constraint != nil && !q.node.constraint.Eval(scope{path: c.path, node: q.node}).Bool() {
		c.custom(q, q.ConstraintMessage, "answer.invalid")
	}
}

// custom reports a problem in the author's words when there are some. The
// texts of every language go along, for the page to choose from.
func (c *checker) custom(q *Question, text Text, code string) {
	c.add(q.Name, code)
	if !text.Empty() {
		last := &c.problems[len(c.problems)-1]
		last.Message, last.Text = text.In(c.path.form.Questionnaire.DefaultLanguage, NoLanguage), text
	}
}

func (c *checker) value(q *Question, v Value) {
	switch q.Kind {
	case SelectOne:
		c.choices(q, []string{v.Text()})
	case SelectMultiple, Rank:
		c.choices(q, v.Codes())
	case Integer, Decimal, Range:
		c.number(q, v.Number())
	case Date:
		if _, err := time.Parse(time.DateOnly, v.Text()); err != nil {
			c.add(q.Name, "date.invalid")
		}
	case Acknowledge:
		if v.Text() != "OK" {
			c.add(q.Name, "answer.type")
		}
	default:
		if utf8.RuneCountInString(v.Text()) > MaxText {
			c.add(q.Name, "text.max", MaxText)
		}
	}
}

func (c *checker) choices(q *Question, codes []string) {
	for i, code := range codes {
		if !c.path.offers(q, code) {
			c.add(q.Name, "choice.unknown", code)
		}
		if slices.Contains(codes[:i], code) {
			c.add(q.Name, "choice.twice")
		}
	}
	switch {
	case q.ConstraintMessage != nil || q.Limit == 0: // the constraint will say it
	case q.Exact && len(codes) != q.Limit:
		c.add(q.Name, "choice.exact", q.Limit)
	case len(codes) > q.Limit:
		c.add(q.Name, "choice.max", q.Limit)
	}
}

func (c *checker) number(q *Question, f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		c.add(q.Name, "number.invalid")
		return
	}
	if q.Kind == Integer && f != math.Trunc(f) {
		c.add(q.Name, "number.integer")
	}
	if low, high, _ := q.Bounds(); q.Kind == Range && (f < low || f > high) {
		c.add(q.Name, "number.range", low, high)
	}
}

// Keep returns the answers that are on the path, with what the form computes:
// what is worth keeping of a response.
func (f *Form) Keep(a Answers, now time.Time) Answers {
	return f.Path(a, now).keep()
}

func (p *Path) keep() Answers {
	kept := make(Answers, len(p.answers))
	for _, n := range p.form.nodes {
		if n.block != p.block || !p.on(n) {
			continue
		}
		if v := p.kept(n); !v.IsBlank() {
			kept[n.item.Name] = v
		}
	}
	return kept
}

func (p *Path) kept(n *node) Value {
	switch {
	case n.question != nil:
		return p.answer(n)
	case n.item.Kind != Repeat:
		return Value{}
	}
	var rows []Answers
	for _, row := range p.rowsOf(n) {
		rows = append(rows, row.keep())
	}
	return RowsValue(rows...)
}
