package surveys

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Receipt is what somebody gets for a response.
type Receipt struct {
	// Added is false when the same response was already there.
	Added bool
	// Ended is the note that told the person they are outside the field of the
	// survey: nothing was kept.
	Ended *Question
	// Withdrawal is the code that takes the response back; "" when Ended.
	Withdrawal string
}

// Errors a submission can meet besides Problems and those of the store.
var (
	// ErrClosed: the survey does not take answers now.
	ErrClosed = errors.New("survey closed")
)

// Limits of a response's envelope.
const (
	maxSeconds  = 30 * 24 * 3600
	maxLanguage = 64
	maxRelay    = 64
)

// Submit takes one response in: checks its envelope and its answers against
// the version it was made with, drops the answers off the path, and keeps it
// once. Problems come back all together and nothing is stored; so do
// ErrNotFound (no such survey), ErrClosed, ErrConflict, ErrWithdrawn and
// ErrUnavailable, alone.
func Submit(ctx context.Context, forms *Forms, r Response, now time.Time) (Receipt, error) {
	survey, err := forms.Store.Survey(ctx, r.Survey)
	if err != nil {
		return Receipt{}, err
	}
	if survey.State != Open {
		return Receipt{}, ErrClosed
	}
	form, err := forms.Form(ctx, r.Survey, r.Version)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Receipt{}, err
	}
	problems := checkEnvelope(r)
	if form == nil {
		problems = append(problems, envelopeProblem("version", "Cette version du questionnaire n’existe pas : rechargez la page."))
		return Receipt{}, problems
	}
	path := form.Path(r.Answers, now)
	if problems = append(problems, path.check()...); problems.Refusals() != nil {
		return Receipt{}, problems.Refusals()
	}
	if end := path.Ended(); end != nil {
		return Receipt{Ended: end}, nil
	}
	r.Diagnostic, r.Answers = survey.Diagnostic, path.keep()
	return keep(ctx, forms, r, now)
}

// keep stores a response that holds what is worth keeping.
func keep(ctx context.Context, forms *Forms, r Response, now time.Time) (Receipt, error) {
	secret, err := forms.siteSecret(ctx)
	if err != nil {
		return Receipt{}, err
	}
	code := WithdrawalCode(secret, r.ID)
	r.Day = DayOf(now)
	r.Receipt = WithdrawalReceipt(secret, code)
	r.Seal()
	added, err := forms.Store.AddResponse(ctx, r)
	if err != nil {
		return Receipt{}, fmt.Errorf("keep response: %w", err)
	}
	return Receipt{Added: added, Withdrawal: code}, nil
}

func checkEnvelope(r Response) Problems {
	var problems Problems
	refuse := func(field, message string) {
		problems = append(problems, envelopeProblem(field, message))
	}
	if !ValidResponseID(r.ID) {
		refuse("id", "L’identifiant de la réponse doit être un UUID version 7 daté du jour, sans heure.")
	}
	if !r.Mode.Known() {
		refuse("mode", "Le mode doit être web, kiosque, enqueteur ou papier.")
	}
	if r.Consent == "" || len(r.Consent) > maxLanguage {
		refuse("consent", "Cochez la case d’accord pour que nous puissions garder vos réponses.")
	}
	if r.Seconds < 0 || r.Seconds > maxSeconds {
		refuse("seconds", "La durée de réponse doit être comprise entre 0 seconde et 30 jours.")
	}
	if r.Language == "" || len(r.Language) > maxLanguage {
		refuse("language", "Indiquez la langue du questionnaire.")
	}
	if len(r.Relay) > maxRelay {
		refuse("relay", "Le code du relais est trop long.")
	}
	return problems
}

func envelopeProblem(field, message string) Problem {
	return Problem{Place: Place{Question: field}, Code: "envelope." + field, Message: message}
}
