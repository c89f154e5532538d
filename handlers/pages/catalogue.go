package pages

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// DefaultLanguage is the one every text exists in.
const DefaultLanguage = "fr"

//go:embed messages/*.json
var messageFiles embed.FS

// catalogues are the interface texts by language and key. A language is one
// file, complete or refused by the tests.
var catalogues = readCatalogues()

func readCatalogues() map[string]map[string]string {
	all := map[string]map[string]string{}
	names, _ := fs.Glob(messageFiles, "messages/*.json")
	for _, name := range names {
		data, err := messageFiles.ReadFile(name)
		texts := map[string]string{}
		if err == nil {
			err = json.Unmarshal(data, &texts)
		}
		if err != nil {
			panic(fmt.Sprintf("%s: %v", name, err)) // a fault of the build
		}
		all[strings.TrimSuffix(path.Base(name), ".json")] = texts
	}
	return all
}

// Languages are the codes of the languages the interface speaks, in order.
func Languages() []string {
	var codes []string
	for code := range catalogues {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// Translate is the text of a key in a language, in French where the language
// or the key is missing; {0}, {1}… become the arguments.
func Translate(language, key string, args ...any) string {
	text, ok := catalogues[spokenAs(language)][key]
	if !ok {
		if text, ok = catalogues[DefaultLanguage][key]; !ok {
			return key
		}
	}
	for i, arg := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), fmt.Sprint(arg))
	}
	return text
}

// Spoken reports whether there is a catalogue for the language.
func Spoken(language string) bool { _, ok := catalogues[spokenAs(language)]; return ok }

// spokenAs is the language of the catalogue for a code: "pt-BR" reads "pt".
func spokenAs(language string) string {
	if _, ok := catalogues[language]; ok {
		return language
	}
	base, _, _ := strings.Cut(language, "-")
	return base
}

// textsFor are the texts whose key begins with one of the prefixes: what a
// script needs to speak the language of its page.
func textsFor(language string, prefixes ...string) map[string]string {
	texts := map[string]string{}
	for key := range catalogues[DefaultLanguage] {
		for _, prefix := range prefixes {
			if strings.HasPrefix(key, prefix) {
				texts[key] = Translate(language, key)
			}
		}
	}
	return texts
}

// Direction is "rtl" for the languages written from right to left, wherever
// they are spoken: "ar-MA" as "ar".
func Direction(language string) string {
	language, _, _ = strings.Cut(language, "-")
	switch language {
	case "ar", "fa", "he", "ps", "ur":
		return "rtl"
	}
	return "ltr"
}
