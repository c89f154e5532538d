package surveys

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Store keeps what Diapason knows. Every implementation passes storetest.Run.
//
// Values given to a store and got from it are never shared with it: the caller
// may change them. Times come back in UTC, cut to milliseconds. A method that
// finds nothing returns [ErrNotFound]. Methods may be called from any
// goroutine; one that cannot reach its disk or server returns an error that
// matches [ErrUnavailable], and what it was asked may be asked again.
type Store interface {
	// Secret is 32 random bytes, made at the first call ever and the same for
	// every process from then on.
	Secret(ctx context.Context) ([]byte, error)

	// AddDiagnostic stores a new diagnostic; ErrExists when its ID is taken.
	AddDiagnostic(ctx context.Context, d Diagnostic) error
	Diagnostic(ctx context.Context, id string) (Diagnostic, error)
	// Diagnostics lists them all, by ID.
	Diagnostics(ctx context.Context) ([]Diagnostic, error)
	// UpdateDiagnostic stores what change made of the diagnostic and returns
	// it. Change may run again on a newer value when somebody else was
	// faster; when it fails, its error comes back and nothing is stored. The
	// ID stays and the revision grows by one, whatever change did to them.
	UpdateDiagnostic(ctx context.Context, id string, change func(*Diagnostic) error) (Diagnostic, error)

	// AddDossier stores the dossier of a diagnostic; ErrExists when it has one.
	AddDossier(ctx context.Context, d Dossier) error
	Dossier(ctx context.Context, diagnostic string) (Dossier, error)
	// UpdateDossier works like UpdateDiagnostic.
	UpdateDossier(ctx context.Context, diagnostic string, change func(*Dossier) error) (Dossier, error)

	// AddSurvey stores a new survey; ErrExists when its ID is taken.
	AddSurvey(ctx context.Context, s Survey) error
	Survey(ctx context.Context, id string) (Survey, error)
	// Surveys lists the surveys of a diagnostic, by ID.
	Surveys(ctx context.Context, diagnostic string) ([]Survey, error)
	// UpdateSurvey works like UpdateDiagnostic.
	UpdateSurvey(ctx context.Context, id string, change func(*Survey) error) (Survey, error)

	// AddVersion stores a published version for ever; ErrExists when the
	// survey has one of that number.
	AddVersion(ctx context.Context, v Version) error
	Version(ctx context.Context, survey string, number int) (Version, error)
	// Versions lists the versions of a survey, oldest first.
	Versions(ctx context.Context, survey string) ([]Version, error)

	// AddManuscript stores the manuscript of a survey; ErrExists when it has one.
	AddManuscript(ctx context.Context, m Manuscript) error
	Manuscript(ctx context.Context, survey string) (Manuscript, error)
	// UpdateManuscript works like UpdateDiagnostic.
	UpdateManuscript(ctx context.Context, survey string, change func(*Manuscript) error) (Manuscript, error)

	// AddResponse keeps a sealed response: when it returns without error the
	// response is on disk. Adding the same again (same ID, same digest) is not
	// an error: added is false and nothing changes. The same ID with another
	// digest is ErrConflict; one that was withdrawn is ErrWithdrawn.
	AddResponse(ctx context.Context, r Response) (added bool, err error)
	// Responses streams what arrived in a diagnostic after a position, in
	// order of arrival, reading in pages so that no long transaction is held;
	// the empty position is the beginning. It ends when it has caught up; to
	// follow, call it again with the last position seen. What has arrived is
	// never missed. One call tells each arrival once; the next may repeat some
	// that the last one told near the position.
	Responses(ctx context.Context, diagnostic string, after Position) iter.Seq2[Arrival, error]
	// WithdrawResponse forgets the response of a diagnostic whose receipt this
	// is: its answers are gone from disk, and a withdrawn Arrival takes its
	// place in the stream. ErrNotFound when no response has that receipt; the
	// zero receipt is nobody's.
	WithdrawResponse(ctx context.Context, diagnostic string, receipt [32]byte) error

	// AddRelease stores a release for ever; ErrExists when the diagnostic has one
	// of that number.
	AddRelease(ctx context.Context, r Release) error
	Release(ctx context.Context, diagnostic string, number int) (Release, error)

	// AddReview stores the first review of a text; ErrExists when it has one,
	// ErrNotFound when its response is not there, ErrWithdrawn when it no longer
	// is. WithdrawResponse takes the reviews of the response away, for ever.
	AddReview(ctx context.Context, r Review) error
	// Reviews lists those of a diagnostic, by ID.
	Reviews(ctx context.Context, diagnostic string) ([]Review, error)
	// UpdateReview works like UpdateDiagnostic. The diagnostic, the response
	// and the question stay as well.
	UpdateReview(ctx context.Context, id string, change func(*Review) error) (Review, error)

	// AddAccount stores a new account; ErrExists when its login is taken.
	AddAccount(ctx context.Context, a Account) error
	Account(ctx context.Context, login string) (Account, error)
	// Accounts lists them all, by login.
	Accounts(ctx context.Context) ([]Account, error)
	// UpdateAccount works like UpdateDiagnostic.
	UpdateAccount(ctx context.Context, login string, change func(*Account) error) (Account, error)

	// AddToken stores a new token; ErrExists when its ID is taken.
	AddToken(ctx context.Context, t Token) error
	Token(ctx context.Context, id string) (Token, error)
	// Tokens lists those of an account, by ID.
	Tokens(ctx context.Context, login string) ([]Token, error)
	// UpdateToken works like UpdateDiagnostic.
	UpdateToken(ctx context.Context, id string, change func(*Token) error) (Token, error)
	// DeleteToken forgets a token; one that is not there is not an error.
	DeleteToken(ctx context.Context, id string) error

	// PutSession keeps opaque bytes under a key until a time, replacing what
	// was there.
	PutSession(ctx context.Context, key string, data []byte, until time.Time) error
	// Session returns the bytes, or ErrNotFound when there are none or their
	// time is over.
	Session(ctx context.Context, key string, now time.Time) ([]byte, error)
	// DeleteSession forgets a key; one that is not there is not an error.
	DeleteSession(ctx context.Context, key string) error
	// DeleteSessions forgets every session whose time is over.
	DeleteSessions(ctx context.Context, now time.Time) error

	// AddEvent appends to the journal of restricted acts. It cannot be
	// changed; ErrExists when the same event is there.
	AddEvent(ctx context.Context, e Event) error
	// Events lists the newest events of a diagnostic first, at most limit; of
	// the same moment, the last added first.
	Events(ctx context.Context, diagnostic string, limit int) ([]Event, error)

	// Ping reports whether the store can be reached.
	Ping(ctx context.Context) error
	// Close gives everything back. The store is not used afterwards.
	Close() error
}

// Position is a place in the stream of a diagnostic's arrivals. Only the store
// that gave it can read it; it stays good across restarts.
type Position string

// An Arrival is one entry of the stream: a response, or the withdrawal of one.
type Arrival struct {
	Position Position
	// Number grows from each arrival of a diagnostic to the next, from 1. A
	// store never gives it to another one, nor an arrival with a smaller number
	// once it gave this one.
	Number int64
	ID     string // of the response
	// Withdrawn arrivals have no document.
	Withdrawn bool
	// Document is the response in BSON, see [Response.MarshalBSON]; a store may
	// have added fields. It is only good until the next arrival.
	Document []byte
}

// Response decodes the document of an arrival that is not withdrawn.
func (a Arrival) Response() (Response, error) {
	var r Response
	err := r.UnmarshalBSON(a.Document)
	return r, err
}

// An Event records a restricted act: who did what, when.
type Event struct {
	ID         string    `bson:"_id"` // made by the store when empty
	Diagnostic string    `bson:"diagnostic"`
	Login      string    `bson:"login"`
	Action     string    `bson:"action"`
	Detail     string    `bson:"detail,omitempty"`
	At         time.Time `bson:"at"`
}

// Errors of a store.
var (
	// ErrNotFound: nothing has that name.
	ErrNotFound = errors.New("not found")
	// ErrExists: the name is taken.
	ErrExists = errors.New("already exists")
	// ErrConflict: the ID belongs to a response with other content.
	ErrConflict = errors.New("the same identifier with another content")
	// ErrWithdrawn: the person took the response back.
	ErrWithdrawn = errors.New("response withdrawn")
	// ErrUnavailable: the disk or the server cannot be reached now.
	ErrUnavailable = errors.New("store unavailable")
)
