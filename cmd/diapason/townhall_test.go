package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"
)

// What is translated in the day at the town hall: the sentence in French, and
// what the respondent reads.
var inArabic = map[string]string{
	"Dans quelle commune habitez-vous ?": "في أي بلدية تسكن؟",
	"Quel âge avez-vous ?":               "كم عمرك؟",
	"45 à 59 ans":                        "من 45 إلى 59 سنة",
	"Oui":                                "نعم",
	"Non":                                "لا",
	"Pour aller chez ces soignants, c’est :":       "الوصول إلى هؤلاء المعالجين:",
	"Un kinésithérapeute":                          "أخصائي علاج طبيعي",
	"Très difficile":                               "صعب جدا",
	"Qu’est-ce qui rend le trajet difficile ?":     "ما الذي يجعل الطريق صعبا؟",
	"Avez-vous un médecin traitant ?":              "هل لديك طبيب معالج؟",
	"Comment est votre état de santé en général ?": "كيف حالتك الصحية بشكل عام؟",
}

const (
	pagesOfResidents = "/d/creusot-montceau/questionnaires/habitants"
	matrixLabel      = "Pour aller chez ces soignants, c’est :"
	followUpLabel    = "Qu’est-ce qui rend le trajet difficile ?"
)

// TestADayAtTheTownHall is a coordinator's day with one questionnaire: the
// library's is cut, completed on screen, translated, published and answered in
// Arabic; then taken home as a workbook, changed there, brought back and
// published again.
func TestADayAtTheTownHall(t *testing.T) {
	d := startDemo(t, t.TempDir())
	b := openBrowser(t, 1280, 900)
	b.signIn(d)
	t.Log("morning: four questions go, a table and its follow-up come")
	b.do(open(d.url + pagesOfResidents))
	b.becomes(`document.documentElement.classList.contains('js')`)
	for _, label := range []string{"Prendre un rendez-vous de santé sur Internet", "Chez vous, vous vivez", "Aidez-vous souvent un proche", "Connaissez-vous ces services"} {
		b.removeQuestion(label)
	}
	b.addMatrix()
	b.addFollowUp()
	b.shot("1-ecrire")

	t.Log("then the Arabic")
	b.translate(d)
	b.shot("2-traduire")
	b.publish(d, "La version 2 est publiée")
	b.shot("3-publication")

	t.Log("somebody answers in Arabic on a phone")
	answerInArabic(t, d)

	t.Log("evening: the workbook, changed at home, comes back")
	book := b.workbook(pagesOfResidents + "/fichier")
	b.bringBack(d, changedLabel(t, book, "Avez-vous un médecin traitant ?", "Un médecin traitant vous suit-il ?"))
	b.publish(d, "La version 3 est publiée")
	phone := openBrowser(t, 360, 740)
	phone.do(open(d.url + "/r/habitants"))
	if !strings.Contains(ask[string](phone, `document.querySelector('#q-h_mt').textContent`), "Un médecin traitant vous suit-il ?") {
		t.Error("the phone does not show the label changed in the workbook")
	}
}

// becomes waits until the page finds an expression true.
func (b browser) becomes(expression string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool]("!!("+expression+")", chromedp.WithPollingTimeout(patience))); err != nil {
		shown, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.activeElement?.outerHTML.slice(0, 300) + '\n' + (document.querySelector('main')?.innerText ?? '')`))
		b.t.Fatalf("never saw %s: %v\n%s", expression, err, shown)
	}
}

// press presses a button wherever it is: the page may move it between looking
// for it and a click of the mouse.
func (b browser) press(css string) {
	b.t.Helper()
	b.becomes(`document.querySelector(` + quoted(css) + `)`)
	ask[bool](b, `document.querySelector(`+quoted(css)+`).click() || true`)
}

// shot keeps a picture of the day in the folder that SCREENSHOTS names.
func (b browser) shot(name string) {
	if folder := os.Getenv("SCREENSHOTS"); folder != "" {
		time.Sleep(time.Second) // the preview
		b.picture(filepath.Join(folder, "jour-"+name+".png"), false)
	}
}

func quoted(s string) string {
	text, _ := json.Marshal(s) // texts always marshal
	return string(text)
}

// line is the script that finds the line of a question by how its label begins.
func line(label string) string {
	return `[...document.querySelectorAll('#lines .label')].find(l => l.textContent.trim().startsWith(` + quoted(label) + `))?.closest('[id^="l-"]')`
}

func (b browser) removeQuestion(label string) {
	b.t.Helper()
	b.becomes(line(label))
	ask[bool](b, line(label)+`.focus() || true`)
	b.do(key(kb.Delete))
	b.becomes(`!(` + line(label) + `)`)
}

func (b browser) addMatrix() {
	b.t.Helper()
	ask[bool](b, line("Avez-vous un médecin traitant")+`.focus() || true`)
	b.do(key("+"))
	b.becomes(`document.activeElement.id === 'insert-label'`)
	b.do(write("#insert-label", matrixLabel))
	b.press(`.kind-card[value="matrix"]`)
	b.becomes(`document.activeElement.id === 'f-label' && document.getElementById('f-lignes')`)
	b.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('f-lignes').select()`), write("#f-lignes", "Un kinésithérapeute\rUn orthophoniste"))
	ask[bool](b, `document.activeElement.blur() || true`)
	b.becomes(line("Un orthophoniste"))
}

// addFollowUp asks for a reason of those who chose « Très difficile », by the
// sentence.
func (b browser) addFollowUp() {
	b.t.Helper()
	ask[bool](b, line(matrixLabel)+`.focus() || true`)
	b.do(key("+"))
	b.becomes(`document.activeElement.id === 'insert-label'`)
	b.do(write("#insert-label", followUpLabel))
	b.press(`.kind-card[value="text"]`)
	b.becomes(`document.getElementById('f-label')?.value === ` + quoted(followUpLabel))
	ask[bool](b, `document.getElementById('g-condition').open = true`)
	b.press("#si-ajouter")
	b.pick("#si-0-q", `[...m.options].find(o => o.textContent.includes('kinésithérapeute')).value`)
	b.pick("#si-0-v", `[...m.options].find(o => o.textContent.trim() === 'Très difficile').value`)
	b.becomes(`document.querySelector('#g-condition .group-says').textContent.includes('kinésithérapeute')`)
}

// pick chooses in a menu m what a script says.
func (b browser) pick(css, value string) {
	b.t.Helper()
	b.becomes(`document.querySelector(` + quoted(css) + `)?.options.length > 1`)
	ask[bool](b, `(m => { m.value = `+value+`; return m.dispatchEvent(new Event('change', { bubbles: true })) })(document.querySelector(`+quoted(css)+`))`)
}

func (b browser) translate(d demonstration) {
	b.t.Helper()
	b.do(open(d.url + pagesOfResidents + "/traductions"))
	ask[string](b, `document.querySelector('#langue').value = 'العربية (ar)'`)
	b.do(click(`form[action$="/langues"] button`), see(`textarea[name="texte"]`))
	for french, arabic := range inArabic {
		b.becomes(`[...document.querySelectorAll('[data-text]')].some(t => t.querySelector('.from p').textContent.trim().replace(/\s+/g, ' ') === ` + quoted(french) + `)`)
		ask[int](b, `[...document.querySelectorAll('[data-text]')].filter(t => t.querySelector('.from p').textContent.trim().replace(/\s+/g, ' ') === `+quoted(french)+`).map(t => {
			const into = t.querySelector('textarea[name="texte"]')
			into.focus(); into.value = `+quoted(arabic)+`
			into.dispatchEvent(new Event('input', { bubbles: true })); into.dispatchEvent(new Event('change', { bubbles: true })); into.blur()
		}).length`)
		b.becomes(`![...document.querySelectorAll('[data-text]')].some(t => t.querySelector('textarea[name="texte"]').value === ` + quoted(arabic) + ` && t.querySelector('[data-mark]').textContent !== 'Enregistré')`)
	}
}

func (b browser) publish(d demonstration, said string) {
	b.t.Helper()
	b.do(open(d.url+pagesOfResidents+"/publication"), see(".changes"), click(".publish .actions button"), see(`main [role="status"]`))
	if status := b.text(`main [role="status"]`); !strings.Contains(status, said) {
		b.t.Fatalf("the page says %q, want %q", status, said)
	}
}

func answerInArabic(t *testing.T, d demonstration) {
	b := openBrowser(t, 360, 740)
	b.begin(d.url + "/r/habitants?langue=ar")
	if dir := ask[string](b, `document.documentElement.dir`); dir != "rtl" {
		t.Errorf("the page is written %s", dir)
	}
	b.shot("4-arabe")
	b.do(write("#q-h_commune input", "creus"), see("#q-h_commune [role=option]"), key("\r"))
	b.choose("h_age", "45_59")
	reason := `[...document.querySelectorAll('[data-step] .field')].find(f => f.textContent.includes(` + quoted(inArabic[followUpLabel]) + `))`
	asked := false
	for !ask[bool](b, `!!document.querySelector('#relecture:not([hidden])')`) {
		if ask[bool](b, `!!`+reason+`?.closest('[data-step]:not([hidden])')`) {
			asked = true
			if !ask[bool](b, reason+`.hidden`) {
				t.Error("the follow-up is asked before its condition is true")
			}
			ask[bool](b, `[...document.querySelectorAll('[data-step]:not([hidden]) .choice')].find(c => c.textContent.trim() === `+quoted(inArabic["Très difficile"])+` && c.closest('.matrix')?.textContent.includes(`+quoted(inArabic["Un kinésithérapeute"])+`)).click() || true`)
			b.becomes(`!` + reason + `.hidden`)
			ask[bool](b, `(f => { f.scrollIntoView(); return true })(`+reason+`)`)
			b.shot("5-suite")
		}
		b.nextStep()
	}
	if !asked {
		t.Error("the follow-up was never met")
	}
	b.send()
	b.shot("6-merci")
}

// changedLabel changes one French label of the workbook and keeps it in a file.
func changedLabel(t *testing.T, book *excelize.File, from, to string) string {
	t.Helper()
	if !slices.Contains(book.GetSheetList(), "survey") {
		t.Fatalf("the sheets are %q", book.GetSheetList())
	}
	rows, err := book.GetRows("survey")
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for r, row := range rows {
		for c, cell := range row {
			if strings.Join(strings.Fields(cell), " ") == from {
				name, _ := excelize.CoordinatesToCellName(c+1, r+1)
				cells = append(cells, name)
			}
		}
	}
	if len(cells) != 1 {
		t.Fatalf("%q is in the cells %q", from, cells)
	}
	path := filepath.Join(t.TempDir(), "habitants.xlsx")
	if err := book.SetCellStr("survey", cells[0], to); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func (b browser) bringBack(d demonstration, path string) {
	b.t.Helper()
	b.do(open(d.url+pagesOfResidents+"/excel"), chromedp.SetUploadFiles(chromedp.CSS("#classeur"), []string{path}),
		click("[data-upload] .actions button"), see(".changes"))
	if changes := b.text(".changes"); !strings.Contains(changes, "Un médecin traitant vous suit-il ?") {
		b.t.Errorf("the changes are %q", changes)
	}
	b.shot("7-differences")
	b.do(click(`form[action$="/remplacer"] button`), see(`main [role="status"]`))
}
