package surveys

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// A Response is one person's answers to one version of one survey.
//
// It keeps the day and never the time, no address, no browser, no account and
// no invitation. Its ID is made on the device, see [NewResponseID].
type Response struct {
	ID         string `json:"id"`
	Diagnostic string `json:"-"`
	Survey     string `json:"-"`
	Version    int    `json:"version"`
	Language   string `json:"language"`
	Relay      string `json:"relay,omitempty"`
	Mode       Mode   `json:"mode"`
	// Consent is the version of the information notice that was agreed to.
	Consent string  `json:"consent"`
	Day     Day     `json:"-"`
	Seconds int     `json:"seconds"` // time spent answering
	Answers Answers `json:"answers"`
	// Digest is the SHA-256 of the content, see [Response.Seal].
	Digest [32]byte `json:"-"`
	// Receipt is the hash of the withdrawal code, see [Withdrawal].
	Receipt [32]byte `json:"-"`
}

// Mode is how the answers came in.
type Mode string

// The modes of answering.
const (
	Web         Mode = "web"
	Kiosk       Mode = "kiosque"
	Interviewer Mode = "enqueteur"
	Paper       Mode = "papier"
)

// Label is the mode in French, its code when it is none of the modes.
func (m Mode) Label() string {
	switch m {
	case Web:
		return "Internet"
	case Kiosk:
		return "Borne ou tablette partagée"
	case Interviewer:
		return "Avec un enquêteur"
	case Paper:
		return "Papier"
	}
	return string(m)
}

// Known reports whether m is one of the modes.
func (m Mode) Known() bool {
	return m == Web || m == Kiosk || m == Interviewer || m == Paper
}

// Day is a date without a time: "2026-11-22".
type Day string

// DayOf is the day of t in France, where collections open and close.
func DayOf(t time.Time) Day { return Day(t.In(paris).Format(time.DateOnly)) }

// paris falls back on winter time where the machine has no zone database.
var paris = func() *time.Location {
	if zone, err := time.LoadLocation("Europe/Paris"); err == nil {
		return zone
	}
	return time.FixedZone("CET", 3600)
}()

// NewResponseID makes an identifier for a response: a UUID version 7
// (RFC 9562) whose time is cut to the day of now, UTC, so that the identifier
// does not tell the minute somebody answered. 74 bits are random.
func NewResponseID(now time.Time) string {
	id := uuid.Must(uuid.NewRandom())
	setTime(&id, now.UTC().Truncate(24*time.Hour).UnixMilli())
	id[6] = id[6]&0x0f | 0x70
	return id.String()
}

func setTime(id *uuid.UUID, ms int64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(ms))
	copy(id[:6], b[2:])
}

// ValidResponseID reports whether id is one that [NewResponseID], or a device
// by the same rule, can have made: lower case, version 7, on a whole day.
func ValidResponseID(id string) bool {
	u, err := uuid.Parse(id)
	if err != nil || u.String() != id || u.Version() != 7 {
		return false
	}
	var b [8]byte
	copy(b[2:], u[:6])
	return binary.BigEndian.Uint64(b[:])%(24*60*60*1000) == 0
}

// Seal fills the digest: the SHA-256 of what the person said, so that "the
// same again" is exact. The day and the time spent are left out: a phone that
// sends again tomorrow says the same.
func (r *Response) Seal() {
	h := sha256.New()
	for _, s := range []string{r.Diagnostic, r.Survey, fmt.Sprint(r.Version), r.Language, r.Relay, string(r.Mode), r.Consent} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	h.Write(appendAnswers(make([]byte, 0, r.Answers.room()), r.Answers))
	h.Sum(r.Digest[:0])
}
