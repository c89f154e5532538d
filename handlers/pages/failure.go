package pages

import "io"

// Failure tells a visitor what went wrong and what to do.
type Failure struct {
	Title, Message string
}

var failurePage = parse("failure.html")

// Render draws the page.
func (f Failure) Render(w io.Writer) error {
	return draw(w, failurePage, struct {
		Layout
		Message string
	}{Layout{Title: f.Title}, f.Message})
}
