package verbatims

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"diapason/surveys"
)

// An Example is a text that somebody coded.
type Example struct {
	ID    string // of its review
	Text  string // masked
	Codes []string
}

// A Suggestion is a code a text may deserve, and the words of the text that
// speak for it, the strongest first.
type Suggestion struct {
	Code  string
	Words []string
	score float64
}

// What it takes to suggest a code.
const (
	// fewestTexts have the code: with fewer, what they share is chance.
	fewestTexts = 3
	// fewestTimes a word was seen under the code.
	fewestTimes = 2
	// telling words are this many times as frequent with the code as without.
	telling = 2.0
	// mostSuggestions and mostWords are what a reader takes in at a glance.
	mostSuggestions = 3
	mostWords       = 4
)

// Learned is what earlier codings say of words: in how many texts each was
// seen, with each code and in all. It is counted on the spot from the texts of
// one diagnostic; nothing leaves, and nothing is learned from elsewhere.
type Learned struct {
	texts    int
	words    map[string]int
	codes    map[string]int
	under    map[string]map[string]int // code → word → texts
	examples map[string]Example
}

// Learn counts the words of coded texts.
func Learn(examples []Example) *Learned {
	l := &Learned{words: map[string]int{}, codes: map[string]int{}, under: map[string]map[string]int{}, examples: map[string]Example{}}
	for _, e := range examples {
		l.count(e, 1)
		l.examples[e.ID] = e
	}
	return l
}

func (l *Learned) count(e Example, by int) {
	words := keysOf(e.Text)
	l.texts += by
	for _, w := range words {
		l.words[w] += by
	}
	for _, code := range e.Codes {
		l.codes[code] += by
		if l.under[code] == nil {
			l.under[code] = map[string]int{}
		}
		for _, w := range words {
			l.under[code][w] += by
		}
	}
}

// Suggest proposes codes for a text, the likeliest first, at most three. What
// the text itself was given, when ID is one of the examples, does not count: a
// second reader is not told what the first one found.
//
// A code is proposed when some word speaks for it: seen at least twice under
// the code, and at least twice as often as in other texts; codes are ranked by
// the naive Bayes score of these words, the sum of the logarithms of those
// ratios, with one text added to each count (M. E. Maron, "Automatic Indexing",
// Journal of the ACM 8, 1961).
func (l *Learned) Suggest(id, text string) []Suggestion {
	if own, ok := l.examples[id]; ok {
		l.count(own, -1)
		defer l.count(own, 1)
	}
	spoken := spokenOf(text)
	var all []Suggestion
	for code, n := range l.codes {
		if n < fewestTexts || n == l.texts {
			continue
		}
		if s := l.suggestion(code, spoken); len(s.Words) > 0 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.Code, b.Code))
	})
	return all[:min(len(all), mostSuggestions)]
}

// spoken is a word of a text, as it is counted and as it was written.
type spoken struct{ key, written string }

func (l *Learned) suggestion(code string, words []spoken) Suggestion {
	type voice struct {
		word   string
		weight float64
	}
	s := Suggestion{Code: code}
	var voices []voice
	n := l.codes[code]
	for _, w := range words {
		with := l.under[code][w.key]
		if with < fewestTimes {
			continue
		}
		ratio := (float64(with+1) / float64(n+2)) / (float64(l.words[w.key]-with+1) / float64(l.texts-n+2))
		if ratio >= telling {
			voices = append(voices, voice{w.written, math.Log(ratio)})
			s.score += math.Log(ratio)
		}
	}
	slices.SortStableFunc(voices, func(a, b voice) int { return cmp.Compare(b.weight, a.weight) })
	for _, v := range voices[:min(len(voices), mostWords)] {
		s.Words = append(s.Words, v.word)
	}
	return s
}

// spokenOf are the words of a text that may tell a subject, once each.
func spokenOf(text string) []spoken {
	var all []spoken
	for _, w := range wordsOf(text) {
		key := stem(w.folded)
		if w.masked || len(key) < 3 || empty[w.folded] || empty[key] || slices.ContainsFunc(all, func(s spoken) bool { return s.key == key }) {
			continue
		}
		all = append(all, spoken{key, strings.ToLower(w.text)})
	}
	return all
}

func keysOf(text string) []string {
	var keys []string
	for _, s := range spokenOf(text) {
		keys = append(keys, s.key)
	}
	return keys
}

// stem leaves the plural out. It is all the grammar there is: what a reader is
// shown must be a word they see in the text.
func stem(folded string) string {
	if len(folded) > 3 {
		return strings.TrimRight(folded, "sx")
	}
	return folded
}

// empty words are in texts about anything.
var empty = setOf(`le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs il elle on nous vous ils elles je tu me te se moi toi lui y en
qui que quoi dont ou quand comment pourquoi et mais donc or ni car si comme est sont ont ai avoir etre fait faire faut faudrait peut pouvoir doit avait etait sera serait pas ne plus moins tres trop peu
beaucoup bien mal tout tous toute toutes rien pour par avec sans sous sur dans entre vers chez contre depuis apres avant pendant meme aussi encore deja toujours jamais ici oui non cela ceci ca chose
autre autres gens personne personnes quelque quelques chaque aucun aucune`)

// ExamplesOf are the codings that count among some reviews, with the texts as
// the book has them.
func ExamplesOf(reviews []surveys.Review, text func(surveys.Review) string) []Example {
	var examples []Example
	for _, r := range reviews {
		codes, coded := r.Retained()
		if t := text(r); coded && t != "" {
			examples = append(examples, Example{ID: r.ID, Text: t, Codes: codes})
		}
	}
	return examples
}
