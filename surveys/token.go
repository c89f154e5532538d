package surveys

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Token lets a program read in the name of an account, as long as the account
// itself may. Only its hash is kept: the secret is shown once.
type Token struct {
	ID    string `bson:"_id"`
	Login string `bson:"login"`
	// Label is what its owner calls it: the program, or the file, that uses it.
	Label   string    `bson:"label"`
	Hash    []byte    `bson:"hash"` // SHA-256 of the whole token
	Scope   Scope     `bson:"scope"`
	Created time.Time `bson:"created"`
	Expires time.Time `bson:"expires"`
	Used    Day       `bson:"used,omitempty"` // the last day it was used, "" before
	// Noted are the days on which the journal was told that it read restricted
	// numbers, the last for each diagnostic: once a day is enough.
	Noted    []TokenNote `bson:"noted,omitempty"`
	Revision int64       `bson:"revision"` // kept by the store
}

// A TokenNote is the last day the journal was told of a diagnostic.
type TokenNote struct {
	Diagnostic string `bson:"diagnostic"`
	Day        Day    `bson:"day"`
}

// Scope is the most that a token may read.
type Scope string

// The scopes.
const (
	// ScopeProtected reads the restitution view.
	ScopeProtected Scope = "restitution"
	// ScopeWork also reads the working view and the answers one by one.
	ScopeWork Scope = "travail"
)

// tokenPrefix lets people, and programs that look for leaked secrets, know what
// it is.
const tokenPrefix = "diapason_"

// TokenLife is the longest a token may live.
const TokenLife = 366 * 24 * time.Hour

// maxTokenLabel is how long the name of a token may be, in letters.
const maxTokenLabel = 60

// NewToken makes a token and its secret, which nobody can tell again: 130
// random bits, so that a plain SHA-256 protects it.
func NewToken(a Account, label string, scope Scope, now time.Time, life time.Duration) (t Token, secret string) {
	id := strings.ToLower(rand.Text()[:10])
	secret = tokenPrefix + id + "_" + rand.Text()
	hash := sha256.Sum256([]byte(secret))
	return Token{
		ID: id, Login: a.Login, Label: strings.TrimSpace(label), Hash: hash[:], Scope: scope,
		Created: now.UTC().Truncate(time.Millisecond), Expires: now.UTC().Truncate(time.Millisecond).Add(life),
	}, secret
}

// TokenID is the identifier inside a secret; "" when it does not look like one.
func TokenID(secret string) string {
	rest, ok := strings.CutPrefix(secret, tokenPrefix)
	id, _, found := strings.Cut(rest, "_")
	if !ok || !found || len(id) != 10 {
		return ""
	}
	return id
}

// Opens reports whether a secret is the token's and its time is not over. It
// takes as long for a wrong one.
func (t Token) Opens(secret string, now time.Time) bool {
	hash := sha256.Sum256([]byte(secret))
	same := subtle.ConstantTimeCompare(hash[:], t.Hash) == 1
	return same && now.Before(t.Expires)
}

// May reports whether the token of an account may do this in a diagnostic: what
// the account may, within the scope.
func (t Token) May(a Account, do Action, diagnostic string) bool {
	if t.Login != a.Login || do != SeeProtected && do != SeeWork && do != SeeAnswers {
		return false
	}
	if do != SeeProtected && t.Scope != ScopeWork {
		return false
	}
	return May(a, do, diagnostic)
}

// Scopes are those that tokens of an account may have, the narrowest first.
func Scopes(a Account) []Scope {
	var scopes []Scope
	if slices.Contains(permissions[a.Role], SeeProtected) {
		scopes = append(scopes, ScopeProtected)
	}
	if slices.Contains(permissions[a.Role], SeeWork) && slices.Contains(permissions[a.Role], SeeAnswers) {
		scopes = append(scopes, ScopeWork)
	}
	return scopes
}

// CheckToken finds what is wrong with what somebody asks a token to be, beside
// those the account has. The places are the fields "label", "scope" and "days".
func CheckToken(a Account, has []Token, label string, scope Scope, days int) Problems {
	var problems Problems
	add := func(field, code, message string) {
		problems = append(problems, Problem{Place: Place{Question: field}, Code: code, Message: message})
	}
	label = strings.TrimSpace(label)
	switch {
	case label == "":
		add("label", "token.unnamed", "Donnez un nom à ce jeton : le programme, ou le fichier, qui s’en servira.")
	case utf8.RuneCountInString(label) > maxTokenLabel:
		add("label", "token.long", "Ce nom est trop long : 60 caractères au plus.")
	case !utf8.ValidString(label) || strings.ContainsFunc(label, unicode.IsControl):
		add("label", "token.unreadable", "Ce nom contient des caractères qui ne s’affichent pas : retapez-le.")
	case slices.ContainsFunc(has, func(t Token) bool { return strings.EqualFold(t.Label, label) }):
		add("label", "token.twice", "Un de vos jetons porte déjà ce nom : choisissez-en un autre, ou supprimez d’abord l’ancien.")
	}
	if !slices.Contains(Scopes(a), scope) {
		add("scope", "token.scope", "Choisissez ce que ce jeton pourra lire, parmi ce que votre compte peut lire.")
	}
	if days < 1 || time.Duration(days)*24*time.Hour > TokenLife {
		add("days", "token.days", "Choisissez une durée d’un an au plus.")
	}
	if len(has) >= maxTokens {
		add("label", "token.many", "Vous avez déjà vingt jetons : supprimez ceux qui ne servent plus.")
	}
	return problems
}

// maxTokens is how many tokens an account may have: more are forgotten ones.
const maxTokens = 20

// NotedOn reports whether the journal was told that day of a diagnostic.
func (t Token) NotedOn(diagnostic string, day Day) bool {
	return slices.Contains(t.Noted, TokenNote{diagnostic, day})
}

// Note remembers that the journal was told.
func (t *Token) Note(diagnostic string, day Day) {
	t.Noted = slices.DeleteFunc(t.Noted, func(n TokenNote) bool { return n.Diagnostic == diagnostic })
	t.Noted = append(t.Noted, TokenNote{diagnostic, day})
}
