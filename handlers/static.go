package handlers

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/static"
	"diapason/surveys"
)

// An asset is a static file, compressed once, the first time it is asked for.
type asset struct {
	mediaType    string
	plain        []byte
	gzip, brotli func() []byte // nil when the file does not shrink
}

// slowToPress is the size, in bytes, from which the last percents of
// compression cost a visitor more than they save.
const slowToPress = 200 << 10

// staticRoutes serves the assets. Their address holds a digest of the content,
// so a browser keeps them for ever; an address from before an update gets the
// file of today, and asks again next time.
func (s *Server) staticRoutes() {
	assets := map[string]*asset{}
	for _, name := range static.Names() {
		assets[name] = newAsset(name)
	}
	for _, language := range pages.Languages() {
		assets[pages.LaterScript(language)] = newLater(language)
	}
	s.app.Get(static.Prefix+":version/*", func(c fiber.Ctx) error {
		a, ok := assets[c.Params("*")]
		if !ok {
			return surveys.ErrNotFound
		}
		caching := "no-cache"
		if c.Params("version") == static.Version() {
			caching = "public, max-age=31536000, immutable"
		}
		return sendAsset(c, a, caching)
	})
	s.app.Get("/favicon.ico", func(c fiber.Ctx) error {
		return sendAsset(c, assets["icon-180.png"], "public, max-age=86400")
	})
	s.app.Get("/r/sw.js", func(c fiber.Ctx) error {
		return sendAsset(c, assets["worker.js"], "no-cache")
	})
}

func newAsset(name string) *asset {
	body, mediaType, _ := static.Read(name)
	if ours := !strings.HasPrefix(name, "vendor/"); ours && strings.HasPrefix(mediaType, "text/") {
		body = lean(body)
		if strings.HasPrefix(mediaType, "text/css") {
			body = tight(body)
		}
	}
	switch name {
	case "worker.js":
		body = workerScript(body)
	case "team.js", "slides.js", "form.js", "form-whole.js", "aloud.js", "preview.js", "goodbye.js":
		body = joined(strings.TrimSuffix(name, ".js"))
	}
	a := &asset{mediaType: mediaType, plain: body}
	if strings.HasPrefix(mediaType, "text/") || strings.Contains(mediaType, "svg") {
		a.press()
	}
	return a
}

func (a *asset) press() {
	a.gzip = sync.OnceValue(func() []byte { return gzipped(a.plain) })
	a.brotli = sync.OnceValue(func() []byte { return brotlied(a.plain) })
}

// newLater is the script of what comes once somebody has begun.
func newLater(language string) *asset {
	a := &asset{mediaType: "text/javascript; charset=utf-8", plain: laterScript(language)}
	a.press()
	return a
}

// lean leaves out the comments that have lines of their own, and the
// indentation: they are for whoever reads the source, and a sixth of what a
// phone would download.
func lean(body []byte) []byte {
	var kept []string
	comment := false
	for _, line := range strings.Split(string(body), "\n") {
		line = strings.TrimSpace(line)
		comment = comment || strings.HasPrefix(line, "/*")
		if !comment && line != "" && !strings.HasPrefix(line, "//") {
			kept = append(kept, line)
		}
		if strings.HasSuffix(line, "*/") {
			comment = false
		}
	}
	return []byte(strings.Join(kept, "\n") + "\n")
}

// looseCSS are the spaces that a style sheet can do without. None of ours has a
// quoted text with such a mark in it.
var looseCSS = regexp.MustCompile(`\s*([{};,])\s*|(:) `)

func tight(css []byte) []byte { return looseCSS.ReplaceAll(css, []byte("$1$2")) }

// sendAsset answers with the smallest form the browser reads.
func sendAsset(c fiber.Ctx, a *asset, caching string) error {
	c.Set(fiber.HeaderCacheControl, caching)
	c.Set(fiber.HeaderContentType, a.mediaType)
	tag := `"` + static.Version() + `"`
	c.Set(fiber.HeaderETag, tag)
	if c.Get(fiber.HeaderIfNoneMatch) == tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	if a.brotli == nil || c.Get(fiber.HeaderAcceptEncoding) == "" {
		return c.Send(a.plain)
	}
	switch c.AcceptsEncodings("br", "gzip", "identity") {
	case "br":
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(a.brotli())
	case "gzip":
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(a.gzip())
	}
	return c.Send(a.plain)
}

// Writing to memory does not fail.
func gzipped(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

func brotlied(body []byte) []byte {
	var b bytes.Buffer
	level := brotli.BestCompression
	if len(body) > slowToPress {
		level = 9
	}
	w := brotli.NewWriterLevel(&b, level)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

// respondentAssets are what nearly every questionnaire needs without network;
// the worker also keeps the scripts that a page says it needs.
var respondentAssets = []string{
	"tokens.css", "base.css", "form.css", "icon.svg",
	"form.js", "aloud.js",
}

// workerScript puts before the service worker what it cannot know: the assets
// of this version and the policy of the pages, and the outbox it shares with
// them. A worker that is not a module runs in every browser.
func workerScript(worker []byte) []byte {
	var urls []string
	for _, name := range respondentAssets {
		urls = append(urls, static.URL(name))
	}
	constants, _ := json.Marshal(urls) // texts always marshal
	outbox, _, _ := static.Read("outbox.js")
	var b bytes.Buffer
	fmt.Fprintf(&b, "const VERSION = %q\nconst ASSETS = %s\nconst POLICY = %q\n", static.Version(), constants, contentPolicy)
	b.WriteString(strings.ReplaceAll(string(lean(outbox)), "\nexport ", "\n"))
	b.Write(worker)
	return b.Bytes()
}
