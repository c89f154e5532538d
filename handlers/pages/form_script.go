package pages

import (
	"maps"
	"regexp"
	"slices"
	"sync"

	"diapason/static"
	"diapason/surveys"
)

// coreFunctions are those that the script of every form knows, see
// static/expr.js; a form that calls another has the script with them all.
var coreFunctions = []string{
	"coalesce", "count-selected", "false", "if", "int", "not", "now", "number", "regex",
	"selected", "string", "string-length", "today", "true",
}

// script is the smallest script that knows the functions of a form and draws
// its rows.
func script(logic surveys.Logic) string {
	rarer := func(name string) bool { return !slices.Contains(coreFunctions, name) }
	if slices.ContainsFunc(logic.Functions, rarer) || slices.ContainsFunc(logic.Items, repeats) {
		return "form-whole.js"
	}
	return "form.js"
}

func repeats(item surveys.LogicItem) bool { return item.Kind == surveys.Repeat }

// scriptTexts are what the script of the form says: its own words, and the
// problems it can find before the server does. What only some forms need goes
// with those.
func (v formView) scriptTexts() map[string]string {
	begin := []string{
		"js.", "problem.answer.required", "problem.answer.invalid", "problem.number.i",
		"problem.choice.twice", "problem.choice.max", "problem.choice.exact", "problem.envelope.consent",
	}
	withRows := slices.ContainsFunc(v.Logic.Items, repeats)
	if withRows {
		begin = append(begin, "form.row")
	}
	texts := textsFor(v.Lang, begin...)
	for _, key := range laterKeys() {
		delete(texts, key)
	}
	if v.Preview {
		texts["form.preview"], texts["js.again"] = v.T("form.preview"), v.T("js.again")
	}
	if !withRows {
		delete(texts, "js.add_row")
		delete(texts, "js.aside")
	}
	return texts
}

// laterModules are the scripts that come once somebody has begun, and say
// things that nobody reads before.
var laterModules = []string{"delivery.js", "review.js"}

// LaterScript is the name of their script, with its texts in a language.
func LaterScript(language string) string { return "later-" + textLanguage(language) + ".js" }

// textLanguage is the language in which the interface answers to another.
func textLanguage(language string) string {
	if Spoken(language) {
		return spokenAs(language)
	}
	return DefaultLanguage
}

// LaterTexts are the texts of the interface, by key, that only the script of
// what comes later says.
func LaterTexts(language string) map[string]string {
	texts := map[string]string{}
	for _, key := range laterKeys() {
		texts[key] = Translate(language, key)
	}
	return texts
}

var scriptKey = regexp.MustCompile(`'(js\.\w+)'`)

// laterKeys are read from the scripts themselves, so that a text follows the
// module that says it.
var laterKeys = sync.OnceValue(func() []string {
	early, late := map[string]bool{}, map[string]bool{}
	for _, name := range static.Names() {
		if name == "preview.js" {
			continue // its page brings its texts along
		}
		source, _, _ := static.Read(name)
		said := early
		if slices.Contains(laterModules, name) {
			said = late
		}
		for _, m := range scriptKey.FindAllSubmatch(source, -1) {
			said[string(m[1])] = true
		}
	}
	maps.DeleteFunc(late, func(key string, _ bool) bool { return early[key] })
	return slices.Sorted(maps.Keys(late))
})
