package surveys

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Clone returns a copy that shares nothing.
func (q *Questionnaire) Clone() *Questionnaire {
	c := *q
	c.Languages = slices.Clone(q.Languages)
	c.Items = cloneItems(q.Items)
	c.Lists = slices.Clone(q.Lists)
	for i := range c.Lists {
		c.Lists[i] = c.Lists[i].Clone()
	}
	c.Settings = maps.Clone(q.Settings)
	c.Sheets = slices.Clone(q.Sheets)
	for i := range c.Sheets {
		c.Sheets[i].Rows = slices.Clone(c.Sheets[i].Rows)
		for j := range c.Sheets[i].Rows {
			c.Sheets[i].Rows[j] = slices.Clone(c.Sheets[i].Rows[j])
		}
	}
	return &c
}

func cloneItems(items []Item) []Item {
	c := slices.Clone(items)
	for i := range c {
		c[i] = c[i].Clone()
	}
	return c
}

// Clone returns a copy that shares nothing.
func (i Item) Clone() Item {
	for _, column := range textColumns {
		text := i.text(column)
		*text = maps.Clone(*text)
	}
	i.Appearance = slices.Clone(i.Appearance)
	i.Parameters = maps.Clone(i.Parameters)
	i.Extra = maps.Clone(i.Extra)
	i.Items = cloneItems(i.Items)
	return i
}

// Clone returns a copy that shares nothing.
func (l List) Clone() List {
	l.Choices = slices.Clone(l.Choices)
	for i := range l.Choices {
		l.Choices[i].Label = maps.Clone(l.Choices[i].Label)
		l.Choices[i].Extra = maps.Clone(l.Choices[i].Extra)
	}
	return l
}

// Named returns the item with this name, nil when there is none; no item has
// the name "".
func (q *Questionnaire) Named(name string) *Item {
	if q == nil || name == "" {
		return nil
	}
	var found *Item
	q.Walk(func(i *Item, _ []*Item) {
		if i.Name == name {
			found = i
		}
	})
	return found
}

// Keyed returns a copy whose every item has a key, by which people who write
// together name it; rows of a sheet are forgotten, since items move. An item
// takes the key that the item of its name has in the questionnaire before,
// when there is one.
func (q *Questionnaire) Keyed(before *Questionnaire) *Questionnaire {
	c := q.Clone()
	if before != nil {
		c.Keys = max(c.Keys, before.Keys)
	}
	taken := map[string]bool{}
	c.Walk(func(i *Item, _ []*Item) {
		i.Row = 0
		if old := before.Named(i.Name); old != nil {
			i.Key = old.Key
		}
		if taken[i.Key] {
			i.Key = ""
		}
		taken[i.Key] = true
	})
	for l := range c.Lists {
		for i := range c.Lists[l].Choices {
			c.Lists[l].Choices[i].Row = 0
		}
	}
	for i := range c.Items {
		c.giveKeys(&c.Items[i])
	}
	return c
}

// freshKeys takes from an item, and those it holds, the keys that others have.
func (q *Questionnaire) freshKeys(item *Item) {
	if q.Item(item.Key) != nil {
		item.Key = ""
	}
	for i := range item.Items {
		q.freshKeys(&item.Items[i])
	}
}

// giveKeys numbers an item, and those it holds, that have no key. The numbers of
// those that come with one are not given again: a move that was tried once has
// its keys.
func (q *Questionnaire) giveKeys(item *Item) {
	if n, err := strconv.Atoi(strings.TrimPrefix(item.Key, "k")); err == nil {
		q.Keys = max(q.Keys, n)
	}
	if item.Key == "" {
		q.Keys++
		item.Key = fmt.Sprintf("k%d", q.Keys)
	}
	for i := range item.Items {
		q.giveKeys(&item.Items[i])
	}
}

// WithoutCommunes takes away what [WithCommunes] has put in.
func WithoutCommunes(q Questionnaire, t Territory) *Questionnaire {
	c := q.Clone()
	for i := range c.Lists {
		if c.Lists[i].Name != CommunesList {
			continue
		}
		c.Lists[i].Choices = slices.DeleteFunc(c.Lists[i].Choices, func(choice Choice) bool {
			return slices.ContainsFunc(t.Communes, func(k Commune) bool { return k.Code == choice.Name })
		})
	}
	return c
}
