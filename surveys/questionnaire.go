package surveys

import (
	"slices"
	"strings"
)

// A Questionnaire is an XLSForm as its author wrote it: texts in every
// language, expressions as text. [Compile] turns it into a [Form].
type Questionnaire struct {
	Title           string `bson:"title" json:"title,omitempty"`
	FormID          string `bson:"form_id" json:"form_id,omitempty"`
	DefaultLanguage string `bson:"default_language" json:"default_language,omitempty"`
	// Languages are the labels of the workbook's columns, in their order.
	Languages []string `bson:"languages" json:"languages,omitempty"`
	Items     []Item   `bson:"items" json:"items,omitempty"`
	Lists     []List   `bson:"lists" json:"lists,omitempty"`
	// Settings are the columns of the settings sheet nobody here reads, and
	// Sheets the sheets nobody here reads: they leave as they came. Some Sheets
	// only remember how a workbook was laid out, see [Sheet.Layout].
	Settings map[string]string `bson:"settings,omitempty" json:"settings,omitempty"`
	Sheets   []Sheet           `bson:"sheets,omitempty" json:"sheets,omitempty"`
	// Keys is how many keys its items were ever given: none serves twice.
	Keys int `bson:"keys,omitempty" json:"-"`
}

// An Item is a row of the survey sheet: a question, a note, a calculation, or
// a section (group or repeat) that holds the items between its begin and its
// end.
type Item struct {
	Kind Kind   `bson:"kind" json:"kind,omitempty"`
	Name string `bson:"name" json:"name,omitempty"`
	// Key names the item among those who write together: it stays when
	// the name changes. Workbooks do not have it.
	Key string `bson:"key,omitempty" json:"-"`
	// List names the choices of a select or a rank.
	List    string `bson:"list,omitempty" json:"list,omitempty"`
	OrOther bool   `bson:"or_other,omitempty" json:"or_other,omitempty"`

	Label             Text `bson:"label,omitempty" json:"label,omitempty"`
	Hint              Text `bson:"hint,omitempty" json:"hint,omitempty"`
	GuidanceHint      Text `bson:"guidance_hint,omitempty" json:"guidance_hint,omitempty"`
	RequiredMessage   Text `bson:"required_message,omitempty" json:"required_message,omitempty"`
	ConstraintMessage Text `bson:"constraint_message,omitempty" json:"constraint_message,omitempty"`

	// Expressions, as written. Required and ReadOnly also take yes and no.
	Required     string `bson:"required,omitempty" json:"required,omitempty"`
	ReadOnly     string `bson:"read_only,omitempty" json:"read_only,omitempty"`
	Relevant     string `bson:"relevant,omitempty" json:"relevant,omitempty"`
	Constraint   string `bson:"constraint,omitempty" json:"constraint,omitempty"`
	Calculation  string `bson:"calculation,omitempty" json:"calculation,omitempty"`
	Default      string `bson:"default,omitempty" json:"default,omitempty"`
	ChoiceFilter string `bson:"choice_filter,omitempty" json:"choice_filter,omitempty"`
	RepeatCount  string `bson:"repeat_count,omitempty" json:"repeat_count,omitempty"`

	Appearance []string          `bson:"appearance,omitempty" json:"appearance,omitempty"`
	Parameters map[string]string `bson:"parameters,omitempty" json:"parameters,omitempty"`

	// Columns of the house, that peers keep and ignore.
	Theme     string `bson:"theme,omitempty" json:"theme,omitempty"`     // T01 … T13
	Profile   string `bson:"profile,omitempty" json:"profile,omitempty"` // margin:age, margin:sex, margin:commune, margin:diplome, vulnerable, end
	Short     bool   `bson:"short,omitempty" json:"short,omitempty"`     // kept in the short, assisted form
	Sensitive bool   `bson:"sensitive,omitempty" json:"sensitive,omitempty"`

	// Extra are the columns nobody here reads, by header.
	Extra map[string]string `bson:"extra,omitempty" json:"extra,omitempty"`
	// Row is the row of the survey sheet (header = 1), 0 when it has none.
	Row int `bson:"row,omitempty" json:"-"`

	Items []Item `bson:"items,omitempty" json:"items,omitempty"`
}

// Profiles with a meaning to the rules.
const (
	// ProfileCommune marks the question that says where somebody lives or
	// works; its list "communes" is filled from the territory at publication.
	ProfileCommune = "margin:commune"
	ProfileAge     = "margin:age"
	ProfileSex     = "margin:sex"
	ProfileDiploma = "margin:diplome"
	// ProfileVulnerable marks a question that tells a public fragile.
	ProfileVulnerable = "vulnerable"
	// ProfileOutcome marks a question whose event is compared between publics
	// fragiles and the others: giving up care, low spirits.
	ProfileOutcome = "outcome"
	// ProfileEnd, on a note, ends the questionnaire when the note is on the
	// path: the person is outside the field and nothing is kept.
	ProfileEnd = "end"
)

// FlagColumn is the column of choices that marks those that make somebody a
// public fragile, or that are the event of an outcome. What it says is the name
// of the public, or of the event; choices that say the same are one.
const FlagColumn = "flag"

// A List is a named list of choices.
type List struct {
	Name    string   `bson:"name" json:"name,omitempty"`
	Choices []Choice `bson:"choices" json:"choices,omitempty"`
}

// A Choice is one answer of a list. Extra are its other columns, which choice
// filters read.
type Choice struct {
	Name  string            `bson:"name" json:"name,omitempty"`
	Label Text              `bson:"label,omitempty" json:"label,omitempty"`
	Extra map[string]string `bson:"extra,omitempty" json:"extra,omitempty"`
	Row   int               `bson:"row,omitempty" json:"-"`
}

// A Sheet is a worksheet kept as text cells.
type Sheet struct {
	Name string     `bson:"name" json:"name,omitempty"`
	Rows [][]string `bson:"rows" json:"rows,omitempty"`
}

// layouts are the sheets of a workbook whose content is in Items, Lists and
// Settings: kept under such a name, a sheet only remembers their layout.
var layouts = []string{"survey", "choices", "settings", "external_choices"}

// Layout reports whether the sheet remembers the order of columns, the comments
// and the empty cells of a part of a workbook, and says nothing of its own. That
// of a CSV file has the name of the file in square brackets.
func (s Sheet) Layout() bool {
	return slices.Contains(layouts, s.Name) || strings.HasPrefix(s.Name, "[")
}

// List returns the list with this name.
func (q *Questionnaire) List(name string) (*List, bool) {
	for i := range q.Lists {
		if q.Lists[i].Name == name {
			return &q.Lists[i], true
		}
	}
	return nil, false
}

// Walk calls visit for every item in reading order, with the sections that
// hold it, outermost first.
func (q *Questionnaire) Walk(visit func(item *Item, sections []*Item)) {
	walkItems(q.Items, nil, visit)
}

func walkItems(items []Item, sections []*Item, visit func(*Item, []*Item)) {
	for i := range items {
		visit(&items[i], sections)
		if len(items[i].Items) > 0 {
			walkItems(items[i].Items, append(sections[:len(sections):len(sections)], &items[i]), visit)
		}
	}
}

// HasProfile reports whether the item's profile column, which may hold several
// words, says this one.
func (i *Item) HasProfile(profile string) bool {
	return slices.Contains(strings.Fields(i.Profile), profile)
}

// Appears reports whether the item asks for this appearance.
func (i *Item) Appears(name string) bool {
	return slices.Contains(i.Appearance, name)
}
