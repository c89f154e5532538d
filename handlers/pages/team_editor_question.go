package pages

import (
	"maps"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// editorQuestion is the panel of the item that is open.
type editorQuestion struct {
	Item   *surveys.Item
	Title  string
	Word   string
	Hints  []string
	Faults []string

	Label, Hint, Guidance editorField
	Cards                 []editorCard // types it may become
	Chosen                editorCard
	Choices               *editorChoices
	Lines                 *editorField // of a matrix
	Condition             editorCondition
	Rule                  *editorRuleView
	Scale                 []editorField // of a range
	Required              *editorField
	RequiredMessage       editorField
	Display, Shuffle      *editorField
	Default               *editorField
	Theme, Profile        editorField
	Short, Sensitive      editorField
	Name                  editorField
	SameName              []string // titles of the other surveys that ask it
	Expressions           []editorField
	Others                []editorCell
	Show                  string // name of what the phone shows
}

// An editorCell is a column of a workbook kept as it came.
type editorCell struct{ Column, Value string }

// An editorField is one thing to fill in, with what the page shows of it now.
type editorField struct {
	Name        string // of the column: label, hint…
	Label, Help string
	Value       string // shown
	Was         string // kept
	Lang, Dir   string
	Rows        int
	Options     []editorOption
	Refused     Refused
	Expression  bool
}

// An editorOption is an entry of a menu.
type editorOption struct {
	Value, Label string
	Chosen       bool
}

// field is a column as the page shows it: what was just refused stays.
func (p TeamEditor) field(name, value string) editorField {
	f := editorField{Name: name, Value: value, Was: value}
	if refused, ok := p.Refused[name]; ok {
		f.Refused, f.Value, f.Was = refused, refused.Mine, refused.Was
	}
	return f
}

func (b *outline) text(item *surveys.Item, column, label, help string, rows int) editorField {
	f := b.page.field(column, item.Field(column, authoring.MainLanguage(b.q)))
	f.Label, f.Help, f.Rows = label, help, rows
	t := Tongues(b.q)[0]
	f.Lang, f.Dir = t.Code, Direction(t.Code)
	return f
}

func (b *outline) plain(item *surveys.Item, column, label, help string) editorField {
	f := b.page.field(column, item.Field(column, ""))
	f.Label, f.Help = label, help
	return f
}

func (f *editorField) menu(options [][2]string) {
	known := false
	for _, o := range options {
		known = known || o[0] == f.Value
		f.Options = append(f.Options, editorOption{o[0], o[1], o[0] == f.Value})
	}
	if !known {
		f.Options = append(f.Options, editorOption{f.Value, f.Value, true})
	}
}

// question fills in the panel of an item.
func (b *outline) question(item *surveys.Item) *editorQuestion {
	k := kindOf(item)
	q := &editorQuestion{
		Item: item, Title: itemTitle(b.q, item), Word: k.Word, Show: shownItem(item),
		Label: b.text(item, "label", labelWords(k.ID), "", 2),
		Hint:  b.text(item, "hint", "Aide sous la question", "Une précision, un exemple. Facultatif.", 1),
		Guidance: b.text(item, "guidance_hint", "Consigne pour l’enquêteur",
			"Lue par la personne qui pose la question, pas par celle qui répond.", 2),
	}
	q.say(b, item)
	q.kinds(b, item, k)
	q.Condition = b.when(item)
	q.answers(b, item)
	q.place(b, item)
	q.technical(b, item)
	return q
}

// shownItem is the name of the question by which the phone finds an item: a
// section is found by its first question.
func shownItem(item *surveys.Item) string {
	for item.Kind == surveys.Group && len(item.Items) > 0 {
		item = &item.Items[0]
	}
	return item.Name
}

func labelWords(id string) string {
	switch id {
	case "group", "repeat":
		return "Titre de la section"
	case "matrix":
		return "Question commune aux lignes"
	case "note", "end":
		return "Texte à lire"
	case "calculate", "hidden":
		return "Libellé, pour l’équipe"
	}
	return "Question"
}

// say gathers the advice and the faults of the item.
func (q *editorQuestion) say(b *outline, item *surveys.Item) {
	if item.HasProfile(surveys.ProfileEnd) && item.Relevant == "" {
		q.Hints = append(q.Hints, "Sans condition, le questionnaire s’arrête ici pour tout le monde : dites plus bas pour qui.")
	}
	for _, h := range b.page.Hints {
		if slices.Contains(b.keysOf(h), item.Key) {
			q.Hints = append(q.Hints, h.Message)
		}
	}
	for _, f := range b.page.Faults.Refusals() {
		if b.byName[f.Place.Question] == item.Key && item.Name != "" {
			q.Faults = append(q.Faults, Sentence(f.Message))
		}
	}
}

func (q *editorQuestion) kinds(b *outline, item *surveys.Item, k kindWord) {
	list := item.List
	if lines := matrixLines(item); len(lines) > 0 {
		list = lines[0].List
		q.Lines = new(b.page.field("lignes", strings.Join(LineLabels(b.q, item), "\n")))
		q.Lines.Label, q.Lines.Rows = "Lignes du tableau", max(4, len(lines)+1)
		q.Lines.Help = "Une ligne par question. Sur un téléphone, chacune est posée l’une après l’autre."
	}
	if item.Kind.HasChoices() || q.Lines != nil {
		q.Choices = b.choices(item, list)
	}
	var own []string
	if q.Choices != nil {
		for _, c := range q.Choices.Rows[:min(3, len(q.Choices.Rows))] {
			own = append(own, unmarked(c.Label.Value))
		}
	}
	q.Chosen = editorCard{kindWord: k, Choices: own}
	if item.Kind.Asked() || k.ID == "note" {
		q.Cards = cards(questionCards, string(item.Kind), own)
	}
}

// matrixLines are the questions of a matrix.
func matrixLines(item *surveys.Item) []*surveys.Item {
	if !IsMatrix(item) {
		return nil
	}
	var lines []*surveys.Item
	for i := range item.Items {
		if item.Items[i].Kind == surveys.SelectOne {
			lines = append(lines, &item.Items[i])
		}
	}
	return lines
}

// LineLabels are what the lines of a matrix say, each on one line.
func LineLabels(q *surveys.Questionnaire, item *surveys.Item) []string {
	var labels []string
	for _, line := range matrixLines(item) {
		labels = append(labels, strings.Join(strings.Fields(line.Label.In(authoring.MainLanguage(q), surveys.NoLanguage)), " "))
	}
	return labels
}

// answers is what may be answered, and what must.
func (q *editorQuestion) answers(b *outline, item *surveys.Item) {
	if !item.Kind.Asked() {
		return
	}
	q.Required = new(b.plain(item, "required", "Réponse obligatoire", ""))
	q.Required.Expression = !slices.Contains([]string{"", "yes", "no"}, item.Required)
	q.RequiredMessage = b.text(item, "required_message", "Message si la réponse manque", "", 1)
	q.Default = b.beforehand(item)
	if RuleFor(item.Kind) || item.Constraint != "" {
		q.Rule = b.rule(item)
	}
	if item.Kind == surveys.Range {
		for _, p := range [][3]string{{"start", "De", "1"}, {"end", "à", "10"}, {"step", "par pas de", "1"}} {
			f := b.page.field("param."+p[0], item.Parameters[p[0]])
			f.Label, f.Help = p[1], p[2]
			q.Scale = append(q.Scale, f)
		}
	}
	if options := displays[item.Kind]; options != nil {
		q.Display = new(b.page.field("apparence", DisplayOf(item)))
		q.Display.Label = "Présentation"
		q.Display.menu(options)
	}
	if item.Kind.HasChoices() {
		q.Shuffle = new(b.page.field("param.randomize", item.Parameters["randomize"]))
		q.Shuffle.Label = "Mélanger les choix"
		q.Shuffle.Help = "Chaque personne les voit dans un autre ordre ; « autre » et « ne sait pas » restent à la fin."
	}
}

// beforehand is the default answer: among the choices where there are some.
func (b *outline) beforehand(item *surveys.Item) *editorField {
	f := b.plain(item, "default", "Réponse donnée d’avance", "À éviter pour une opinion : elle influence.")
	list, ok := b.q.List(item.List)
	if item.Kind != surveys.SelectOne || !ok || len(list.Choices) > choicesShown {
		return &f
	}
	options := [][2]string{{"", "Aucune"}}
	for _, c := range list.Choices {
		options = append(options, [2]string{c.Name, unmarked(c.Label.In(authoring.MainLanguage(b.q), surveys.NoLanguage))})
	}
	f.menu(options)
	return &f
}

// DisplayOf is which of the displays of its kind an item asks for.
func DisplayOf(item *surveys.Item) string {
	for _, d := range slices.Backward(displays[item.Kind]) {
		if slices.ContainsFunc(strings.Fields(d[0]), item.Appears) {
			return d[0]
		}
	}
	return ""
}

// place is where the item stands in the diagnostic.
func (q *editorQuestion) place(b *outline, item *surveys.Item) {
	q.Theme = b.plain(item, "theme", "Thème", "")
	themes := [][2]string{{"", "Aucun"}}
	for _, t := range b.page.Frame.Themes {
		themes = append(themes, [2]string{t.Code, t.Code + " – " + t.Name})
	}
	q.Theme.menu(themes)
	q.Profile = b.plain(item, "profile", "Profil", "")
	words := profileWords
	if item.Kind != surveys.Note {
		words = words[:len(words)-1]
	}
	q.Profile.menu(words)
	q.Short = b.plain(item, "short", "Dans la version courte", "Gardée quand on répond à l’oral ou sur tablette.")
	q.Sensitive = b.plain(item, "sensitive", "Réponse sensible", "Santé, moral, argent, famille : elle est mieux protégée.")
}

// technical is what most people never open.
func (q *editorQuestion) technical(b *outline, item *surveys.Item) {
	q.Name = b.plain(item, "name", "Nom technique", "")
	for _, s := range b.page.Siblings {
		if item.Name != "" && s.Questionnaire.Named(item.Name) != nil {
			q.SameName = append(q.SameName, s.Title)
		}
	}
	for _, e := range [][2]string{
		{"calculation", "Calcul"}, {"choice_filter", "Filtre des choix"}, {"read_only", "Lecture seule"}, {"repeat_count", "Nombre de répétitions"},
	} {
		wanted := e[0] == "calculation" && item.Kind == surveys.Calculate || e[0] == "repeat_count" && item.Kind == surveys.Repeat
		if f := b.plain(item, e[0], e[1], ""); wanted || f.Value != "" {
			f.Expression = true
			q.Expressions = append(q.Expressions, f)
		}
	}
	q.Others = otherColumns(item)
}

// otherColumns are those the panel does not write, kept as they came.
func otherColumns(item *surveys.Item) []editorCell {
	var all []editorCell
	for _, column := range slices.Sorted(maps.Keys(item.Extra)) {
		all = append(all, editorCell{column, item.Extra[column]})
	}
	if appearance := item.Field("appearance", ""); appearance != "" && appearance != DisplayOf(item) {
		all = append(all, editorCell{"appearance", appearance})
	}
	for _, p := range slices.Sorted(maps.Keys(item.Parameters)) {
		if !slices.Contains([]string{"start", "end", "step", "randomize"}, p) {
			all = append(all, editorCell{"parameters", p + "=" + item.Parameters[p]})
		}
	}
	return all
}
