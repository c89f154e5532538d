package authoring

import (
	"slices"
	"strings"

	"diapason/surveys"
)

// A Hint is one thing that could be asked better, said kindly: what it is and
// what to do instead.
type Hint struct {
	Question string // name of the item it is about, "" for a list or the whole
	List     string // name of the list it is about, if any
	Language string // label of the language it is about, if only one
	Code     string // stable name of the rule: "wording.double", "choices.overlap"…
	Message  string // one or two sentences, in French
}

// A Sibling is the questionnaire of another audience of the same diagnostic:
// what the two ask by the same name will be crossed.
type Sibling struct {
	Title         string
	Audience      surveys.Audience
	Questionnaire *surveys.Questionnaire // nil when nothing is written yet
}

// Hints lists what could be asked better: what is about the whole first, then
// the questions in reading order, then the lists.
func Hints(q *surveys.Questionnaire, siblings []Sibling) []Hint {
	p := read(q, siblings)
	var all []Hint
	for _, r := range rules {
		for _, h := range r.find(p) {
			if h.Code == "" {
				h.Code = r.code
			}
			all = append(all, h)
		}
	}
	slices.SortStableFunc(all, func(a, b Hint) int { return p.place(a) - p.place(b) })
	return all
}

// A rule looks for one kind of weakness. Its hints have its code unless they
// bring their own.
type rule struct {
	code string
	find func(*proof) []Hint
}

// rules are all of them, in the order in which those about one question are
// told: what may hurt people first, then what spoils the figures, then words.
var rules = []rule{
	{"privacy", personal},
	{"privacy.sensitive", unmarked},
	{"privacy.exact", identifying},
	{"condition.never", neverMet},
	{"condition.order", askedTooEarly},
	{"crossing.kind", crossedKinds},
	{"crossing.choices", crossedChoices},
	{"required.text", requiredText},
	{"required.no-way-out", noWayOut},
	{"required.many", manyRequired},
	{"choices.many", manyChoices},
	{"choices.overlap", overlaps},
	{"choices.gap", gaps},
	{"choices.twice", sameLabels},
	{"choices.alone", notAlone},
	{"choices.no-opinion", noOpinion},
	{"scale.unbalanced", unbalanced},
	{"scale.unlabelled", unlabelled},
	{"matrix.long", longMatrix},
	{"wording.double", doubleBarrelled},
	{"wording.leading", leading},
	{"wording.absolute", absolute},
	{"wording.negation", negation},
	{"wording.passive", passive},
	{"wording.rare", rareWords},
	{"wording.acronym", acronyms},
	{"wording.long", longText},
	{"wording.hard", hardToRead},
	{"theme.missing", withoutTheme},
	{"language.missing", untranslated},
	{"list.unused", unusedLists},
	{"length", tooLong},
}

// A proof is a questionnaire laid out for the rules to be read against.
type proof struct {
	q        *surveys.Questionnaire
	siblings []Sibling
	main     string
	french   []string // the labels of its languages that are French
	lines    []line   // every item, in reading order
	order    map[string]int
}

// line is an item with the sections that hold it, outermost first.
type line struct {
	*surveys.Item
	sections []*surveys.Item
	choices  []surveys.Choice
}

func read(q *surveys.Questionnaire, siblings []Sibling) *proof {
	p := &proof{q: q, siblings: siblings, main: MainLanguage(q), order: map[string]int{}}
	q.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		p.order[item.Name] = len(p.lines) + 1
		p.lines = append(p.lines, line{item, sections, choices(q, item)})
	})
	for _, l := range languages(q) {
		if isFrench(q, l) {
			p.french = append(p.french, l)
		}
	}
	return p
}

// place sorts hints: the whole, the questions, the lists.
func (p *proof) place(h Hint) int {
	switch {
	case h.Question != "":
		return p.order[h.Question]
	case h.List != "":
		return len(p.lines) + 1
	}
	return 0
}

// isFrench reports whether a language of a questionnaire is French: it says so,
// or it does not say and reads so.
func isFrench(q *surveys.Questionnaire, language string) bool {
	if language != surveys.NoLanguage {
		return strings.HasPrefix(surveys.LanguageCode(language), "fr") || strings.HasPrefix(fold(language), "franc")
	}
	french, other := 0, 0
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		for _, w := range words(fold(item.Label[language])) {
			switch w {
			case "le", "les", "des", "du", "une", "vous", "votre", "est", "quel", "quelle", "dans", "pour", "avez":
				french++
			case "the", "of", "you", "your", "is", "what", "how", "el", "los", "su", "usted", "der", "die", "und", "are":
				other++
			}
		}
	})
	return french > other
}

// asked gives a hint about each question for which say has a message.
func (p *proof) asked(say func(line) string) []Hint {
	var found []Hint
	for _, l := range p.lines {
		if !l.Kind.Asked() {
			continue
		}
		if message := say(l); message != "" {
			found = append(found, Hint{Question: l.Name, Message: message})
		}
	}
	return found
}

// labels gives a hint about each French label of a question for which say has
// a message.
func (p *proof) labels(say func(l line, label string) string) []Hint {
	var found []Hint
	for _, language := range p.french {
		for _, h := range p.asked(func(l line) string {
			if label := clean(l.Label[language]); label != "" {
				return say(l, label)
			}
			return ""
		}) {
			h.Language = language
			found = append(found, h)
		}
	}
	return found
}
