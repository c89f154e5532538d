package handlers

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"diapason/surveys"
)

// phone is a browser the size of a small phone, at a site of its own.
type phone struct {
	respondentSite
	ctx     context.Context
	address string
	stop    func() // takes the network away
}

// newPhone opens it; before is done to the site while nobody is there yet.
func newPhone(t testing.TB, script bool, before ...func(respondentSite)) phone {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine: install it to run the tests in a browser")
	}
	site := newRespondentSite(t)
	for _, prepare := range before {
		prepare(site)
	}
	address, stop := site.serve("127.0.0.1:0")
	t.Cleanup(stop)

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-quic", true))
	browser, closeBrowser := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(closeBrowser)
	ctx, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)

	p := phone{site, ctx, "http://" + strings.Replace(address, "127.0.0.1", "localhost", 1), stop}
	p.do(chromedp.EmulateViewport(360, 740))
	if !script {
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// serve answers at an address until stop is called; stop waits for the end.
func (s respondentSite) serve(at string) (bound string, stop func()) {
	s.t.Helper()
	addresses := make(chan string, 1)
	ended := make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { ended <- s.Listen(ctx, at, func(address string) { addresses <- address }) }()
	select {
	case bound = <-addresses:
	case err := <-ended:
		cancel()
		s.t.Fatal(err)
	}
	return bound, sync.OnceFunc(func() { cancel(); <-ended })
}

func (p phone) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

func (p phone) open(address string) { p.t.Helper(); p.do(chromedp.Navigate(p.address + address)) }

func (p phone) click(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(selector))
}

// sees waits until the script of the page finds this true.
func (p phone) sees(expression string) {
	p.t.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
		p.t.Fatalf("never saw %s: %v", expression, err)
	}
}

func (p phone) text(selector string) string {
	p.t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.InnerHTML(selector))
	if err != nil {
		p.t.Fatal(err)
	}
	return text
}

// choose ticks a choice, by the card around it: what a thumb hits.
func (p phone) choose(name, value string) {
	p.t.Helper()
	p.click(fmt.Sprintf(`label:has(> input[name="%s"][value="%s"])`, name, value))
}

const (
	forward = `.step:not([hidden]) [data-next]`
	heading = `document.querySelector('.step:not([hidden]) h2')?.textContent`
)

// answerToTheEnd answers as an elderly person does, up to the page to read
// again.
func (p phone) answerToTheEnd() {
	p.t.Helper()
	p.open("/r/ville")
	p.choose(":consent", "2026-11")
	p.click(`[data-start]`)
	p.choose("age", "65plus")
	p.click(forward)
	p.click(forward)
	p.sees(heading + ` === 'Vérifiez vos réponses'`)
}

func TestAnsweringOnAPhone(t *testing.T) {
	p := newPhone(t, true)
	p.open("/r/ville")
	p.sees(`document.documentElement.classList.contains('js')`)

	// Nothing goes on without consent.
	p.click(`[data-start]`)
	p.sees(`document.activeElement.matches('.summary')`)
	p.choose(":consent", "2026-11")
	p.click(`[data-start]`)
	p.sees(heading + ` === 'Vous'`)

	// What is required is asked for in the author's words.
	p.click(forward)
	p.sees(`document.querySelector('.summary')?.textContent.includes('Choisissez votre âge.')`)
	p.choose("age", "65plus")
	p.do(chromedp.SendKeys(`[name="enfants"]`, "2"))

	// The next section depends on the answer; a draft survives a reload.
	p.sees(`localStorage.getItem('diapason-draft:ville')?.includes('65plus')`)
	p.open("/r/ville")
	p.click(`#draft button`)
	p.sees(`document.querySelector('[name="enfants"]').value === '2'`)
	p.click(forward)
	p.sees(heading + ` === 'Votre avis'`)

	// Tapped in order.
	p.click(`[data-code="loin"]`)
	p.click(`[data-code="cher"]`)
	p.sees(`[...document.querySelectorAll('.places select')].map(s => s.value).join() === 'loin,cher,'`)
	p.click(forward)
	p.sees(heading + ` === 'Votre foyer'`)
	p.click(forward)
	p.sees(heading + ` === 'Vérifiez vos réponses'`)
	p.click(`#envoyer`)
	p.sees(`document.querySelector('#fin')?.dataset.state === 'sent'`)
	if words := strings.Fields(p.text("#code")); len(words) != 4 {
		t.Errorf("code %q", words)
	}
	p.sees(`!Object.keys(localStorage).some(k => k.startsWith('diapason'))`)
	if p.kept() != 1 {
		t.Errorf("%d responses kept", p.kept())
	}
}

func TestAnsweringOnAPhoneWithoutScript(t *testing.T) {
	p := newPhone(t, false)
	p.open("/r/ville")
	p.click(`#send`)
	p.do(chromedp.Query(`#problems`))
	if got := p.text("#problems"); !strings.Contains(got, "Choisissez votre âge.") || !strings.Contains(got, "Cochez la case") {
		t.Errorf("problems: %s", got)
	}
	p.choose(":consent", "2026-11")
	p.choose("age", "15_64")
	p.click(`#send`)
	p.do(chromedp.Query(`#code`))
	if words := strings.Fields(p.text("#code")); len(words) != 4 {
		t.Errorf("code %q", words)
	}
	if p.kept() != 1 {
		t.Errorf("%d responses kept", p.kept())
	}
}

func TestAHotelsSignInPageIsNotBelieved(t *testing.T) {
	p := newPhone(t, true)
	p.answerToTheEnd()
	p.sees(`(window.real = window.fetch, window.fetch = async () => new Response('<h1>Bienvenue</h1>', { status: 200 }), true)`)
	p.click(`#envoyer`)
	p.sees(`document.querySelector('#fin').dataset.state === 'waiting'`)
	p.sees(`Object.keys(localStorage).some(k => k.startsWith('diapason-out:'))`)
	p.sees(`(window.fetch = window.real, true)`)
	p.click(`[data-retry]`)
	p.sees(`document.querySelector('#fin').dataset.state === 'sent'`)
	if p.kept() != 1 {
		t.Errorf("%d responses kept", p.kept())
	}
}

func TestASurveyClosedMeanwhileLosesNothing(t *testing.T) {
	p := newPhone(t, true)
	become := func(state surveys.State) {
		if _, err := surveys.SetState(t.Context(), p.store, "ville", state, respondentNow); err != nil {
			t.Fatal(err)
		}
	}
	p.answerToTheEnd()
	become(surveys.Closed)
	p.click(`#envoyer`)
	p.sees(`document.querySelector('#fin h2')?.textContent === 'La collecte est fermée'`)
	p.sees(`Object.keys(localStorage).some(k => k.startsWith('diapason-out:'))`)
	if p.kept() != 0 {
		t.Error("a closed survey kept a response")
	}
	become(surveys.Open)
	p.open("/r/ville")
	p.sees(`document.querySelector('#fin').dataset.state === 'sent'`)
	p.sees(`document.querySelector('#draft').hidden`)
	if p.kept() != 1 {
		t.Errorf("%d responses kept", p.kept())
	}
}

func TestAnsweringWithoutNetwork(t *testing.T) {
	p := newPhone(t, true)
	p.open("/r/ville")
	p.choose(":consent", "2026-11")
	p.click(`[data-start]`)
	p.choose("age", "65plus")
	p.sees(`localStorage.getItem('diapason-draft:ville')?.includes('65plus')`)
	p.sees(`caches.has('diapason-pages')`)
	p.stop()

	// The page opens, the draft is there, and nothing is claimed to be sent.
	p.open("/r/ville")
	p.click(`#draft button`)
	p.sees(heading + ` === 'Vous'`)
	p.click(forward)
	p.click(forward)
	p.sees(heading + ` === 'Vérifiez vos réponses'`)
	p.click(`#envoyer`)
	p.sees(`document.querySelector('#fin').dataset.state === 'waiting'`)

	// Closed and opened again later, with the network back.
	again := p.later()
	_, stop := again.serve(strings.TrimPrefix(strings.Replace(p.address, "localhost", "127.0.0.1", 1), "http://"))
	t.Cleanup(stop)
	p.open("/r/ville")
	p.sees(`document.querySelector('#fin')?.dataset.state === 'sent'`)
	if p.kept() != 1 {
		t.Errorf("%d responses kept", p.kept())
	}
}

// later is the same site after its server was started again.
func (p phone) later() respondentSite {
	p.t.Helper()
	s, err := New(p.config)
	if err != nil {
		p.t.Fatal(err)
	}
	return respondentSite{s, p.t}
}
