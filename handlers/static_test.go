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

	"diapason/static"
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

// The first visit of a form of 35 questions is measured with the library's in
// the end-to-end tests; here, what every form brings along.
func TestAssetsAreLight(t *testing.T) {
	total := 0
	for _, name := range respondentAssets {
		if a := newAsset(name); a.brotli != nil {
			total += len(a.brotli())
		}
	}
	if limit := 20 << 10; total > limit {
		t.Errorf("style sheets and scripts weigh %d bytes, more than %d", total, limit)
	}
}

func TestLeanOnlyLeavesOutComments(t *testing.T) {
	got := lean([]byte("// why\n  const a = 'http://x' // kept\n\n/* a\n b */\n  b()\n"))
	if want := "const a = 'http://x' // kept\nb()\n"; !bytes.Equal(got, []byte(want)) {
		t.Errorf("%q", got)
	}
}

func TestScriptsAreJoinedWhole(t *testing.T) {
	for _, name := range []string{"form", "delivery", "goodbye"} {
		script := "\n" + string(joined(name))
		if strings.Contains(script, "\nimport ") {
			t.Errorf("%s.js still imports something: write the line as the others are", name)
		}
		if inner := script[:strings.LastIndex(script, "})()\n")]; strings.Contains(inner, "\nexport ") {
			t.Errorf("%s.js exports from inside: write the declaration as the others are", name)
		}
	}
	if n := strings.Count(string(joined("form")), "const $words ="); n != 1 {
		t.Errorf("words.js is there %d times", n)
	}
}
