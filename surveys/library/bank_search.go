package library

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"diapason/surveys"
)

// Search returns the questions that have all the words, each at the beginning
// of one of theirs, whatever the capitals, the accents, the plural and the
// feminine. It looks at what is asked, the choices, the name and the theme. No
// word finds all.
func Search(all []BankQuestion, words string) []BankQuestion {
	wanted := strings.Fields(fold(words))
	if len(wanted) == 0 {
		return slices.Clone(all)
	}
	var found []BankQuestion
	for _, b := range all {
		text := " " + b.searched()
		if !slices.ContainsFunc(wanted, func(word string) bool { return !strings.Contains(text, " "+stem(word)) }) {
			found = append(found, b)
		}
	}
	return found
}

// searched is all that may be found of a question.
func (b BankQuestion) searched() string {
	var text strings.Builder
	say := func(s string) {
		text.WriteString(fold(s))
		text.WriteByte(' ')
	}
	say(b.Name)
	if theme, ok := Frame().Theme(b.Theme); ok {
		say(theme.Code + " " + theme.Name + " " + theme.Short)
	}
	b.each(func(i *surveys.Item) {
		for _, s := range slices.Concat(values(i.Label), values(i.Hint)) {
			say(s)
		}
	})
	for _, l := range b.Lists {
		for _, c := range l.Choices {
			for _, s := range c.Label {
				say(s)
			}
		}
	}
	return text.String()
}

// stem leaves out the marks of the plural and of the feminine, which half of
// those who search write.
func stem(word string) string {
	if short := strings.TrimRight(word, "sxe"); len(short) > 2 {
		return short
	}
	return word
}

var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae")

// fold is a text as it is searched: words in small letters without accents.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(ligatures.Replace(strings.ToLower(s))) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
