package pages

import "io"

// TeamSignin asks for a login and a password.
type TeamSignin struct {
	TeamFrame
	Next    string // where to go once signed in, a path of this site
	Login   string // as typed
	Problem string // why the last try failed, "" at first
}

var teamSignin = teamPage("team_signin.html")

// Render writes the page.
func (p TeamSignin) Render(w io.Writer) error {
	p.Title = "Se connecter"
	p.dress()
	return draw(w, teamSignin, p)
}
