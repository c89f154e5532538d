package handlers_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"diapason/surveys"
)

// The whole of a reading, on a phone's width, with a keyboard.
func TestTextsAreReadInABrowser(t *testing.T) {
	s, ids := spoken(t, "Le mari de Zaza boit", "أريد طبيبا قريبا 0612345678", strings.Repeat("Anticonstitutionnellement", 200), "Un bus")
	w := windows(t, s, "alice")[0]
	w.do(chromedp.EmulateViewport(360, 740), chromedp.Navigate(w.address+textsPage), chromedp.Query(".texts"))
	w.sees(`document.documentElement.scrollWidth <= innerWidth`)
	w.sees(`getComputedStyle(document.querySelectorAll('blockquote')[1]).direction === 'rtl'`)
	w.sees(`!document.querySelector('[data-keys]').hidden`)

	// Alt and an arrow go from text to text, and no further than the last.
	at := func(n string) {
		t.Helper()
		w.sees(`document.activeElement === document.querySelectorAll('.text h3')[` + n + `]`)
	}
	w.key(kb.ArrowDown, chromedp.ModifierAlt)
	at("0")
	w.key(kb.ArrowDown, chromedp.ModifierAlt)
	at("1")
	w.key(kb.ArrowUp, chromedp.ModifierAlt)
	at("0")

	// A subject is ticked and a word masked, all without a mouse.
	text := "#t-" + ids[0] + "-x_action"
	w.do(chromedp.KeyEvent("\t"), chromedp.KeyEvent("\t"), chromedp.KeyEvent("\t"), chromedp.KeyEvent(" "))
	w.sees(`document.activeElement.value === 'T07' && document.activeElement.checked`)
	w.do(chromedp.KeyEvent("\t"), chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"))
	w.sees(`document.querySelector('.text .hand').open`)
	w.run(`document.querySelector('.text textarea').value = 'Le mari de Marthe boit'`)
	w.do(chromedp.Click(`.text button[value="citable"]`), chromedp.Query(".problem"))
	w.sees(`document.activeElement.matches('.summary') && document.activeElement.textContent.includes('On ne peut que masquer')`)
	w.sees(`document.querySelector('.text .problem').textContent.includes('On ne peut que masquer')`)
	w.sees(`document.querySelector('.text textarea').value === 'Le mari de Marthe boit' && document.querySelector('.text input[value="T07"]').checked`)
	w.run(`document.querySelector('.text textarea').value = 'Le mari de […] boit'`)
	w.do(chromedp.Click(`.text button[value="citable"]`), chromedp.Query("main .note.good"))
	w.sees(`!document.querySelector('` + text + `') && document.querySelectorAll('.text').length === 3`)
	w.sees(`location.hash === '#t-` + ids[1] + `-x_action'`)
	if r := s.review(ids[0]); r.State != surveys.Quotable || r.Text != "Le mari de […] boit" || len(r.Codings) != 1 {
		t.Errorf("%+v", r)
	}
	for _, path := range []string{"/sujets", "/lecteurs"} {
		w.do(chromedp.Navigate(w.address+textsPage+path), chromedp.Query(".within-pages [aria-current]"))
		w.sees(`document.documentElement.scrollWidth <= innerWidth`)
	}
}
