package pages

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// An EditorRule is a constraint that can be set without writing an expression:
// how many choices, which of them are ticked alone, the bounds of a number, the
// length of a text. Fields are as they are typed, "" for none.
type EditorRule struct {
	Most      string // choices at most
	Exact     bool   // just that many
	Alone     []string
	Low, High string
	Length    string // characters at most
}

// The forms in which rules are written.
var (
	mostForm   = regexp.MustCompile(`^count-selected\(\.\) (<=|=) (\d+)$`)
	aloneForm  = regexp.MustCompile(`^count-selected\(\.\) = 1 or not\((.+)\)$`)
	tickedForm = regexp.MustCompile(`^selected\(\., '([^'\s]+)'\)$`)
	lowForm    = regexp.MustCompile(`^\. >= (-?[0-9.]+)$`)
	highForm   = regexp.MustCompile(`^\. <= (-?[0-9.]+)$`)
	lengthForm = regexp.MustCompile(`^string-length\(\.\) <= (\d+)$`)
)

// ReadRule reads a constraint as a rule; false when it says more than a rule
// can.
func ReadRule(kind surveys.Kind, constraint string) (EditorRule, bool) {
	var r EditorRule
	for part := range strings.SplitSeq(constraint, " and ") {
		r.read(part)
	}
	return r, r.Expression(kind) == constraint
}

// read takes in one part; what it cannot read is missed when the rule is
// written again.
func (r *EditorRule) read(part string) {
	if inner, ok := strings.CutPrefix(part, "("); ok {
		part = strings.TrimSuffix(inner, ")")
	}
	if m := mostForm.FindStringSubmatch(part); m != nil {
		r.Exact, r.Most = m[1] == "=", m[2]
	} else if m := aloneForm.FindStringSubmatch(part); m != nil {
		for ticked := range strings.SplitSeq(m[1], " or ") {
			if code := tickedForm.FindStringSubmatch(ticked); code != nil {
				r.Alone = append(r.Alone, code[1])
			}
		}
	} else if m := lowForm.FindStringSubmatch(part); m != nil {
		r.Low = m[1]
	} else if m := highForm.FindStringSubmatch(part); m != nil {
		r.High = m[1]
	} else if m := lengthForm.FindStringSubmatch(part); m != nil {
		r.Length = m[1]
	}
}

// RuleFor reports whether a kind has rules of this sort.
func RuleFor(kind surveys.Kind) bool {
	switch kind {
	case surveys.SelectMultiple, surveys.Rank, surveys.Integer, surveys.Decimal, surveys.TextKind:
		return true
	}
	return false
}

// Expression is the rule as the constraint of a question of a kind; "" when it
// asks for nothing.
func (r EditorRule) Expression(kind surveys.Kind) string {
	var parts []string
	switch kind {
	case surveys.SelectMultiple, surveys.Rank:
		parts = r.counts(kind)
	case surveys.Integer, surveys.Decimal:
		for _, bound := range [][2]string{{". >= ", r.Low}, {". <= ", r.High}} {
			if n, ok := plainNumber(bound[1]); ok {
				parts = append(parts, bound[0]+n)
			}
		}
	case surveys.TextKind:
		if n, err := strconv.Atoi(r.Length); err == nil && n > 0 {
			parts = append(parts, fmt.Sprintf("string-length(.) <= %d", n))
		}
	}
	return strings.Join(parts, " and ")
}

func (r EditorRule) counts(kind surveys.Kind) []string {
	var parts []string
	if n, err := strconv.Atoi(r.Most); err == nil && n > 0 {
		sign := map[bool]string{true: "=", false: "<="}[r.Exact]
		parts = append(parts, fmt.Sprintf("count-selected(.) %s %d", sign, n))
	}
	if len(r.Alone) == 0 || kind == surveys.Rank {
		return parts
	}
	var ticked []string
	for _, code := range r.Alone {
		ticked = append(ticked, "selected(., '"+code+"')")
	}
	alone := "count-selected(.) = 1 or not(" + strings.Join(ticked, " or ") + ")"
	if len(parts) > 0 {
		alone = "(" + alone + ")"
	}
	return append(parts, alone)
}

// plainNumber reads a number typed with a comma or a point.
func plainNumber(s string) (string, bool) {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	f, err := strconv.ParseFloat(s, 64)
	return strconv.FormatFloat(f, 'f', -1, 64), err == nil && s != ""
}

// Message says the rule to whoever breaks it, "" when there is none. Labels
// are those of the choices ticked alone.
func (r EditorRule) Message(kind surveys.Kind, labels []string) string {
	low, hasLow := plainNumber(r.Low)
	high, hasHigh := plainNumber(r.High)
	said := []string{}
	switch {
	case r.Expression(kind) == "":
	case kind == surveys.TextKind:
		said = append(said, "Raccourcissez votre texte à "+r.Length+" caractères au plus.")
	case hasLow && hasHigh:
		said = append(said, "Écrivez un nombre entre "+frenchNumber(low)+" et "+frenchNumber(high)+".")
	case hasLow:
		said = append(said, "Écrivez un nombre d’au moins "+frenchNumber(low)+".")
	case hasHigh:
		said = append(said, "Écrivez un nombre d’au plus "+frenchNumber(high)+".")
	case r.Most != "" && r.Exact:
		said = append(said, "Choisissez "+r.Most+" réponses, ni plus, ni moins.")
	case r.Most != "":
		said = append(said, "Choisissez "+r.Most+" réponses au plus.")
	}
	for _, label := range labels {
		said = append(said, "« "+label+" » se coche seul.")
	}
	return strings.Join(said, " ")
}

func frenchNumber(s string) string { return strings.Replace(s, ".", ",", 1) }

// editorRuleView is the constraint of a question as the panel shows it.
type editorRuleView struct {
	EditorRule
	Kind    surveys.Kind
	Simple  bool // the fields say it whole
	Was     string
	Choices []editorOption // those that may be ticked alone
	Raw     editorField
	Message editorField
}

func (b *outline) rule(item *surveys.Item) *editorRuleView {
	v := &editorRuleView{Kind: item.Kind}
	v.EditorRule, v.Simple = ReadRule(item.Kind, item.Constraint)
	v.Simple = v.Simple && RuleFor(item.Kind)
	v.Was = item.Constraint
	if list, ok := b.q.List(item.List); ok && item.Kind == surveys.SelectMultiple && len(list.Choices) <= choicesShown {
		for _, c := range list.Choices {
			v.Choices = append(v.Choices, editorOption{c.Name, unmarked(c.Label.In(authoring.MainLanguage(b.q), surveys.NoLanguage)), slices.Contains(v.Alone, c.Name)})
		}
	}
	v.Raw = b.plain(item, "constraint", "Expression", "")
	v.Raw.Expression = true
	v.Message = b.text(item, "constraint_message", "Message si la réponse ne convient pas", "", 1)
	return v
}
