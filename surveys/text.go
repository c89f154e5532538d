package surveys

// Text is one sentence in each language it was written in, by language label
// as the workbook spells it: "Français (fr)", "العربية (ar)", or
// [NoLanguage] for a column without a language.
type Text map[string]string

// NoLanguage is the label of texts written without naming a language.
const NoLanguage = "default"

// In returns the text in the first of the languages that has one, and ""
// when none has.
func (t Text) In(languages ...string) string {
	for _, l := range languages {
		if s := t[l]; s != "" {
			return s
		}
	}
	return ""
}

// Empty reports whether no language says anything.
func (t Text) Empty() bool {
	for _, s := range t {
		if s != "" {
			return false
		}
	}
	return true
}
