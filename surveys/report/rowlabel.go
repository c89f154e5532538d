package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// labels are the rows of a matrix as heads of lines, without what they share.
func (b block) labels() []string {
	labels := make([]string, len(b.rows))
	for i, q := range b.rows {
		labels[i] = strings.TrimRight(labelOf(q.Label, q.Name, b.form), ": "+fixed+narrow)
	}
	return distinct(labels)
}

// The small words a label may not lose its noun to: a label keeps its article,
// and one that would begin with a preposition is left whole.
var (
	articles     = []string{"le", "la", "les", "un", "une", "des"}
	prepositions = []string{"de", "du", "à", "au", "aux", "en", "dans", "par", "pour", "sur", "avec"}
)

// distinct takes out of the rows of a matrix the words all of them begin with
// and, from a comma on, those all end with: whole questions on a phone
// (« Avoir un dentiste, ici, c’est »), they are heads of lines in a table
// (« Un dentiste »).
func distinct(labels []string) []string {
	if len(labels) < 2 {
		return labels
	}
	start, end := len(sharedStart(labels)), len(sharedEnd(labels))
	short := make([]string, len(labels))
	for i, label := range labels {
		if len(label) <= start+end {
			return labels
		}
		short[i] = capital(label[start : len(label)-end])
	}
	return short
}

// sharedStart is made of whole words and ends with a space.
func sharedStart(labels []string) string {
	shared := labels[0]
	for _, label := range labels {
		for !strings.HasPrefix(label, shared) || !strings.HasSuffix(shared, " ") {
			if shared = upToSpace(shared); shared == "" {
				return ""
			}
		}
	}
	for {
		last := shared[strings.LastIndex(shared[:max(0, len(shared)-1)], " ")+1:]
		word := strings.ToLower(strings.TrimSpace(last))
		switch {
		case slices.Contains(prepositions, word):
			return ""
		case !slices.Contains(articles, word):
			return shared
		}
		shared = strings.TrimSuffix(shared, last)
	}
}

// upToSpace drops the last word of a text and keeps the space before it.
func upToSpace(s string) string {
	return s[:strings.LastIndex(strings.TrimSuffix(s, " "), " ")+1]
}

// sharedEnd starts with a comma.
func sharedEnd(labels []string) string {
	shared := labels[0]
	for _, label := range labels {
		for !strings.HasSuffix(label, shared) || !strings.HasPrefix(shared, ",") {
			at := strings.Index(shared[min(1, len(shared)):], ",")
			if at < 0 {
				return ""
			}
			shared = shared[at+1:]
		}
	}
	return shared
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
