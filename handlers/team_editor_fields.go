package handlers

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// plainColumns are those a field of the page writes as they are.
var plainColumns = []string{
	"label", "hint", "guidance_hint", "required_message", "constraint_message", "required", "relevant", "constraint",
	"calculation", "default", "choice_filter", "read_only", "repeat_count", "theme", "profile", "short", "sensitive",
	"name", "list", "or_other", "title",
}

// column saves one field.
func (e *edition) column(column string) {
	switch prefix, rest, dotted := strings.Cut(column, "."); {
	case column == "si":
		e.condition()
	case column == "regle":
		e.rule()
	case column == "type":
		e.kind()
	case column == "lignes":
		e.lines()
	case column == "apparence":
		e.display()
	case column == "list":
		e.otherList()
	case dotted && prefix == "param":
		e.parameter(column, rest)
	case dotted && prefix == "choice":
		e.choiceLabel(column, rest)
	case dotted && prefix == "code":
		e.recode(column, rest)
	case slices.Contains(plainColumns, column):
		e.plain(column)
	}
}

// plain writes a column as it was typed.
func (e *edition) plain(column string) {
	language := ""
	if slices.Contains(surveys.TextColumns(), column) {
		language = e.language()
	}
	current := e.now.Title
	if item := e.item(); item != nil {
		current = item.Field(column, language)
	}
	now := e.value(column)
	moves := []surveys.Move{{Do: surveys.SetField, Key: e.key, Field: column, Language: language, Was: e.seen(column, current), Now: now}}
	if column == "label" && e.key != "" {
		moves = append(moves, e.nameFollows(now)...)
	}
	e.try(column, moves...)
}

// unnamed are the names the editor gives to what says nothing yet.
var unnamed = regexp.MustCompile(`^(question|section|note|fin|tableau)(_[0-9]+)?$`)

// nameFollows makes the name of a new question from its first words.
func (e *edition) nameFollows(label string) []surveys.Move {
	item := e.item()
	if label == "" || !item.Label.Empty() || !unnamed.MatchString(item.Name) {
		return nil
	}
	return []surveys.Move{{Do: surveys.SetField, Key: item.Key, Field: "name", Was: item.Name, Now: authoring.FreeName(e.now, label)}}
}

// kind changes what sort of answer a question has. A rule that makes no sense
// for the new kind goes with the old one.
func (e *edition) kind() {
	item, now := e.item(), surveys.Kind(e.value("type"))
	moves := []surveys.Move{{Do: surveys.SetField, Key: e.key, Field: "type", Was: e.seen("type", string(item.Kind)), Now: string(now)}}
	if _, has := e.now.List(item.List); now.HasChoices() && !has {
		list := newList(e.now, item.Name, e.language(), blankChoices...)
		moves = append(moves,
			surveys.Move{Do: surveys.SetList, List: list.Name, Choices: &list},
			surveys.Move{Do: surveys.SetField, Key: e.key, Field: "list", Was: item.List, Now: list.Name})
	}
	if rule, simple := pages.ReadRule(item.Kind, item.Constraint); simple && rule.Expression(now) != item.Constraint {
		moves = append(moves, e.clear("constraint", ""), e.clear("constraint_message", e.language()))
	}
	e.try("type", moves...)
}

// clear empties a column.
func (e *edition) clear(column, language string) surveys.Move {
	return surveys.Move{Do: surveys.SetField, Key: e.key, Field: column, Language: language, Was: e.item().Field(column, language)}
}

// display changes the words of the appearance that say how a kind is shown,
// and leaves the others.
func (e *edition) display() {
	item := e.item()
	if shown := pages.DisplayOf(item); e.seen("apparence", shown) != shown {
		e.refuse("apparence", surveys.Problem{Code: surveys.MoveConflict, Args: []any{shown}})
		return
	}
	var words []string
	for _, d := range pages.Displays(item.Kind) {
		words = append(words, strings.Fields(d)...)
	}
	kept := slices.DeleteFunc(slices.Clone(item.Appearance), func(w string) bool { return slices.Contains(words, w) })
	now := strings.Join(append(kept, strings.Fields(e.value("apparence"))...), " ")
	e.try("apparence", surveys.Move{Do: surveys.SetField, Key: e.key, Field: "appearance", Was: item.Field("appearance", ""), Now: now})
}

// parameter writes one word of the parameters column.
func (e *edition) parameter(column, name string) {
	item, value := e.item(), e.value(column)
	current := item.Parameters[name]
	if e.seen(column, current) != current {
		e.refuse(column, surveys.Problem{Code: surveys.MoveConflict, Args: []any{current}})
		return
	}
	if name != "randomize" && value != "" {
		number, ok := numberText(value)
		if !ok {
			e.problem(column, "Écrivez un nombre.")
			return
		}
		value = number
	}
	changed := item.Clone()
	if changed.Parameters == nil {
		changed.Parameters = map[string]string{}
	}
	changed.Parameters[name] = value
	maps.DeleteFunc(changed.Parameters, func(_, v string) bool { return v == "" })
	e.try(column, surveys.Move{Do: surveys.SetField, Key: e.key, Field: "parameters", Was: item.Field("parameters", ""), Now: changed.Field("parameters", "")})
}

var numberForm = regexp.MustCompile(`^-?[0-9]{1,12}([.,][0-9]{1,9})?$`)

// numberText is a number typed with a comma or a point, as expressions have it.
func numberText(s string) (string, bool) {
	return strings.Replace(s, ",", ".", 1), numberForm.MatchString(s)
}

// typedRule is the rule of the form, with the message it had.
func (e *edition) typedRule() pages.EditorRule {
	get := func(name string) string { return strings.TrimSpace(e.typed.Get("regle." + name)) }
	return pages.EditorRule{
		Most: get("nombre"), Exact: get("exact") != "", Alone: e.typed["regle.seuls"],
		Low: get("min"), High: get("max"), Length: get("longueur"),
	}
}

func (e *edition) ruleChanged(q *surveys.Questionnaire) bool {
	item := q.Item(e.key)
	return item != nil && e.typedRule().Expression(item.Kind) != e.typed.Get("w.regle")
}

// rule writes the constraint that the fields say, and the message with it when
// nobody wrote another.
func (e *edition) rule() {
	item, rule := e.item(), e.typedRule()
	for _, n := range []string{rule.Most, rule.Low, rule.High, rule.Length} {
		if _, ok := numberText(n); n != "" && !ok {
			e.problem("constraint", fmt.Sprintf("« %s » n’est pas un nombre.", n))
			return
		}
	}
	if !e.ruleChanged(e.now) || !pages.RuleFor(item.Kind) || slices.Contains(e.columns(), "constraint") {
		return
	}
	before, _ := pages.ReadRule(item.Kind, e.typed.Get("w.regle"))
	moves := []surveys.Move{{Do: surveys.SetField, Key: e.key, Field: "constraint", Was: e.typed.Get("w.regle"), Now: rule.Expression(item.Kind)}}
	language := e.language()
	said := item.Field("constraint_message", language)
	if said == "" || said == before.Message(item.Kind, e.labels(item.List, before.Alone)) {
		moves = append(moves, surveys.Move{
			Do: surveys.SetField, Key: e.key, Field: "constraint_message", Language: language,
			Was: said, Now: rule.Message(item.Kind, e.labels(item.List, rule.Alone)),
		})
	}
	e.try("constraint", moves...)
}

// labels are what choices say, by code.
func (e *edition) labels(list string, codes []string) []string {
	var labels []string
	found, _ := e.now.List(list)
	for _, code := range codes {
		for _, choice := range found.Choices {
			if choice.Name == code {
				labels = append(labels, choice.Label.In(e.language(), surveys.NoLanguage))
			}
		}
	}
	return labels
}
