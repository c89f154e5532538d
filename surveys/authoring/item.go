package authoring

import (
	"slices"

	"diapason/surveys"
)

// find returns the item with this name, nil when there is none.
func find(q *surveys.Questionnaire, name string) *surveys.Item {
	var found *surveys.Item
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if found == nil && name != "" && item.Name == name {
			found = item
		}
	})
	return found
}

// choices are those of an item's list; none when it has no list.
func choices(q *surveys.Questionnaire, item *surveys.Item) []surveys.Choice {
	if !item.Kind.HasChoices() {
		return nil
	}
	if list, ok := q.List(item.List); ok {
		return list.Choices
	}
	return nil
}

// choice returns the choice of an item with this code, nil when there is none.
func choice(q *surveys.Questionnaire, item *surveys.Item, code string) *surveys.Choice {
	all := choices(q, item)
	at := slices.IndexFunc(all, func(c surveys.Choice) bool { return c.Name == code })
	if at < 0 {
		return nil
	}
	return &all[at]
}

// codes are the names of choices, in their order.
func codes(choices []surveys.Choice) []string {
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = c.Name
	}
	return names
}
