package handlers_test

import (
	"context"
	"encoding/json"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"diapason/surveys"
)

// A window is a browser somebody has signed in with.
type window struct {
	t       *testing.T
	ctx     context.Context
	address string
}

// windows opens one for each login, all at one server; they share no cookie.
func windows(t *testing.T, s *site, logins ...string) []window {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine: install it to run the tests in a browser")
	}
	address := s.listen()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-quic", true), chromedp.WSURLReadTimeout(2*time.Minute))
	limit, cancel := context.WithTimeout(context.Background(), 5*time.Minute) // a browser that dies answers nothing
	t.Cleanup(cancel)
	browser, closeBrowser := chromedp.NewExecAllocator(limit, options...)
	t.Cleanup(closeBrowser)
	parent := browser
	var all []window
	for i, login := range logins {
		var private []chromedp.ContextOption
		if i > 0 {
			private = append(private, chromedp.WithNewBrowserContext())
		}
		ctx, closeTab := chromedp.NewContext(parent, private...)
		t.Cleanup(closeTab)
		if i == 0 {
			parent = ctx
		}
		w := window{t, ctx, address}
		// The first run starts the browser, which lives as long as its context.
		s.must(chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)))
		w.do(chromedp.Navigate(address+"/connexion"),
			chromedp.SendKeys("#login", login), chromedp.SendKeys("#password", password), chromedp.Click("main form button"), chromedp.Query(".diagnostics"))
		all = append(all, w)
	}
	return all
}

// listen serves the site until the test ends.
func (s *site) listen() string {
	s.t.Helper()
	addresses, ended := make(chan string, 1), make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		ended <- s.server.Listen(ctx, "127.0.0.1:0", func(address string) { addresses <- address })
	}()
	select {
	case address := <-addresses:
		s.t.Cleanup(sync.OnceFunc(func() { cancel(); <-ended }))
		return "http://" + strings.Replace(address, "127.0.0.1", "localhost", 1)
	case err := <-ended:
		cancel()
		s.t.Fatal(err)
		return ""
	}
}

func (w window) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		w.t.Fatal(err)
	}
}

// sees waits until the script of the page finds this true.
func (w window) sees(expression string) {
	w.t.Helper()
	if _, err := chromedp.Run(w.ctx, chromedp.Poll[bool]("!!("+expression+")", chromedp.WithPollingTimeout(20*time.Second))); err != nil {
		shown, _ := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.querySelector('main')?.innerText ?? ''`))
		w.t.Fatalf("never saw %s: %v\n%s", expression, err, shown)
	}
}

func (w window) run(script string) {
	w.t.Helper()
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[any](script+"; 0")); err != nil {
		w.t.Fatalf("%s: %v", script, err)
	}
}

func (w window) open(path string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.address + path))
	w.sees(`document.documentElement.classList.contains('js')`)
}

// write replaces what a field says, with the keyboard.
func (w window) write(css, text string) {
	w.t.Helper()
	w.run(`document.querySelector(` + quoted(css) + `).select()`)
	w.do(chromedp.SendKeys(css, text))
}

// press presses a button wherever it is: the page may move it between looking
// for it and a click of the mouse.
func (w window) press(css string) {
	w.t.Helper()
	w.sees(`document.querySelector(` + quoted(css) + `)`)
	w.run(`document.querySelector(` + quoted(css) + `).click()`)
}

// pick chooses in a menu as a person does.
func (w window) pick(css, value string) {
	w.t.Helper()
	w.sees(`document.querySelector(` + quoted(css) + `)`)
	w.run(`(m => { m.value = ` + quoted(value) + `; m.dispatchEvent(new Event('change', { bubbles: true })) })(document.querySelector(` + quoted(css) + `))`)
}

func (w window) key(keys string, modifiers ...chromedp.Modifier) {
	w.t.Helper()
	w.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...)))
}

func quoted(s string) string {
	text, _ := json.Marshal(s) // texts always marshal
	return string(text)
}

// leave goes on to another field, which saves the one before.
const leave = `document.activeElement.blur()`

func TestWritingInTheBrowser(t *testing.T) {
	s, e := newEditing(t)
	w := windows(t, s, "alice")[0]
	w.open(editorPage)

	// A table, from the keyboard.
	w.run(`document.getElementById('l-k7').focus()`)
	w.key("+")
	w.sees(`document.activeElement.id === 'insert-label'`)
	w.do(chromedp.SendKeys("#insert-label", "Aller chez ces personnes, est-ce facile ?"))
	w.press(`.kind-card[value="matrix"]`)
	w.sees(`document.activeElement.id === 'f-label' && document.getElementById('f-lignes')`)
	w.write("#f-lignes", "Un médecin\rUn dentiste")
	w.run(leave)
	w.sees(`[...document.querySelectorAll('#lines .label')].some(l => l.textContent === 'Un dentiste')`)
	table := e.now().Items[3]
	if len(table.Items) != 2 || table.Items[0].Label[surveys.French] != "Un médecin" {
		t.Fatalf("%+v", table)
	}

	// A follow-up, asked by a sentence.
	w.press(`#r- > .end a`)
	w.sees(`document.activeElement.id === 'insert-label'`)
	w.do(chromedp.SendKeys("#insert-label", "Pourquoi est-ce difficile ?"))
	w.press(`.kind-card[value="text"]`)
	w.sees(`document.getElementById('f-label')?.value === 'Pourquoi est-ce difficile ?'`)
	w.run(`document.getElementById('g-condition').open = true`)
	w.press("#si-ajouter")
	first := table.Items[0].Name
	w.pick("#si-0-q", first)
	w.pick("#si-0-v", "tres_difficile")
	w.sees(`document.querySelector('#g-condition .group-says').textContent.includes('Un médecin')`)
	followUp := e.now().Items[4]
	if followUp.Relevant != "${"+first+"} = 'tres_difficile'" {
		t.Errorf("relevant %q", followUp.Relevant)
	}

	// The phone shows both, and the follow-up only when it should.
	const phone = `document.getElementById('phone-screen').contentDocument`
	w.sees(phone + `.querySelector('[name="` + followUp.Name + `"]') && ` + phone + `.querySelector('[name="` + first + `"]')`)
	field := phone + `.querySelector('[name="` + followUp.Name + `"]').closest('.field')`
	w.sees(field + `.hidden`)
	w.run(phone + `.querySelector('[name="` + first + `"][value="tres_difficile"]').click()`)
	w.sees(`!` + field + `.hidden`)

	// Moved, deleted and brought back with the keyboard.
	w.run(`document.getElementById('l-` + followUp.Key + `').focus()`)
	w.key(kb.ArrowUp, chromedp.ModifierAlt)
	w.sees(`document.querySelector('#r- > .node:nth-last-of-type(2) .label').textContent === 'Aller chez ces personnes, est-ce facile ?'`)
	w.sees(`document.activeElement.id === 'l-` + followUp.Key + `'`)
	w.key(kb.Delete)
	w.sees(`!document.getElementById('l-` + followUp.Key + `') && document.getElementById('undo').textContent.includes('supprimée')`)
	w.key("z", chromedp.ModifierCtrl)
	w.sees(`document.activeElement.id === 'l-` + followUp.Key + `'`)
	if e.now().Item(followUp.Key) == nil {
		t.Error("the question did not come back")
	}
}

func TestTwoBrowsersWrite(t *testing.T) {
	s, e := newEditing(t)
	both := windows(t, s, "alice", "omar")
	alice, omar := both[0], both[1]
	alice.open(editorPage + "?question=k2")
	omar.open(editorPage + "?question=k2")

	// Alice is at work on a text; what Omar does comes in around it.
	alice.run(`document.getElementById('f-hint').focus()`)
	omar.write("#f-label", "Votre âge aujourd’hui")
	omar.run(leave)
	omar.sees(`document.getElementById('saved').textContent.startsWith('Enregistré')`)
	alice.sees(`document.getElementById('f-label').value === 'Votre âge aujourd’hui'`)
	alice.sees(`document.getElementById('news').textContent.includes('Omar')`)
	alice.sees(`document.activeElement.id === 'f-hint'`)

	// Both write the same text: neither disappears in silence.
	alice.run(`window.real = fetch; window.fetch = (a, o) => String(a).includes('nouvelles') ? Promise.reject(new Error('later')) : real(a, o)`)
	omar.write("#f-hint", "En années")
	omar.run(leave)
	omar.sees(`document.getElementById('undo').textContent.includes('aide')`)
	alice.write("#f-hint", "Une tranche suffit")
	alice.run(leave)
	alice.sees(`document.querySelector('.clash')?.textContent.includes('En années')`)
	if got := e.now().Item("k2").Hint[surveys.French]; got != "En années" {
		t.Errorf("hint %q", got)
	}
	alice.press(`[name="faire"][value="garder.hint"]`)
	alice.sees(`!document.querySelector('.clash') && document.getElementById('f-hint').value === 'Une tranche suffit'`)
	if got := e.now().Item("k2").Hint[surveys.French]; got != "Une tranche suffit" {
		t.Errorf("hint %q", got)
	}
	omar.run(`document.getElementById('l-k2').focus()`)
	omar.sees(`document.getElementById('f-hint').value === 'Une tranche suffit'`)

	// Without network the text stays, and goes when it can.
	alice.run(`window.fetch = () => Promise.reject(new Error('no network'))`)
	alice.write("#f-label", "Votre âge, en gros")
	alice.run(leave)
	alice.sees(`document.getElementById('saved').textContent.includes('Pas de réseau')`)
	alice.run(`window.fetch = real`)
	alice.sees(`document.getElementById('saved').textContent.startsWith('Enregistré')`)
	if got := e.now().Item("k2").Label[surveys.French]; got != "Votre âge, en gros" {
		t.Errorf("label %q", got)
	}
}
