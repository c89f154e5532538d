package xlsform

import (
	"slices"

	"diapason/surveys"
)

// readSettings reads the one row of the settings sheet.
func (r *reader) readSettings() {
	t := r.open(settingsSheet, settingsVocabulary())
	r.settings = t
	if len(t.rows) == 0 {
		return
	}
	for i, h := range t.headings {
		value := tidyRaw(t.rows[0].cell(i))
		if value != "" && h.written != "" {
			r.set(h, value)
		}
	}
	for _, extra := range t.rows[1:] {
		t.skipped[extra.number] = true
		r.warn(surveys.Place{Sheet: t.sheet, Row: extra.number}, "xlsform.setting.rows")
	}
}

func (r *reader) set(h heading, value string) {
	switch h.name {
	case "form_title":
		r.q.Title = value
	case "form_id":
		r.q.FormID = value
	case "default_language":
		r.q.DefaultLanguage = value
	default:
		if r.q.Settings == nil {
			r.q.Settings = map[string]string{}
		}
		r.q.Settings[h.extra] = value
	}
}

// setting returns a setting nobody keeps a field for, under any case.
func (r *reader) setting(name string) string {
	for key, value := range r.q.Settings {
		if normal(key) == name {
			return value
		}
	}
	return ""
}

// says reports whether a setting is yes, or no.
func (r *reader) says(name, word string) bool { return tidyCondition(r.setting(name)) == word }

// addLanguages keeps the languages of a sheet's texts in the order of its
// columns.
func (r *reader) addLanguages(t table) {
	for _, h := range t.headings {
		if h.language != "" && !slices.Contains(r.q.Languages, h.language) {
			r.q.Languages = append(r.q.Languages, h.language)
		}
	}
}

// checkLanguages looks at the default language once every column is known.
func (r *reader) checkLanguages() {
	l := r.q.DefaultLanguage
	if l != "" && len(r.q.Languages) > 0 && !slices.Contains(r.q.Languages, l) {
		at := surveys.Place{Sheet: r.sheets[settingsSheet].Name, Row: 2, Column: "default_language"}
		r.warn(at, "xlsform.setting.language", l)
	}
}

// warnUntranslated tells, once for each language of a sheet, how many labels
// it misses among rows that are labelled in another.
func (r *reader) warnUntranslated(t table, rows []row) {
	for i, h := range t.headings {
		if h.name != "label" {
			continue
		}
		missing, first := 0, 0
		for _, row := range rows {
			if tidyText(row.cell(i)) == "" && t.labelled(row) {
				if missing++; missing == 1 {
					first = row.number
				}
			}
		}
		if missing > 0 {
			at := surveys.Place{Sheet: t.sheet, Row: first, Column: h.written}
			r.warn(at, "xlsform.label.language", h.language, missing)
		}
	}
}

func (t table) labelled(row row) bool {
	for i, h := range t.headings {
		if h.name == "label" && tidyText(row.cell(i)) != "" {
			return true
		}
	}
	return false
}
