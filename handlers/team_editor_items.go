package handlers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// acts are what the buttons of a question do.
var acts = map[string]func(*edition){
	"haut": (*edition).up, "bas": (*edition).down, "entrer": (*edition).in, "sortir": (*edition).out,
	"placer": (*edition).drop, "dupliquer": (*edition).duplicate, "supprimer": (*edition).remove,
	"detacher": (*edition).detach, "choix-ajouter": (*edition).addChoice, "choix-oter": (*edition).dropChoice,
	"choix-haut": shiftChoice(-1), "choix-bas": shiftChoice(1),
	"coller-ajouter": paste(false), "coller-remplacer": paste(true),
}

// among are the items around the one of the form, and its place.
func (e *edition) among() (items []surveys.Item, at int) {
	into, _ := e.now.Where(e.key)
	items = e.now.Items
	if section := e.now.Item(into); section != nil {
		items = section.Items
	}
	return items, slices.IndexFunc(items, func(i surveys.Item) bool { return i.Key == e.key })
}

func (e *edition) placeAt(into, after string) {
	e.focus = "l-" + e.key
	e.try("", surveys.Move{Do: surveys.PlaceItem, Key: e.key, Into: into, After: after})
}

// up moves the item before the one above it, or out of its section from the
// first place.
func (e *edition) up() {
	items, at := e.among()
	into, _ := e.now.Where(e.key)
	switch {
	case at > 1:
		e.placeAt(into, items[at-2].Key)
	case at == 1:
		e.placeAt(into, "")
	case into != "":
		e.placeAt(e.now.Where(into))
	default:
		e.focus, e.notice = "l-"+e.key, "C’est déjà en haut du questionnaire."
	}
}

// down moves the item after the one below it, or out of its section from the
// last place.
func (e *edition) down() {
	items, at := e.among()
	into, _ := e.now.Where(e.key)
	switch {
	case at < len(items)-1:
		e.placeAt(into, items[at+1].Key)
	case into != "":
		e.out()
	default:
		e.focus, e.notice = "l-"+e.key, "C’est déjà en bas du questionnaire."
	}
}

// in moves the item to the end of the section just above it.
func (e *edition) in() {
	items, at := e.among()
	if at < 1 || !items[at-1].Kind.Section() {
		e.focus, e.notice = "l-"+e.key, "Il n’y a pas de section juste au-dessus où entrer."
		return
	}
	section := items[at-1]
	last := ""
	if n := len(section.Items); n > 0 {
		last = section.Items[n-1].Key
	}
	e.placeAt(section.Key, last)
}

// out moves the item after the section that holds it.
func (e *edition) out() {
	into, _ := e.now.Where(e.key)
	if into == "" {
		e.focus, e.notice = "l-"+e.key, "Cette ligne n’est dans aucune section."
		return
	}
	outer, _ := e.now.Where(into)
	e.placeAt(outer, into)
}

// drop moves the item where it was let go.
func (e *edition) drop() { e.placeAt(e.typed.Get("dans"), e.typed.Get("apres")) }

// remove takes the item away; the keyboard goes to the line that takes its
// place.
func (e *edition) remove() {
	items, at := e.among()
	into, _ := e.now.Where(e.key)
	switch {
	case at+1 < len(items):
		e.focus = "l-" + items[at+1].Key
	case at > 0:
		e.focus = "l-" + items[at-1].Key
	case into != "":
		e.focus = "l-" + into
	default:
		e.focus = "lines"
	}
	e.try("", surveys.Move{Do: surveys.Remove, Key: e.key})
}

// duplicate adds a copy after the item, under other names.
func (e *edition) duplicate() {
	item := e.item().Clone()
	renamed(e.now.Clone(), &item)
	into, _ := e.now.Where(e.key)
	e.insert(surveys.Move{Do: surveys.Insert, Into: into, After: e.key, Item: &item})
}

// renamed gives a copy, and all it holds, names that are free.
func renamed(q *surveys.Questionnaire, item *surveys.Item) {
	names := map[string]string{}
	rename(q, item, names)
	for from, to := range names { // inside the copy, names are those of the copy
		item.Refer(from, to)
	}
}

func rename(q *surveys.Questionnaire, item *surveys.Item, names map[string]string) {
	item.Key = ""
	if from := item.Name; from != "" {
		item.Name = freeItemName(q, from)
		names[from] = item.Name
		q.Items = append(q.Items, surveys.Item{Kind: surveys.Hidden, Name: item.Name}) // taken from now on
	}
	for i := range item.Items {
		rename(q, &item.Items[i], names)
	}
}

func freeItemName(q *surveys.Questionnaire, name string) string {
	for n := 2; ; n++ {
		if free := numbered(name, n); q.Named(free) == nil {
			return free
		}
	}
}

// numbered is a name with a number, in the place of the one it may have.
func numbered(name string, n int) string {
	root := strings.TrimRight(name, "0123456789")
	if cut, ok := strings.CutSuffix(root, "_"); ok && root != name && cut != "" {
		name = cut
	}
	return fmt.Sprintf("%s_%d", name, n)
}

// insert adds an item, opens it and takes the keyboard to what it says.
func (e *edition) insert(moves ...surveys.Move) {
	before := e.now
	if !e.try("", moves...) {
		return
	}
	e.now.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		fresh := before.Item(item.Key) == nil
		if fresh && (len(sections) == 0 || before.Item(sections[len(sections)-1].Key) != nil) {
			e.open, e.focus = item.Key, "f-label"
		}
	})
}

// addItem adds what a card of the menu shows, at its place.
func (s *Server) addItem(c fiber.Ctx, w writing) error {
	e := newEdition(entries(c))
	genre, label := e.typed.Get("genre"), plainText(e.typed.Get("intitule"))
	made, known := genres[genre]
	if !known {
		return surveys.ErrNotFound
	}
	said := label
	if said == "" {
		said = made.word
	}
	m, err := s.edit(c, w, "« "+said+" » "+made.added, func(q *surveys.Questionnaire) ([]surveys.Move, error) {
		e.desk, e.now, e.moves = desk{}, q, nil
		at := pages.EditorPlace{Into: e.typed.Get("dans"), After: e.typed.Get("apres")}
		item, moves := made.make(q, surveys.Kind(genre), label)
		e.insert(append(moves, surveys.Move{Do: surveys.Insert, Into: at.Into, After: at.After, Item: &item})...)
		return e.moves, nil
	})
	if err != nil {
		return err
	}
	w.manuscript = m
	return s.settle(c, w, e.desk)
}

// A genre is a card of the menu: its word, the word for having been added, and
// what it adds, after moves that make its list.
type genre struct {
	word, added string
	make        func(q *surveys.Questionnaire, kind surveys.Kind, label string) (surveys.Item, []surveys.Move)
}

var genres = map[string]genre{
	"select_one": {"Un seul choix", "ajoutée", withList}, "select_multiple": {"Plusieurs choix", "ajoutée", withList},
	"rank": {"Classement", "ajoutée", withList}, "range": {"Échelle", "ajoutée", newScale}, "integer": {"Nombre", "ajoutée", question},
	"decimal": {"Nombre à virgule", "ajoutée", question}, "text": {"Réponse libre", "ajoutée", question},
	"date": {"Date", "ajoutée", question}, "time": {"Heure", "ajoutée", question}, "dateTime": {"Date et heure", "ajoutée", question},
	"acknowledge": {"Case à cocher", "ajoutée", question}, "note": {"Texte à lire", "ajouté", newNote},
	"group": {"Section", "ajoutée", newSection}, "repeat": {"Répétition", "ajoutée", newSection},
	"matrix": {"Tableau de questions", "ajouté", newMatrix}, "end": {"Fin anticipée", "ajoutée", newEnd},
}

// question is an item of a kind, named after what it says, or after a word
// until it says something.
func question(q *surveys.Questionnaire, kind surveys.Kind, label string) (surveys.Item, []surveys.Move) {
	return named(q, kind, label, "question"), nil
}

func named(q *surveys.Questionnaire, kind surveys.Kind, label, otherwise string) surveys.Item {
	item := surveys.Item{Kind: kind, Name: authoring.FreeName(q, otherwise)}
	if label != "" {
		item.Name, item.Label = authoring.FreeName(q, label), surveys.Text{authoring.MainLanguage(q): label}
	}
	return item
}

func withList(q *surveys.Questionnaire, kind surveys.Kind, label string) (surveys.Item, []surveys.Move) {
	item := named(q, kind, label, "question")
	list := newList(q, item.Name, authoring.MainLanguage(q), blankChoices...)
	item.List = list.Name
	return item, []surveys.Move{{Do: surveys.SetList, List: list.Name, Choices: &list}}
}

func newScale(q *surveys.Questionnaire, kind surveys.Kind, label string) (surveys.Item, []surveys.Move) {
	item := named(q, kind, label, "question")
	item.Parameters = map[string]string{"start": "0", "end": "10", "step": "1"}
	return item, nil
}

func newNote(q *surveys.Questionnaire, kind surveys.Kind, label string) (surveys.Item, []surveys.Move) {
	return named(q, kind, label, "note"), nil
}

func newSection(q *surveys.Questionnaire, kind surveys.Kind, label string) (surveys.Item, []surveys.Move) {
	return named(q, kind, label, "section"), nil
}

// newEnd ends the questionnaire for everybody until it has a condition: the
// page says so at once.
func newEnd(q *surveys.Questionnaire, _ surveys.Kind, label string) (surveys.Item, []surveys.Move) {
	item := named(q, surveys.Note, label, "fin")
	item.Profile = surveys.ProfileEnd
	return item, nil
}

// newMatrix has two lines, which share a scale.
func newMatrix(q *surveys.Questionnaire, _ surveys.Kind, label string) (surveys.Item, []surveys.Move) {
	item := named(q, surveys.Group, label, "tableau")
	item.Appearance = []string{"field-list"}
	language := authoring.MainLanguage(q)
	list := newList(q, item.Name, language, "Très facile", "Plutôt facile", "Plutôt difficile", "Très difficile", "Je ne sais pas")
	taken := q.Clone()
	taken.Items = append(taken.Items, item)
	for _, line := range []string{"Première ligne", "Deuxième ligne"} {
		item.Items = append(item.Items, newLine(taken, item.Name, list.Name, language, line))
	}
	return item, []surveys.Move{{Do: surveys.SetList, List: list.Name, Choices: &list}}
}

// newLine is a question of a matrix, named after the matrix and what it says;
// the questionnaire remembers the name.
func newLine(taken *surveys.Questionnaire, matrix, list, language, label string) surveys.Item {
	line := surveys.Item{
		Kind: surveys.SelectOne, List: list, Label: surveys.Text{language: label},
		Name: authoring.FreeName(taken, matrix+" "+label),
	}
	taken.Items = append(taken.Items, surveys.Item{Kind: surveys.Hidden, Name: line.Name})
	return line
}
