package pages

import (
	"html/template"
	"regexp"
	"strings"
)

// The few marks that authors of XLSForms write in labels and hints.
var (
	boldMark   = regexp.MustCompile(`\*\*([^*\n]+)\*\*|__([^_\n]+)__`)
	italicMark = regexp.MustCompile(`\*([^*\s][^*\n]*)\*`)
	linkMark   = regexp.MustCompile(`\[([^\]\n]+)\]\((https://[^\s)"'<>]+|tel:[0-9+ ]+|mailto:[^\s)"'<>]+)\)`)
	spanMark   = regexp.MustCompile(`&lt;/?(span|font)[^&]*(&#3[49];[^&]*)*&gt;`)
	headMark   = regexp.MustCompile(`(?m)^#{1,6}\s+`)
	saidMark   = regexp.MustCompile(`\$\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*\}`)
)

// rich turns an author's text into markup: everything is escaped first, then
// bold, italics, safe links and line breaks come back. What the author takes
// from an earlier answer, ${name}, is left to the script of the page; without
// it, an ellipsis stands there.
func rich(text string) template.HTML {
	s := template.HTMLEscapeString(strings.TrimSpace(text))
	s = spanMark.ReplaceAllString(s, "")
	s = headMark.ReplaceAllString(s, "")
	s = boldMark.ReplaceAllString(s, "<strong>$1$2</strong>")
	s = italicMark.ReplaceAllString(s, "<em>$1</em>")
	s = linkMark.ReplaceAllString(s, `<a href="$2" rel="noreferrer">$1</a>`)
	s = saidMark.ReplaceAllString(s, `<span data-said="$1">…</span>`)
	return template.HTML(strings.ReplaceAll(s, "\n", "<br>"))
}

// unmarked is an author's text on one plain line.
func unmarked(text string) string {
	s := headMark.ReplaceAllString(strings.TrimSpace(text), "")
	s = boldMark.ReplaceAllString(s, "$1$2")
	s = italicMark.ReplaceAllString(s, "$1")
	s = linkMark.ReplaceAllString(s, "$1")
	s = saidMark.ReplaceAllString(s, "…")
	return strings.Join(strings.Fields(s), " ")
}
