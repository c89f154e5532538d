package xlsform

import (
	"slices"
	"strings"

	"diapason/surveys"
)

// What XLSForm has and a questionnaire on the web has not is kept, and said in
// words of what it means for the people who answer: once for each kind of
// thing, at the first place it is found.

// unaskedKinds are questions only an application can ask.
var unaskedKinds = []surveys.Kind{
	"geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "barcode",
}

// unkeptKinds are what an application records on its own, and we do not: a
// response tells the day, never the hour, the device or the person.
var unkeptKinds = []surveys.Kind{
	"start", "end", "today", "deviceid", "username", "email", "phonenumber", "subscriberid", "simserial",
	"audit", "start-geopoint", "background-geopoint", "background-audio",
}

// warnKinds tells the types that are not served, the first item of each and
// how many there are.
func (r *reader) warnKinds() {
	first, count := map[surveys.Kind]*surveys.Item{}, map[surveys.Kind]int{}
	var order []surveys.Kind
	r.q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if count[item.Kind]++; count[item.Kind] == 1 {
			first[item.Kind] = item
			order = append(order, item.Kind)
		}
	})
	for _, kind := range order {
		code := ""
		switch {
		case slices.Contains(unaskedKinds, kind):
			code = "xlsform.type.foreign"
		case slices.Contains(unkeptKinds, kind):
			code = "xlsform.type.unkept"
		default:
			continue
		}
		args := []any{first[kind].Name, kind}
		if n := count[kind] - 1; n > 0 {
			code, args = severalOf[code], append(args, n)
		}
		r.warn(r.place(first[kind], "type"), code, args...)
	}
}

// severalOf is the sentence for several items of a kind.
var severalOf = map[string]string{
	"xlsform.type.foreign": "xlsform.type.foreign.more",
	"xlsform.type.unkept":  "xlsform.type.unkept.more",
}

// columnSentences are what columns that are kept and not served mean.
var columnSentences = map[string]string{
	"image": "xlsform.column.media", "big-image": "xlsform.column.media", "media": "xlsform.column.media",
	"audio": "xlsform.column.media", "video": "xlsform.column.media", "autoplay": "xlsform.column.foreign",
	"rows": "xlsform.column.foreign", "save_to": "xlsform.column.foreign", "intent": "xlsform.column.foreign",
	"bind": "xlsform.column.foreign", "body": "xlsform.column.foreign", "instance": "xlsform.column.foreign",
}

// servedSettings are the settings that are obeyed, or that change nothing for
// anybody who answers.
var servedSettings = []string{"version", "name", "allow_choice_duplicates", "clean_text_values"}

// settingSentences are what the others mean, where it matters to know.
var settingSentences = map[string]string{
	"submission_url": "xlsform.setting.address",
	"public_key":     "xlsform.setting.key",
}

// warnSettings tells the settings that have no effect here.
func (r *reader) warnSettings() {
	for _, h := range r.settings.headings {
		key := normal(h.extra)
		if h.name != "" || r.q.Settings[h.extra] == "" || slices.Contains(servedSettings, key) {
			continue
		}
		at := surveys.Place{Sheet: r.settings.sheet, Row: 1, Column: h.written}
		switch guess := closest(key, append(servedSettings, "form_title", "form_id", "default_language")); {
		case guess != "":
			r.warn(at, "xlsform.column.near", h.written, guess)
		case settingSentences[key] != "":
			r.warn(at, settingSentences[key])
		default:
			r.warn(at, "xlsform.setting.idle", h.written)
		}
	}
}

// servedAppearances change what people see; the others are kept.
var servedAppearances = []string{"field-list", "table-list", "minimal", "autocomplete", "numbers", "multiline", "short"}

// gridAppearances lay questions in a grid, which no phone has room for.
var gridAppearances = []string{"label", "list-nolabel", "no-label", "nolabel"}

// warnAppearances tells each appearance that changes nothing, once.
func (r *reader) warnAppearances(item *surveys.Item) {
	for _, a := range item.Appearance {
		base, _, call := strings.Cut(a, "(")
		code := "xlsform.appearance.unknown"
		switch {
		case slices.Contains(servedAppearances, a):
			continue
		case slices.Contains(gridAppearances, a):
			code = "xlsform.appearance.grid"
		case slices.Contains(appearances, a), sizedAppearance.MatchString(a):
			code = "xlsform.appearance.plain"
		}
		if call || strings.HasPrefix(a, "ex:") {
			a, code = base, "xlsform.appearance.application"
		}
		if !r.once("appearance " + a) {
			continue
		}
		if guess := closest(a, appearances); code == "xlsform.appearance.unknown" && guess != "" {
			r.warn(r.place(item, "appearance"), "xlsform.appearance.guess", a, guess)
			continue
		}
		r.warn(r.place(item, "appearance"), code, a)
	}
}
