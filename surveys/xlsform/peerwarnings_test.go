package xlsform

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

// pyxform, the tool that KoboToolbox and ODK read workbooks with, cannot be run
// here. These are the warnings it gives on the forms of the shared cases, as
// rules of ours: held first to what it said of each form, then to what Write
// makes of it. It is a check of rules, not pyxform.

// peerRules are the kinds of warnings, by words that pyxform says them with.
var peerRules = map[string]*regexp.Regexp{
	"choice without label":     regexp.MustCompile(`Choices should have a label`),
	"image without max-pixels": regexp.MustCompile(`Use the max-pixels parameter`),
	"language without code":    regexp.MustCompile(`do not contain valid machine-readable codes`),
	"names alike":              regexp.MustCompile(`case-insensitive match to another name`),
	"repeat without label":     regexp.MustCompile(`Repeat has no label`),
	"or_other and languages":   regexp.MustCompile(`uses or_other and translations`),
	"column not translated":    regexp.MustCompile(`is missing the (survey|choices) `),
	"sheet called nearly so":   regexp.MustCompile(`sheets with similar names were found`),
	"old metadata":             regexp.MustCompile(`is no longer supported on most devices`),
	"header with a space":      regexp.MustCompile(`Column headers must not be empty and must not contain spaces`),
}

// said are the kinds of warnings in pyxform's words.
func said(t *testing.T, warnings []string) []string {
	t.Helper()
	kinds := map[string]bool{}
	for _, w := range warnings {
		known := false
		for kind, words := range peerRules {
			if words.MatchString(w) {
				kinds[kind], known = true, true
			}
		}
		if !known {
			t.Errorf("pyxform has a warning we have no rule for: %s", w)
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

// wouldSay are the kinds of warnings pyxform would give on a form, each with
// the thing it is about.
func wouldSay(sheets []surveys.Sheet) map[string][]string {
	w := peerCheck{found: map[string][]string{}, language: settingOf(sheets, "default_language")}
	for _, s := range sheets {
		if canonicalSheet(s.Name) == "" && !strings.HasPrefix(s.Name, "_") && closest(strings.ToLower(s.Name), []string{settingsSheet}) != "" && named(sheets, settingsSheet).Name == "" {
			w.say("sheet called nearly so", s.Name)
		}
	}
	w.survey(named(sheets, surveySheet))
	w.choices(named(sheets, choicesSheet))
	if w.orOther && w.translated {
		w.say("or_other and languages", "")
	}
	for _, l := range slices.Sorted(maps.Keys(w.languages)) {
		if l != surveys.NoLanguage && !languageCode.MatchString(l) {
			w.say("language without code", l)
		}
	}
	return w.found
}

// languageCode is a code of two letters, alone or in brackets, or the one of
// three that the forms have.
var languageCode = regexp.MustCompile(`^[a-z]{2}$|\((?:[a-z]{2}|ach)\)$`)

type peerCheck struct {
	found               map[string][]string
	language            string
	languages           map[string]bool
	orOther, translated bool
}

func (w *peerCheck) say(kind, about string) { w.found[kind] = append(w.found[kind], about) }

func settingOf(sheets []surveys.Sheet, name string) string {
	t := newTable(named(sheets, settingsSheet), settingsVocabulary())
	if len(t.rows) == 0 {
		return ""
	}
	value, _ := t.find(t.rows[0], name)
	return value
}

func (w *peerCheck) survey(s surveys.Sheet) {
	t := newTable(s, surveyVocabulary())
	t.adoptLanguage(w.language, surveyVocabulary())
	w.translations(t)
	var names []map[string]string
	names = append(names, map[string]string{})
	for _, row := range t.rows {
		cell, _ := t.find(row, "type")
		name, _ := t.find(row, "name")
		kind := parseType(cell)
		if kind.end {
			names = names[:max(1, len(names)-1)]
			continue
		}
		siblings := names[len(names)-1]
		if other, ok := siblings[strings.ToLower(name)]; ok && other != name && name != "" {
			w.say("names alike", name)
		}
		siblings[strings.ToLower(name)] = name
		if kind.kind.Section() {
			names = append(names, map[string]string{})
		}
		w.row(t, row, kind, name)
	}
}

func (w *peerCheck) row(t table, row row, kind typeCell, name string) {
	parameters, _ := t.find(row, "parameters")
	switch {
	case kind.kind == surveys.Repeat && !t.labelled(row):
		w.say("repeat without label", name)
	case kind.kind == "image" && !strings.Contains(parameters, "max-pixels"):
		w.say("image without max-pixels", name)
	case kind.kind == "subscriberid", kind.kind == "simserial":
		w.say("old metadata", name)
	}
	w.orOther = w.orOther || kind.orOther
}

func (w *peerCheck) choices(s surveys.Sheet) {
	t := newTable(s, choicesVocabulary())
	t.adoptLanguage(w.language, choicesVocabulary())
	w.translations(t)
	for i, h := range t.headings {
		if h.name == "" && (h.written == "" && t.filled(i) || strings.Contains(h.written, " ") && !isMedia(h.extra)) {
			w.say("header with a space", h.written)
		}
	}
	for _, row := range t.rows {
		list, _ := t.find(row, "list_name")
		name, _ := t.find(row, "name")
		if !t.labelled(row) {
			w.say("choice without label", list+" "+name)
		}
	}
}

// translations looks for columns that some language of the sheet has and
// another has not.
func (w *peerCheck) translations(t table) {
	columns, languages := map[string]map[string]bool{}, map[string]bool{}
	for _, h := range t.headings {
		column, language := h.name, h.language
		if base, l, ok := strings.Cut(h.extra, "::"); isMedia(h.extra) {
			column, language = base, surveys.NoLanguage
			if ok {
				language = l
			}
		}
		if language == "" {
			continue
		}
		if columns[column] == nil {
			columns[column] = map[string]bool{}
		}
		columns[column][language], languages[language] = true, true
	}
	for _, column := range slices.Sorted(maps.Keys(columns)) {
		for _, l := range slices.Sorted(maps.Keys(languages)) {
			if !columns[column][l] {
				w.say("column not translated", column+" "+l)
			}
		}
	}
	if w.languages == nil {
		w.languages = map[string]bool{}
	}
	maps.Copy(w.languages, languages)
	w.translated = w.translated || len(languages) > 1
}

func TestOurRulesSayWhatThePeersSaid(t *testing.T) {
	for _, c := range corpus(t, "valid.jsonl") {
		got, want := slices.Sorted(maps.Keys(wouldSay(c.Sheets))), said(t, c.Warnings)
		if !slices.Equal(got, want) {
			t.Errorf("%s (%s): our rules say %q, pyxform said %q", c.ID, c.Topic, got, want)
		}
	}
}

func TestWhatIsWrittenGivesThePeersNothingNewToSay(t *testing.T) {
	forms := 0
	for _, c := range corpus(t, "valid.jsonl") {
		q, _ := ReadRows(c.Sheets)
		before := wouldSay(c.Sheets)
		moved := unplaced(q)
		moved.Sheets = q.Sheets
		for kind, about := range map[string][]surveys.Sheet{"as it was": sheetsOf(q), "once rows have moved": sheetsOf(moved)} {
			for _, w := range news(before, wouldSay(about)) {
				t.Errorf("%s (%s), %s: %s", c.ID, c.Topic, kind, w)
			}
		}
		forms++
	}
	t.Logf("%d forms", forms)
}

func TestTheLibraryGivesThePeersNothingToSay(t *testing.T) {
	files, _ := filepath.Glob("../library/*.xlsx")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := wouldSay(cellsOf(t, data)); len(found) > 0 {
			t.Errorf("%s: %v", file, found)
		}
	}
}

// news are the warnings of the second form that the first had not.
func news(before, after map[string][]string) []string {
	var list []string
	for kind, about := range after {
		for _, a := range about {
			if !slices.Contains(before[kind], a) {
				list = append(list, fmt.Sprintf("%s: %s", kind, a))
			}
		}
	}
	return list
}
