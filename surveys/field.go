package surveys

import (
	"maps"
	"slices"
	"strings"
)

// Field returns what a column of the item says: its text in a language, its
// expression, "yes" or "" of a mark, the words of an appearance. A column
// nobody here reads is one of Extra.
func (i *Item) Field(name, language string) string {
	if text := i.text(name); text != nil {
		return (*text)[language]
	}
	if s := i.plain(name); s != nil {
		return *s
	}
	if b := i.mark(name); b != nil {
		return yes(*b)
	}
	switch name {
	case "type":
		return string(i.Kind)
	case "appearance":
		return strings.Join(i.Appearance, " ")
	case "parameters":
		return joinParameters(i.Parameters)
	}
	return i.Extra[name]
}

func (i *Item) setField(name, language, now string) {
	if text := i.text(name); text != nil {
		*text = text.with(language, now)
		return
	}
	if s := i.plain(name); s != nil {
		*s = now
		return
	}
	if b := i.mark(name); b != nil {
		*b = now != ""
		return
	}
	switch name {
	case "type":
		i.Kind = Kind(now)
	case "appearance":
		i.Appearance = strings.Fields(now)
	case "parameters":
		i.Parameters = splitParameters(now)
	default:
		i.Extra = withEntry(i.Extra, name, now)
	}
}

// text is a column that people read, in each language.
func (i *Item) text(name string) *Text {
	switch name {
	case "label":
		return &i.Label
	case "hint":
		return &i.Hint
	case "guidance_hint":
		return &i.GuidanceHint
	case "required_message":
		return &i.RequiredMessage
	case "constraint_message":
		return &i.ConstraintMessage
	}
	return nil
}

func (i *Item) plain(name string) *string {
	switch name {
	case "name":
		return &i.Name
	case "list":
		return &i.List
	case "required":
		return &i.Required
	case "read_only":
		return &i.ReadOnly
	case "relevant":
		return &i.Relevant
	case "constraint":
		return &i.Constraint
	case "calculation":
		return &i.Calculation
	case "default":
		return &i.Default
	case "choice_filter":
		return &i.ChoiceFilter
	case "repeat_count":
		return &i.RepeatCount
	case "theme":
		return &i.Theme
	case "profile":
		return &i.Profile
	}
	return nil
}

func (i *Item) mark(name string) *bool {
	switch name {
	case "or_other":
		return &i.OrOther
	case "short":
		return &i.Short
	case "sensitive":
		return &i.Sensitive
	}
	return nil
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func (t Text) with(language, now string) Text {
	return Text(withEntry(t, language, now))
}

// withEntry is a copy of a map with one entry changed; an empty one goes.
func withEntry[M ~map[string]string](m M, key, now string) M {
	next := maps.Clone(m)
	if now == "" {
		delete(next, key)
		if len(next) == 0 {
			return nil
		}
		return next
	}
	if next == nil {
		next = M{}
	}
	next[key] = now
	return next
}

func joinParameters(p map[string]string) string {
	var words []string
	for _, k := range slices.Sorted(maps.Keys(p)) {
		words = append(words, k+"="+p[k])
	}
	return strings.Join(words, " ")
}

func splitParameters(text string) map[string]string {
	var p map[string]string
	for _, word := range strings.Fields(text) {
		k, v, _ := strings.Cut(word, "=")
		p = withEntry(p, strings.ToLower(k), v)
	}
	return p
}

var (
	textColumns       = []string{"label", "hint", "guidance_hint", "required_message", "constraint_message"}
	expressionColumns = []string{"required", "read_only", "relevant", "constraint", "calculation", "default", "choice_filter", "repeat_count"}
)

// TextColumns are the columns of an item that people read, in each language.
func TextColumns() []string { return slices.Clone(textColumns) }

// each changes every text in place.
func (t Text) each(change func(string) string) {
	for language, s := range t {
		t[language] = change(s)
	}
}
