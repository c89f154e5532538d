package handlers_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestTheSlidesByTheKeyboard shows the talk as somebody does who has only a
// keyboard: where the focus is, what is announced, and the way back.
func TestTheSlidesByTheKeyboard(t *testing.T) {
	s := newSite(t)
	s.told()
	w := windows(t, s, "alice")[0]
	w.do(chromedp.Navigate(w.address+"/d/vallee/diapos"), chromedp.Query("[data-present]"))
	w.sees(`!document.querySelector('[data-start]').hidden`)
	w.sees(`document.querySelectorAll('[data-slide]').length >= 12`)

	at := func(n string) string {
		return `document.querySelector('.slide.current')?.id === 'd-` + n + `' && document.activeElement === document.querySelector('.slide.current h2')`
	}
	last := `(n => document.querySelector('.slide.current')?.id === 'd-' + n && document.querySelector('progress').value === n)(document.querySelectorAll('[data-slide]').length)`

	// An arrow does nothing before the talk begins.
	w.do(chromedp.KeyEvent(kb.ArrowRight))
	w.sees(`!document.documentElement.classList.contains('presenting')`)
	w.do(chromedp.Focus("[data-present]"), chromedp.KeyEvent("f"))
	w.sees(at("1"))
	w.sees(`[...document.querySelectorAll('[data-slide]')].filter(s => s.offsetHeight > 0).length === 1`)
	w.do(chromedp.KeyEvent(kb.ArrowRight))
	w.sees(at("2"))
	w.sees(`document.querySelector('[data-announce]').textContent.startsWith('Diapo 2 sur ')`)
	w.do(chromedp.KeyEvent(" "))
	w.sees(at("3"))
	w.do(chromedp.KeyEvent(kb.ArrowLeft))
	w.sees(at("2"))
	w.do(chromedp.KeyEvent(kb.End))
	w.sees(last)
	w.do(chromedp.KeyEvent(kb.ArrowRight)) // there is no slide after the last
	w.sees(last)
	w.do(chromedp.KeyEvent(kb.Home))
	w.sees(at("1"))

	// The notes come and go, and the clock runs to twenty minutes.
	w.do(chromedp.KeyEvent("n"))
	w.sees(`document.querySelector('.slide.current .speaker').offsetHeight > 0 && document.querySelector('.talk-bar [data-notes]').getAttribute('aria-pressed') === 'true'`)
	w.do(chromedp.KeyEvent("n"))
	w.sees(`document.querySelector('.slide.current .speaker').offsetHeight === 0`)
	w.sees(`/^00:0[1-9] \/ 20:00$/.test(document.querySelector('[data-time]').textContent)`)

	// A button is pressed by the keys of buttons, and does not turn two slides.
	w.do(chromedp.Focus("[data-next]"), chromedp.KeyEvent(" "))
	w.sees(`document.querySelector('.slide.current').id === 'd-2' && document.activeElement.matches('[data-next]')`)

	w.do(chromedp.KeyEvent(kb.Escape))
	w.sees(`!document.documentElement.classList.contains('presenting') && document.querySelector('[data-bar]').hidden`)
	w.sees(`document.activeElement.matches('[data-present]')`)
	w.sees(`location.hash === '#d-2'`)
}
