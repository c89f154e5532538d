package pages

import (
	"fmt"
	"strings"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// An editorRoom is the items of a section, or of the top, in the outline.
type editorRoom struct {
	Into  string // key of the section, "" at the top
	Title string
	Lines []editorLine
	First *editorInsert // the menu to add at the first place, when it is open
}

// LastKey is the key of the last line, "" when there is none.
func (r editorRoom) LastKey() string {
	if len(r.Lines) == 0 {
		return ""
	}
	return r.Lines[len(r.Lines)-1].Key
}

// An editorLine is one line of the outline.
type editorLine struct {
	Key, Number, Title string
	kindWord
	Section  bool
	Marks    []editorMark
	Panel    *editorQuestion // when it is open
	Room     *editorRoom     // of a section
	Insert   *editorInsert   // the menu to add after it, when it is open
	AddAfter string          // address of that menu
}

// An editorMark says something of a question in a word.
type editorMark struct{ Class, Text, Title string }

// An editorInsert is the menu of what can be added at a place.
type editorInsert struct {
	EditorPlace
	Questions, Structures []editorCard
}

// An editorFault is a problem with the way to it; Key is "" when it belongs to
// no question.
type editorFault struct{ Key, Title, Message string }

// outline draws the lines of a questionnaire.
type outline struct {
	page   TeamEditor
	q      *surveys.Questionnaire
	number int                 // of the last question
	byName map[string]string   // key of the item with this name
	byList map[string][]string // keys of the items with this list
	hints  map[string]int      // by key
	wrong  map[string]int
}

func newOutline(p TeamEditor) *outline {
	b := &outline{
		page: p, q: &p.Manuscript.Questionnaire, byName: map[string]string{}, byList: map[string][]string{},
		hints: map[string]int{}, wrong: map[string]int{},
	}
	b.q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if item.Name != "" {
			b.byName[item.Name] = item.Key
		}
		if item.Kind.HasChoices() {
			b.byList[item.List] = append(b.byList[item.List], item.Key)
		}
	})
	for _, h := range p.Hints {
		for _, key := range b.keysOf(h) {
			b.hints[key]++
		}
	}
	for _, f := range p.Faults.Refusals() {
		b.wrong[b.byName[f.Place.Question]]++
	}
	return b
}

// keysOf are the items a hint is about: one question, or the first that uses a
// list.
func (b *outline) keysOf(h authoring.Hint) []string {
	if key := b.byName[h.Question]; key != "" {
		return []string{key}
	}
	if h.Question == "" && h.List != "" {
		return b.byList[h.List][:min(1, len(b.byList[h.List]))]
	}
	return nil
}

func (b *outline) room(into string, items []surveys.Item) editorRoom {
	room := editorRoom{Into: into}
	if at := b.page.Adding; at != nil && at.Into == into && at.After == "" {
		room.First = newInsert(*at)
	}
	for i := range items {
		room.Lines = append(room.Lines, b.line(into, &items[i]))
	}
	return room
}

func (b *outline) line(into string, item *surveys.Item) editorLine {
	l := editorLine{
		Key: item.Key, Title: itemTitle(b.q, item), kindWord: kindOf(item), Section: item.Kind.Section(),
		AddAfter: "?ajouter=1&dans=" + into + "&apres=" + item.Key + "#ajouter",
	}
	if item.Kind.Asked() {
		b.number++
		l.Number = fmt.Sprint(b.number)
	}
	l.Marks = b.marks(item)
	if at := b.page.Adding; at != nil && at.Into == into && at.After == item.Key {
		l.Insert = newInsert(*at)
	}
	if item.Key == b.page.Open {
		l.Panel = b.question(item)
	}
	if l.Section {
		room := b.room(item.Key, item.Items)
		room.Title = l.Title
		l.Room = &room
	}
	return l
}

// marks are the few words beside a line, the gravest first.
func (b *outline) marks(item *surveys.Item) []editorMark {
	var marks []editorMark
	mark := func(when bool, class, text, title string) {
		if when {
			marks = append(marks, editorMark{class, text, title})
		}
	}
	mark(b.wrong[item.Key] > 0, "wrong", "à corriger", "À corriger avant de publier")
	mark(item.Required != "" && item.Required != "no", "must", "obligatoire", "")
	mark(item.Relevant != "", "if", "si…", b.condition(item))
	mark(item.HasProfile(surveys.ProfileVulnerable), "who", "public fragile", "")
	mark(strings.Contains(item.Profile, "margin:"), "who", "redressement", "Sert à redresser les résultats")
	mark(item.Sensitive, "secret", "sensible", "Réponse sensible")
	if theme, ok := b.page.Frame.Theme(item.Theme); ok {
		mark(true, "theme", item.Theme, theme.Name)
	} else {
		mark(item.Theme != "", "theme", item.Theme, "")
	}
	mark(b.hints[item.Key] == 1, "hint", "1 conseil", "")
	mark(b.hints[item.Key] > 1, "hint", fmt.Sprintf("%d conseils", b.hints[item.Key]), "")
	return marks
}

// condition says when a question is asked, for people.
func (b *outline) condition(item *surveys.Item) string {
	if c, ok := authoring.ReadCondition(b.q, item.Relevant); ok {
		return c.Sentence(b.q, authoring.MainLanguage(b.q))
	}
	return item.Relevant
}

func newInsert(at EditorPlace) *editorInsert {
	return &editorInsert{
		EditorPlace: at,
		Questions:   cards(questionCards, "", nil), Structures: cards(structureCards, "", nil),
	}
}

// faults are problems with the way to their questions.
func (b *outline) faults(problems surveys.Problems) []editorFault {
	var all []editorFault
	for _, p := range problems {
		f := editorFault{Key: b.byName[p.Place.Question], Message: Sentence(p.Message)}
		if item := b.q.Item(f.Key); item != nil {
			f.Title = itemTitle(b.q, item)
		}
		all = append(all, f)
	}
	return all
}

// Sentence gives a message of the rules its capital.
func Sentence(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
