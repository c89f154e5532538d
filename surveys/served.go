package surveys

import (
	"slices"
	"strings"
)

// fileEnding is what pulldata leaves out of the name of a file.
const fileEnding = ".csv"

// served gives the questionnaire as it is asked: "or_other" is a choice and a
// question of their own, and a select whose choices come from a file that is
// here is a select like any other. It is q itself when nothing changes.
func (q *Questionnaire) served() *Questionnaire {
	changes := false
	q.Walk(func(item *Item, _ []*Item) {
		changes = changes || item.OrOther || q.inFile(item)
	})
	if !changes {
		return q
	}
	s := q.Clone()
	s.Items = s.serve(s.Items)
	return s
}

func (q *Questionnaire) serve(items []Item) []Item {
	var served []Item
	for _, item := range items {
		if q.inFile(&item) {
			q.serveFile(&item)
		}
		item.Items = q.serve(item.Items)
		served = append(served, item)
		if item.OrOther && !named(items, item.Name+otherSuffix) {
			q.offerOther(&item)
			served = append(served, item.other())
		}
	}
	return served
}

// asSelect are the kinds whose choices are not on the choices sheet, with the
// kind they are served as when their list is here.
var asSelect = map[Kind]Kind{
	"select_one_from_file": SelectOne, "select_multiple_from_file": SelectMultiple, "select_one_external": SelectOne,
}

// inFile reports whether the item takes its choices from a list of a file that
// is here.
func (q *Questionnaire) inFile(item *Item) bool {
	if _, ok := asSelect[item.Kind]; !ok {
		return false
	}
	_, ok := q.file(item.List)
	return ok
}

// file finds a list by the name of its file, with its ending or without.
func (q *Questionnaire) file(name string) (*List, bool) {
	if list, ok := q.List(name); ok {
		return list, true
	}
	return q.List(name + fileEnding)
}

// serveFile turns the item into a select. The parameters value and label say
// which columns of the file are the codes and the words, when they are not the
// usual ones.
func (q *Questionnaire) serveFile(item *Item) {
	list, _ := q.file(item.List)
	item.Kind, item.List = asSelect[item.Kind], list.Name
	value, label := item.Parameters["value"], item.Parameters["label"]
	if value == "" && label == "" {
		return
	}
	item.List += " " + value + " " + label
	if _, ok := q.List(item.List); ok {
		return
	}
	seen := List{Name: item.List}
	for _, c := range list.Choices {
		if name := c.Extra[value]; name != "" {
			c.Name = name
		}
		if words := c.Extra[label]; words != "" {
			c.Label = Text{NoLanguage: words}
		}
		seen.Choices = append(seen.Choices, c)
	}
	q.Lists = append(q.Lists, seen)
}

// What or_other adds, by the names XLSForm gives them.
const (
	otherChoice = "other"
	otherSuffix = "_other"
)

// otherWords are what or_other says in the languages the forms are shown in:
// the choice, and the question that follows it.
var otherWords = map[string][2]string{
	"ar": {"إجابة أخرى", "حدِّد"},
	"en": {"Other", "Specify other."},
	"es": {"Otra respuesta", "Especifique."},
	"fr": {"Autre", "Précisez."},
	"pt": {"Outra resposta", "Especifique."},
	"ro": {"Alt răspuns", "Precizați."},
	"tr": {"Diğer", "Lütfen belirtin."},
	"uk": {"Інше", "Уточніть."},
}

// otherText writes one of them in each of the languages that a text has.
func otherText(like Text, which int) Text {
	text := Text{}
	for label := range like {
		code, _, _ := strings.Cut(LanguageCode(label), "-")
		words, known := otherWords[code]
		if !known {
			words = otherWords["fr"]
		}
		text[label] = words[which]
	}
	if len(text) == 0 {
		text[NoLanguage] = otherWords["fr"][which]
	}
	return text
}

func (q *Questionnaire) offerOther(item *Item) {
	list, ok := q.List(item.List)
	if !ok || slices.ContainsFunc(list.Choices, func(c Choice) bool { return c.Name == otherChoice }) {
		return
	}
	list.Choices = append(list.Choices, Choice{Name: otherChoice, Label: otherText(item.Label, 0)})
}

// other is the question that follows a select with or_other.
func (i *Item) other() Item {
	return Item{
		Kind: TextKind, Name: i.Name + otherSuffix, Label: otherText(i.Label, 1), Row: i.Row,
		Relevant: "selected(${" + i.Name + "}, '" + otherChoice + "')",
	}
}

func named(items []Item, name string) bool {
	return slices.ContainsFunc(items, func(i Item) bool { return i.Name == name })
}
