package surveys

import "time"

// A Diagnostic is one edition of a diagnostic partagé, for one territory.
type Diagnostic struct {
	ID        string    `bson:"_id"` // slug: lower-case letters, digits and hyphens
	Title     string    `bson:"title"`
	Edition   string    `bson:"edition"`
	Territory Territory `bson:"territory"`
	Frame     Frame     `bson:"frame"`
	State     State     `bson:"state"`
	Opens     time.Time `bson:"opens"`  // first day of collection
	Closes    time.Time `bson:"closes"` // last day of collection
	Notice    Notice    `bson:"notice"`
	Updates   string    `bson:"updates,omitempty"` // ID of the edition this one updates
	// Grouping says which grouping in sectors is in force; zero is the first.
	Grouping Grouping `bson:"grouping"`
	// Restitution is when everybody may read the restitution; nil when only the
	// team may.
	Restitution *Opening `bson:"restitution,omitempty"`
	// Demo marks invented answers: every page and export made from them says so.
	Demo     bool  `bson:"demo,omitempty"`
	Revision int64 `bson:"revision"` // kept by the store
}

// A Notice names who is behind the questionnaires, as articles 13 and 14 of
// the RGPD ask; the sentences around the names belong to the pages.
type Notice struct {
	Controller string `bson:"controller"` // responsable de traitement
	Contact    string `bson:"contact"`    // e-mail or postal address of the team
	DPO        string `bson:"dpo"`        // délégué à la protection des données
	Hosting    string `bson:"hosting"`    // where the answers are kept
}

// State is the age of a diagnostic or a survey. It only moves forward, except
// that a closed collection may be opened again.
type State string

// The states of a diagnostic and of its surveys.
const (
	Draft    State = "draft"
	Open     State = "open"
	Closed   State = "closed"
	Archived State = "archived"
)

// CanBecome reports whether a thing in state s may move to state t.
func (s State) CanBecome(t State) bool {
	switch s {
	case Draft:
		return t == Open
	case Open:
		return t == Closed
	case Closed:
		return t == Open || t == Archived
	}
	return false
}

// Audience is a public that is asked its own questionnaire.
type Audience string

// The audiences every diagnostic has; a diagnostic may add one.
const (
	Habitants      Audience = "habitants"
	Professionnels Audience = "professionnels"
	Associations   Audience = "associations"
)

// Audiences lists the three common audiences in the order they are shown.
func Audiences() []Audience { return []Audience{Habitants, Professionnels, Associations} }

// Label is the audience as a title shows it.
func (a Audience) Label() string {
	switch a {
	case Habitants:
		return "Habitants"
	case Professionnels:
		return "Professionnels"
	case Associations:
		return "Associations"
	}
	return string(a)
}
