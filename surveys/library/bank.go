package library

import (
	"cmp"
	"regexp"
	"slices"
	"sync"

	"diapason/surveys"
)

// A BankQuestion is a question that may be taken into another questionnaire,
// with all that belongs to it.
type BankQuestion struct {
	Name string
	// Kind is [surveys.Group] for a matrix, which is one question of several
	// lines, and [surveys.Repeat] for a block that is answered several times.
	Kind  surveys.Kind
	Theme string // T01 … T13, "" of a question about no theme, or about all
	// Audiences are those the library asks it, in their order.
	Audiences []surveys.Audience
	// Surveys are the titles of the surveys it comes from; none for a question
	// of the library.
	Surveys []string
	// Languages are the labels of the languages it is written in, the main one
	// first.
	Languages []string

	Item surveys.Item
	// Notes are what is said next to those who gave some of its answers: where
	// to find help, or that the questionnaire ends there.
	Notes []surveys.Item
	Lists []surveys.List
}

// Bank returns every question of the library's questionnaires, by theme and
// then as they are asked; one that several audiences are asked is there once.
// The questions belong to the caller.
func Bank() ([]BankQuestion, error) {
	all, err := bank()
	if err != nil {
		return nil, err
	}
	all = slices.Clone(all)
	for i := range all {
		all[i] = all[i].clone()
	}
	return all, nil
}

// bank reads the workbooks once: they are part of the program.
var bank = sync.OnceValues(func() ([]BankQuestion, error) {
	var all []BankQuestion
	for _, audience := range surveys.Audiences() {
		q, err := Questionnaire(audience)
		if err != nil {
			return nil, err
		}
		asked := Questions(q)
		for i := range asked {
			asked[i].Audiences = []surveys.Audience{audience}
		}
		all = Merge(all, asked)
	}
	ByTheme(all)
	return all, nil
})

// ByTheme puts questions in the order of the themes, those without one last.
func ByTheme(all []BankQuestion) {
	slices.SortStableFunc(all, func(a, b BankQuestion) int {
		if (a.Theme == "") != (b.Theme == "") {
			return cmp.Compare(b.Theme, a.Theme)
		}
		return cmp.Compare(a.Theme, b.Theme)
	})
}

// Merge adds questions to others. One that asks the same by the same name is
// not added: those who ask it come together.
func Merge(all, more []BankQuestion) []BankQuestion {
	for _, b := range more {
		at := slices.IndexFunc(all, func(a BankQuestion) bool { return a.asksSame(b) })
		if at < 0 {
			all = append(all, b)
			continue
		}
		all[at].Audiences = union(all[at].Audiences, b.Audiences)
		all[at].Surveys = union(all[at].Surveys, b.Surveys)
	}
	return all
}

func union[T comparable](a, b []T) []T {
	for _, v := range b {
		if !slices.Contains(a, v) {
			a = append(a, v)
		}
	}
	return a
}

// asksSame reports whether two questions have the same name, the same words
// and the same choices, whatever each questionnaire does with the answers.
func (b BankQuestion) asksSame(other BankQuestion) bool {
	return b.Name == other.Name && asksSame(&b.Item, &other.Item) &&
		slices.EqualFunc(b.Lists, other.Lists, sameCodes)
}

func asksSame(a, b *surveys.Item) bool {
	return a.Kind == b.Kind && slices.Equal(values(a.Label), values(b.Label)) &&
		slices.EqualFunc(a.Items, b.Items, func(x, y surveys.Item) bool { return x.Name == y.Name && asksSame(&x, &y) })
}

// values are the texts of all languages, whatever these are called.
func values(t surveys.Text) []string {
	var all []string
	for _, s := range t {
		all = append(all, s)
	}
	slices.Sort(all)
	return all
}

// sameCodes reports whether two lists offer the same choices.
func sameCodes(a, b surveys.List) bool {
	codes := func(l surveys.List) []string {
		var all []string
		for _, c := range l.Choices {
			all = append(all, c.Name)
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(codes(a), codes(b))
}

// Questions are those a questionnaire asks, in order, each as it may be taken
// elsewhere.
func Questions(q *surveys.Questionnaire) []BankQuestion {
	c := collector{q: q}
	c.items(q.Items)
	return c.all
}

type collector struct {
	q   *surveys.Questionnaire
	all []BankQuestion
}

func (c *collector) items(items []surveys.Item) {
	for i := range items {
		item := &items[i]
		whole := item.Kind == surveys.Repeat || IsMatrix(item) || item.Kind.Asked()
		switch {
		case whole && item.Name != "":
			c.add(item, items[i+1:])
		case item.Kind.Section():
			c.items(item.Items)
		}
	}
}

// IsMatrix recognises a question of several lines: a group of single choices
// that all come from the same list.
func IsMatrix(item *surveys.Item) bool {
	if item.Kind != surveys.Group || len(item.Items) < 2 {
		return false
	}
	for _, line := range item.Items {
		if line.Kind != surveys.SelectOne || line.List != item.Items[0].List {
			return false
		}
	}
	return true
}

func (c *collector) add(item *surveys.Item, after []surveys.Item) {
	b := BankQuestion{
		Name: item.Name, Kind: item.Kind, Theme: item.Theme, Languages: languages(c.q), Item: item.Clone(),
	}
	for _, note := range after {
		if note.Kind != surveys.Note || !slices.Equal(cited(note.Relevant), []string{item.Name}) {
			break
		}
		b.Notes = append(b.Notes, note.Clone())
	}
	b.each(func(i *surveys.Item) {
		i.Row, i.Key = 0, ""
		if list, ok := c.q.List(i.List); ok && b.list(i.List) == nil {
			b.Lists = append(b.Lists, unnumbered(*list))
		}
	})
	c.all = append(c.all, b)
}

func unnumbered(l surveys.List) surveys.List {
	l = l.Clone()
	for i := range l.Choices {
		l.Choices[i].Row = 0
	}
	return l
}

// languages are the labels of the languages of a questionnaire, the main one
// first.
func languages(q *surveys.Questionnaire) []string {
	if len(q.Languages) == 0 {
		return []string{surveys.NoLanguage}
	}
	all := slices.Clone(q.Languages)
	if at := slices.Index(all, q.DefaultLanguage); at > 0 {
		all = slices.Insert(slices.Delete(all, at, at+1), 0, q.DefaultLanguage)
	}
	return all
}

// each visits the question, what it holds, and its notes.
func (b *BankQuestion) each(visit func(*surveys.Item)) {
	whole := surveys.Questionnaire{Items: []surveys.Item{b.Item}}
	whole.Walk(func(i *surveys.Item, _ []*surveys.Item) { visit(i) })
	b.Item = whole.Items[0]
	for i := range b.Notes {
		visit(&b.Notes[i])
	}
}

// list is one of the question's lists, nil when it has none of that name.
func (b *BankQuestion) list(name string) *surveys.List {
	for i := range b.Lists {
		if b.Lists[i].Name == name {
			return &b.Lists[i]
		}
	}
	return nil
}

// Choices are those of the question, or of the lines of a matrix.
func (b BankQuestion) Choices() []surveys.Choice {
	name := b.Item.List
	if name == "" && IsMatrix(&b.Item) {
		name = b.Item.Items[0].List
	}
	if list := b.list(name); list != nil {
		return list.Choices
	}
	return nil
}

// ID tells the question from any other, and from others of its name that ask
// something else.
func (b BankQuestion) ID() string {
	whole := surveys.Questionnaire{Items: []surveys.Item{b.Item}, Lists: b.Lists}
	return b.Name + "-" + whole.Digest()
}

// Needs are the names of the questions its own condition reads.
func (b BankQuestion) Needs() []string { return cited(b.Item.Relevant) }

func (b BankQuestion) clone() BankQuestion {
	b.Audiences, b.Surveys, b.Languages = slices.Clone(b.Audiences), slices.Clone(b.Surveys), slices.Clone(b.Languages)
	b.Item = b.Item.Clone()
	b.Notes, b.Lists = slices.Clone(b.Notes), slices.Clone(b.Lists)
	for i := range b.Notes {
		b.Notes[i] = b.Notes[i].Clone()
	}
	for i := range b.Lists {
		b.Lists[i] = b.Lists[i].Clone()
	}
	return b
}

// reference is how an expression, or a text, names a question.
var reference = regexp.MustCompile(`\$\{\s*(?:last-saved#)?([\p{L}_][\p{L}\p{N}_.-]*)\s*\}`)

// cited are the questions that an expression or a text names, each once.
func cited(expression string) []string {
	var all []string
	for _, m := range reference.FindAllStringSubmatch(expression, -1) {
		all = union(all, []string{m[1]})
	}
	return all
}
