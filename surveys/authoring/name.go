package authoring

import (
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
)

// Longest names made here, in characters. Statistical software cuts variable
// names at 32; codes are columns of their own in the exports of a multiple
// choice.
const (
	nameLength = 32
	codeLength = 20
)

// Words that carry nothing in a name.
var (
	articles = []string{"a", "au", "aux", "c", "ce", "ces", "d", "de", "des", "du", "en", "est", "et", "l", "la", "le", "les",
		"m", "ma", "mes", "mon", "n", "ou", "s", "sa", "se", "ses", "son", "sont", "un", "une", "y"}
	askingWords = []string{"avez", "etes", "quel", "quelle", "quelles", "quels", "votre", "vos", "vous", "que", "qu", "t", "il",
		"elle", "on", "dans", "pour", "sur", "par", "avec", "qui", "ete", "fait", "faites", "ici", "leur", "cette", "cet", "etait"}
)

// FreeName makes the name of a question from what it asks: without accents nor
// small words, at most 32 characters, valid in XLSForm and not used yet in q.
func FreeName(q *surveys.Questionnaire, from string) string {
	used := names{}
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) { used.take(item.Name) })
	name := slug(from, nameLength, append(slices.Clone(askingWords), articles...))
	switch {
	case name == "":
		name = "question"
	case name[0] >= '0' && name[0] <= '9':
		name = shortSlug("q_"+name, nameLength)
	}
	return used.free(name, nameLength)
}

// FreeCode makes the code of a choice from its label: at most 20 characters,
// not used yet among the choices. "Je ne sais pas" and "Je préfère ne pas
// répondre" get the codes by which the rules know them, see
// [surveys.NoOpinion].
func FreeCode(choices []surveys.Choice, label string) string {
	return freeCode(namesOf(choices), label)
}

func freeCode(used names, label string) string {
	code := noOpinionCode(label)
	if code == "" {
		code = slug(label, codeLength, articles)
	}
	if code == "" {
		code = "choix"
	}
	return used.free(code, codeLength)
}

// noOpinionCode is nsp or npr for the usual ways to say it, else "".
func noOpinionCode(label string) string {
	said := strings.Join(words(fold(label)), " ")
	switch {
	case said == "nsp" || strings.HasSuffix(said, "ne sais pas") || strings.HasPrefix(said, "ne sait pas") || said == "sans opinion":
		return "nsp"
	case said == "npr" || strings.HasSuffix(said, "ne pas repondre") || strings.HasSuffix(said, "ne veux pas repondre"):
		return "npr"
	}
	return ""
}

// slug joins the words of a text that say something, or all of them when none
// does.
func slug(s string, length int, without []string) string {
	var all, kept []string
	for _, w := range words(fold(s)) {
		if w = strings.Map(asciiOnly, w); w == "" {
			continue
		}
		all = append(all, w)
		if !slices.Contains(without, w) {
			kept = append(kept, w)
		}
	}
	if kept == nil {
		kept = all
	}
	return shortSlug(strings.Join(kept, "_"), length)
}

func asciiOnly(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// shortSlug cuts after a whole word, unless that would leave next to nothing.
func shortSlug(s string, length int) string {
	if len(s) <= length {
		return s
	}
	cut := s[:length]
	if end := strings.LastIndexByte(cut, '_'); s[length] != '_' && end > length/3 {
		cut = cut[:end]
	}
	return strings.Trim(cut, "_")
}

// names are those that are used, in small letters, each with the last number
// that was added to it to make others.
type names map[string]int

func (n names) take(name string) { n[strings.ToLower(name)] = max(n[strings.ToLower(name)], 1) }

func (n names) has(name string) bool { return n[strings.ToLower(name)] > 0 }

func namesOf(choices []surveys.Choice) names {
	used := names{}
	for _, c := range choices {
		used.take(c.Name)
	}
	return used
}

// free adds the first number that makes a name new.
func (n names) free(name string, length int) string {
	if !n.has(name) {
		return name
	}
	for last := n[name] + 1; ; last++ {
		suffix := "_" + strconv.Itoa(last)
		numbered := shortSlug(name, length-len(suffix)) + suffix
		if !n.has(numbered) {
			n[name] = last
			return numbered
		}
	}
}
