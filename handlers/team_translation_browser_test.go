package handlers_test

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestTranslatingInABrowser(t *testing.T) {
	s, alice := inArabic(t)
	d := windows(t, s, "alice")[0]
	const field, mark = `textarea[name="texte"]`, `document.querySelector('[data-mark]').textContent`
	d.do(chromedp.Navigate(d.address + texts + "?langue=ar"))

	// Each text is kept as one leaves it, and the progress follows.
	d.do(chromedp.SendKeys(field, hasDoctor), chromedp.KeyEvent("\t"))
	d.sees(mark + ` === 'Enregistré' && document.querySelector('[data-count]').textContent === '1'`)
	if q := s.writes("vallee-h"); q.Named("medecin").Label[arabic] != hasDoctor {
		t.Fatalf("kept %v", q.Named("medecin").Label)
	}

	// What somebody else wrote meanwhile is shown, and one chooses.
	alice.submit(texts, texts, typed([3]string{doctorPlace, hasDoctor, "نص آخر"})).expect(t, http.StatusSeeOther)
	d.do(chromedp.SendKeys(field, "!"), chromedp.KeyEvent("\t"))
	d.sees(`document.querySelector('.conflict .theirs')?.textContent === 'نص آخر'`)
	d.do(chromedp.Click(".conflict .note button.quiet"))
	d.sees(`!document.querySelector('.conflict') && document.querySelector('textarea[name="texte"]').value === 'نص آخر'`)
	if q := s.writes("vallee-h"); q.Named("medecin").Label[arabic] != "نص آخر" {
		t.Errorf("kept %v", q.Named("medecin").Label)
	}
}

func TestTakingAQuestionInABrowser(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	d := windows(t, s, "alice")[0]
	d.do(chromedp.Navigate(d.address + shelf))
	d.do(chromedp.SendKeys("#q", "traitant"))
	d.sees(`document.querySelector('[data-found]').textContent === '1 question' && location.search === '?q=traitant'`)
	d.do(chromedp.Click(".sample button"))
	d.sees(`document.activeElement.matches('.took') && document.activeElement.textContent.includes('Question ajoutée')`)
	if s.writes("vallee-h").Items[1].Name != "h_mt" {
		t.Errorf("the questionnaire has %v", s.writes("vallee-h").Items)
	}
	d.do(chromedp.Click(".took button"), chromedp.Query(`[data-swap="told"] > p.note`))
	d.sees(`document.body.textContent.includes('C’est annulé') && document.querySelector('#q').value === 'traitant'`)
	if n := len(s.writes("vallee-h").Items); n != 1 {
		t.Errorf("%d items", n)
	}
}
