package surveys

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Review is what the team made of one text that somebody wrote: whether it
// may be quoted, the words as they may be read, and the codes readers gave it.
// It lives as long as the response: a withdrawal takes it away.
type Review struct {
	ID         string      `bson:"_id"` // see [ReviewID]
	Diagnostic string      `bson:"diagnostic"`
	Response   string      `bson:"response"`
	Question   string      `bson:"question"`
	State      ReviewState `bson:"state,omitempty"`
	// Text is what was read when the state was given: what is quoted is what
	// somebody read, whatever the automatic masking becomes later. "" before.
	Text     string    `bson:"text,omitempty"`
	Codings  []Coding  `bson:"codings,omitempty"`
	Revision int64     `bson:"revision"` // kept by the store
	Updated  time.Time `bson:"updated"`
}

// ReviewState says whether a text may be quoted.
type ReviewState string

// The states of a text.
const (
	Unread   ReviewState = ""
	Quotable ReviewState = "citable"
	KeptBack ReviewState = "ecarte"
)

// A Coding is the codes one reader gave a text. None is an opinion too: the
// text is about none of the subjects.
type Coding struct {
	Login string    `bson:"login"`
	Codes []string  `bson:"codes,omitempty"`
	At    time.Time `bson:"at"`
}

// A TextCode is a code the team added to the frame of a diagnostic: a subject
// more precise than its theme.
type TextCode struct {
	Code  string `bson:"code"`  // "T01.2", never used again for another subject
	Theme string `bson:"theme"` // T01 … T13
	Label string `bson:"label"`
}

// ReviewID names the review of the answer to a question.
func ReviewID(diagnostic, response, question string) string {
	return strings.Join([]string{diagnostic, response, question}, "/")
}

// NewReview is the review of a text nobody has read.
func NewReview(diagnostic, response, question string) Review {
	return Review{ID: ReviewID(diagnostic, response, question), Diagnostic: diagnostic, Response: response, Question: question}
}

// Coding returns the codes a reader gave; false when they gave none yet.
func (r Review) Coding(login string) (Coding, bool) {
	for _, c := range r.Codings {
		if c.Login == login {
			return c, true
		}
	}
	return Coding{}, false
}

// Code keeps the codes a reader gives, in the place of those they gave before.
func (r *Review) Code(login string, codes []string, now time.Time) {
	coding := Coding{Login: login, Codes: codes, At: now.UTC()}
	for i := range r.Codings {
		if r.Codings[i].Login == login {
			coding.At = r.Codings[i].At // who read first stays first
			r.Codings[i] = coding
			return
		}
	}
	r.Codings = append(r.Codings, coding)
}

// Retained are the codes that count for the report: those of who read first.
// A second reading measures the agreement, see package verbatims.
func (r Review) Retained() (codes []string, coded bool) {
	if len(r.Codings) == 0 {
		return nil, false
	}
	first := slices.MinFunc(r.Codings, func(a, b Coding) int { return a.At.Compare(b.At) })
	return first.Codes, true
}

// CheckReviewID refuses a review that is not under its own name: it would stay
// when its response is withdrawn.
func CheckReviewID(r Review) error {
	if r.ID != ReviewID(r.Diagnostic, r.Response, r.Question) || r.Response == "" || r.Question == "" {
		return fmt.Errorf("review %.80q is not that of the question %.80q of the response %.80q", r.ID, r.Question, r.Response)
	}
	return nil
}
