package pages

import (
	"io"

	"diapason/surveys"
)

// Withdraw lets somebody take a response back: asks the code, asks again,
// says it is done.
type Withdraw struct {
	Survey     surveys.Survey
	Diagnostic surveys.Diagnostic
	Language   string
	Code       string // what was typed
	Problem    string // the key of what is wrong with it
	Confirm    bool   // ask once more before erasing
	Done       bool
}

var withdrawPage = parse("withdraw.html")

// Render draws the page.
func (p Withdraw) Render(w io.Writer) error {
	key := "withdraw.title"
	switch {
	case p.Done:
		key = "withdraw.done_title"
	case p.Confirm:
		key = "withdraw.confirm_title"
	}
	return draw(w, withdrawPage, struct {
		Layout
		Withdraw
	}{besides(p.Survey, p.Diagnostic, p.Language, key), p})
}
