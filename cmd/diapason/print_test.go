package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestTheReportPrintsAsPagesWithNumbers lets Chromium make a PDF of the
// demonstration's report, without a script. With LOOK set to a folder it leaves
// it there, to be looked at.
func TestTheReportPrintsAsPagesWithNumbers(t *testing.T) {
	d := startDemo(t, t.TempDir())
	b := openBrowser(t, 1280, 900)
	b.signIn(d)
	b.withoutScripts()
	b.do(open(d.url+"/d/creusot-montceau/rapport?vue=restitution"), see(".report h1"))
	if n := ask[int](b, `document.querySelectorAll('.report svg[role="img"] > title').length`); n < 50 {
		t.Errorf("%d charts have a title", n)
	}
	yes := true
	printed, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes, PrintBackground: &yes})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if look := os.Getenv("LOOK"); look != "" {
		dir = look
	}
	pdf := filepath.Join(dir, "rapport.pdf")
	if err := os.WriteFile(pdf, printed.Data, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext on the PATH: install Debian's package poppler-utils to read the pages")
	}
	text, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	if len(pages) < 20 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, text := range pages {
		flat := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
		if want := fmt.Sprintf("Page %d / %d", i+1, len(pages)); i > 0 && !strings.Contains(flat, want) {
			t.Errorf("page %d does not say %q", i+1, want)
		}
		if !strings.Contains(flat, "Données de démonstration") {
			t.Errorf("page %d does not say that the answers are invented", i+1)
		}
		if len(strings.Fields(text)) < 15 {
			t.Errorf("page %d is almost empty: %q", i+1, text)
		}
	}
}
