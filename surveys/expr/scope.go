package expr

import "time"

// Scope is what an expression may read, seen from the question that asks.
// Answers off the path are given as blank. Embed Bare to write only the
// methods that matter.
type Scope interface {
	// Value of ${name}: the instance in the same repeat iteration when the
	// asking question shares the repeat, else all instances as a Set. The
	// name of a repeat gives a Set with one value per iteration.
	Value(name string) Value
	// Self is '.', the asking question's own value.
	Self() Value
	// Column is a bare name in a choice filter: a column of the choice at hand.
	Column(name string) Value
	// Instance is ${name} at the places named, outermost repeat first
	// (indexed-repeat); blank when there is no such iteration.
	Instance(name string, at []Place) Value
	// Position is the 1-based iteration of the repeat reached by climbing up
	// levels of groups and repeats: position(..) climbs 1, position(../..) 2.
	Position(up int) int
	// Label is the label of a question's choice in the current language.
	Label(question, choice string) string
	// Lookup is pulldata: column want of the first row whose column key holds value.
	Lookup(file, want, key, value string) string
	// Language is the code of the respondent's language, for month and day
	// names; "" is French.
	Language() string
	// Now is the pinned time of the submission; its offset is the zone of
	// every date-time written without one.
	Now() time.Time
	// Random is uniform in [0, 1).
	Random() float64
}

// Place is one iteration (from 1) of one repeat.
type Place struct {
	Repeat string
	Index  int
}

// Bare is a Scope in which everything is blank.
type Bare struct{}

func (Bare) Value(string) Value              { return Value{} }
func (Bare) Self() Value                     { return Value{} }
func (Bare) Column(string) Value             { return Value{} }
func (Bare) Instance(string, []Place) Value  { return Value{} }
func (Bare) Position(int) int                { return 1 }
func (Bare) Label(_, choice string) string   { return choice }
func (Bare) Lookup(_, _, _, _ string) string { return "" }
func (Bare) Language() string                { return "" }
func (Bare) Now() time.Time                  { return time.Time{} }
func (Bare) Random() float64                 { return 0 }
