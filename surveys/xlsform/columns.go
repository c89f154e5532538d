package xlsform

import (
	"maps"
	"slices"
	"strings"

	"diapason/surveys"
)

// A column is one known column of the survey sheet: how its header may be
// spelled, how its cells are cleaned, and where they go in an item. It has
// either text, for columns with translations, or get and set.
type column struct {
	name    string
	aliases []string
	width   float64
	tidy    func(string) string
	text    func(*surveys.Item) *surveys.Text
	get     func(*surveys.Item) string
	// set returns the code of a problem, "" when the cell is right.
	set func(*surveys.Item, string) string
}

// surveyColumns are the columns of the survey sheet after type, in the order
// they are written.
var surveyColumns = []column{
	word("name", 22, func(i *surveys.Item) *string { return &i.Name }, "tag", "value"),
	text("label", 60, func(i *surveys.Item) *surveys.Text { return &i.Label }, "caption"),
	text("hint", 40, func(i *surveys.Item) *surveys.Text { return &i.Hint }),
	text("guidance_hint", 30, func(i *surveys.Item) *surveys.Text { return &i.GuidanceHint }),
	condition("required", func(i *surveys.Item) *string { return &i.Required }, "bind::required"),
	text("required_message", 30, func(i *surveys.Item) *surveys.Text { return &i.RequiredMessage },
		"requiredmsg", "bind::jr:requiredmsg"),
	expression("relevant", func(i *surveys.Item) *string { return &i.Relevant }, "relevance", "bind::relevant"),
	expression("constraint", func(i *surveys.Item) *string { return &i.Constraint }, "bind::constraint"),
	text("constraint_message", 30, func(i *surveys.Item) *surveys.Text { return &i.ConstraintMessage },
		"constraining_message", "bind::jr:constraintmsg"),
	expression("calculation", func(i *surveys.Item) *string { return &i.Calculation }, "calculate", "bind::calculate"),
	expression("default", func(i *surveys.Item) *string { return &i.Default }),
	expression("choice_filter", func(i *surveys.Item) *string { return &i.ChoiceFilter }),
	{name: "appearance", width: 22, tidy: tidyWord, get: appearanceCell, set: setAppearance},
	{name: "parameters", width: 24, tidy: tidyExpression, get: parametersCell, set: setParameters},
	condition("read_only", func(i *surveys.Item) *string { return &i.ReadOnly }, "readonly", "bind::readonly"),
	expression("repeat_count", func(i *surveys.Item) *string { return &i.RepeatCount }, "count", "jr:count"),
	word("theme", 8, func(i *surveys.Item) *string { return &i.Theme }),
	word("profile", 16, func(i *surveys.Item) *string { return &i.Profile }),
	flag("short", func(i *surveys.Item) *bool { return &i.Short }),
	flag("sensitive", func(i *surveys.Item) *bool { return &i.Sensitive }),
}

// foreignColumns are XLSForm's own, kept with the unknown ones because nothing
// here acts on them; true when they have translations.
var foreignColumns = map[string]bool{
	"image": true, "big-image": true, "audio": true, "video": true, "media": true,
	"trigger": false, "autoplay": false, "rows": false, "save_to": false, "intent": false,
	"disabled": false,
}

func word(name string, width float64, at func(*surveys.Item) *string, aliases ...string) column {
	return stringColumn(name, width, tidyWord, at, aliases)
}

func expression(name string, at func(*surveys.Item) *string, aliases ...string) column {
	return stringColumn(name, 30, tidyExpression, at, aliases)
}

func condition(name string, at func(*surveys.Item) *string, aliases ...string) column {
	return stringColumn(name, 12, tidyCondition, at, aliases)
}

func stringColumn(name string, width float64, tidy func(string) string, at func(*surveys.Item) *string, aliases []string) column {
	return column{
		name: name, aliases: aliases, width: width, tidy: tidy,
		get: func(i *surveys.Item) string { return *at(i) },
		set: func(i *surveys.Item, s string) string { *at(i) = s; return "" },
	}
}

func text(name string, width float64, at func(*surveys.Item) *surveys.Text, aliases ...string) column {
	return column{name: name, aliases: aliases, width: width, tidy: tidyText, text: at}
}

func flag(name string, at func(*surveys.Item) *bool) column {
	return column{
		name: name, width: 10, tidy: tidyCondition,
		get: func(i *surveys.Item) string {
			if *at(i) {
				return "yes"
			}
			return ""
		},
		set: func(i *surveys.Item, s string) string {
			*at(i) = s == "yes"
			if s != "yes" && s != "no" {
				return "xlsform.yesno"
			}
			return ""
		},
	}
}

func appearanceCell(i *surveys.Item) string { return strings.Join(i.Appearance, " ") }

func setAppearance(i *surveys.Item, s string) string {
	i.Appearance = strings.Fields(s)
	if strings.HasPrefix(s, "search(") || strings.Contains(s, " search(") {
		return "xlsform.appearance.search"
	}
	return ""
}

func parametersCell(i *surveys.Item) string {
	parts := make([]string, 0, len(i.Parameters))
	for _, key := range slices.Sorted(maps.Keys(i.Parameters)) {
		parts = append(parts, key+"="+i.Parameters[key])
	}
	return strings.Join(parts, " ")
}

// setParameters reads "key=value" pairs parted by spaces, commas or
// semicolons; keys are lower-cased.
func setParameters(i *surveys.Item, s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' })
	i.Parameters = make(map[string]string, len(parts))
	for _, part := range parts {
		key, value, ok := strings.Cut(part, "=")
		if !ok || key == "" || strings.Contains(value, "=") {
			return "xlsform.parameters.form"
		}
		i.Parameters[strings.ToLower(key)] = value
	}
	if len(parts) == 0 {
		i.Parameters = nil
	}
	return ""
}

// settingAliases are the settings read here, by the headers that mean them.
var settingAliases = map[string]string{
	"form_title": "form_title", "title": "form_title", "set_form_title": "form_title",
	"form_id": "form_id", "id_string": "form_id", "set_form_id": "form_id",
	"default_language": "default_language",
}
