package pages

import (
	"html/template"

	"diapason/surveys"
)

// A Step is a part of the form that a phone shows at once: a section at the
// top of the questionnaire, or the questions that stand between two sections.
type Step struct {
	ID    string
	Name  string // of the section, "" for loose questions
	Title template.HTML
	// Conditional steps concern some people only, besides those whom a note
	// sends away before.
	Conditional bool
	Items       []Field
}

// A Field is one thing of a step: a question, a note, or a group of them.
type Field struct {
	Control Control
	Name    string // of the form's field, with the rows it is in: enfants[1].age
	ID      string
	// Question is the name of the item in the questionnaire.
	Question    string
	Label, Hint template.HTML
	Required    bool
	Conditional bool
	Problem     string
	// The author's own messages, for the script.
	RequiredMessage, ConstraintMessage string

	Options []Option
	Limit   int
	Exact   bool
	Filter  bool // many choices: a box to narrow them down
	Shuffle bool
	Places  []Place // of a ranking

	Value              string // of an output, in words
	Input              string // the type or inputmode of a plain field
	Max                int    // characters
	LowLabel, TopLabel string // ends of a scale
	Compact            bool   // a row of a matrix: its choices side by side
	Ends               bool   // this note ends the questionnaire
	Absent             bool   // nothing to choose from until a script finds it in other answers

	Items []Field // of a group, a matrix, a repeat or a row
	Row   int
}

// Control is how a field is answered.
type Control string

// The controls.
const (
	controlRadios     Control = "radios"
	controlMenu       Control = "menu"
	controlCheckboxes Control = "checkboxes"
	controlRanking    Control = "ranking"
	controlScale      Control = "scale"
	controlPlain      Control = "line"
	controlArea       Control = "area"
	controlTick       Control = "tick"
	controlNote       Control = "note"
	controlCluster    Control = "cluster"
	controlMatrix     Control = "matrix"
	controlRows       Control = "rows"
	controlOutput     Control = "output"
)

// An Option is a choice as it is drawn.
type Option struct {
	Value     string
	Label     template.HTML
	Text      string // the label on a plain line
	ID        string
	Chosen    bool
	Exclusive bool   // unticks the others
	Also      string // what else finds it: postal codes
}

// A Place is one of the menus of a ranking.
type Place struct {
	Name, ID, Label string
	Options         []Option
}

// exclusive codes cannot go with another choice of the same question.
var exclusive = map[string]bool{"nsp": true, "npr": true, "rien": true, "aucun": true, "aucune": true, "non": true}

// apart codes keep their place at the end of choices that are shuffled.
var apart = map[string]bool{"nsp": true, "npr": true, "rien": true, "aucun": true, "aucune": true, "autre": true, "other": true}

// Above these numbers of choices, one choice is a menu and several get a
// filter.
const (
	menuFrom   = 15
	filterFrom = 18
)

// Rows of a repeat that a page without a script offers when the questionnaire
// does not say how many.
const rowsOffered = 3

// MaxRows is how many rows of a repeat a form reads.
const MaxRows = 50

func control(q *surveys.Question) Control {
	switch q.Kind {
	case surveys.SelectOne:
		if len(q.Choices) >= menuFrom || q.Appears("minimal") || q.Appears("autocomplete") {
			return controlMenu
		}
		return controlRadios
	case surveys.SelectMultiple:
		return controlCheckboxes
	case surveys.Rank:
		return controlRanking
	case surveys.Range:
		if low, high, step := q.Bounds(); step > 0 && (high-low)/step <= 20 {
			return controlScale
		}
		return controlPlain
	case surveys.TextKind:
		if q.Appears("numbers") || q.Appears("short") {
			return controlPlain
		}
		return controlArea
	case surveys.Acknowledge:
		return controlTick
	case surveys.Note:
		return controlNote
	}
	return controlPlain
}

// inputs are the types of the plain fields; a number is typed as text, so that
// a decimal comma is understood.
var inputs = map[surveys.Kind]string{
	surveys.Date: "date", surveys.Time: "time", surveys.DateTime: "datetime-local",
	surveys.Integer: "numeric", surveys.Decimal: "decimal", surveys.Range: "decimal",
}
