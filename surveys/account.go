package surveys

import "slices"

// An Account is somebody of the team who signs in. Password is an argon2id
// hash in PHC format, never the password.
type Account struct {
	Login       string   `bson:"_id"` // lower case
	Name        string   `bson:"name"`
	Role        Role     `bson:"role"`
	Diagnostics []string `bson:"diagnostics,omitempty"` // what a coordinator, saisie or COPIL account may open
	Password    string   `bson:"password"`
	Revision    int64    `bson:"revision"` // kept by the store
}

// Role is what an account is for.
type Role string

// The roles.
const (
	Admin       Role = "admin"
	Coordinator Role = "coordinateur"
	Entry       Role = "saisie"
	Committee   Role = "copil"
	Agency      Role = "ars"
)

// Roles lists every role.
func Roles() []Role { return []Role{Admin, Coordinator, Entry, Committee, Agency} }

// Action is something a signed-in person may be allowed to do.
type Action string

// The actions pages ask about.
const (
	// SeeProtected opens the restitution view: numbers under disclosure control.
	SeeProtected Action = "see-protected"
	// SeeWork opens the working view: every number, restricted and logged.
	SeeWork Action = "see-work"
	// SeeAnswers downloads raw answers, restricted and logged.
	SeeAnswers Action = "see-answers"
	// ReadVerbatims reads, masks and codes what people wrote, restricted and
	// logged.
	ReadVerbatims Action = "read-verbatims"
	// RunSurveys opens and closes collections and publishes questionnaires.
	RunSurveys Action = "run-surveys"
	// ShareRestitution opens the restitution to everybody, and takes it back.
	ShareRestitution Action = "share-restitution"
)

// permissions is the whole policy: which role may do what.
var permissions = map[Role][]Action{
	Admin:       {SeeProtected, SeeWork, SeeAnswers, ReadVerbatims, RunSurveys, ShareRestitution},
	Coordinator: {SeeProtected, SeeWork, SeeAnswers, ReadVerbatims, RunSurveys, ShareRestitution},
	Entry:       {},
	Committee:   {SeeProtected},
	Agency:      {SeeProtected},
}

// May reports whether an account may do this in a diagnostic. An admin and an
// agency reach every diagnostic, the others those they were given.
func May(a Account, do Action, diagnostic string) bool {
	if !slices.Contains(permissions[a.Role], do) {
		return false
	}
	return a.Role == Admin || a.Role == Agency || slices.Contains(a.Diagnostics, diagnostic)
}
