package main

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"
)

// visible steps into the section of the questionnaire that is shown.
const visible = "[data-step]:not([hidden]) "

// fillStep answers what the section shows and is still blank, taking the first
// choices.
const fillStep = `(() => {
  const step = document.querySelector('[data-step]:not([hidden])')
  for (const field of step.querySelectorAll('fieldset.field')) {
    if (field.closest('[hidden]') || field.querySelector('input:checked')) continue
    if (field.dataset.control === 'ranking') {
      for (const place of [4, 0, 7]) field.querySelectorAll('button.rank')[place].click()
    } else field.querySelector('.choice:not([hidden]) input')?.click()
  }
  return step.querySelector('h2').textContent
})()`

// hostileText is what free text may hold: a formula, an emoji, Arabic, markup.
const hostileText = `=1+1 <b>Un médecin</b> 🩺 طبيب`

// TestFromTheQRCodeToTheWorkbook is the whole product: three people answer on
// a phone, one of them without scripts, and the coordinator finds their
// answers in the workbook.
func TestFromTheQRCodeToTheWorkbook(t *testing.T) {
	d := startDemo(t, t.TempDir())
	t.Run("a resident answers on a phone", func(t *testing.T) { residentAnswers(t, d) })
	t.Run("a resident answers without scripts", func(t *testing.T) { residentAnswersPlainly(t, d) })
	for _, slug := range []string{"professionnels", "associations"} {
		t.Run(slug+" answer theirs", func(t *testing.T) { othersAnswer(t, d, slug) })
	}
	t.Run("the coordinator sees them and takes the workbook home", func(t *testing.T) { coordinatorExports(t, d) })
}

func residentAnswers(t *testing.T, d demonstration) {
	b := openBrowser(t, 360, 740)
	b.begin(d.url + "/r/habitants")

	t.Log("what must be answered is asked for, beside the question and in a summary")
	b.do(click(visible+"[data-next]"), see(visible+".summary"))
	if n := ask[int](b, `document.querySelectorAll('.summary li').length`); n != 2 {
		t.Errorf("%d problems, want two: the commune and the age", n)
	}

	t.Log("the commune is found without its accent, and by its postal code")
	b.do(write("#q-h_commune input", "ecuisses"), see("#q-h_commune [role=option]"))
	if found := b.text("#q-h_commune [role=option]"); found != "Écuisses" {
		t.Errorf("ecuisses finds %q", found)
	}
	b.do(key(kb.Escape), write("#q-h_commune input", "71200"), see("#q-h_commune [role=option]"), key("\r"))
	if code := ask[string](b, `document.querySelector('#q-h_commune select').value`); code != "71153" {
		t.Errorf("71200 chooses %q, want Le Creusot", code)
	}
	b.choose("h_age", "45_59")
	b.choose("h_sexe", "femme")
	b.nextStep()
	b.nextStep() // Votre santé

	t.Log("the way to the doctor is asked of those who have one")
	b.hidden("h_trajet", true)
	b.choose("h_mt", "commune")
	b.hidden("h_trajet", false)
	b.choose("h_mt", "introuvable")
	b.hidden("h_trajet", true)
	b.nextStep()

	t.Log("the reasons are asked of those who gave up care")
	b.choose("h_renonce", "non")
	b.hidden("h_ren_pq", true)
	b.choose("h_renonce", "une")
	b.hidden("h_ren_pq", false)

	for !ask[bool](b, `!!document.querySelector('#relecture:not([hidden])')`) {
		if ask[bool](b, `!!document.querySelector('`+visible+`#q-x_action')`) {
			b.do(write("#q-x_action textarea", hostileText))
		}
		b.nextStep()
	}
	if summary := b.text("#relecture"); !strings.Contains(summary, "Le Creusot") || !strings.Contains(summary, hostileText) {
		t.Errorf("the page to read again lacks answers: %s", summary)
	}
	b.send()
}

// residentAnswersPlainly fills one long page, forgets the age, corrects, and
// sends twice.
func residentAnswersPlainly(t *testing.T, d demonstration) {
	b := openBrowser(t, 360, 740)
	b.withoutScripts()
	b.do(open(d.url+"/r/habitants"), click("#consent label"), write("#q-x_action textarea", hostileText))
	ask[string](b, `document.querySelector('#q-h_commune select').value = '71306'`)
	b.choose("h_mt", "introuvable")
	b.do(click("#send"), see("#problems"))
	if typed := ask[string](b, `document.querySelector('#q-x_action textarea').value`); typed != hostileText {
		t.Errorf("what was typed came back as %q", typed)
	}
	if code := ask[string](b, `document.querySelector('#q-h_commune select').value`); code != "71306" {
		t.Errorf("the commune came back as %q", code)
	}
	if at := b.text("#q-h_age .error"); at == "" {
		t.Error("no problem beside the question")
	}
	b.choose("h_age", "75plus")
	b.do(click("#send"), see("#code"))
	code := b.text("#code")
	if len(strings.Fields(code)) != 4 {
		t.Errorf("the withdrawal code is %q", code)
	}
	b.do(chromedp.Reload(), see("#code")) // which sends the form again
	if again := b.text("#code"); again != code {
		t.Errorf("sent twice: another code, %q", again)
	}
}

func othersAnswer(t *testing.T, d demonstration, slug string) {
	b := openBrowser(t, 360, 740)
	b.begin(d.url + "/r/" + slug)
	for !ask[bool](b, `!!document.querySelector('#relecture:not([hidden])')`) {
		for _, question := range []string{"p_metier", "p_commune"} {
			if ask[bool](b, `!!document.querySelector('`+visible+`#q-`+question+`')`) {
				word := map[string]string{"p_metier": "infirm", "p_commune": "blanzy"}[question]
				b.do(write("#q-"+question+" input", word), see("#q-"+question+" [role=option]"), key("\r"))
			}
		}
		b.nextStep()
	}
	b.send()
}

func coordinatorExports(t *testing.T, d demonstration) {
	b := openBrowser(t, 1280, 900)
	b.signIn(d)
	b.do(open(d.url+"/d/creusot-montceau"), see("main"))
	counts := b.text("main")
	for _, want := range []string{"602", "91", "41", "734"} {
		if !strings.Contains(counts, want) {
			t.Errorf("participation does not show %s", want)
		}
	}
	if !strings.Contains(b.text("body"), "Données de démonstration") {
		t.Error("the page does not say that the data are invented")
	}
	book := b.workbook("/d/creusot-montceau/classeur.xlsx?vue=travail")
	checkAnswers(t, book)
	b.do(open(d.url+"/d/creusot-montceau/regards-croises"), see("table"))
	shareable := b.workbook("/d/creusot-montceau/classeur.xlsx?vue=restitution")
	for _, sheet := range shareable.GetSheetList() {
		if strings.Contains(sheet, "Réponses") {
			t.Errorf("the shareable workbook has the sheet %q", sheet)
		}
	}
}

// checkAnswers finds in the raw sheet the two residents who just answered.
func checkAnswers(t *testing.T, book *excelize.File) {
	t.Helper()
	rows, err := book.GetRows("Réponses Habitants")
	if err != nil {
		t.Fatalf("%v; the sheets are %q", err, book.GetSheetList())
	}
	found := 0
	for r, row := range rows {
		for c, cell := range row {
			if cell != hostileText {
				continue
			}
			found++
			name, _ := excelize.CoordinatesToCellName(c+1, r+1)
			if formula, err := book.GetCellFormula("Réponses Habitants", name); err != nil || formula != "" {
				t.Errorf("free text became the formula %q, %v", formula, err)
			}
		}
	}
	if found != 2 {
		t.Errorf("the raw answers hold %d of the 2 texts just written", found)
	}
	if n := len(rows); n < 603 {
		t.Errorf("%d rows of raw answers, want 602 under their header", n)
	}
}

// begin opens a questionnaire and agrees.
func (b browser) begin(url string) {
	b.t.Helper()
	b.do(open(url), see("[data-start]"), click("#consent label"), click("[data-start]"), see(visible))
}

// choose picks a choice of a question by its code.
func (b browser) choose(question, code string) {
	b.t.Helper()
	b.do(click(`#q-` + question + ` label:has(input[value="` + code + `"])`))
}

// nextStep fills the section and goes on.
func (b browser) nextStep() {
	b.t.Helper()
	title := ask[string](b, fillStep)
	b.do(click(visible + "[data-next]"))
	if problems := ask[string](b, `[...document.querySelectorAll('[data-step]:not([hidden]) .summary li')].map(l => l.textContent).join(' / ')`); problems != "" {
		b.t.Fatalf("%s does not let go: %s", title, problems)
	}
}

func (b browser) hidden(question string, want bool) {
	b.t.Helper()
	if got := ask[bool](b, `document.querySelector('#q-`+question+`').hidden`); got != want {
		b.t.Errorf("%s hidden: %v, want %v", question, got, want)
	}
}

// send sends from the page to read again, and checks the withdrawal code.
func (b browser) send() {
	b.t.Helper()
	b.do(click("#envoyer"), see("#fin .code"))
	if code := b.text("#fin .code"); len(strings.Fields(code)) != 4 {
		b.t.Errorf("the withdrawal code is %q", code)
	}
}

// workbook downloads and opens a workbook with the cookies of the window.
func (b browser) workbook(path string) *excelize.File {
	b.t.Helper()
	encoded, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`fetch('`+path+`').then(r => r.ok ? r.arrayBuffer() : Promise.reject(r.status))
		.then(a => { let s = ''; for (const byte of new Uint8Array(a)) s += String.fromCharCode(byte); return btoa(s) })`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("download %s: %v", path, err)
	}
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		b.t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		b.t.Fatalf("the workbook does not open: %v", err)
	}
	b.t.Cleanup(func() { book.Close() })
	return book
}
