package verbatims

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a mark stands for.
type Kind string

// The kinds of mark.
const (
	Name    Kind = "nom"
	Phone   Kind = "téléphone"
	Mail    Kind = "adresse électronique"
	Number  Kind = "nombre"
	Date    Kind = "date"
	Link    Kind = "lien"
	Passage Kind = "…" // taken out by hand, see [Narrower]
)

// Mark is what a reader sees in the place of what was masked: "[nom]".
func (k Kind) Mark() string { return "[" + string(k) + "]" }

// Kinds lists the kinds the program finds by itself.
func Kinds() []Kind { return []Kind{Name, Phone, Mail, Number, Date, Link} }

// marks recognises every mark.
var marks = regexp.MustCompile(`\[(?:nom|téléphone|adresse électronique|nombre|date|lien|…)\]`)

// Mask replaces what may tell who somebody is: phone numbers, addresses, long
// numbers, precise dates, links and likely names, but not the places and
// services that are known. It returns what it found, in the order it was found,
// and never the words themselves.
//
// It errs on the side of masking, and still misses some: a person reads every
// text before it is shown. Masking again changes nothing; the result is valid
// UTF-8, without control characters, and at most twelve times as many characters.
func Mask(text string, known Names) (masked string, found []Kind) {
	masked = clean(text)
	for {
		pass := masking{known: known}
		next := pass.all(masked)
		if next == masked {
			return masked, found
		}
		// Every pass takes away characters that are in no mark, so that there is
		// a last one: then masking again changes nothing.
		masked, found = next, append(found, pass.found...)
	}
}

// clean takes out what no text needs: broken bytes, control and invisible
// formatting characters, which could cut a number in two unseen.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r) || r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff':
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

// masking is one pass over a text.
type masking struct {
	known Names
	found []Kind
}

func (m *masking) all(text string) string {
	// Addresses may hold numbers, and long numbers look like dates.
	text = m.patterns(text, addresses)
	if strings.ContainsFunc(text, unicode.IsDigit) { // most texts have none
		text = m.outside(text, m.digits)
		text = m.patterns(text, shorter)
	}
	return m.names(text)
}

func (m *masking) patterns(text string, all []pattern) string {
	for _, p := range all {
		if !p.mayMatch(text) {
			continue
		}
		text = m.outside(text, func(segment string) string { return m.replace(segment, p) })
	}
	return text
}

// outside applies a change to what stands between the marks.
func (m *masking) outside(text string, change func(string) string) string {
	var b strings.Builder
	at := 0
	for _, mark := range marks.FindAllStringIndex(text, -1) {
		b.WriteString(change(text[at:mark[0]]))
		b.WriteString(text[mark[0]:mark[1]])
		at = mark[1]
	}
	b.WriteString(change(text[at:]))
	return b.String()
}

// A pattern finds one kind of thing; its first group, when it has one, is what
// is masked.
type pattern struct {
	kind Kind
	*regexp.Regexp
	// signs are what a text must have one of to be looked at closely, in small
	// letters; none for any text.
	signs []string
}

func (p pattern) mayMatch(text string) bool {
	if len(p.signs) == 0 {
		return true
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(p.signs, func(sign string) bool { return strings.Contains(text, sign) })
}

const (
	space     = `[ \t\x{a0}\x{202f}]`
	monthName = `(?:janvier|janv\.?|f[ée]vrier|f[ée]vr\.?|mars|avril|mai|juin|juillet|juil\.?|ao[ûu]t|septembre|sept\.?|octobre|oct\.?|novembre|nov\.?|d[ée]cembre|d[ée]c\.?)`
	wayName   = `(?:rue|avenue|av\.?|boulevard|bd\.?|place|pl\.?|chemin|ch\.?|all[ée]e|impasse|route|rte|quai|square|lotissement|r[ée]sidence|hameau)`
)

var addresses = []pattern{
	{Mail, regexp.MustCompile(`[^\s@()\[\]«»<>",;:]*@[^\s@()\[\]«»<>",;:]+`), []string{"@"}},
	{Mail, regexp.MustCompile(`(?i)[\p{L}\p{N}._-]+` + space + `*(?:\(at\)|\(a\)|\barobase\b|\barobas\b)` + space + `*[\p{L}\p{N}_-]+(?:` + space + `*(?:\.|\(dot\)|\(point\)|\bpoint\b)` + space + `*[\p{L}\p{N}_-]+)*`), []string{"(a", "arobas"}},
	{Link, regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s\[\]«»<>"]+`), []string{"http", "www."}},
	{Link, regexp.MustCompile(`(?i)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:fr|com|org|net|eu|info|gouv|io)(?:/[^\s\[\]«»<>"]*)?`), []string{".fr", ".com", ".org", ".net", ".eu", ".info", ".gouv", ".io"}},
}

// shorter are what is left once long numbers are masked.
var shorter = []pattern{
	{Date, regexp.MustCompile(`\p{Nd}{1,2}` + space + `*[/.\-]` + space + `*\p{Nd}{1,2}` + space + `*[/.\-]` + space + `*(?:\p{Nd}{4}|\p{Nd}{2})`), nil},
	{Date, regexp.MustCompile(`\p{Nd}{1,2}` + space + `\p{Nd}{1,2}` + space + `(?:19|20)\p{Nd}{2}`), nil},
	{Date, regexp.MustCompile(`(?:19|20)\p{Nd}{2}[-/.]\p{Nd}{1,2}[-/.]\p{Nd}{1,2}`), nil},
	{Date, regexp.MustCompile(`(?i)\p{Nd}{1,2}(?:er)?` + space + `*` + monthName + `(?:` + space + `*(?:\p{Nd}{4}|\p{Nd}{2}))?`), nil},
	{Date, regexp.MustCompile(`(?i)n[ée]e?s?` + space + `+(?:en|le|vers|au mois de|en ` + monthName + `)` + space + `+((?:` + monthName + space + `+)?(?:19|20)\p{Nd}{2})`), nil},
	{Date, regexp.MustCompile(`(?i)(?:le|du|au)` + space + `+(\p{Nd}{1,2}/\p{Nd}{1,2})`), nil},
	{Number, regexp.MustCompile(`(?i)[12]` + space + `?\p{Nd}{2}` + space + `?\p{Nd}{2}` + space + `?2[AB]` + space + `?\p{Nd}{3}` + space + `?\p{Nd}{3}(?:` + space + `?\p{Nd}{2})?`), nil},
	// The number of a house in its street; the name of the street is masked by
	// names, which sees the mark.
	{Number, regexp.MustCompile(`(?i)(\p{Nd}{1,4}(?:` + space + `?(?:bis|ter|quater))?)` + space + `?,?` + space + `+` + wayName + space + `+(?:(?:de|du|des|d|la|le|les|l)[ '’]+)*(?-i:\p{Lu})`), nil},
}

// replace puts marks on what a pattern finds between the words.
func (m *masking) replace(segment string, p pattern) string {
	var b strings.Builder
	at := 0
	for _, found := range p.FindAllStringSubmatchIndex(segment, -1) {
		from, to := found[0], found[1]
		if !apart(segment, from, len(segment)) {
			continue
		}
		if len(found) > 2 && found[2] >= 0 {
			from, to = found[2], found[3]
		} else if p.kind != Mail && !apart(segment, 0, to) {
			continue
		}
		b.WriteString(segment[at:from])
		b.WriteString(p.kind.Mark())
		at = to
		m.found = append(m.found, p.kind)
	}
	b.WriteString(segment[at:])
	return b.String()
}

// apart reports whether no word or number goes on across either end: Go's \b
// knows only the letters of English.
func apart(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	inside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return (from == 0 || !inside(before)) && (to == len(s) || !inside(after))
}

// numbers are digits that follow each other, whatever stands between them.
var numbers = regexp.MustCompile(`(?:\+[ \t\x{a0}\x{202f}]?)?\(?\p{Nd}(?:[ \t\x{a0}\x{202f}./_·()-]{0,3}\p{Nd})*`)

// fewestPhone is the digits of a phone number without its first 0.
const fewestPhone = 9

// digits masks phone numbers and other long numbers. The short ones, 15 or
// 3114, are those of services.
func (m *masking) digits(segment string) string {
	var b strings.Builder
	at := 0
	for _, found := range numbers.FindAllStringIndex(segment, -1) {
		b.WriteString(segment[at:found[0]])
		b.WriteString(m.number(segment[found[0]:found[1]]))
		at = found[1]
	}
	b.WriteString(segment[at:])
	return b.String()
}

// together is the length of a postal code: counts of people or euros are
// written with a space.
var together = regexp.MustCompile(`\p{Nd}{5,}`)

func (m *masking) number(s string) string {
	count, first := 0, ""
	for _, r := range s {
		if unicode.IsDigit(r) {
			if count++; count <= 2 {
				first += string(r)
			}
		}
	}
	kind := Number
	switch {
	case count < fewestPhone:
		return together.ReplaceAllStringFunc(s, func(string) string {
			m.found = append(m.found, Number)
			return Number.Mark()
		})
	case strings.HasPrefix(s, "+") || strings.HasPrefix(s, "(+") || first == "00", count == 10 && strings.HasPrefix(first, "0"), count == 11 && first == "33":
		kind = Phone
	}
	m.found = append(m.found, kind)
	return kind.Mark()
}
