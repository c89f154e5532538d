package handlers

import (
	"regexp"
	"slices"
	"strings"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// blankChoices are what a new list offers until its author says better.
var blankChoices = []string{"Choix 1", "Choix 2", "Choix 3"}

// newList makes a list with these labels, under a name that is free.
func newList(q *surveys.Questionnaire, name, language string, labels ...string) surveys.List {
	list := surveys.List{Name: freeListName(q, name)}
	for _, label := range labels {
		list.Choices = append(list.Choices, surveys.Choice{Name: authoring.FreeCode(list.Choices, label), Label: surveys.Text{language: label}})
	}
	return list
}

func freeListName(q *surveys.Questionnaire, name string) string {
	free := name
	for n := 2; ; n++ {
		if _, taken := q.List(free); !taken {
			return free
		}
		free = numbered(name, n)
	}
}

// list is the name of the list that the item's panel shows: its own, or that of
// the lines of a matrix.
func (e *edition) list() string {
	item := e.item()
	for i := range item.Items {
		if item.Items[i].Kind.HasChoices() && pages.IsMatrix(item) {
			return item.Items[i].List
		}
	}
	return item.List
}

// changeList makes a change to the list of the item.
func (e *edition) changeList(column string, change func(*surveys.List)) bool {
	list, ok := e.now.List(e.list())
	if !ok {
		return false
	}
	next := list.Clone()
	change(&next)
	return e.try(column, surveys.Move{Do: surveys.SetList, List: list.Name, Was: list.Digest(), Choices: &next})
}

func choiceAt(l *surveys.List, code string) int {
	return slices.IndexFunc(l.Choices, func(c surveys.Choice) bool { return c.Name == code })
}

// choiceLabel writes what a choice says. The code of one that said nothing of
// its own yet follows.
func (e *edition) choiceLabel(column, code string) {
	label := e.value(column)
	if label == "" {
		e.problem(column, "Écrivez ce choix, ou retirez-le avec la croix.")
		return
	}
	list, ok := e.now.List(e.list())
	if !ok || choiceAt(list, code) < 0 {
		e.refuse(column, surveys.Problem{Code: surveys.MoveGone, Message: "Quelqu’un d’autre a retiré ce choix."})
		return
	}
	current := list.Choices[choiceAt(list, code)].Label[e.language()]
	made := e.try(column, surveys.Move{
		Do: surveys.SetChoice, List: list.Name, Choice: code, Field: "label", Language: e.language(), Was: e.seen(column, current), Now: label,
	})
	if made && blankCode.MatchString(code) && blankLabel.MatchString(current) {
		e.rename(column, code, authoring.FreeCode(list.Choices, label))
	}
}

// Codes and labels of choices nobody has written yet.
var (
	blankCode  = regexp.MustCompile(`^choix(_[0-9]+)?$`)
	blankLabel = regexp.MustCompile(`^Choix [0-9]+$`)
)

// recode gives a choice the code that was typed.
func (e *edition) recode(column, code string) {
	if e.seen(column, code) != code {
		return // the code of the field is the choice's own
	}
	e.rename(column, code, e.value(column))
}

// rename changes a code; the conditions that a sentence can say follow.
func (e *edition) rename(column, from, to string) {
	name := e.list()
	followers := e.followers(name, from, to)
	renamed := e.changeList(column, func(l *surveys.List) {
		if at := choiceAt(l, from); at >= 0 {
			l.Choices[at].Name = to
		}
	})
	if !renamed {
		return
	}
	for _, move := range followers {
		e.try("", move)
	}
}

// followers are the moves by which conditions, rules and answers given
// beforehand speak of a choice by its new code.
func (e *edition) followers(list, from, to string) []surveys.Move {
	var moves []surveys.Move
	set := func(item *surveys.Item, column, now string) {
		if was := item.Field(column, ""); was != now {
			moves = append(moves, surveys.Move{Do: surveys.SetField, Key: item.Key, Field: column, Was: was, Now: now})
		}
	}
	e.now.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		set(item, "relevant", e.recodedCondition(item.Relevant, list, from, to))
		if item.List != list {
			return
		}
		if rule, simple := pages.ReadRule(item.Kind, item.Constraint); simple {
			rule.Alone = strings.Fields(replaceWord(strings.Join(rule.Alone, " "), from, to))
			set(item, "constraint", rule.Expression(item.Kind))
		}
		if item.Default == from {
			set(item, "default", to)
		}
	})
	return moves
}

// recodedCondition is a relevance with the new code of a choice; one that a
// sentence cannot say stays as it is.
func (e *edition) recodedCondition(relevant, list, from, to string) string {
	condition, ok := authoring.ReadCondition(e.now, relevant)
	changed := false
	for i, clause := range condition.Clauses {
		asked := e.now.Named(clause.Question)
		if asked != nil && asked.List == list && slices.Contains(strings.Fields(clause.Value), from) {
			condition.Clauses[i].Value, changed = replaceWord(clause.Value, from, to), true
		}
	}
	if !ok || !changed {
		return relevant
	}
	return condition.Expression(e.now)
}

func replaceWord(words, from, to string) string {
	all := strings.Fields(words)
	for i := range all {
		if all[i] == from {
			all[i] = to
		}
	}
	return strings.Join(all, " ")
}

// addChoice adds the choice that was typed.
func (e *edition) addChoice() {
	e.focus = "nouveau"
	label := plainText(e.typed.Get("nouveau"))
	if label == "" {
		return
	}
	e.changeList("", func(l *surveys.List) {
		l.Choices = append(l.Choices, surveys.Choice{Name: authoring.FreeCode(l.Choices, label), Label: surveys.Text{e.language(): label}})
	})
}

// dropChoice takes a choice away. The last one stays: a question without a
// choice cannot be asked.
func (e *edition) dropChoice() {
	if list, ok := e.now.List(e.list()); ok && len(list.Choices) == 1 {
		e.notice = "Une question garde au moins un choix : changez-en le texte."
		return
	}
	e.changeList("", func(l *surveys.List) {
		l.Choices = slices.DeleteFunc(l.Choices, func(c surveys.Choice) bool { return c.Name == e.with })
	})
	e.focus = "nouveau"
}

// shiftChoice moves a choice by one place.
func shiftChoice(by int) func(*edition) {
	return func(e *edition) {
		e.changeList("", func(l *surveys.List) {
			at := choiceAt(l, e.with)
			if to := at + by; at >= 0 && to >= 0 && to < len(l.Choices) {
				l.Choices[at], l.Choices[to] = l.Choices[to], l.Choices[at]
			}
		})
	}
}

// paste adds the choices of a column, or puts them in the place of all. A
// choice that says the same keeps its code and its translations.
func paste(replace bool) func(*edition) {
	return func(e *edition) {
		text := e.typed.Get("coller")
		list, ok := e.now.List(e.list())
		if !ok || strings.TrimSpace(text) == "" {
			e.problem("coller", "Collez d’abord une colonne de choix, un par ligne.")
			return
		}
		existing := list.Choices
		if replace {
			existing = nil
		}
		added, remarks := authoring.PastedChoices(existing, e.language(), text)
		e.remarks = append(e.remarks, remarks...)
		if len(added) == 0 {
			return
		}
		e.changeList("", func(l *surveys.List) {
			if replace {
				l.Choices = sameChoices(l.Choices, added, e.language())
				return
			}
			l.Choices = append(l.Choices, added...)
		})
	}
}

// sameChoices are the pasted choices, with the old ones in the place of those
// that say the same.
func sameChoices(old, pasted []surveys.Choice, language string) []surveys.Choice {
	kept := make([]surveys.Choice, len(pasted))
	for i, c := range pasted {
		kept[i] = c
		for _, o := range old {
			free := !slices.ContainsFunc(kept[:i], func(k surveys.Choice) bool { return k.Name == o.Name })
			if free && strings.EqualFold(plainText(o.Label[language]), c.Label[language]) {
				kept[i] = o
			}
		}
	}
	for i := range kept {
		if slices.ContainsFunc(kept[:i], func(k surveys.Choice) bool { return k.Name == kept[i].Name }) {
			kept[i].Name = authoring.FreeCode(kept[:i], kept[i].Label[language])
		}
	}
	return kept
}

// otherList makes the item, and the lines of a matrix, use another list.
func (e *edition) otherList() {
	now := e.value("list")
	if _, ok := e.now.List(now); !ok {
		e.problem("list", "Cette liste n’existe plus : choisissez-en une autre.")
		return
	}
	e.try("list", e.useList(now)...)
}

func (e *edition) useList(name string) []surveys.Move {
	item := e.item()
	var moves []surveys.Move
	use := func(i *surveys.Item) {
		if i.Kind.HasChoices() {
			moves = append(moves, surveys.Move{Do: surveys.SetField, Key: i.Key, Field: "list", Was: i.List, Now: name})
		}
	}
	use(item)
	if pages.IsMatrix(item) {
		for i := range item.Items {
			use(&item.Items[i])
		}
	}
	return moves
}

// detach makes a copy of a shared list for this question alone.
func (e *edition) detach() {
	list, ok := e.now.List(e.list())
	if !ok {
		return
	}
	own := list.Clone()
	own.Name = freeListName(e.now, e.item().Name)
	e.try("", append([]surveys.Move{{Do: surveys.SetList, List: own.Name, Choices: &own}}, e.useList(own.Name)...)...)
}
