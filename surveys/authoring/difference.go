package authoring

import (
	"fmt"
	"slices"

	"diapason/surveys"
)

// A Difference is one thing that changed between two questionnaires.
type Difference struct {
	Kind DifferenceKind
	// Question is the name of the item, "" when the change is about the whole
	// questionnaire. For a shared list it is the first that uses it.
	Question string
	// List is the list whose choices changed, and Questions are all those that
	// use it, in reading order.
	List      string
	Questions []string
	// Language is the label of the language whose text changed, "" for other
	// changes.
	Language string
	// Sentence says the change in French.
	Sentence string
	// Before and After are the two values as written; "" for none.
	Before, After string
	// Breaks means that the answers from before and from after can no longer be
	// counted together: the kind, the scale or the codes changed.
	Breaks bool
	// Consequence says what the change does to the results; "" for nothing.
	Consequence string
}

// A DifferenceKind tells the differences apart.
type DifferenceKind string

// The kinds of differences.
const (
	TitleChanged     DifferenceKind = "title"
	LanguageAdded    DifferenceKind = "language-added"
	LanguageRemoved  DifferenceKind = "language-removed"
	ItemAdded        DifferenceKind = "added"
	ItemRemoved      DifferenceKind = "removed"
	ItemMoved        DifferenceKind = "moved"
	KindChanged      DifferenceKind = "kind"
	WordingChanged   DifferenceKind = "wording" // the label
	HelpChanged      DifferenceKind = "help"    // hints and messages
	ChoiceAdded      DifferenceKind = "choice-added"
	ChoiceRemoved    DifferenceKind = "choice-removed"
	ChoiceRecoded    DifferenceKind = "choice-code"
	ChoiceReworded   DifferenceKind = "choice-wording"
	ChoicesReordered DifferenceKind = "choices-order"
	ConditionChanged DifferenceKind = "condition"
	RequiredChanged  DifferenceKind = "required"
	ThemeChanged     DifferenceKind = "theme"
	ProfileChanged   DifferenceKind = "profile"
	ShortChanged     DifferenceKind = "short"
	SensitiveChanged DifferenceKind = "sensitive"
	SettingChanged   DifferenceKind = "setting" // anything else of a row
)

// What changes do to the results, as a coordinator reads it.
const (
	breaksSeries = "Les réponses d’avant et d’après ne pourront plus être comptées ensemble."
	keepsSeries  = "Les réponses d’avant et d’après restent comptées ensemble. D’une édition à l’autre, ce sera une rupture de série."
	changesBase  = "Les personnes interrogées ne sont plus les mêmes : comparez avant et après avec prudence."
)

// Differences lists what changed from one questionnaire to another, in the
// reading order of the new one, what was removed at its former place. An item
// is known by its name: one that is renamed is removed and added. The communes
// that publication brings into their list are not a difference.
func Differences(old, new *surveys.Questionnaire) []Difference {
	d := differ{old: old, new: new, was: entries(old), is: entries(new)}
	d.whole()
	d.byList = d.listUses()
	displaced := d.displaced()
	gone := d.gone()
	d.removed(gone[""])
	for _, e := range d.is.all {
		if before, ok := d.was.byKey[e.key]; ok {
			d.compare(before, e, displaced[e.key])
		} else {
			d.added(e)
		}
		d.removed(gone[e.key])
	}
	return d.found
}

// differ holds two questionnaires and what was found so far.
type differ struct {
	old, new *surveys.Questionnaire
	was, is  index
	byList   map[listPair][]*surveys.Item
	found    []Difference
}

func (d *differ) add(found Difference) { d.found = append(d.found, found) }

// index holds the items of a questionnaire in reading order.
type index struct {
	all   []*entry
	byKey map[string]*entry
}

// entry is an item at its place; key is its name, or what stands for it.
type entry struct {
	item   *surveys.Item
	key    string
	parent *entry // nil at the top
}

func entries(q *surveys.Questionnaire) index {
	x := index{byKey: map[string]*entry{}}
	places := map[*surveys.Item]*entry{}
	q.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		e := &entry{item: item, key: item.Name}
		if e.key == "" {
			e.key = string(item.Kind) + " " + title(q, item, "")
		}
		for n := 2; x.byKey[e.key] != nil; n++ {
			e.key = fmt.Sprintf("%s (%d)", item.Name, n)
		}
		if len(sections) > 0 {
			e.parent = places[sections[len(sections)-1]]
		}
		places[item] = e
		x.byKey[e.key] = e
		x.all = append(x.all, e)
	})
	return x
}

// under is the key of the section that holds an entry, "" at the top.
func (e *entry) under() string {
	if e.parent == nil {
		return ""
	}
	return e.parent.key
}

// whole compares what belongs to no question.
func (d *differ) whole() {
	if d.old.Title != d.new.Title {
		d.add(Difference{Kind: TitleChanged, Before: d.old.Title, After: d.new.Title,
			Sentence: fmt.Sprintf("Le titre %s devient %s.", quote(d.old.Title), quote(d.new.Title))})
	}
	if was, is := MainLanguage(d.old), MainLanguage(d.new); was != is && slices.Contains(languages(d.old), is) {
		d.add(Difference{Kind: SettingChanged, Before: was, After: is,
			Sentence: fmt.Sprintf("La langue principale était %s ; c’est maintenant %s.", quote(was), quote(is))})
	}
	for _, l := range d.new.Languages {
		if !slices.Contains(d.old.Languages, l) && d.formerly(l) == l {
			d.add(Difference{Kind: LanguageAdded, Language: l, After: l, Sentence: fmt.Sprintf("La langue %s est ajoutée.", quote(l))})
		}
	}
	for _, l := range d.old.Languages {
		if !slices.Contains(d.new.Languages, l) && l != d.formerly(MainLanguage(d.new)) {
			d.add(Difference{Kind: LanguageRemoved, Language: l, Before: l, Sentence: fmt.Sprintf("La langue %s est retirée.", quote(l)),
				Consequence: "On ne peut plus répondre dans cette langue."})
		}
	}
}

// formerly is what the old questionnaire calls a language of the new one: its
// first language may only have been given a name.
func (d *differ) formerly(language string) string {
	if language == MainLanguage(d.new) && !slices.Contains(languages(d.old), language) {
		return MainLanguage(d.old)
	}
	return language
}

// gone gathers the removed entries by the key of the last one before them that
// stays.
func (d *differ) gone() map[string][]*entry {
	gone := map[string][]*entry{}
	after := ""
	for _, e := range d.was.all {
		if _, stays := d.is.byKey[e.key]; stays {
			after = e.key
		} else {
			gone[after] = append(gone[after], e)
		}
	}
	return gone
}

func (d *differ) removed(all []*entry) {
	for _, e := range all {
		w := wordOf(e.item.Kind)
		found := Difference{Kind: ItemRemoved, Question: e.item.Name, Before: e.item.Label.In(MainLanguage(d.old)),
			Sentence: fmt.Sprintf("%s %s est retiré%s.", w.the, title(d.old, e.item, ""), w.agreement)}
		if e.item.Kind.Asked() {
			found.Consequence = "Les réponses déjà reçues à cette question restent gardées."
		}
		d.add(found)
	}
}

func (d *differ) added(e *entry) {
	w := wordOf(e.item.Kind)
	found := Difference{Kind: ItemAdded, Question: e.item.Name, After: e.item.Label.In(MainLanguage(d.new)),
		Sentence: fmt.Sprintf("%s %s est ajouté%s.", w.the, title(d.new, e.item, ""), w.agreement)}
	if e.item.Kind.Asked() {
		found.Consequence = "Les personnes qui ont déjà répondu n’ont pas vu cette question."
	}
	d.add(found)
}

// displaced are the entries that changed section, or place within it.
func (d *differ) displaced() map[string]bool {
	displaced := map[string]bool{}
	before, after := d.was.siblings(d.is), d.is.siblings(d.was)
	for section, keys := range after {
		for _, key := range moved(before[section], keys) {
			displaced[key] = true
		}
	}
	for key, e := range d.is.byKey {
		if was, ok := d.was.byKey[key]; ok && was.under() != e.under() {
			displaced[key] = true
		}
	}
	return displaced
}

// siblings are the keys in each section, of the entries that the other index
// has in the same one.
func (x index) siblings(other index) map[string][]string {
	siblings := map[string][]string{}
	for _, e := range x.all {
		if o, ok := other.byKey[e.key]; ok && o.under() == e.under() {
			siblings[e.under()] = append(siblings[e.under()], e.key)
		}
	}
	return siblings
}
