package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// teamPages are the pages of the coordinator, by the name of their picture.
var teamPages = map[string]string{
	"diagnostics": "/diagnostics", "participation": "/d/creusot-montceau",
	"resultats-habitants":      "/d/creusot-montceau/resultats/habitants",
	"resultats-professionnels": "/d/creusot-montceau/resultats/professionnels",
	"resultats-associations":   "/d/creusot-montceau/resultats/associations",
	"publics-fragiles":         "/d/creusot-montceau/publics-fragiles",
	"profil":                   "/d/creusot-montceau/profil",
	"regards-croises":          "/d/creusot-montceau/regards-croises",
	"methode":                  "/d/creusot-montceau/methode",
	"telecharger":              "/d/creusot-montceau/telecharger",
	"affiche":                  "/d/creusot-montceau/affiche/habitants",
	"questionnaires":           "/d/creusot-montceau/questionnaires",
	"nouvelle-enquete":         "/d/creusot-montceau/questionnaires?nouvelle=1",
	"ecrire":                   "/d/creusot-montceau/questionnaires/habitants",
	"traduire":                 "/d/creusot-montceau/questionnaires/habitants/traductions",
	"bibliotheque":             "/d/creusot-montceau/questionnaires/habitants/bibliotheque",
	"excel":                    "/d/creusot-montceau/questionnaires/habitants/excel",
	"publication":              "/d/creusot-montceau/questionnaires/habitants/publication",
	"papier":                   "/d/creusot-montceau/questionnaires/habitants/papier",
}

var publicPages = map[string]string{
	"accueil": "/", "questionnaire": "/r/habitants", "retrait": "/r/habitants/retrait",
	"confidentialite": "/confidentialite", "introuvable": "/r/inconnue", "connexion": "/connexion",
}

// TestPicturesOfTheReadme draws what the README shows, in the folder that
// PICTURES names.
func TestPicturesOfTheReadme(t *testing.T) {
	folder := os.Getenv("PICTURES")
	if folder == "" {
		t.Skip("set PICTURES to a folder to draw the pictures of the README")
	}
	d := startDemo(t, t.TempDir())
	phone := openBrowser(t, 360, 740)
	phone.begin(d.url + "/r/habitants")
	phone.do(write("#q-h_commune input", "creus"), see("#q-h_commune [role=option]"), chromedp.Sleep(300*time.Millisecond))
	phone.picture(filepath.Join(folder, "questionnaire.png"), false)
	laptop := openBrowser(t, 1280, 900)
	laptop.signIn(d)
	for name, path := range map[string]string{"participation": "/d/creusot-montceau", "regards-croises": "/d/creusot-montceau/regards-croises"} {
		laptop.do(open(d.url + path))
		ask[bool](laptop, `!document.querySelector('main h2').scrollIntoView()`)
		laptop.do(chromedp.Sleep(2 * time.Second)) // the charts' entrance
		laptop.picture(filepath.Join(folder, name+".png"), false)
	}
	laptop.openQuestion(d, "Combien de temps mettez-vous")
	laptop.picture(filepath.Join(folder, "ecrire.png"), false)
}

// openQuestion opens a question of the residents in the editor, with its
// condition, and waits until the phone beside shows it.
func (b browser) openQuestion(d demonstration, label string) {
	b.t.Helper()
	b.do(open(d.url + pagesOfResidents))
	b.becomes(line(label))
	ask[bool](b, line(label)+`.click() || true`)
	b.becomes(`document.querySelector('#g-condition[open] #si-0-q')`)
	b.becomes(`document.getElementById('phone-screen').contentWindow.location.hash.startsWith('#q-')`)
	b.do(chromedp.Sleep(2 * time.Second)) // the phone's own page, and its way to the question
	ask[bool](b, `(`+line(label)+`.scrollIntoView({ block: 'center', behavior: 'instant' }), true)`)
	b.do(chromedp.Sleep(500 * time.Millisecond))
}

// TestScreenshots draws every page on a phone and on a laptop, in the folder
// that SCREENSHOTS names.
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		t.Skip("set SCREENSHOTS to a folder to draw the pages")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	d := startDemo(t, t.TempDir())
	for _, size := range [][2]int64{{360, 740}, {1280, 900}} {
		b := openBrowser(t, size[0], size[1])
		draw := func(name, path string) {
			b.do(open(d.url+path), chromedp.Sleep(time.Second)) // the charts' entrance
			b.picture(filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, size[0])), true)
		}
		for name, path := range publicPages {
			draw(name, path)
		}
		b.pictureSteps(d, folder, size[0])
		b.signIn(d)
		for name, path := range teamPages {
			draw(name, path)
		}
	}
}

// pictureSteps answers the residents' questionnaire and draws each section
// filled in, the page to read again, and the thanks.
func (b browser) pictureSteps(d demonstration, folder string, width int64) {
	b.t.Helper()
	draw := func(name string) {
		b.do(chromedp.Sleep(300 * time.Millisecond))
		b.picture(filepath.Join(folder, fmt.Sprintf("etape-%s-%d.png", name, width)), true)
	}
	b.begin(d.url + "/r/habitants")
	b.do(write("#q-h_commune input", "creus"), see("#q-h_commune [role=option]"))
	draw("0")
	b.do(key("\r"))
	b.choose("h_age", "45_59")
	for i := 1; !ask[bool](b, `!!document.querySelector('#relecture:not([hidden])')`); i++ {
		ask[string](b, fillStep)
		draw(fmt.Sprint(i))
		b.nextStep()
	}
	draw("relecture")
	b.send()
	draw("merci")
}

// signIn opens the team's space with the account of the demonstration.
func (b browser) signIn(d demonstration) {
	b.t.Helper()
	b.do(open(d.url+"/connexion"), write("#login", demoLogin), write("#password", d.password),
		click("main form button"), see(`a[href^="/d/"]`))
}
