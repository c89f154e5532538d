package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser is a window of the system's Chromium.
type browser struct {
	t   *testing.T
	ctx context.Context
}

type step = chromedp.Action[chromedp.Void]

// openBrowser opens a window of a size, or skips the test where there is no
// Chromium. A message on its console fails the test: a blocked style or script
// is a fault of the page.
func openBrowser(t *testing.T, width, height int64) browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on the PATH: install Debian's package chromium to run the browser tests")
	}
	allocator, free := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "fr-FR"), chromedp.WSURLReadTimeout(2*time.Minute))...)
	ctx, closeWindow := chromedp.NewContext(allocator)
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(func() { stop(); closeWindow(); free() })
	b := browser{t, ctx}
	// The first run starts the browser, which lives as long as its context.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatal(err)
	}
	go func() {
		for message, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			if message.IsException() || message.Source == "security" {
				t.Errorf("console: %s", message)
			}
		}
	}()
	return b
}

// patience is how long a step may take on a slow machine.
const patience = 60 * time.Second

// do runs steps and ends the test when one fails, with a picture of the page
// where SCREENSHOTS_OF_FAILURES names a folder.
func (b browser) do(steps ...step) {
	b.t.Helper()
	for i, s := range steps {
		ctx, stop := context.WithTimeout(b.ctx, patience)
		err := chromedp.Do(ctx, s)
		stop()
		if err == nil {
			continue
		}
		if folder := os.Getenv("SCREENSHOTS_OF_FAILURES"); folder != "" {
			b.picture(filepath.Join(folder, filepath.Base(b.t.Name())+".png"), true)
		}
		b.t.Fatalf("step %d: %v", i+1, err)
	}
}

// withoutScripts keeps every script from the pages to come, as a filter or a
// broken line does. What drives the page from outside goes on working, which it
// would not with JavaScript turned off altogether.
func (b browser) withoutScripts() {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{
		URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*.js", Block: true}},
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](b browser, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// text is what the first element shows.
func (b browser) text(css string) string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS(css)))
	if err != nil {
		b.t.Fatalf("%s: %v", css, err)
	}
	return s
}

// picture writes what the window shows, or the whole page, as PNG.
func (b browser) picture(path string, whole bool) {
	b.t.Helper()
	shot := chromedp.CaptureScreenshot()
	if whole {
		shot = chromedp.FullScreenshot(100)
	}
	data, err := chromedp.Run(b.ctx, shot)
	if err != nil {
		b.t.Errorf("picture %s: %v", path, err)
		return
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		b.t.Error(err)
	}
}

func open(url string) step        { return chromedp.Navigate(url) }
func click(css string) step       { return chromedp.Click(chromedp.CSS(css)) }
func see(css string) step         { return chromedp.WaitVisible(chromedp.CSS(css)) }
func write(css, text string) step { return chromedp.SendKeys(chromedp.CSS(css), text) }
func key(keys string) step        { return chromedp.KeyEvent(keys) }
