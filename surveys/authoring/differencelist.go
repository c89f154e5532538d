package authoring

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"diapason/surveys"
)

// listPair is the list of a question before and now.
type listPair struct{ was, is string }

// listUses gathers, by their lists, the questions that stay and still choose
// in the same way.
func (d *differ) listUses() map[listPair][]*surveys.Item {
	uses := map[listPair][]*surveys.Item{}
	for _, e := range d.is.all {
		before, stays := d.was.byKey[e.key]
		if stays && before.item.Kind == e.item.Kind && e.item.Kind.HasChoices() {
			pair := listPair{before.item.List, e.item.List}
			uses[pair] = append(uses[pair], e.item)
		}
	}
	return uses
}

// lists tells what changed among the choices, at the first question that uses
// the list.
func (d *differ) lists(was, is *surveys.Item) {
	users := d.byList[listPair{was.List, is.List}]
	if len(users) == 0 || users[0] != is {
		return
	}
	c := choiceDiffer{differ: d, users: users, list: is.List, subject: d.listSubject(is.List, users)}
	c.was, c.is = authored(d.old, was), authored(d.new, is)
	c.compare()
}

// authored are the choices their author wrote: publication adds the communes,
// which have a postal code, to the list of that name. A code that comes again,
// as cascades allow, gets a number to tell it apart.
func authored(q *surveys.Questionnaire, item *surveys.Item) []surveys.Choice {
	var written []surveys.Choice
	seen := map[string]int{}
	for _, c := range choices(q, item) {
		if _, commune := c.Extra["code_postal"]; commune && item.List == surveys.CommunesList {
			continue
		}
		if seen[c.Name]++; seen[c.Name] > 1 {
			c.Name = fmt.Sprintf("%s (%d)", c.Name, seen[c.Name])
		}
		written = append(written, c)
	}
	return written
}

// listSubject begins a sentence about choices: the question, or the list and
// some of the questions that share it.
func (d *differ) listSubject(list string, users []*surveys.Item) string {
	if len(users) == 1 {
		return d.subject(users[0])
	}
	var titles []string
	for _, u := range users {
		titles = append(titles, title(d.new, u, ""))
	}
	return fmt.Sprintf("La liste %s, qui sert à %d questions (%s)", quote(list), len(users), firstOf(titles, "une autre", "autres"))
}

// choiceDiffer compares the choices of one list.
type choiceDiffer struct {
	*differ
	users   []*surveys.Item
	list    string
	subject string
	was, is []surveys.Choice
}

func (c *choiceDiffer) tell(found Difference, format string, args ...any) {
	found.Question, found.List = c.users[0].Name, c.list
	for _, u := range c.users {
		found.Questions = append(found.Questions, u.Name)
	}
	found.Sentence = c.subject + " : " + fmt.Sprintf(format, args...) + "."
	if found.Breaks {
		found.Consequence = breaksSeries
	}
	c.add(found)
}

func (c *choiceDiffer) compare() {
	added, removed := without(c.is, c.was), without(c.was, c.is)
	c.recoded(&added, &removed)
	for _, r := range removed {
		c.tell(Difference{Kind: ChoiceRemoved, Before: r.Name, Breaks: true}, "le choix %s est retiré", choiceTitle(c.old, &r, ""))
	}
	for _, a := range added {
		c.tell(Difference{Kind: ChoiceAdded, After: a.Name, Breaks: true}, "le choix %s est ajouté", choiceTitle(c.new, &a, ""))
	}
	c.reworded()
	if order := moved(codes(c.was), codes(c.is)); order != nil {
		var titles []string
		for _, code := range order {
			at := slices.IndexFunc(c.is, func(k surveys.Choice) bool { return k.Name == code })
			titles = append(titles, choiceTitle(c.new, &c.is[at], ""))
		}
		c.tell(Difference{Kind: ChoicesReordered, Before: strings.Join(codes(c.was), " "), After: strings.Join(codes(c.is), " ")},
			"les choix changent d’ordre (%s)", firstOf(titles, "un autre", "autres"))
	}
}

// without are the choices whose code the others do not have.
func without(choices, others []surveys.Choice) []surveys.Choice {
	has := map[string]bool{}
	for _, c := range others {
		has[c.Name] = true
	}
	var rest []surveys.Choice
	for _, c := range choices {
		if !has[c.Name] {
			rest = append(rest, c)
		}
	}
	return rest
}

// recoded tells the choices that keep their label under another code, and
// takes them off both lists.
func (c *choiceDiffer) recoded(added, removed *[]surveys.Choice) {
	*removed = slices.DeleteFunc(*removed, func(r surveys.Choice) bool {
		at := slices.IndexFunc(*added, func(a surveys.Choice) bool {
			return choiceTitle(c.old, &r, "") == choiceTitle(c.new, &a, "")
		})
		if at < 0 {
			return false
		}
		a := (*added)[at]
		c.tell(Difference{Kind: ChoiceRecoded, Before: r.Name, After: a.Name, Breaks: true},
			"le choix %s change de code, %s avant, %s maintenant", choiceTitle(c.new, &a, ""), quote(r.Name), quote(a.Name))
		*added = slices.Delete(*added, at, at+1)
		return true
	})
}

func (c *choiceDiffer) reworded() {
	former := map[string]surveys.Choice{}
	for _, w := range c.was {
		former[w.Name] = w
	}
	for _, is := range c.is {
		was, ok := former[is.Name]
		if !ok {
			continue
		}
		for _, l := range c.sharedLanguages() {
			c.relabelled(was, is, l)
		}
		if !maps.Equal(was.Extra, is.Extra) {
			c.tell(Difference{Kind: SettingChanged}, "les colonnes du choix %s changent", choiceTitle(c.new, &is, ""))
		}
	}
}

func (c *choiceDiffer) relabelled(was, is surveys.Choice, language string) {
	before, after := was.Label[c.formerly(language)], is.Label[language]
	if before == after {
		return
	}
	found := Difference{Kind: ChoiceReworded, Language: language, Before: before, After: after}
	if before != "" && after != "" && !sameWords(before, after) {
		found.Consequence = keepsSeries
	}
	if language == MainLanguage(c.new) && before != "" && after != "" {
		c.tell(found, "le choix %s devient %s", quote(clean(before)), quote(clean(after)))
		return
	}
	text := strings.TrimSuffix(c.changedText("le texte", language, before, after), ".")
	c.tell(found, "choix %s, %s", choiceTitle(c.new, &is, ""), text)
}
