package authoring

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readingEase says how easy a French text is to read: about 100 for very easy,
// 60 for a newspaper, under 30 for a specialist's article. It is Flesch's
// formula as L. Kandel and A. Moles fitted it to French ("Application de
// l'indice de Flesch à la langue française", Cahiers Études de
// Radio-Télévision 19, 1958):
//
//	207 − 1.015 · words per sentence − 73.6 · syllables per word
//
// It was made for passages of a hundred words: on one question it is an
// indication. A text without a word is as easy as can be, 100.
func readingEase(text string) float64 {
	all := readWords(text)
	if len(all) == 0 {
		return 100
	}
	spoken := 0
	for _, w := range all {
		spoken += syllables(w)
	}
	n := float64(len(all))
	return 207 - 1.015*n/float64(sentences(text)) - 73.6*float64(spoken)/n
}

// readWords are the words as they are read: « l’air » is one.
func readWords(text string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool {
		return r != '’' && r != '\'' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	}), func(w string) bool { return strings.Trim(w, "’'") == "" })
}

var sentenceEnd = regexp.MustCompile(`[.!?…:;\n]+`)

// sentences counts the sentences of a text that has a word; a colon or a
// semicolon gives the reader a rest too.
func sentences(text string) int {
	n := 0
	for _, part := range sentenceEnd.Split(text, -1) {
		if len(readWords(part)) > 0 {
			n++
		}
	}
	return max(n, 1)
}

// syllables counts the syllables of a French word as it is said, the mute e at
// the end not counted: 3 in « médecine ». It goes by spelling, so it is now and
// then wrong by one. An acronym without a vowel is spelled, and a number counts
// its digits.
func syllables(word string) int {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, word)
	if spelled(letters) {
		return utf8.RuneCountInString(letters)
	}
	s := silent.Replace(strings.ToLower(letters))
	s = strings.Replace(s, "pays", "paÏs", 1)
	s = betweenVowels.ReplaceAllString(s, "${1}h${2}")
	n := 0
	for _, group := range vowelGroup.FindAllStringIndex(s, -1) {
		n += inGroup(s[max(0, group[0]-2):group[0]], s[group[0]:group[1]], s[group[1]:])
	}
	if n > 1 && muteEnding.MatchString(s) {
		n--
	}
	return max(n, 1)
}

const vowels = `aeiouyàâäéèêëîïÏôöùûüœæ`

var (
	vowelGroup = regexp.MustCompile(`[` + vowels + `]+`)
	// A y between vowels begins a syllable, like a consonant: « moyen ».
	betweenVowels = regexp.MustCompile(`([aeouéè])y([` + vowels + `])`)
	// The u of qu and gu is not heard before another vowel.
	silent = strings.NewReplacer("qu", "q", "gue", "ge", "gué", "gé", "guè", "gè", "guê", "gê", "gui", "gi")
	// The last e is mute, alone or before the marks of the plural, and so is
	// that of the verbs in -ent whose spelling tells them from nouns.
	muteEnding = regexp.MustCompile(`[^` + vowels + `]es?$|(èr|iss|ass|is|nn|[oiâ]iv|iv|euv|ett|and|end|ch|rt|rl)ent$`)
	// Two vowels that are said apart, inside one group.
	hiatus = regexp.MustCompile(`[éè][aâoôu]|é[eèiê].|[aou]é|[aou][ïÏ]|o[aâ]|ao[^uû]|ao$|uë|oë`)
	// After two consonants, or at these beginnings, i does not glide: « client ».
	clustered = regexp.MustCompile(`[bcdfgptv][rl]$`)
	glide     = regexp.MustCompile(`^i[aeoéè]`)
)

// inGroup counts the syllables of a group of vowels, given the two letters
// before it and what follows.
func inGroup(before, group, after string) int {
	n := 1
	switch {
	case strings.HasPrefix(group, "eau"), strings.HasPrefix(group, "eu"), strings.HasPrefix(group, "aou"), strings.HasPrefix(group, "aoû"):
	case strings.HasPrefix(group, "ée") && after == "", group == "ée" && after == "s":
	case hiatus.MatchString(group), group == "ée":
		n++
	}
	if before == "c" && strings.HasPrefix(group, "oo") { // co-opérer
		n++
	}
	if clustered.MatchString(before) && glide.MatchString(group) && (len(group) > 2 || after != "") {
		n++
	}
	return n
}

// spelled reports whether a word is said letter by letter, or digit by digit.
func spelled(word string) bool {
	for _, r := range word {
		if !unicode.IsDigit(r) && !unicode.IsUpper(r) || strings.ContainsRune(vowels, unicode.ToLower(r)) {
			return false
		}
	}
	return word != ""
}
