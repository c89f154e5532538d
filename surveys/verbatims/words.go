package verbatims

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"diapason/surveys"
)

// A word is letters that follow each other in a text; what is joined by a
// hyphen or an apostrophe is several.
type word struct {
	start, end int // bytes
	text       string
	folded     string
	capital    bool // begins with one
	shouted    bool // capitals only, at least two
	begins     bool // a sentence, or what looks like one
	masked     bool // of a mark
	known      bool // a place or a service
}

// wordsOf lists the words of a text.
func wordsOf(text string) []word {
	spans := marks.FindAllStringIndex(text, -1)
	var words []word
	start := -1
	add := func(end int) {
		if start < 0 {
			return
		}
		w := word{start: start, end: end, text: text[start:end]}
		w.folded = foldWord(w.text)
		first, size := utf8.DecodeRuneInString(w.text)
		w.capital = unicode.IsUpper(first)
		w.shouted = w.capital && len(w.text) > size && strings.ToUpper(w.text) == w.text
		for len(spans) > 0 && spans[0][1] <= start {
			spans = spans[1:]
		}
		w.masked = len(spans) > 0 && spans[0][0] < end
		from := 0
		if len(words) > 0 {
			from = words[len(words)-1].end
		}
		w.begins = beginsSentence(text[from:start], len(words) == 0)
		words = append(words, w)
		start = -1
	}
	for i, r := range text {
		if unicode.IsLetter(r) || start >= 0 && unicode.Is(unicode.M, r) {
			if start < 0 {
				start = i
			}
			continue
		}
		add(i)
	}
	add(len(text))
	return words
}

// beginsSentence reads what stands before a word, back to the word before.
func beginsSentence(between string, first bool) bool {
	return first || strings.ContainsAny(between, ".!?…:;\n•(«\"“")
}

// foldWord is a word in small letters without accents.
func foldWord(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return surveys.Fold(s)
		}
	}
	return strings.ToLower(s)
}

// joined reports whether two words follow each other as those of a name do.
func joined(between string) bool {
	switch between {
	case " ", "\u00a0", "\u202f", "-", "‐", "‑", "'", "’", "  ", " - ":
		return true
	}
	return false
}
