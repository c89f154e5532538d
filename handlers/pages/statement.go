package pages

import (
	"io"

	"diapason/surveys"
)

// Privacy says what the site does with what people tell it.
type Privacy struct {
	// Diagnostics name who is responsible, one by one.
	Diagnostics []surveys.Diagnostic
}

// Accessibility is the declaration that French law asks of public sites.
type Accessibility struct {
	Contacts []string
}

var (
	privacyPage       = parse("privacy.html")
	accessibilityPage = parse("accessibility.html")
)

// Render draws the page.
func (p Privacy) Render(w io.Writer) error {
	return draw(w, privacyPage, struct {
		Layout
		Privacy
	}{Layout{Title: "Vos données"}, p})
}

// Render draws the page.
func (a Accessibility) Render(w io.Writer) error {
	return draw(w, accessibilityPage, struct {
		Layout
		Accessibility
	}{Layout{Title: "Déclaration d’accessibilité"}, a})
}
