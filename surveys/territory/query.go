package territory

import "strings"

// query is what somebody typed, folded and sorted into words and numbers.
type query struct {
	all    []string // every word, in order
	whole  string   // all, as one
	words  []string // those that start with a letter
	phrase string   // words, as one
	codes  []string // those that start with a digit, upper case: 712, 2A004
}

func parseQuery(typed string) query {
	q := query{whole: Fold(typed)}
	q.all = strings.Fields(q.whole)
	for _, word := range q.all {
		if word[0] >= '0' && word[0] <= '9' {
			q.codes = append(q.codes, strings.ToUpper(word))
		} else {
			q.words = append(q.words, word)
		}
	}
	q.phrase = strings.Join(q.words, " ")
	return q
}

func (q query) empty() bool { return len(q.all) == 0 }

// communeRank says how well c answers q. Every code must fit; the name decides
// the rank, or, with codes alone, whether they are postal (as people use) or
// INSEE codes.
func (q query) communeRank(c *commune) int {
	rank := exact
	for _, code := range q.codes {
		rank = max(rank, codeRank(c, code))
	}
	if rank == unlike || q.empty() {
		return unlike
	}
	if len(q.words) == 0 {
		return rank
	}
	return q.nameRank(c.key)
}

// codeRank is exact for the beginning of a postal code, begins for an INSEE
// code or the département that opens it.
func codeRank(c *commune, code string) int {
	if strings.HasPrefix(c.postal, code) || strings.Contains(c.postal, " "+code) {
		return exact
	}
	if c.code == code || opensCodes(code) && strings.HasPrefix(c.code, code) {
		return begins
	}
	return unlike
}

// opensCodes tells whether code may be a département, which opens the INSEE
// codes of its communes: 71, 2A, and three digits overseas.
func opensCodes(code string) bool {
	return len(code) == 2 || len(code) == 3 && code >= "97"
}

// nameRank is the best rank among the names of a commune, one a line of key.
// A former name counts one less than the name of today.
func (q query) nameRank(key string) int {
	// Nearly every commune of the country is turned away by this line.
	if !strings.Contains(key, q.words[0]) {
		return unlike
	}
	today, former, _ := strings.Cut(key, "\n")
	rank := phraseRank(today, q.phrase, q.words)
	for former != "" {
		var name string
		name, former, _ = strings.Cut(former, "\n")
		if r := phraseRank(name, q.phrase, q.words); r != unlike {
			rank = min(rank, r+1)
		}
	}
	return rank
}

// joinedRank forgives spaces forgotten or added: "montceaulesmines". It is a
// second try, when nothing else was found.
func (q query) joinedRank(c *commune) int {
	for _, code := range q.codes {
		if codeRank(c, code) == unlike {
			return unlike
		}
	}
	name, _, _ := strings.Cut(c.key, "\n")
	return phraseRank(strings.ReplaceAll(name, " ", ""), strings.ReplaceAll(q.phrase, " ", ""), nil)
}

// names tells whether q is the whole name or code of c.
func (q query) names(c *commune) bool {
	if len(q.words) == 0 && len(q.codes[0]) < len(c.code) {
		return false
	}
	return q.communeRank(c) == exact || len(q.words) == 0 && q.communeRank(c) == begins
}

// groupRank says how well g answers q by its name, kind and SIREN.
func (q query) groupRank(g *group) int {
	if rank := phraseRank(g.key, q.whole, q.all); rank != unlike {
		return rank
	}
	for _, word := range q.all {
		if !beginsWord(g.key, word) && !beginsWord(g.kindKey, word) && !strings.HasPrefix(g.code, word) {
			return unlike
		}
	}
	return described
}

// phraseRank compares a folded name with a folded phrase made of words.
func phraseRank(name, phrase string, words []string) int {
	bare := withoutOpening(name)
	switch {
	case name == phrase || bare == phrase:
		return exact
	case strings.HasPrefix(name, phrase+" ") || strings.HasPrefix(bare, phrase+" "):
		return begins
	case strings.HasPrefix(name, phrase) || strings.HasPrefix(bare, phrase):
		return startsIn
	case strings.Contains(name, " "+phrase):
		return within
	}
	for _, word := range words {
		if !beginsWord(name, word) {
			return unlike
		}
	}
	if len(words) == 0 {
		return unlike
	}
	return scattered
}

// openings are what people leave out at the start of a folded name: the kind
// of a group, then the article. Each is tried once, in this order.
var openings = [...]string{"cc ", "ca ", "cu ", "metropole ", "eurometropole ", "du ", "des ", "de ", "d ", "le ", "la ", "les ", "l "}

func withoutOpening(name string) string {
	for _, opening := range openings {
		name = strings.TrimPrefix(name, opening)
	}
	return name
}

// beginsWord tells whether a word of the folded name begins with these letters.
func beginsWord(name, letters string) bool {
	return strings.HasPrefix(name, letters) || strings.Contains(name, " "+letters)
}
