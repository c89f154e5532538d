package expr

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokText
	tokName
	tokRef
	tokLastSaved
	tokSign // punctuation and operators, text tells which
)

type token struct {
	kind tokenKind
	at   int // byte offset
	text string
	num  float64
}

func (t token) is(sign string) bool { return t.kind == tokSign && t.text == sign }

// next moves to the following token. After an error everything is tokEnd, so
// that every loop of the parser ends.
func (p *parser) next() {
	if p.err != nil {
		p.tok = token{at: len(p.src)}
		return
	}
	for p.pos < len(p.src) && isSpace(p.src[p.pos]) {
		p.pos++
	}
	p.tok = token{at: p.pos}
	if p.pos < len(p.src) {
		p.scan(p.src[p.pos])
	}
}

func (p *parser) scan(c byte) {
	switch {
	case c == '$':
		p.scanRef()
	case c == '\'' || c == '"':
		p.scanText(c)
	case isDigit(c) || c == '.' && p.pos+1 < len(p.src) && isDigit(p.src[p.pos+1]):
		p.scanNumber()
	case nameLength(p.src[p.pos:]) > 0:
		p.scanName()
	default:
		p.scanSign()
	}
}

// take ends the current token at end.
func (p *parser) take(kind tokenKind, end int) {
	p.tok.kind, p.tok.text = kind, p.src[p.pos:end]
	p.pos = end
}

func (p *parser) scanRef() {
	rest := p.src[p.pos:]
	end := strings.IndexByte(rest, '}')
	if !strings.HasPrefix(rest, "${") || end < 0 {
		p.fail(p.pos, "Écrivez une référence sous la forme « ${nom} », avec les deux accolades.")
		return
	}
	name, saved := strings.CutPrefix(strings.Trim(rest[2:end], " "), "last-saved#")
	if name == "" || nameLength(name) != len(name) {
		p.fail(p.pos, "« "+excerpt(rest[:end+1])+" » n’est pas une référence : un nom commence par une lettre et ne contient que des lettres, des chiffres et « _ », « - », « . ».")
		return
	}
	p.tok.kind, p.tok.text = tokRef, name
	if saved {
		p.tok.kind = tokLastSaved
	}
	p.pos += end + 1
}

func (p *parser) scanText(quote byte) {
	end := strings.IndexByte(p.src[p.pos+1:], quote)
	if end < 0 {
		p.fail(p.pos, "Ce texte n’est pas terminé : ajoutez le guillemet fermant « "+string(rune(quote))+" ».")
		return
	}
	p.pos++
	p.take(tokText, p.pos+end)
	p.pos++
}

func (p *parser) scanNumber() {
	end := p.pos
	for end < len(p.src) && isDigit(p.src[end]) {
		end++
	}
	if end < len(p.src) && p.src[end] == '.' {
		for end++; end < len(p.src) && isDigit(p.src[end]); end++ {
		}
	}
	number, err := strconv.ParseFloat(p.src[p.pos:end], 64)
	if err != nil {
		p.fail(p.pos, "Ce nombre est trop grand.")
		return
	}
	p.take(tokNumber, end)
	p.tok.num = number
}

// scanName reads a name, with at most one prefix as in jr:choice-name.
func (p *parser) scanName() {
	end := p.pos + nameLength(p.src[p.pos:])
	if end+1 < len(p.src) && p.src[end] == ':' {
		if local := nameLength(p.src[end+1:]); local > 0 {
			end += 1 + local
		}
	}
	p.take(tokName, end)
}

// wrongSigns are what people bring from other languages, with the right way.
var wrongSigns = []struct{ sign, advice string }{
	{"==", "Écrivez « = » une seule fois pour comparer."},
	{"<>", "Écrivez « != » pour « différent de »."},
	{"&&", "Écrivez « and » au lieu de « && »."},
	{"||", "Écrivez « or » au lieu de « || »."},
	{"=>", "Écrivez « >= » pour « supérieur ou égal »."},
	{"=<", "Écrivez « <= » pour « inférieur ou égal »."},
	{"&", "Écrivez « and » pour « et », concat(…) pour assembler des textes."},
	{"%", "Écrivez « mod » pour le reste d’une division."},
	{"÷", "Écrivez « div » pour diviser."},
	{"×", "Écrivez « * » pour multiplier."},
	{"≤", "Écrivez « <= »."},
	{"≥", "Écrivez « >= »."},
	{"≠", "Écrivez « != »."},
	{"^", "Écrivez pow(nombre, puissance)."},
	{"’", "Écrivez des guillemets droits ' ou \" au lieu des guillemets typographiques."},
	{"‘", "Écrivez des guillemets droits ' ou \" au lieu des guillemets typographiques."},
	{"“", "Écrivez des guillemets droits ' ou \" au lieu des guillemets typographiques."},
	{"”", "Écrivez des guillemets droits ' ou \" au lieu des guillemets typographiques."},
	{"«", "Écrivez des guillemets droits ' ou \" au lieu des guillemets typographiques."},
	{";", "Séparez les arguments par une virgule."},
	{"{", "Une référence commence par « ${ »."},
}

func (p *parser) scanSign() {
	rest := p.src[p.pos:]
	for _, sign := range [...]string{"!=", "<=", ">=", "..", "//", "::"} {
		if strings.HasPrefix(rest, sign) {
			p.take(tokSign, p.pos+2)
			return
		}
	}
	for _, wrong := range wrongSigns {
		if rest[0] == wrong.sign[0] && strings.HasPrefix(rest, wrong.sign) {
			p.fail(p.pos, wrong.advice)
			return
		}
	}
	if strings.IndexByte("()[],/.*+-|=<>@", rest[0]) < 0 {
		p.failSign(rest)
		return
	}
	p.take(tokSign, p.pos+1)
}

func (p *parser) failSign(rest string) {
	if rest[0] == '!' {
		p.fail(p.pos, "Écrivez « != » pour « différent de », not(…) pour « non ».")
		return
	}
	r, _ := utf8.DecodeRuneInString(rest)
	p.fail(p.pos, "Le caractère « "+string(r)+" » n’a pas de sens ici : retirez-le, ou mettez le texte entre guillemets droits.")
}

// nameLength is the length in bytes of the name s begins with, 0 if none.
func nameLength(s string) int {
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_':
		case r >= utf8.RuneSelf && r != utf8.RuneError && unicode.IsLetter(r):
		case i > 0 && (r >= '0' && r <= '9' || r == '-' || r == '.'):
		case i > 0 && r >= utf8.RuneSelf && unicode.In(r, unicode.N, unicode.M):
		default:
			return i
		}
	}
	return len(s)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// excerpt keeps a message readable whatever was typed.
func excerpt(s string) string {
	runes := []rune(s)
	if len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return s
}
