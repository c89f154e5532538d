package pages

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// editorCondition is when a question is asked, as the panel shows it.
type editorCondition struct {
	Sentence string
	Within   string // the condition of the section around, in words
	Readable bool   // can be said by clauses
	Any      bool
	Clauses  []editorClause
	Was      string
	Pending  bool // a clause still lacks its value
	Raw      editorField
	Possible bool // there is something to ask about
}

type editorClause struct {
	N                    int
	Questions, Is        []editorOption
	Values               []editorOption // choices
	Several              bool           // of them
	Value, Input         string         // number, date or text
	Valueless, NoAnswers bool
}

func (b *outline) when(item *surveys.Item) editorCondition {
	c, readable := authoring.ReadCondition(b.q, item.Relevant)
	v := editorCondition{Readable: readable, Was: c.Expression(b.q), Raw: b.plain(item, "relevant", "Expression", "")}
	v.Raw.Expression = true
	if readable {
		v.Sentence = c.Sentence(b.q, authoring.MainLanguage(b.q))
	}
	if b.page.Clauses != nil {
		c, v.Pending = *b.page.Clauses, true
	}
	v.Within = b.sectionCondition(item)
	before := authoring.Before(b.q, item.Name)
	v.Possible = len(before) > 0
	v.Any = c.Any
	for i, clause := range c.Clauses {
		v.Clauses = append(v.Clauses, b.clause(i, clause, before))
	}
	return v
}

// sectionCondition says when the sections around an item are asked.
func (b *outline) sectionCondition(item *surveys.Item) string {
	var said []string
	for into, _ := b.q.Where(item.Key); into != ""; into, _ = b.q.Where(into) {
		section := b.q.Item(into)
		if c, ok := authoring.ReadCondition(b.q, section.Relevant); ok && section.Relevant != "" {
			said = append(said, c.Words(b.q, authoring.MainLanguage(b.q)))
		} else if !ok {
			said = append(said, section.Relevant)
		}
	}
	return strings.Join(said, " et ")
}

func (b *outline) clause(n int, c authoring.Clause, before []*surveys.Item) editorClause {
	v := editorClause{N: n, Value: c.Value}
	var asked *surveys.Item
	if c.Question == "" {
		v.Questions = append(v.Questions, editorOption{"", "Choisissez la question…", true})
	} else if asked = b.q.Named(c.Question); asked != nil && !slices.Contains(before, asked) {
		v.Questions = append(v.Questions, editorOption{c.Question, itemTitle(b.q, asked) + " (posée après)", true})
	}
	for _, item := range before {
		v.Questions = append(v.Questions, editorOption{item.Name, itemTitle(b.q, item), item.Name == c.Question})
	}
	if asked == nil {
		v.NoAnswers = true
		return v
	}
	for _, is := range authoring.Comparisons(asked.Kind) {
		v.Is = append(v.Is, editorOption{string(is), is.Label(), is == c.Is})
	}
	v.Valueless = !c.Is.NeedsValue()
	v.Several = c.Is == authoring.OneOf || c.Is == authoring.NoneOf
	v.Input = map[surveys.Kind]string{surveys.Integer: "decimal", surveys.Decimal: "decimal", surveys.Range: "decimal", surveys.Date: "date", surveys.DateTime: "datetime-local"}[asked.Kind]
	if asked.Kind.HasChoices() {
		v.Values = b.clauseChoices(asked, c.Value, v.Several)
	}
	return v
}

func (b *outline) clauseChoices(asked *surveys.Item, value string, several bool) []editorOption {
	chosen := strings.Fields(value)
	var all []editorOption
	if !several && value == "" {
		all = append(all, editorOption{"", "Choisissez la réponse…", true})
	}
	if list, ok := b.q.List(asked.List); ok {
		for _, c := range list.Choices {
			all = append(all, editorOption{c.Name, unmarked(c.Label.In(authoring.MainLanguage(b.q), surveys.NoLanguage)), slices.Contains(chosen, c.Name)})
		}
	}
	for _, code := range chosen {
		if !slices.ContainsFunc(all, func(o editorOption) bool { return o.Value == code }) {
			all = append(all, editorOption{code, fmt.Sprintf("« %s », qui n’est plus dans la liste", code), true})
		}
	}
	return all
}
