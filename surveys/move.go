package surveys

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// A Move is one change to a questionnaire that is being written. It says what
// its author saw, so that two people never write over each other in silence,
// and every move has moves that take it back, see [Apply].
type Move struct {
	Do MoveKind `bson:"do"`
	// Key is the item it is about; "" is the questionnaire itself, for a title.
	Key string `bson:"key,omitempty"`

	// Set: a column of the item, with its language where it has one; for a
	// choice, List and Choice name it.
	Field    string `bson:"field,omitempty"`
	Language string `bson:"language,omitempty"`
	List     string `bson:"list,omitempty"`
	Choice   string `bson:"choice,omitempty"`
	// Was is what the author saw, or for a list and a whole questionnaire the
	// digest of it; Now is what they want.
	Was string `bson:"was,omitempty"`
	Now string `bson:"now,omitempty"`

	// Insert and Place: in which section ("" is the top), after which of its
	// items ("" is the first place).
	Into  string `bson:"into,omitempty"`
	After string `bson:"after,omitempty"`
	Item  *Item  `bson:"item,omitempty"`

	// Choices: a list as it becomes, nil when it goes.
	Choices *List `bson:"choices,omitempty"`
	// Replace: the whole questionnaire as it becomes.
	Whole *Questionnaire `bson:"whole,omitempty"`
}

// MoveKind says what a move does.
type MoveKind string

// The moves.
const (
	// SetField writes one column of an item, or a title.
	SetField MoveKind = "set"
	// SetChoice writes one text of one choice of a list.
	SetChoice MoveKind = "set-choice"
	// Insert adds an item with all it holds; items without a key get one.
	Insert MoveKind = "insert"
	// Remove takes an item away with all it holds.
	Remove MoveKind = "remove"
	// PlaceItem moves an item to another place.
	PlaceItem MoveKind = "place"
	// SetList adds, changes or takes away a list of choices.
	SetList MoveKind = "list"
	// AddLanguage adds a language by its label, as "العربية (ar)".
	AddLanguage MoveKind = "add-language"
	// DropLanguage takes a language away with all that is written in it.
	DropLanguage MoveKind = "drop-language"
	// Replace puts another questionnaire in the place of this one.
	Replace MoveKind = "replace"
)

// moves is what each kind does to a questionnaire that is its own copy.
var moves = map[MoveKind]func(*Questionnaire, Move) ([]Move, error){
	SetField:     (*Questionnaire).setField,
	SetChoice:    (*Questionnaire).setChoice,
	Insert:       (*Questionnaire).insert,
	Remove:       (*Questionnaire).remove,
	PlaceItem:    (*Questionnaire).place,
	SetList:      (*Questionnaire).setList,
	AddLanguage:  (*Questionnaire).addLanguage,
	DropLanguage: (*Questionnaire).dropLanguage,
	Replace:      (*Questionnaire).replace,
}

// Apply makes moves one after the other and returns the questionnaire they
// lead to with the moves that lead back, in the order to make them; none when
// nothing changes. When a move cannot be made none is, and the problems say
// why. The questionnaire given does not change.
func Apply(q *Questionnaire, all ...Move) (next *Questionnaire, undo []Move, problems Problems) {
	next = q.Clone()
	for _, m := range all {
		do, known := moves[m.Do]
		if !known {
			return nil, nil, Problems{{Code: "move.unknown", Message: fmt.Sprintf("le changement « %s » n’existe pas.", m.Do)}}
		}
		back, err := do(next, m)
		if err != nil {
			return nil, nil, asProblems(err)
		}
		undo = append(back, undo...)
	}
	return next, undo, nil
}

func asProblems(err error) Problems {
	switch err := err.(type) {
	case Problems:
		return err
	case Problem:
		return Problems{err}
	}
	return Problems{{Code: "move.failed", Message: err.Error()}}
}

// Codes of the problems a move can meet.
const (
	// MoveConflict: somebody else changed the same thing. Args holds what it is
	// now, as text.
	MoveConflict = "move.conflict"
	// MoveGone: somebody else took the item away.
	MoveGone = "move.gone"
)

func conflict(at Place, now string) error {
	return Problem{Place: at, Code: MoveConflict, Args: []any{now},
		Message: "Quelqu’un d’autre a changé ceci pendant que vous écriviez."}
}

func gone() error {
	return Problem{Code: MoveGone, Message: "Quelqu’un d’autre a supprimé cet élément."}
}

// Digest is a short fingerprint of a list, by which a move tells what its
// author saw; "" of none.
func (l *List) Digest() string {
	if l == nil {
		return ""
	}
	return digestOf(l)
}

// Digest is a short fingerprint of what a questionnaire says, whatever the
// rows and the layout of its workbook and the keys of those who write it.
func (q *Questionnaire) Digest() string {
	said := *q
	said.Sheets = slices.DeleteFunc(slices.Clone(q.Sheets), Sheet.Layout)
	if len(said.Sheets) == 0 {
		said.Sheets = nil
	}
	return digestOf(&said)
}

// digestOf relies on JSON writing the names of a map in order.
func digestOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil { // texts, numbers and lists of them always marshal
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// find returns the items among which the one with this key is, and its place;
// nil when there is none.
func (q *Questionnaire) find(key string) (among *[]Item, at int, section *Item) {
	return findItem(&q.Items, nil, key)
}

func findItem(items *[]Item, section *Item, key string) (*[]Item, int, *Item) {
	for i := range *items {
		item := &(*items)[i]
		if item.Key == key {
			return items, i, section
		}
		if among, at, within := findItem(&item.Items, item, key); among != nil {
			return among, at, within
		}
	}
	return nil, 0, nil
}

// Item returns the item with this key, nil when there is none.
func (q *Questionnaire) Item(key string) *Item {
	among, at, _ := q.find(key)
	if among == nil || key == "" {
		return nil
	}
	return &(*among)[at]
}

// Where tells the section ("" is the top) and the item before ("" is none) of
// the item with this key.
func (q *Questionnaire) Where(key string) (into, after string) {
	among, at, section := q.find(key)
	if section != nil {
		into = section.Key
	}
	if among != nil && at > 0 {
		after = (*among)[at-1].Key
	}
	return into, after
}

// room returns the items of a section and the place after one of them.
func (q *Questionnaire) room(into, after string) (*[]Item, int, error) {
	items := &q.Items
	if into != "" {
		section := q.Item(into)
		if section == nil || !section.Kind.Section() {
			return nil, 0, gone()
		}
		items = &section.Items
	}
	if after == "" {
		return items, 0, nil
	}
	at := slices.IndexFunc(*items, func(i Item) bool { return i.Key == after })
	if at < 0 {
		return nil, 0, gone()
	}
	return items, at + 1, nil
}

func (q *Questionnaire) insert(m Move) ([]Move, error) {
	if m.Item == nil {
		return nil, Problem{Code: "move.empty", Message: "Il n’y a rien à ajouter."}
	}
	items, at, err := q.room(m.Into, m.After)
	if err != nil { // the neighbour went: at the end of the section, if it is there
		if items, _, err = q.room(m.Into, ""); err != nil {
			return nil, err
		}
		at = len(*items)
	}
	item := m.Item.Clone()
	if err := q.newNames(item); err != nil {
		return nil, err
	}
	q.freshKeys(&item)
	q.giveKeys(&item)
	*items = slices.Insert(*items, at, item)
	return []Move{{Do: Remove, Key: item.Key}}, nil
}

// newNames refuses an item that brings a name already taken.
func (q *Questionnaire) newNames(item Item) error {
	var problems Problems
	added := Questionnaire{Items: []Item{item}}
	added.Walk(func(i *Item, _ []*Item) {
		if q.Named(i.Name) != nil {
			problems = append(problems, nameTaken(i.Name))
		}
	})
	if problems != nil {
		return problems
	}
	return nil
}

func nameTaken(name string) Problem {
	return Problem{Place: Place{Column: "name"}, Code: "name.twice", Message: fmt.Sprintf(
		"Le nom « %s » sert déjà à une autre question de ce questionnaire : donnez-en un autre.", name)}
}

func (q *Questionnaire) remove(m Move) ([]Move, error) {
	into, after := q.Where(m.Key)
	among, at, _ := q.find(m.Key)
	if among == nil || m.Key == "" {
		return nil, gone()
	}
	item := (*among)[at].Clone()
	*among = slices.Delete(*among, at, at+1)
	return []Move{{Do: Insert, Into: into, After: after, Item: &item}}, nil
}

func (q *Questionnaire) place(m Move) ([]Move, error) {
	item := q.Item(m.Key)
	if item == nil {
		return nil, gone()
	}
	if m.After == m.Key || inside(item, m.Into) {
		return nil, Problem{Code: "move.inside", Message: "Une section ne peut pas entrer dans elle-même."}
	}
	into, after := q.Where(m.Key)
	if into == m.Into && after == m.After {
		return nil, nil
	}
	if _, _, err := q.room(m.Into, m.After); err != nil {
		return nil, err
	}
	moved := item.Clone()
	among, at, _ := q.find(m.Key)
	*among = slices.Delete(*among, at, at+1)
	items, at, err := q.room(m.Into, m.After)
	if err != nil {
		return nil, err
	}
	*items = slices.Insert(*items, at, moved)
	return []Move{{Do: PlaceItem, Key: m.Key, Into: into, After: after}}, nil
}

// inside reports whether the key is the item's, or of something in it.
func inside(item *Item, key string) bool {
	if key == "" {
		return false
	}
	among, _, _ := findItem(&item.Items, item, key)
	return item.Key == key || among != nil
}

func (q *Questionnaire) setList(m Move) ([]Move, error) {
	at := slices.IndexFunc(q.Lists, func(l List) bool { return l.Name == m.List })
	var old *List
	if at >= 0 {
		old = new(q.Lists[at].Clone())
	}
	if old.Digest() != m.Was {
		return nil, conflict(Place{Sheet: "choices", Column: m.List}, old.Digest())
	}
	if err := checkList(m.Choices); err != nil {
		return nil, err
	}
	switch {
	case m.Choices == nil && old == nil:
		return nil, nil
	case m.Choices == nil:
		q.Lists = slices.Delete(q.Lists, at, at+1)
	case old == nil:
		q.Lists = append(q.Lists, m.Choices.Clone())
	default:
		q.Lists[at] = m.Choices.Clone()
	}
	if old.Digest() == m.Choices.Digest() {
		return nil, nil
	}
	return []Move{{Do: SetList, List: m.List, Was: m.Choices.Digest(), Choices: old}}, nil
}

// checkList refuses choices an answer could not be told by.
func checkList(l *List) error {
	if l == nil {
		return nil
	}
	var problems Problems
	refuse := func(code, format string, args ...any) {
		problems = append(problems, Problem{Place: Place{Sheet: "choices", Column: "name"}, Code: code, Message: fmt.Sprintf(format, args...)})
	}
	seen := map[string]bool{}
	for i, c := range l.Choices {
		switch {
		case c.Name == "":
			refuse("choice.unnamed", "Le choix n° %d n’a pas de code : donnez-lui en un, court et sans accent.", i+1)
		case seen[c.Name]:
			refuse("choice.twice", "Le code « %s » sert deux fois : chaque choix a le sien.", c.Name)
		case !codeForm.MatchString(c.Name):
			refuse("choice.code", "Le code « %s » ne convient pas : lettres, chiffres, tirets et points, sans espace.", c.Name)
		}
		seen[c.Name] = true
	}
	if problems != nil {
		return problems
	}
	return nil
}

func (q *Questionnaire) replace(m Move) ([]Move, error) {
	if m.Whole == nil {
		return nil, Problem{Code: "move.empty", Message: "Il n’y a pas de questionnaire à mettre à la place."}
	}
	if m.Was != q.Digest() {
		return nil, conflict(Place{}, "")
	}
	old := q.Clone()
	*q = *m.Whole.Keyed(old)
	if q.Digest() == old.Digest() {
		return nil, nil
	}
	return []Move{{Do: Replace, Was: q.Digest(), Whole: old}}, nil
}
