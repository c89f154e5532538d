package xlsform

import (
	"strings"

	"diapason/surveys"
)

// Where reading a sheet stops: people leave notes and formats far below and
// far right of what they mean.
const (
	blankRowsEnd    = 60
	blankColumnsEnd = 20
)

// A table is a sheet with its headers understood and its blank rows left out.
type table struct {
	sheet     string
	headings  []heading
	rows      []row
	separator string       // of columns and languages in the header
	skipped   map[int]bool // rows that were not read, by number
}

// A heading is a header as written and what it means: a known column and a
// language, or a column to be kept as extra.
type heading struct {
	written  string
	name     string // canonical; "" for a column nobody here knows
	language string // "" when none is named
	extra    string // key under which an extra column is kept
}

type row struct {
	number int // in the sheet; 1 is the header
	cells  []string
}

// A vocabulary is the columns one sheet may have: canonical names by every
// spelling, and which of them have translations.
type vocabulary struct {
	aliases      map[string]string
	translatable map[string]bool
	foreign      map[string]bool // kept as extra; true with translations
}

func surveyVocabulary() vocabulary {
	v := vocabulary{
		aliases:      map[string]string{"type": "type", "command": "type"},
		translatable: map[string]bool{},
		foreign:      foreignColumns,
	}
	for _, c := range surveyColumns {
		v.aliases[c.name] = c.name
		for _, a := range c.aliases {
			v.aliases[a] = c.name
		}
		v.translatable[c.name] = c.text != nil
	}
	return v
}

func settingsVocabulary() vocabulary { return vocabulary{aliases: settingAliases} }

func choicesVocabulary() vocabulary {
	return vocabulary{
		aliases: map[string]string{
			"list_name": "list_name", "name": "name", "value": "name", "label": "label", "caption": "label",
		},
		translatable: map[string]bool{"label": true},
		foreign:      map[string]bool{"image": true, "big-image": true, "audio": true, "video": true},
	}
}

// newTable understands the header of a sheet and keeps the rows that say
// something.
func newTable(s surveys.Sheet, v vocabulary) table {
	t := table{sheet: s.Name, skipped: map[int]bool{}}
	if len(s.Rows) == 0 {
		return t
	}
	header := untilBlank(s.Rows[0])
	t.separator = separatorOf(header)
	for _, written := range header {
		t.headings = append(t.headings, v.heading(tidyText(written), t.separator))
	}
	blank := 0
	for i, cells := range s.Rows[1:] {
		if isBlank(cells) {
			if blank++; blank >= blankRowsEnd {
				break
			}
			continue
		}
		blank = 0
		t.rows = append(t.rows, row{number: i + 2, cells: cells})
	}
	return t
}

func untilBlank(header []string) []string {
	last := 0
	for i, h := range header {
		if strings.TrimSpace(h) != "" {
			last = i + 1
		} else if i-last >= blankColumnsEnd {
			break
		}
	}
	return header[:last]
}

func isBlank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// separatorOf returns what parts a column from its language: old forms write
// "label:fr", and only when none of their headers has "::".
func separatorOf(header []string) string {
	for _, h := range header {
		if strings.Contains(h, "::") {
			return "::"
		}
	}
	return ":"
}

func normal(header string) string {
	return strings.ReplaceAll(strings.ToLower(tidyWord(header)), " ", "_")
}

func (v vocabulary) heading(written, separator string) heading {
	if name, ok := v.aliases[normal(written)]; ok {
		return heading{written: written, name: name}
	}
	parts := strings.Split(written, separator)
	if len(parts) > 1 && normal(parts[0]) == "media" {
		parts = parts[1:]
	}
	name, language := normal(parts[0]), ""
	if len(parts) > 1 {
		language = strings.TrimSpace(strings.Join(parts[1:], separator))
	}
	if known, ok := v.aliases[name]; ok && language != "" && v.translatable[known] {
		return heading{written: written, name: known, language: language}
	}
	if translated, ok := v.foreign[name]; ok && (language == "" || translated) {
		return heading{written: written, extra: strings.TrimSuffix(name+"::"+language, "::")}
	}
	return heading{written: written, extra: written}
}

// cell returns the text under the i-th heading.
func (r row) cell(i int) string {
	if i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// find returns the cell under a known column without language, cleaned, and
// the header as its author wrote it.
func (t table) find(r row, name string) (cell, written string) {
	for i, h := range t.headings {
		if h.name == name && h.language == "" {
			return tidyWord(r.cell(i)), h.written
		}
	}
	return "", name
}

func (t table) has(name string) bool {
	for _, h := range t.headings {
		if h.name == name {
			return true
		}
	}
	return false
}

// adoptLanguage gives texts without a language the form's default one, unless
// a column says it already: then they are two different texts.
func (t table) adoptLanguage(language string, v vocabulary) {
	named := map[string]bool{}
	for _, h := range t.headings {
		if h.language == language {
			named[h.name] = true
		}
	}
	for i := range t.headings {
		h := &t.headings[i]
		if v.translatable[h.name] && h.language == "" {
			h.language = surveys.NoLanguage
			if language != "" && !named[h.name] {
				h.language = language
			}
		}
	}
}
