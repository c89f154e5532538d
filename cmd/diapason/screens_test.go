package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// answers sends one resident's answers, as a phone does.
func (d demonstration) answers(t *testing.T) {
	t.Helper()
	body := fmt.Sprintf(`{"id":%q,"version":1,"language":"fr","mode":"web","consent":%q,"seconds":300,"answers":{"h_commune":"71153","h_age":"45_59"}}`,
		surveys.NewResponseID(time.Now()), pages.NoticeVersion)
	response, err := http.Post(d.url+"/r/habitants/reponses", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if said, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusCreated {
		t.Fatalf("answered %d: %s", response.StatusCode, said)
	}
}

// TestTheScreensOfACoordinator looks at what only a browser shows: numbers that
// move by themselves, the forms of a chart, the pictures it leaves as.
func TestTheScreensOfACoordinator(t *testing.T) {
	d := startDemo(t, t.TempDir())
	b := openBrowser(t, 1280, 900)
	b.signIn(d)
	t.Run("participation moves without a reload", func(t *testing.T) { participationMoves(t, b, d) })
	t.Run("a crossing is seen as dots, bars or tints", func(t *testing.T) { crossingForms(t, b, d) })
	t.Run("a chart leaves as a picture", func(t *testing.T) { chartLeaves(t, b, d) })
	t.Run("without scripts the tables say it all", func(t *testing.T) { plainTables(t, d) })
}

func participationMoves(t *testing.T, b browser, d demonstration) {
	b.do(open(d.url+"/d/creusot-montceau"), see(".chart svg"))
	ask[bool](b, `(window.same = true)`)
	total := `document.querySelector('[data-total]').dataset.total`
	if before := ask[string](b, total); before != "730" {
		t.Fatalf("%s answers at first", before)
	}
	b.do(chromedp.Sleep(2 * time.Second)) // the stream is open, and says nothing
	began := time.Now()
	d.answers(t)
	b.becomes(total + ` === '731'`)
	t.Logf("shown after %v", time.Since(began).Round(time.Millisecond))
	b.becomes(`document.querySelector('[data-announce]').textContent === '731 réponses'`)
	if !ask[bool](b, `window.same`) {
		t.Error("the page was loaded again")
	}
	if n := ask[int](b, `performance.getEntriesByType('resource').filter(e => e.name.endsWith('/d/creusot-montceau')).length`); n != 1 {
		t.Errorf("the page asked for itself %d times, want once", n)
	}
}

func crossingForms(t *testing.T, b browser, d demonstration) {
	b.do(open(d.url+"/d/creusot-montceau/regards-croises"), see(".chart svg"))
	paths := `document.querySelectorAll('.chart svg path').length`
	dots := ask[int](b, paths)
	b.do(click(`[data-form="clustered"]`))
	b.becomes(paths + fmt.Sprintf(` !== %d`, dots))
	b.do(click(`[data-form="heat"]`))
	b.becomes(`document.querySelector('.figure').matches('.heat') && document.querySelector('.figure .chart').hidden`)
	if lightest, darkest := ask[string](b, tintOf(0)), ask[string](b, tintOf(6)); lightest == darkest {
		t.Errorf("the tints are all %s", lightest)
	}
	b.do(click(`[data-form="dumbbell"]`))
	b.becomes(`!document.querySelector('.figure .chart').hidden && ` + paths + fmt.Sprintf(` >= %d`, dots))
	if pressed := ask[string](b, `[...document.querySelectorAll('[data-form][aria-pressed="true"]')].map(b => b.dataset.form).join()`); pressed != "dumbbell" {
		t.Errorf("pressed: %s", pressed)
	}
}

func tintOf(step int) string {
	return fmt.Sprintf(`getComputedStyle(document.querySelector('.heat td[data-step="%d"]')).backgroundColor`, step)
}

func chartLeaves(t *testing.T, b browser, d demonstration) {
	b.do(open(d.url+"/d/creusot-montceau/publics-fragiles"), see(".tools button"))
	ask[bool](b, `(() => { const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.saved = blob; return make.call(URL, blob) }; return true })()`)
	b.do(click(".tools button:last-of-type"))
	b.becomes(`window.saved?.type === 'image/svg+xml'`)
	picture := b.awaits(`window.saved.text()`)
	for _, said := range []string{"Moral bas, selon le public", "Source :", "Données de démonstration", "à ne pas diffuser", "Chiffres arrêtés le", "autant", "Maladie chronique"} {
		if !strings.Contains(picture, said) {
			t.Errorf("the picture does not say %q", said)
		}
	}
	decoder := xml.NewDecoder(strings.NewReader(picture))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the picture is no SVG: %v", err)
		}
	}
	b.do(click(".tools button:first-of-type"))
	b.becomes(`window.saved?.type === 'image/png'`)
	if size := b.awaits(`createImageBitmap(window.saved).then(i => i.width > 1500 && i.height > 800 ? 'large' : i.width + ' × ' + i.height)`); size != "large" {
		t.Errorf("the PNG is %s", size)
	}
}

// awaits is what a promise of the page comes to.
func (b browser) awaits(expression string) string {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func plainTables(t *testing.T, d demonstration) {
	b := openBrowser(t, 360, 740)
	b.signIn(d)
	b.withoutScripts()
	for _, path := range []string{"", "/regards-croises", "/publics-fragiles", "/themes/T01", "/synthese"} {
		b.do(open(d.url+"/d/creusot-montceau"+path), see(".places [aria-current]"))
		if ask[bool](b, `[...document.querySelectorAll('.chart, [data-forms]')].some(e => e.offsetHeight > 0)`) {
			t.Errorf("%s shows what only a script can draw", path)
		}
		if wide := ask[int](b, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
			t.Errorf("%s is %d pixels wider than a phone", path, wide)
		}
	}
}
