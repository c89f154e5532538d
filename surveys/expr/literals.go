package expr

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"
)

// The checks below look only at what is written in the expression itself: the
// type of an answer is the questionnaire's to check.

// operands warns about literals that cannot do their job.
func (c *checker) operands(n *node) {
	for i, arg := range n.args {
		if arg.op != opText {
			continue
		}
		switch n.op {
		case opAnd, opOr:
			if arg.text != "" {
				c.warn(arg, "Le texte '%s' seul est toujours vrai : écrivez la comparaison en entier, par exemple ${a} = 'x' or ${a} = 'y'.", excerpt(arg.text))
			}
		case opAdd, opSub, opMul, opDiv, opMod, opNeg:
			if notNumber(arg) {
				c.warn(arg, "'%s' n’est pas un nombre : ce calcul ne donnera jamais de résultat.", excerpt(arg.text))
			}
		case opLt, opLe, opGt, opGe:
			c.order(arg, n.args[1-i])
		}
	}
}

func (c *checker) order(literal, other *node) {
	_, dated := parseDate(literal.text, 0)
	switch {
	case dated && !makesDate(other):
		c.warn(literal, "Écrivez date('%s') : sans date(…), ODK Collect ne sait pas comparer ce texte à une date.", literal.text)
	case !dated && notNumber(literal):
		c.warn(literal, "'%s' n’est ni un nombre ni une date : cette comparaison ne sera jamais vraie.", excerpt(literal.text))
	}
}

func makesDate(n *node) bool {
	switch n.text {
	case "date", "date-time", "today", "now":
		return n.op == opCall
	}
	return false
}

func notNumber(n *node) bool {
	f := numberOf(n.text)
	return n.op == opText && f != f
}

func checkReference(c *checker, call *node) {
	switch call.args[0].op {
	case opRef, opSelf, opPath, opUnion, opColumn:
	default:
		c.refuse(call.args[0], "%s() attend une référence, par exemple %s(${nom}).", call.text, call.text)
	}
}

func checkDate(c *checker, call *node) {
	arg := call.args[0]
	if _, ok := parseDate(arg.text, 0); arg.op == opText && arg.text != "" && !ok && notNumber(arg) {
		c.warn(arg, "'%s' n’est pas une date : écrivez année-mois-jour, par exemple '2024-02-29'.", excerpt(arg.text))
	}
}

func checkRound(c *checker, call *node) {
	for _, arg := range call.args[1:] {
		if notNumber(arg) {
			c.warn(arg, "'%s' n’est pas un nombre : %s() attend ici un nombre entier.", excerpt(arg.text), call.text)
		}
	}
}

func checkSelected(c *checker, call *node) {
	code := call.args[1]
	if code.op == opText && strings.ContainsAny(trimSpace(code.text), " \t\r\n") {
		c.warn(code, "'%s' contient un espace : selected() cherche un seul code, cette condition ne sera jamais vraie.", excerpt(code.text))
	}
}

func checkPairs(c *checker, call *node) {
	if len(call.args)%2 != 0 {
		c.refuse(call, "weighted-checklist() attend un poids après chaque réponse : il en manque un.")
	}
}

func checkPosition(c *checker, call *node) {
	if call.args[0].op != opParent {
		c.refuse(call.args[0], "Écrivez position(..) : le rang s’entend dans la répétition qui contient la question.")
	}
}

func checkIndexed(c *checker, call *node) {
	if len(call.args)%2 == 0 {
		c.refuse(call, "indexed-repeat() attend la question, puis une répétition et un rang, autant de fois qu’il faut.")
		return
	}
	for i, arg := range call.args {
		if (i == 0 || i%2 == 1) && arg.op != opRef {
			c.refuse(arg, "indexed-repeat() attend ici une référence ${nom}.")
		}
	}
}

func checkChoiceName(c *checker, call *node) {
	second := call.args[1]
	if second.op != opQuoted || second.text == "" || nameLength(second.text) != len(second.text) {
		c.refuse(second, "jr:choice-name() attend en second la question entre guillemets : jr:choice-name(${question}, '${question}').")
	}
}

func checkFormat(c *checker, call *node) {
	format := call.args[1]
	if format.op != opText {
		return
	}
	for i := 0; i < len(format.text); i++ {
		if format.text[i] != '%' {
			continue
		}
		if i++; i >= len(format.text) || formats[format.text[i]] == nil {
			c.refuse(format, "Le format '%s' n’est pas reconnu : utilisez %%Y %%y %%m %%n %%b %%d %%e %%a, et pour l’heure %%H %%h %%M %%S %%3.", excerpt(format.text))
			return
		}
	}
}

// patternFaults says in French what RE2 reproaches a pattern.
var patternFaults = map[syntax.ErrorCode]string{
	syntax.ErrInvalidPerlOp:         "les conditions (?=…), (?!…) et (?<…) ne sont pas prises en charge",
	syntax.ErrInvalidEscape:         "une barre oblique inverse « \\ » y est suivie d’un caractère inattendu",
	syntax.ErrMissingParen:          "il manque une parenthèse fermante",
	syntax.ErrUnexpectedParen:       "une parenthèse fermante est de trop",
	syntax.ErrMissingBracket:        "il manque un crochet fermant",
	syntax.ErrInvalidCharRange:      "un intervalle entre crochets est à l’envers",
	syntax.ErrMissingRepeatArgument: "« * », « + » ou « ? » n’y suit rien",
	syntax.ErrInvalidRepeatOp:       "deux répétitions s’y suivent",
	syntax.ErrInvalidRepeatSize:     "une répétition {…} y est trop grande ou à l’envers",
	syntax.ErrTrailingBackslash:     "il se termine par une barre oblique inverse « \\ »",
}

func checkRegex(c *checker, call *node) {
	pattern := call.args[1]
	if pattern.op != opText {
		c.refuse(pattern, "regex() attend un motif écrit entre guillemets, par exemple regex(., '[0-9]{5}').")
		return
	}
	_, err := regexp.Compile(pattern.text)
	var bad *syntax.Error
	if !errors.As(err, &bad) {
		return
	}
	reason := patternFaults[bad.Code]
	if reason == "" {
		reason = "vérifiez sa syntaxe"
	}
	c.refuse(pattern, "Le motif '%s' n’est pas accepté : %s.", excerpt(pattern.text), reason)
}
