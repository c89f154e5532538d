package pages

import (
	"slices"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// choicesShown is how many choices the panel lets people write one by one; a
// longer list is better kept in a workbook.
const choicesShown = 120

// editorChoices is the list of choices of a question in its panel.
type editorChoices struct {
	List    string
	Rows    []editorChoice
	Total   int
	Shared  []string // titles of the other questions that use the list
	Others  editorField
	Filled  bool // communes come in at publication
	Pasted  Refused
	OrOther *editorField
}

// An editorChoice is one choice to write.
type editorChoice struct {
	Code        string
	Label, Name editorField
	First, Last bool
}

func (b *outline) choices(item *surveys.Item, name string) *editorChoices {
	v := &editorChoices{List: name, Filled: name == surveys.CommunesList, Pasted: b.page.Refused["coller"]}
	list, _ := b.q.List(name)
	if list != nil {
		v.Total = len(list.Choices)
		if v.Total <= choicesShown {
			v.Rows = b.choiceRows(list)
		}
	}
	v.Shared = b.sharing(item, name)
	v.Others = b.page.field("list", name)
	v.Others.Label = "Prendre une autre liste"
	v.Others.menu(b.listMenu())
	if item.Kind == surveys.SelectOne || item.Kind == surveys.SelectMultiple {
		f := b.plain(item, "or_other", "Ajouter « Autre », à préciser", "")
		v.OrOther = &f
	}
	return v
}

func (b *outline) choiceRows(list *surveys.List) []editorChoice {
	t := Tongues(b.q)[0]
	var rows []editorChoice
	for i, c := range list.Choices {
		row := editorChoice{
			Code: c.Name, First: i == 0, Last: i == len(list.Choices)-1,
			Label: b.page.field("choice."+c.Name, c.Label.In(authoring.MainLanguage(b.q))), Name: b.page.field("code."+c.Name, c.Name),
		}
		row.Label.Lang, row.Label.Dir = t.Code, Direction(t.Code)
		rows = append(rows, row)
	}
	return rows
}

// sharing are the questions that use a list besides this item and what it
// holds.
func (b *outline) sharing(item *surveys.Item, list string) []string {
	var titles []string
	own := []string{item.Key}
	for i := range item.Items {
		own = append(own, item.Items[i].Key)
	}
	for _, key := range b.byList[list] {
		if !slices.Contains(own, key) {
			titles = append(titles, itemTitle(b.q, b.q.Item(key)))
		}
	}
	return titles
}

// listMenu is every list, told by its first choices.
func (b *outline) listMenu() [][2]string {
	var all [][2]string
	for _, l := range b.q.Lists {
		said := l.Name
		for i, c := range l.Choices[:min(3, len(l.Choices))] {
			said += map[bool]string{true: " : ", false: ", "}[i == 0] + cut(unmarked(c.Label.In(authoring.MainLanguage(b.q), surveys.NoLanguage)), 24)
		}
		if len(l.Choices) > 3 {
			said += "…"
		}
		all = append(all, [2]string{l.Name, said})
	}
	return all
}
