package pages

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"diapason/surveys"
)

func TestEveryLanguageHasEveryText(t *testing.T) {
	french := catalogues[DefaultLanguage]
	hole := regexp.MustCompile(`\{\d\}`)
	holes := func(text string) []string {
		found := hole.FindAllString(text, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	for _, language := range Languages() {
		t.Run(language, func(t *testing.T) {
			for key, text := range french {
				translated, ok := catalogues[language][key]
				switch {
				case !ok || translated == "":
					t.Errorf("%s is missing", key)
				case !slices.Equal(holes(text), holes(translated)):
					t.Errorf("%s has %v where the French has %v", key, holes(translated), holes(text))
				}
			}
			for key := range maps.Keys(catalogues[language]) {
				if _, ok := french[key]; !ok {
					t.Errorf("%s is not a text of the interface", key)
				}
			}
		})
	}
}

func TestEveryProblemHasAText(t *testing.T) {
	for _, code := range surveys.MessageCodes() {
		if _, ok := catalogues[DefaultLanguage]["problem."+code]; !ok {
			t.Errorf("problem.%s is missing", code)
		}
	}
}

func TestFrenchPunctuationIsNotLeftAlone(t *testing.T) {
	lone := regexp.MustCompile(` [:;?!»]|« `)
	for key, text := range catalogues[DefaultLanguage] {
		if lone.MatchString(text) {
			t.Errorf("%s: %q may break before its punctuation", key, text)
		}
	}
}
