package expr

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Fault is something wrong with an expression that parses.
type Fault struct {
	Offset  int    // in runes from the start of the source
	Message string // a French sentence: what is wrong, what to do
	// Warning: the expression has a meaning, but hardly the one intended.
	// Without it the expression must be refused.
	Warning bool
}

// Check finds all faults, in the order of the source. known says whether a
// question has that name (nil: do not look); candidates are the names a
// misspelt one may stand for.
func (e *Expr) Check(known func(name string) bool, candidates ...string) []Fault {
	c := checker{src: e.source, known: known, candidates: candidates}
	return c.all(e.root)
}

// CheckFilter is Check for a choice_filter, where a bare name is one of the
// columns of the choices sheet.
func (e *Expr) CheckFilter(known func(name string) bool, columns []string, candidates ...string) []Fault {
	c := checker{src: e.source, known: known, candidates: candidates, filter: true, columns: columns}
	return c.all(e.root)
}

type checker struct {
	src        string
	known      func(string) bool
	candidates []string
	filter     bool
	columns    []string
	faults     []Fault
}

func (c *checker) all(root *node) []Fault {
	c.node(root)
	return c.sorted()
}

func (c *checker) sorted() []Fault {
	slices.SortStableFunc(c.faults, func(a, b Fault) int { return a.Offset - b.Offset })
	return c.faults
}

func (c *checker) refuse(n *node, format string, args ...any) {
	c.add(n, false, fmt.Sprintf(format, args...))
}

func (c *checker) warn(n *node, format string, args ...any) {
	c.add(n, true, fmt.Sprintf(format, args...))
}

func (c *checker) add(n *node, warning bool, message string) {
	offset := utf8.RuneCountInString(c.src[:n.at])
	c.faults = append(c.faults, Fault{Offset: offset, Message: message, Warning: warning})
}

func (c *checker) node(n *node) {
	switch n.op {
	case opRef, opQuoted:
		c.reference(n)
	case opColumn:
		c.column(n)
	case opLastSaved:
		c.refuse(n, "${last-saved#%s} n’est pas pris en charge : les réponses d’une personne ne servent jamais à la suivante.", n.text)
	case opParent:
		c.refuse(n, "« .. » ne s’emploie que dans position(..) : écrivez ${nom} pour lire une réponse.")
	case opPath:
		c.path(n)
		return
	case opUnion:
		c.refuse(n, "« | » n’est pas pris en charge : donnez les questions une à une, par exemple max(${a}, ${b}).")
	case opCall:
		c.call(n)
		return
	default:
		c.operands(n)
	}
	for _, arg := range n.args {
		c.node(arg)
	}
}

func (c *checker) reference(n *node) {
	if c.known == nil || c.known(n.text) {
		return
	}
	if guess := Closest(n.text, c.candidates); guess != "" {
		c.refuse(n, "${%s} ne désigne aucune question. Vouliez-vous dire ${%s} ?", n.text, guess)
		return
	}
	c.refuse(n, "${%s} ne désigne aucune question : vérifiez le nom dans la colonne name.", n.text)
}

func (c *checker) column(n *node) {
	switch guess := Closest(n.text, c.columns); {
	case !c.filter && strings.EqualFold(n.text, "null"):
		c.refuse(n, "Pour « sans réponse », écrivez un texte vide : ''.")
	case !c.filter:
		c.refuse(n, "« %s » n’est pas une valeur : écrivez ${%s} pour une question, '%s' entre guillemets pour un texte.", n.text, n.text, n.text)
	case slices.Contains(c.columns, n.text):
	case guess != "":
		c.refuse(n, "« %s » n’est pas une colonne de la feuille choices. Vouliez-vous dire « %s » ?", n.text, guess)
	default:
		c.refuse(n, "« %s » n’est pas une colonne de la feuille choices : ajoutez-la, ou mettez le texte entre guillemets.", n.text)
	}
}

func (c *checker) path(n *node) {
	first := n
	if len(n.args) > 0 {
		first = n.args[len(n.args)-1]
	}
	switch {
	case first.op == opCall && unsupported[first.text] != "":
		c.unknownFunction(first)
		return
	case n.text == "":
		c.refuse(n, "Les chemins et les filtres entre crochets ne sont pas pris en charge : écrivez ${nom}.")
		return
	}
	c.refuse(n, "Les chemins et les filtres entre crochets ne sont pas pris en charge : écrivez ${%s}.", n.text)
}

func (c *checker) call(n *node) {
	f := byName[n.text]
	switch {
	case f == nil:
		c.unknownFunction(n)
	case !f.takes(len(n.args)):
		c.refuse(n, "%s() %s et en reçoit %d.", n.text, f.arity(), len(n.args))
		f = nil
	case f.web:
		c.warn(n, "%s() n’existe pas dans ODK Collect : ce questionnaire ne pourra pas y être ouvert.", n.text)
	}
	if f != nil && f.check != nil {
		f.check(c, n)
	}
	for _, arg := range n.args {
		if arg.op != opParent || n.text != "position" {
			c.node(arg)
		}
	}
}

func (c *checker) unknownFunction(n *node) {
	advice, refused := unsupported[n.text]
	if !refused && strings.HasPrefix(n.text, "cht:") {
		advice, refused = "elle n’existe que dans CHT", true
	}
	switch guess := Closest(n.text, Functions()); {
	case refused:
		c.refuse(n, "La fonction %s() n’est pas prise en charge : %s.", n.text, advice)
	case guess != "":
		c.refuse(n, "« %s » n’est pas une fonction. Vouliez-vous dire %s() ?", excerpt(n.text), guess)
	default:
		c.refuse(n, "« %s » n’est pas une fonction des questionnaires XLSForm.", excerpt(n.text))
	}
}

func (f *function) arity() string {
	switch {
	case f.max == 0:
		return "n’attend aucun argument"
	case f.max == 1 && f.min == 1:
		return "attend 1 argument"
	case f.min == f.max:
		return fmt.Sprintf("attend %d arguments", f.min)
	case f.max == many && f.min == 1:
		return "attend au moins 1 argument"
	case f.max == many:
		return fmt.Sprintf("attend au moins %d arguments", f.min)
	}
	return fmt.Sprintf("attend de %d à %d arguments", f.min, f.max)
}

// Closest is the candidate a misspelt name most likely stands for, "" if none
// is near: at most one slip in three letters.
func Closest(name string, candidates []string) string {
	length := utf8.RuneCountInString(name)
	best, guess := min(2, length/3)+1, ""
	for _, candidate := range candidates {
		if extra := utf8.RuneCountInString(candidate) - length; max(extra, -extra) >= best {
			continue
		}
		if d := distance(strings.ToLower(name), strings.ToLower(candidate)); d < best {
			best, guess = d, candidate
		}
	}
	return guess
}

// distance counts the letters to add, drop, change or swap (Damerau, optimal
// string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
