package authoring

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"diapason/surveys"
)

// MainLanguage is the label of the language a questionnaire is written in
// first.
func MainLanguage(q *surveys.Questionnaire) string {
	switch {
	case len(q.Languages) == 0:
		return surveys.NoLanguage
	case slices.Contains(q.Languages, q.DefaultLanguage):
		return q.DefaultLanguage
	}
	return q.Languages[0]
}

// languages are the labels of all the languages of a questionnaire; one that
// does not name its own has just [surveys.NoLanguage].
func languages(q *surveys.Questionnaire) []string {
	if len(q.Languages) == 0 {
		return []string{surveys.NoLanguage}
	}
	return q.Languages
}

// titleLength is how much of a label is quoted inside a sentence, in runes.
const titleLength = 80

// title is how a sentence names an item: its label, or its name when it says
// nothing.
func title(q *surveys.Questionnaire, item *surveys.Item, language string) string {
	label := clean(item.Label.In(language, MainLanguage(q), surveys.NoLanguage))
	if label == "" {
		return quote(item.Name)
	}
	return quote(shorten(label, titleLength))
}

// choiceTitle is how a sentence names a choice.
func choiceTitle(q *surveys.Questionnaire, choice *surveys.Choice, language string) string {
	label := clean(choice.Label.In(language, MainLanguage(q), surveys.NoLanguage))
	if label == "" {
		return quote(choice.Name)
	}
	return quote(shorten(label, titleLength))
}

// quote puts French quotation marks around a text.
func quote(s string) string { return "« " + s + " »" }

// tags are the few HTML and Markdown signs that labels may hold.
var tags = regexp.MustCompile(`</?[a-zA-Z][^>]*>|\*\*|__|^#+ `)

// clean is a label as it is said: no mark-up, on one line, without the colon
// that announces the choices.
func clean(s string) string {
	s = strings.Join(strings.FieldsFunc(tags.ReplaceAllString(s, ""), breaks), " ")
	return strings.TrimRightFunc(s, func(r rune) bool { return r == ':' || unicode.IsSpace(r) })
}

// breaks reports whether a line may be broken there: no-break spaces stay.
func breaks(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// shorten cuts a text after a whole word, at most at that many runes.
func shorten(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	cut := string([]rune(s)[:runes])
	if space := strings.LastIndexFunc(cut, breaks); space > 0 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " \u00a0,;:") + "…"
}

// enumerate joins phrases as French does, the last one after "et" or "ou".
func enumerate(phrases []string, last string) string {
	if len(phrases) < 2 {
		return strings.Join(phrases, "")
	}
	end := len(phrases) - 1
	return strings.Join(phrases[:end], ", ") + " " + last + " " + phrases[end]
}

// firstOf enumerates the first two of many phrases, and counts the others.
func firstOf(phrases []string, one, many string) string {
	const named = 2
	switch others := len(phrases) - named; {
	case others == 1:
		phrases = append(phrases[:named:named], one)
	case others > 1:
		phrases = append(phrases[:named:named], strconv.Itoa(others)+" "+many)
	}
	return enumerate(phrases, "et")
}

// accents are the letters of Latin languages, each beside the one it becomes.
var accents = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ă", "a", "ą", "a",
	"ç", "c", "ć", "c", "č", "c", "ď", "d", "è", "e", "é", "e", "ê", "e", "ë", "e", "ę", "e", "ě", "e",
	"ğ", "g", "ì", "i", "í", "i", "î", "i", "ï", "i", "ı", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n",
	"ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "ő", "o", "ř", "r",
	"ś", "s", "š", "s", "ș", "s", "ş", "s", "ť", "t", "ț", "t", "ţ", "t",
	"ù", "u", "ú", "u", "û", "u", "ü", "u", "ů", "u", "ű", "u", "ý", "y", "ÿ", "y",
	"ź", "z", "ż", "z", "ž", "z", "œ", "oe", "æ", "ae", "ß", "ss",
)

// fold is a text in small letters without accents, the typographic apostrophe
// made plain: what the rules about words look at.
func fold(s string) string {
	s = accents.Replace(strings.ToLower(s))
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case unicode.Is(unicode.Mn, r): // an accent typed apart
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// words are the words of a text: runs of letters and digits; an apostrophe and
// a hyphen separate them.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
}
