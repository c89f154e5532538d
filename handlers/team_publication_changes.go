package handlers

import (
	"strings"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// changes says what differs between two questionnaires, by section of the new
// one; what was removed is where it was. A section that comes or goes is told
// once, with what it holds.
func changes(old, new *surveys.Questionnaire) []pages.ChangeGroup {
	sections := sectionTitles(old)
	for name, title := range sectionTitles(new) {
		sections[name] = title
	}
	holders := map[authoring.DifferenceKind]map[string][]string{
		authoring.ItemRemoved: holdersOf(old), authoring.ItemAdded: holdersOf(new),
	}
	told := map[authoring.DifferenceKind]map[string]*pages.Change{authoring.ItemRemoved: {}, authoring.ItemAdded: {}}
	groups := changeGroups{}
	for _, d := range authoring.Differences(old, new) {
		if whole := outermost(told[d.Kind], holders[d.Kind][d.Question]); whole != nil {
			whole.Within = append(whole.Within, d.Sentence)
			continue
		}
		title := "Tout le questionnaire"
		if d.Question != "" {
			title = sections[d.Question]
		}
		change := groups.add(title, changeOf(d))
		if told[d.Kind] != nil {
			told[d.Kind][d.Question] = change
		}
	}
	return groups.list()
}

// changeOf is a difference as the page draws it: what the sentence already
// says is not said twice.
func changeOf(d authoring.Difference) *pages.Change {
	change := &pages.Change{Sentence: d.Sentence, Breaks: d.Breaks, Consequence: d.Consequence}
	if d.Kind != authoring.ConditionChanged && d.Before != "" && d.After != "" && !strings.Contains(d.Sentence, strings.TrimRight(d.After, " :\u00a0")) {
		change.Before, change.After = d.Before, d.After
	}
	return change
}

// holdersOf are the names of the sections that hold each item, outermost
// first.
func holdersOf(q *surveys.Questionnaire) map[string][]string {
	holders := map[string][]string{}
	q.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		for _, s := range sections {
			holders[item.Name] = append(holders[item.Name], s.Name)
		}
	})
	return holders
}

// outermost is the change that tells of the first of these sections, nil when
// none came or went.
func outermost(told map[string]*pages.Change, sections []string) *pages.Change {
	for _, name := range sections {
		if told[name] != nil {
			return told[name]
		}
	}
	return nil
}

// changeGroups gathers changes under titles, in the order they come.
type changeGroups struct {
	titles  []string
	changes [][]*pages.Change
}

func (g *changeGroups) add(title string, change *pages.Change) *pages.Change {
	if last := len(g.titles) - 1; last >= 0 && g.titles[last] == title {
		g.changes[last] = append(g.changes[last], change)
		return change
	}
	g.titles, g.changes = append(g.titles, title), append(g.changes, []*pages.Change{change})
	return change
}

func (g *changeGroups) list() []pages.ChangeGroup {
	var groups []pages.ChangeGroup
	for i, title := range g.titles {
		groups = append(groups, pages.ChangeGroup{Title: title, Changes: g.changes[i]})
	}
	return groups
}

// sectionTitles is the title of the outermost section of each item, by name.
func sectionTitles(q *surveys.Questionnaire) map[string]string {
	titles := map[string]string{}
	q.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		title := "Hors des sections"
		if len(sections) > 0 {
			title = pages.PlainLabel(q, sections[0])
		} else if item.Kind.Section() {
			title = pages.PlainLabel(q, item)
		}
		titles[item.Name] = title
	})
	return titles
}
