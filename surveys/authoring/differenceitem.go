package authoring

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"diapason/surveys"
)

// word is how French sentences speak of an item of some kind.
type word struct{ the, agreement, it, done string }

func wordOf(kind surveys.Kind) word {
	switch {
	case kind.Section():
		return word{"La section", "e", "elle", "montré"}
	case kind == surveys.Note:
		return word{"Le message", "", "il", "montré"}
	case kind == surveys.Calculate:
		return word{"Le calcul", "", "il", "fait"}
	case kind == surveys.Hidden:
		return word{"La valeur cachée", "e", "elle", "gardé"}
	}
	return word{"La question", "e", "elle", "posé"}
}

// kindWords are the kinds as a sentence says them, in the words of the editor's
// menu.
var kindWords = map[surveys.Kind]string{
	surveys.Group: "section", surveys.Repeat: "répétition", surveys.SelectOne: "un seul choix",
	surveys.SelectMultiple: "plusieurs choix", surveys.Rank: "classement", surveys.TextKind: "réponse libre",
	surveys.Integer: "nombre", surveys.Decimal: "nombre à virgule", surveys.Range: "échelle",
	surveys.Date: "date", surveys.Time: "heure", surveys.DateTime: "date et heure", surveys.Note: "texte à lire",
	surveys.Calculate: "calcul", surveys.Hidden: "valeur cachée", surveys.Acknowledge: "case à cocher",
}

func sayKind(kind surveys.Kind) string {
	if words := kindWords[kind]; words != "" {
		return quote(words)
	}
	return quote(string(kind))
}

// compare tells what changed in an item that stays.
func (d *differ) compare(was, is *entry, displaced bool) {
	if displaced {
		d.move(was, is)
	}
	d.kind(was.item, is.item)
	d.texts(was.item, is.item)
	if was.item.Kind == is.item.Kind && is.item.Kind.HasChoices() {
		d.lists(was.item, is.item)
	}
	d.condition(was.item, is.item)
	d.properties(was.item, is.item)
	d.columns(was.item, is.item)
}

// subject begins a sentence about an item.
func (d *differ) subject(item *surveys.Item) string {
	return wordOf(item.Kind).the + " " + title(d.new, item, "")
}

func (d *differ) move(was, is *entry) {
	w, subject := wordOf(is.item.Kind), d.subject(is.item)
	found := Difference{Kind: ItemMoved, Question: is.item.Name, Before: was.under(), After: is.under()}
	after := d.previous(is)
	switch {
	case was.under() != is.under():
		found.Sentence = fmt.Sprintf("%s passe %s %s.", subject, fromSection(d.old, was), toSection(d.new, is))
	case after == nil:
		found.Sentence = fmt.Sprintf("%s est déplacé%s : %s vient maintenant en premier.", subject, w.agreement, w.it)
	default:
		found.Sentence = fmt.Sprintf("%s est déplacé%s : %s vient maintenant après %s.", subject, w.agreement, w.it, title(d.new, after.item, ""))
	}
	d.add(found)
}

// previous is the entry just before, in the same section; nil for the first.
func (d *differ) previous(e *entry) *entry {
	var last *entry
	for _, other := range d.is.all {
		if other == e {
			return last
		}
		if other.parent == e.parent {
			last = other
		}
	}
	return nil
}

func fromSection(q *surveys.Questionnaire, e *entry) string {
	if e.parent == nil {
		return "du premier niveau"
	}
	return "de la section " + title(q, e.parent.item, "")
}

func toSection(q *surveys.Questionnaire, e *entry) string {
	if e.parent == nil {
		return "au premier niveau"
	}
	return "à la section " + title(q, e.parent.item, "")
}

func (d *differ) kind(was, is *surveys.Item) {
	if was.Kind == is.Kind {
		return
	}
	found := Difference{Kind: KindChanged, Question: is.Name, Before: string(was.Kind), After: string(is.Kind),
		Sentence: fmt.Sprintf("%s change de type : %s avant, %s maintenant.", d.subject(is), sayKind(was.Kind), sayKind(is.Kind))}
	if was.Kind.Asked() || was.Kind == surveys.Repeat || is.Kind == surveys.Repeat {
		found.Breaks, found.Consequence = true, breaksSeries
	}
	d.add(found)
}

// texts compares the texts in the languages both questionnaires have.
func (d *differ) texts(was, is *surveys.Item) {
	for _, f := range itemTexts {
		for _, l := range d.sharedLanguages() {
			before, after := f.of(was)[d.formerly(l)], f.of(is)[l]
			if before == after {
				continue
			}
			found := Difference{Kind: HelpChanged, Question: is.Name, Language: l, Before: before, After: after}
			if f.column == "label" {
				found.Kind = WordingChanged
				found.Sentence = d.reworded(was, is, l, before, after)
				if is.Kind.Asked() && before != "" && after != "" && !sameWords(before, after) {
					found.Consequence = keepsSeries
				}
			} else {
				found.Sentence = d.subject(is) + " : " + d.changedText(f.words, l, before, after)
			}
			d.add(found)
		}
	}
}

// sharedLanguages are those of the new questionnaire that the old one had.
func (d *differ) sharedLanguages() []string {
	var shared []string
	for _, l := range languages(d.new) {
		if slices.Contains(languages(d.old), d.formerly(l)) {
			shared = append(shared, l)
		}
	}
	if len(d.old.Languages) > 0 && len(d.new.Languages) > 0 { // some texts may still have none
		shared = append(shared, surveys.NoLanguage)
	}
	return shared
}

func (d *differ) reworded(was, is *surveys.Item, language, before, after string) string {
	if language == MainLanguage(d.new) && before != "" && after != "" {
		return fmt.Sprintf("%s %s devient %s.", wordOf(is.Kind).the, quote(clean(before)), quote(clean(after)))
	}
	return d.subject(is) + " : " + d.changedText("le texte", language, before, after)
}

// changedText says that a text came, went or changed, and in which language
// when there are several.
func (d *differ) changedText(what, language, before, after string) string {
	if len(d.new.Languages) > 1 {
		what += " en " + language
	}
	switch {
	case before == "":
		return fmt.Sprintf("%s est maintenant %s.", what, quote(clean(after)))
	case after == "":
		return fmt.Sprintf("%s, %s, est retiré.", what, quote(clean(before)))
	}
	return fmt.Sprintf("%s était %s ; c’est maintenant %s.", what, quote(clean(before)), quote(clean(after)))
}

// sameWords reports whether only capitals, accents or punctuation differ.
func sameWords(a, b string) bool { return slices.Equal(words(fold(a)), words(fold(b))) }

func (d *differ) condition(was, is *surveys.Item) {
	if was.Relevant == is.Relevant {
		return
	}
	before, readBefore := ReadCondition(d.old, was.Relevant)
	after, readAfter := ReadCondition(d.new, is.Relevant)
	if readBefore && readAfter && before.Expression(d.old) == after.Expression(d.new) {
		return // written otherwise, it means the same
	}
	w := wordOf(is.Kind)
	found := Difference{Kind: ConditionChanged, Question: is.Name, Before: was.Relevant, After: is.Relevant,
		Sentence: fmt.Sprintf("%s était %s%s %s ; %s l’est maintenant %s.", d.subject(is), w.done, w.agreement,
			sayCondition(d.old, was.Relevant), w.it, sayCondition(d.new, is.Relevant))}
	if is.Kind.Asked() || is.Kind.Section() {
		found.Consequence = changesBase
	}
	d.add(found)
}

// sayCondition says when something is asked: by a sentence when one can.
func sayCondition(q *surveys.Questionnaire, expression string) string {
	c, ok := ReadCondition(q, expression)
	switch {
	case !ok:
		return "si la formule " + quote(expression) + " est vraie"
	case len(c.Clauses) == 0:
		return "à tout le monde"
	}
	return "si " + c.Words(q, "")
}

// columns compares the cells nobody here reads, by header.
func (d *differ) columns(was, is *surveys.Item) {
	headers := slices.Concat(slices.Collect(maps.Keys(was.Extra)), slices.Collect(maps.Keys(is.Extra)))
	slices.Sort(headers)
	for _, header := range slices.Compact(headers) {
		before, after := was.Extra[header], is.Extra[header]
		if before != after {
			d.add(Difference{Kind: SettingChanged, Question: is.Name, Before: before, After: after,
				Sentence: fmt.Sprintf("%s change de « %s » : %s.", d.subject(is), header, beforeAfter(before, after))})
		}
	}
}

func beforeAfter(before, after string) string {
	say := func(s string) string {
		if strings.TrimSpace(s) == "" {
			return "rien"
		}
		return quote(s)
	}
	return say(before) + " avant, " + say(after) + " maintenant"
}
