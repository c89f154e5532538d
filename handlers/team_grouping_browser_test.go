package handlers_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"diapason/surveys/library"
)

func TestTheCommingesIsRegroupedInABrowser(t *testing.T) {
	s := newSite(t)
	comminges, err := library.Comminges()
	s.must(err)
	s.grounded(comminges, nil)
	w := windows(t, s, "alice")[0]
	w.do(chromedp.EmulateViewport(360, 740), chromedp.Navigate(w.address+sectorsPage+"?depart=fins"), chromedp.Query(".savebar"))
	w.sees(`document.documentElement.scrollWidth <= innerWidth`)

	// A commune is found by its letters, without accents, and by postal code.
	w.do(chromedp.SendKeys("#filtre", "montrejeau"))
	w.sees(`document.querySelectorAll('[data-commune]:not([hidden])').length === 1`)
	w.sees(`document.querySelector('[data-found]').textContent === '1 commune'`)
	w.run(`document.querySelector('#filtre').value = '31110'; document.querySelector('#filtre').dispatchEvent(new Event('input'))`)
	w.sees(`document.querySelectorAll('[data-commune]:not([hidden])').length === 31`)

	// Those that are shown go to a sector together.
	w.pick("#ensemble", "1")
	w.do(chromedp.Click("[data-all]"))
	w.sees(`document.querySelector('[data-found]').textContent === '31 communes déplacées'`)
	w.sees(`document.querySelector('#commune-31042').value === '1'`)
	w.sees(`document.querySelector('[data-size="1"] [data-communes]').textContent === '32'`)
	w.do(chromedp.Navigate(w.address+sectorsPage+"?depart=fins"), chromedp.Query(".savebar"))

	// What a sector has follows the choice, its people at once, its answers not.
	w.pick("#commune-31483", "0")
	w.sees(`document.querySelector('.savebar [data-unplaced]').textContent === 'Communes sans secteur : 1'`)
	w.pick("#commune-31483", "2")
	w.sees(`document.querySelector('.savebar [data-unplaced]').textContent === ''`)
	w.sees(`document.querySelector('[data-size="1"] [data-people]').textContent === '0'`)
	w.sees(`document.querySelector('[data-size="2"] [data-answers]').textContent === ''`)
	w.run(`(f => { f.value = 'Le chef-lieu et ses villages'; f.dispatchEvent(new Event('change', { bubbles: true })) })(document.querySelector('#sector-2'))`)
	w.sees(`document.querySelector('#commune-31042 option[value="2"]').textContent === 'Le chef-lieu et ses villages'`)

	// An empty sector is refused, its name erased it goes, and the rest is saved.
	w.do(chromedp.Click(`button[value="enregistrer"]`), chromedp.Query(".summary"))
	w.sees(`document.activeElement.classList.contains('summary')`)
	w.run(`document.querySelector('#sector-1').value = ''`)
	w.do(chromedp.Click(`button[value="enregistrer"]`), chromedp.Query(`main [role="status"] strong`))
	w.sees(`document.querySelector('main [role="status"]').textContent.includes('le découpage n°\u00a02 est en vigueur')`)
	d := s.diagnostic()
	if at := d.Territory.SectorOf("31483"); at < 0 || d.Territory.Sectors[at].Name != "Le chef-lieu et ses villages" || len(d.Territory.Sectors) < 10 {
		t.Errorf("%d sectors, Saint-Gaudens in %d", len(d.Territory.Sectors), at)
	}
}
