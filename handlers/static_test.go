package handlers

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"diapason/handlers/pages"
	"diapason/static"
	"diapason/surveys"
	"diapason/surveys/library"
)

func TestAssets(t *testing.T) {
	site := newRespondentSite(t)
	ask := func(address, encoding string) answer {
		request := httptest.NewRequest(http.MethodGet, address, nil)
		request.Header.Set("Accept-Encoding", encoding)
		return site.do(request)
	}
	plain := ask(static.URL("form.js"), "identity").is(t, 200)
	t.Run("kept for ever under the address of their content", func(t *testing.T) {
		if got := plain.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Error(got)
		}
		if got := ask("/static/old/form.js", "identity").is(t, 200).Header.Get("Cache-Control"); got != "no-cache" {
			t.Errorf("an address from before an update is cached: %s", got)
		}
	})
	t.Run("not sent again to who has them", func(t *testing.T) {
		request := httptest.NewRequest(http.MethodGet, static.URL("form.js"), nil)
		request.Header.Set("If-None-Match", plain.Header.Get("ETag"))
		site.do(request).is(t, 304)
	})
	t.Run("the same in every encoding", func(t *testing.T) {
		unzip := func(text string) io.Reader {
			r, err := gzip.NewReader(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		for encoding, open := range map[string]func(string) io.Reader{
			"gzip": unzip, "br": func(text string) io.Reader { return brotli.NewReader(strings.NewReader(text)) },
		} {
			a := ask(static.URL("form.js"), encoding)
			body, err := io.ReadAll(open(a.text))
			if err != nil || string(body) != plain.text || a.Header.Get("Content-Encoding") != encoding {
				t.Errorf("%s: %v", encoding, err)
			}
		}
	})
	t.Run("none by that name", func(t *testing.T) {
		ask("/static/x/embed.go", "identity").is(t, 404)
		ask("/static/x/../server.go", "identity").is(t, 404)
	})
	t.Run("every asset the worker asks for exists", func(t *testing.T) {
		worker := site.get("/r/sw.js").is(t, 200)
		worker.has(t, static.URL("form.js"), "flushOutbox", "default-src 'none'")
		if strings.Contains(worker.text, "\nexport ") {
			t.Error("the worker is not a module")
		}
		for _, name := range respondentAssets {
			if _, _, ok := static.Read(name); !ok {
				t.Errorf("no %s", name)
			}
		}
	})
}

// The residents' questionnaire of the library, with the communes of a territory:
// what comes before anybody has agreed to anything is the page, its style sheets
// and one script. What comes later waits until somebody begins.
func TestTheFirstVisitIsLight(t *testing.T) {
	site := newRespondentSite(t)
	questionnaire, err := library.Questionnaire(surveys.Habitants)
	if err != nil {
		t.Fatal(err)
	}
	diagnostic, err := library.DemoDiagnostic("pays", respondentNow)
	if err != nil {
		t.Fatal(err)
	}
	if err := site.store.AddDiagnostic(t.Context(), diagnostic); err != nil {
		t.Fatal(err)
	}
	site.publishIn("pays", "habitants", *questionnaire)
	request := httptest.NewRequest(http.MethodGet, "/r/habitants", nil)
	request.Header.Set("Accept-Encoding", "br")
	weigh := func(page int, script string, limit int) {
		t.Helper()
		total := page
		for _, name := range []string{"tokens.css", "base.css", "form.css", script} {
			total += len(newAsset(name).brotli())
		}
		t.Logf("with %s: %d bytes, of which the page %d", script, total, page)
		if total > limit {
			t.Errorf("the first visit with %s weighs %d bytes, more than %d", script, total, limit)
		}
	}
	page := site.do(request).is(t, 200)
	weigh(len(page.text), "form.js", 30_000)
	weigh(len(page.text), "form-whole.js", 32_500)
	if later := len(newLater("fr").brotli()); later > 4200 {
		t.Errorf("what comes once somebody begins weighs %d bytes", later)
	}
}

func TestLeanOnlyLeavesOutComments(t *testing.T) {
	got := lean([]byte("// why\n  const a = 'http://x' // kept\n\n/* a\n b */\n  b()\n"))
	if want := "const a = 'http://x' // kept\nb()\n"; !bytes.Equal(got, []byte(want)) {
		t.Errorf("%q", got)
	}
}

func TestTightStyleSheetsMeanTheSame(t *testing.T) {
	got := tight([]byte("@media (min-width: 40rem) {\n.a > .b:not(.c), .d { margin: 0 1px; color: red; }\n}\n"))
	if want := "@media (min-width:40rem){.a > .b:not(.c),.d{margin:0 1px;color:red;}}"; string(got) != want {
		t.Errorf("%q", got)
	}
}

func TestScriptsAreJoinedWhole(t *testing.T) {
	for _, name := range []string{"form", "form-whole", "later", "aloud", "preview", "goodbye"} {
		script := "\n" + string(joined(name))
		if strings.Contains(script, "\nimport ") {
			t.Errorf("%s.js still imports something: write the line as the others are", name)
		}
		if inner := script[:strings.LastIndex(script, "})()\n")]; strings.Contains(inner, "\nexport ") {
			t.Errorf("%s.js exports from inside: write the declaration as the others are", name)
		}
	}
	if script := string(laterScript("ar")); !strings.Contains(script, "export const later") || !strings.Contains(script, pages.Translate("ar", "js.sent_title")) {
		t.Error("what comes later does not say in Arabic that the answers are sent")
	}
	if n := strings.Count(string(joined("form")), "const $words ="); n != 1 {
		t.Errorf("words.js is there %d times", n)
	}
}
