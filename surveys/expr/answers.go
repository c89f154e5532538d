package expr

// Answer is what CheckAnswers knows of a question. The zero Answer is any.
type Answer struct {
	Several bool                   // a multiple choice
	Has     func(code string) bool // whether it is a choice; nil when they are not fixed
	Codes   func() []string        // the choices, for a guess at a misspelt one
}

// CheckAnswers warns about comparisons that what a question may be answered
// makes vain. answer is asked for the names the expression reads, and for ""
// as '.'.
func (e *Expr) CheckAnswers(answer func(name string) Answer) []Fault {
	c := answerChecker{checker: checker{src: e.source}, answer: answer}
	c.visit(e.root)
	return c.sorted()
}

type answerChecker struct {
	checker
	answer func(string) Answer
}

func (c *answerChecker) visit(n *node) {
	switch {
	case n.op == opEq || n.op == opNe:
		c.compared(n.args[0], n.args[1], true)
		c.compared(n.args[1], n.args[0], true)
	case n.op == opCall && n.text == "selected" && len(n.args) == 2:
		c.compared(n.args[0], n.args[1], false)
	}
	for _, arg := range n.args {
		c.visit(arg)
	}
}

// compared looks at one question against one literal; whole when all that was
// answered is compared, and not each choice.
func (c *answerChecker) compared(question, literal *node, whole bool) {
	if literal.op != opText || literal.text == "" || question.op != opRef && question.op != opSelf {
		return
	}
	name, written := "", "."
	if question.op == opRef {
		name, written = question.text, "${"+question.text+"}"
	}
	switch a := c.answer(name); {
	case a.Several && whole:
		c.warn(question, "%s admet plusieurs réponses : écrivez selected(%s, '%s').", written, written, excerpt(literal.text))
	case a.Has == nil || a.Has(trimSpace(literal.text)):
	default:
		c.misspelt(literal, written, a)
	}
}

func (c *answerChecker) misspelt(literal *node, written string, a Answer) {
	if guess := Closest(literal.text, a.Codes()); guess != "" {
		c.warn(literal, "'%s' n’est pas un choix de %s. Vouliez-vous dire '%s' ?", excerpt(literal.text), written, guess)
		return
	}
	c.warn(literal, "'%s' n’est pas un choix de %s : cette comparaison ne sera jamais vraie.", excerpt(literal.text), written)
}
