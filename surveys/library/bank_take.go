package library

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
)

// A Taking is what putting a question of the bank into a questionnaire comes
// to: the moves, and in French what the person should know about them.
type Taking struct {
	Moves []surveys.Move
	Told  []string
}

// Take says how the question goes into a questionnaire, in a section ("" is
// the top) after one of its items ("" is the first place). A list the
// questionnaire already has is used as it is; conditions that read questions
// not asked before are left out. Whether the name is free is for
// [surveys.Apply] to say.
func (b BankQuestion) Take(q *surveys.Questionnaire, into, after string) Taking {
	t := taker{q: q, question: b.clone()}
	t.translate()
	t.lists()
	t.conditions(into, after)
	t.insert(into, after)
	return t.Taking
}

type taker struct {
	Taking
	q        *surveys.Questionnaire
	question BankQuestion
}

func (t *taker) tell(format string, args ...any) {
	t.Told = append(t.Told, fmt.Sprintf(format, args...))
}

// translate keeps the texts of the languages the questionnaire has, under the
// labels it gives them. Words in no such language are put in its main one
// rather than lost.
func (t *taker) translate() {
	mine := languages(t.q)
	labels := map[string]string{}
	for _, theirs := range t.question.Languages {
		at := slices.IndexFunc(mine, func(l string) bool { return sameLanguage(l, theirs) })
		if at >= 0 {
			labels[theirs] = mine[at]
		}
	}
	if main := t.question.Languages[0]; labels[main] == "" {
		labels[main] = mine[0]
		t.tell("Ce questionnaire n’est pas écrit dans la langue de la question : son texte est à traduire.")
	}
	t.question.each(func(i *surveys.Item) {
		for _, text := range []*surveys.Text{&i.Label, &i.Hint, &i.GuidanceHint, &i.RequiredMessage, &i.ConstraintMessage} {
			*text = relabelled(*text, labels)
		}
	})
	for _, l := range t.question.Lists {
		for c := range l.Choices {
			l.Choices[c].Label = relabelled(l.Choices[c].Label, labels)
		}
	}
}

// sameLanguage compares labels by their code; a text that names no language is
// in French.
func sameLanguage(a, b string) bool {
	code := func(label string) string {
		if label == surveys.NoLanguage {
			return "fr"
		}
		return surveys.LanguageCode(label)
	}
	return a == b || code(a) != "" && strings.EqualFold(code(a), code(b))
}

func relabelled(t surveys.Text, labels map[string]string) surveys.Text {
	var kept surveys.Text
	for theirs, mine := range labels {
		if s := t[theirs]; s != "" {
			if kept == nil {
				kept = surveys.Text{}
			}
			kept[mine] = s
		}
	}
	return kept
}

// lists brings the choices along, each list under a name that is free or that
// means the same.
func (t *taker) lists() {
	names := map[string]string{}
	for _, l := range t.question.Lists {
		name, there := t.listName(l)
		names[l.Name] = name
		if there {
			continue
		}
		if name != l.Name {
			t.tell("Une autre liste de choix s’appelle déjà « %s » : celle-ci s’appelle « %s ».", l.Name, name)
		}
		l.Name = name
		t.Moves = append(t.Moves, surveys.Move{Do: surveys.SetList, List: name, Choices: &l})
	}
	t.question.each(func(i *surveys.Item) {
		if name := names[i.List]; name != "" {
			i.List = name
		}
	})
}

// listName is the name under which the questionnaire has, or may have, a list.
// The communes are always those of the territory.
func (t *taker) listName(l surveys.List) (name string, there bool) {
	name = l.Name
	for n := 2; ; n++ {
		mine, taken := t.q.List(name)
		if !taken {
			return name, false
		}
		if sameCodes(*mine, l) || name == surveys.CommunesList {
			return name, true
		}
		name = fmt.Sprintf("%s_%d", l.Name, n)
	}
}

// A column is one expression of an item, and how a sentence says it is gone.
type column struct {
	text *string
	gone string
}

func columns(i *surveys.Item) []column {
	return []column{
		{&i.Relevant, "sa condition est retirée"}, {&i.Constraint, "sa vérification est retirée"},
		{&i.Required, "elle n’est plus obligatoire"}, {&i.ReadOnly, "elle n’est plus en lecture seule"},
		{&i.Calculation, "son calcul est retiré"}, {&i.Default, "sa valeur de départ est retirée"},
		{&i.ChoiceFilter, "tous ses choix sont proposés à tout le monde"},
		{&i.RepeatCount, "son nombre de répétitions est retiré"},
	}
}

// conditions leaves out the expressions that would read a question nobody is
// asked before.
func (t *taker) conditions(into, after string) {
	known := t.before(into, after)
	t.question.each(func(i *surveys.Item) { known[i.Name] = true })
	t.question.each(func(i *surveys.Item) {
		for _, c := range columns(i) {
			t.condition(i, c, known)
		}
		for _, s := range values(i.Label) {
			if missing := missingFrom(known, s); missing != "" {
				t.tell("« %s » : son texte cite %s, que ce questionnaire ne demande pas avant. Corrigez-le.", i.Name, missing)
			}
		}
	})
}

func (t *taker) condition(i *surveys.Item, c column, known map[string]bool) {
	if missing := missingFrom(known, *c.text); missing != "" {
		t.tell("« %s » : %s, car ce questionnaire ne demande pas avant %s.", i.Name, c.gone, missing)
		*c.text = ""
		return
	}
	needed := slices.DeleteFunc(cited(*c.text), func(name string) bool { return t.owns(name) })
	if c.text == &i.Relevant && len(needed) > 0 {
		t.tell("Sa condition est gardée : elle lit %s, déjà là.", quoted(needed))
	}
}

// owns reports whether a name comes with the question.
func (t *taker) owns(name string) bool {
	owned := false
	t.question.each(func(i *surveys.Item) { owned = owned || i.Name == name })
	return owned
}

func missingFrom(known map[string]bool, text string) string {
	return quoted(slices.DeleteFunc(cited(text), func(name string) bool { return known[name] }))
}

func quoted(names []string) string {
	for i, name := range names {
		names[i] = "« " + name + " »"
	}
	return strings.Join(names, ", ")
}

// before are the names of what is asked before a place.
func (t *taker) before(into, after string) map[string]bool {
	const here = "\x00"
	known := map[string]bool{}
	probe := surveys.Move{Do: surveys.Insert, Into: into, After: after, Item: &surveys.Item{Kind: surveys.Note, Key: here}}
	next, _, problems := surveys.Apply(t.q, probe)
	if problems != nil {
		return known
	}
	passed := false
	next.Walk(func(i *surveys.Item, _ []*surveys.Item) {
		passed = passed || i.Key == here
		if !passed && i.Name != "" {
			known[i.Name] = true
		}
	})
	return known
}

// insert puts the question at its place, and its notes after it. A note whose
// name is taken stays behind: the questionnaire already says something there.
func (t *taker) insert(into, after string) {
	item := &t.question.Item
	item.Key = freeKey(t.q, item.Name)
	t.Moves = append(t.Moves, surveys.Move{Do: surveys.Insert, Into: into, After: after, Item: item})
	last := item.Key
	for n := range t.question.Notes {
		note := &t.question.Notes[n]
		if t.q.Named(note.Name) != nil {
			continue
		}
		note.Key = fmt.Sprintf("%s-%d", item.Key, n+1)
		t.Moves = append(t.Moves, surveys.Move{Do: surveys.Insert, Into: into, After: last, Item: note})
		last = note.Key
	}
	if last != item.Key {
		t.tell("Le message qui suit certaines réponses vient avec elle.")
	}
}

// freeKey is a key that no item of the questionnaire has. It is made from the
// name, which is unique, so that taking back a removal never meets the key of
// a newer question.
func freeKey(q *surveys.Questionnaire, name string) string {
	key := "b-" + name
	for n := 2; q.Item(key) != nil; n++ {
		key = fmt.Sprintf("b%d-%s", n, name)
	}
	return key
}

// Place is where a question of a theme finds itself among its like: at the end
// of the section that asks most about it, or of the last section.
func Place(q *surveys.Questionnaire, theme string) (into, after string) {
	section, most := (*surveys.Item)(nil), -1
	for i := range q.Items {
		if n := asking(&q.Items[i], theme); q.Items[i].Kind == surveys.Group && (n > most || n == 0 && most == 0) {
			section, most = &q.Items[i], n
		}
	}
	items := q.Items
	if section != nil {
		into, items = section.Key, section.Items
	}
	if len(items) > 0 {
		after = items[len(items)-1].Key
	}
	return into, after
}

// asking counts the questions of a theme in a section.
func asking(section *surveys.Item, theme string) int {
	n := 0
	inside := surveys.Questionnaire{Items: section.Items}
	inside.Walk(func(i *surveys.Item, _ []*surveys.Item) {
		if i.Kind.Asked() && i.Theme == theme {
			n++
		}
	})
	return n
}
