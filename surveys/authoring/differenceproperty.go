package authoring

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"diapason/surveys"
)

// property is a cell of an item whose change is said in the same way for all.
type property struct {
	kind DifferenceKind
	of   func(*surveys.Item) string
	// say is what follows the question: « change de thème : … » by default.
	what string
	say  func(before, after string) string
	// consequence of the change, and whether it breaks the series.
	consequence func(was, is *surveys.Item) (sentence string, breaks bool)
}

// itemProperties are the cells that are compared, in the order they are told.
var itemProperties = []property{
	{kind: RequiredChanged, of: func(i *surveys.Item) string { return requirement(i.Required) }, say: sayRequired},
	{kind: ThemeChanged, of: func(i *surveys.Item) string { return i.Theme }, what: "de thème"},
	{kind: ProfileChanged, of: func(i *surveys.Item) string { return i.Profile }, what: "de profil", consequence: marginChanged},
	{kind: ShortChanged, of: func(i *surveys.Item) string { return mark(i.Short) }, say: sayShort},
	{kind: SensitiveChanged, of: func(i *surveys.Item) string { return mark(i.Sensitive) }, say: saySensitive, consequence: protection},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return mark(i.OrOther) }, say: sayOther, consequence: always(breaksSeries, true)},
	{kind: SettingChanged, of: scale, what: "d’échelle", consequence: always(breaksSeries, true)},
	{kind: SettingChanged, of: parameters, what: "de réglages"},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return i.Constraint }, what: "de règle de saisie"},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return i.ChoiceFilter }, what: "de filtre de choix", consequence: always(changesBase, false)},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return i.Calculation }, what: "de calcul"},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return i.Default }, what: "de valeur de départ"},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return i.ReadOnly }, what: "de règle de lecture seule"},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return i.RepeatCount }, what: "de nombre de répétitions"},
	{kind: SettingChanged, of: func(i *surveys.Item) string { return strings.Join(i.Appearance, " ") }, what: "de présentation"},
}

func (d *differ) properties(was, is *surveys.Item) {
	for _, p := range itemProperties {
		before, after := p.of(was), p.of(is)
		if before == after {
			continue
		}
		found := Difference{Kind: p.kind, Question: is.Name, Before: before, After: after}
		if p.say != nil {
			found.Sentence = d.subject(is) + " " + p.say(before, after) + "."
		} else {
			found.Sentence = fmt.Sprintf("%s change %s : %s.", d.subject(is), p.what, beforeAfter(before, after))
		}
		if p.consequence != nil {
			found.Consequence, found.Breaks = p.consequence(was, is)
		}
		d.add(found)
	}
}

func mark(on bool) string {
	if on {
		return "yes"
	}
	return ""
}

// requirement is a required column: yes, blank or an expression.
func requirement(s string) string {
	switch {
	case saysYes(s):
		return "yes"
	case slices.Contains([]string{"no", "false", "false()", "non"}, strings.ToLower(s)):
		return ""
	}
	return s
}

// saysYes reports whether a column says yes, in one of the ways the rules
// know.
func saysYes(s string) bool {
	return slices.Contains([]string{"yes", "true", "true()", "oui"}, strings.ToLower(s))
}

func sayRequired(_, after string) string {
	switch after {
	case "":
		return "devient facultative"
	case "yes":
		return "devient obligatoire"
	}
	return "devient obligatoire si la formule " + quote(after) + " est vraie"
}

func sayShort(_, after string) string {
	if after == "" {
		return "sort de la version courte"
	}
	return "entre dans la version courte"
}

func saySensitive(_, after string) string {
	if after == "" {
		return "n’est plus marquée « sensible »"
	}
	return "est maintenant marquée « sensible »"
}

func sayOther(_, after string) string {
	if after == "" {
		return "ne propose plus d’écrire une autre réponse"
	}
	return "propose maintenant d’écrire une autre réponse"
}

func always(sentence string, breaks bool) func(_, _ *surveys.Item) (string, bool) {
	return func(_, _ *surveys.Item) (string, bool) { return sentence, breaks }
}

func marginChanged(was, is *surveys.Item) (string, bool) {
	if strings.Contains(was.Profile+is.Profile, "margin:") {
		return "Le redressement s’appuie sur ce profil : vérifiez les marges du diagnostic.", false
	}
	return "", false
}

func protection(_, is *surveys.Item) (string, bool) {
	if is.Sensitive {
		return "Ses résultats seront protégés comme ceux d’une question sensible.", false
	}
	return "Vérifiez qu’elle ne dit rien de la santé ni de la vie privée des personnes.", false
}

// scale is what the numbers of a range mean: its ends and its step.
func scale(i *surveys.Item) string {
	if i.Kind != surveys.Range {
		return ""
	}
	low, high, step := (&surveys.Question{Item: i}).Bounds()
	return fmt.Sprintf("de %s à %s, par %s", sayNumber(plainNumber(low)), sayNumber(plainNumber(high)), sayNumber(plainNumber(step)))
}

// parameters are the other settings of a question, sorted.
func parameters(i *surveys.Item) string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(i.Parameters)) {
		if i.Kind != surveys.Range || key != "start" && key != "end" && key != "step" {
			all = append(all, key+"="+i.Parameters[key])
		}
	}
	return strings.Join(all, " ")
}
