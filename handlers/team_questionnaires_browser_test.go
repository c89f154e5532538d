package handlers_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"diapason/surveys"
)

// onDisk is a file that a browser can choose.
func onDisk(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAWorkbookComesInAndIsPublishedInABrowser(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	d := windows(t, s, "alice")[0]
	open := func(path string) { t.Helper(); d.do(chromedp.Navigate(d.address + path)) }

	// A title proposes its address.
	open(life + "?nouvelle=1")
	d.do(chromedp.SendKeys("#titre", "L’été à Saint-Vallier"))
	d.sees(`document.querySelector('#adresse').placeholder === 'l-ete-a-saint-vallier'`)

	// A file that is too large is told before it is sent.
	open(excel)
	d.do(chromedp.SetUploadFiles("#classeur", []string{onDisk(t, "lourd.xlsx", make([]byte, 5<<20))}))
	d.sees(`document.querySelector('[data-upload-fault]:not([hidden])')?.textContent.includes('4 Mo')`)
	d.run(`document.querySelector('[data-upload] .actions button').click()`)
	d.sees(`document.activeElement.id === 'classeur'`)

	// Read, compared, taken, read again, published.
	d.do(chromedp.SetUploadFiles("#classeur", []string{onDisk(t, "mien.xlsx", s.workbookOf(asked(reworded)))}),
		chromedp.Click("[data-upload] .actions button"), chromedp.Query(".changes"))
	d.sees(`document.querySelector('.changes')?.textContent.includes('Un médecin vous suit-il')`)
	d.do(chromedp.Click(`form[action$="/remplacer"] button`), chromedp.Query(`main [role="status"]`))
	d.sees(`document.querySelector('[role="status"]')?.textContent.includes('C’est fait')`)
	open(publication)
	d.sees(`document.querySelector('.changes')`)
	d.do(chromedp.Click(".publish .actions button"), chromedp.Query(`main [role="status"]`))
	d.sees(`document.querySelector('[role="status"]')?.textContent.includes('La version 2 est publiée')`)
	if s.versions("vallee-h") != 2 || s.manuscript("vallee-h").Questionnaire.Items[0].Label.In(surveys.NoLanguage) != "Un médecin vous suit-il ?" {
		t.Error("it is not what was sent")
	}
}
