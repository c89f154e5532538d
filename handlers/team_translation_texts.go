package handlers

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// A textPlace is where one text of a questionnaire is: a column of an item, or
// a choice of a list.
type textPlace struct {
	key, field   string
	list, choice string
}

// String is the place as a form and a file carry it.
func (p textPlace) String() string {
	if p.list != "" {
		return "choix/" + url.PathEscape(p.list) + "/" + url.PathEscape(p.choice)
	}
	return "texte/" + url.PathEscape(p.key) + "/" + p.field
}

// placeOf reads what [textPlace.String] wrote.
func placeOf(s string) (textPlace, bool) {
	kind, rest, _ := strings.Cut(s, "/")
	first, second, found := strings.Cut(rest, "/")
	a, errA := url.PathUnescape(first)
	b, errB := url.PathUnescape(second)
	if !found || errA != nil || errB != nil {
		return textPlace{}, false
	}
	switch {
	case kind == "choix":
		return textPlace{list: a, choice: b}, true
	case kind == "texte" && slices.Contains(surveys.TextColumns(), b):
		return textPlace{key: a, field: b}, true
	}
	return textPlace{}, false
}

// read is the text at the place in a language; false when the place is gone.
func (p textPlace) read(q *surveys.Questionnaire, language string) (string, bool) {
	if p.list == "" {
		item := q.Item(p.key)
		if item == nil {
			return "", false
		}
		return item.Field(p.field, language), true
	}
	list, ok := q.List(p.list)
	if !ok {
		return "", false
	}
	at := slices.IndexFunc(list.Choices, func(c surveys.Choice) bool { return c.Name == p.choice })
	if at < 0 {
		return "", false
	}
	return list.Choices[at].Label[language], true
}

// move writes a text at the place.
func (p textPlace) move(language, was, now string) surveys.Move {
	if p.list != "" {
		return surveys.Move{Do: surveys.SetChoice, List: p.list, Choice: p.choice, Field: "label", Language: language, Was: was, Now: now}
	}
	return surveys.Move{Do: surveys.SetField, Key: p.key, Field: p.field, Language: language, Was: was, Now: now}
}

// A translation is what is to be put from one language into another.
type translation struct {
	questionnaire *surveys.Questionnaire
	territory     surveys.Territory
	from, to      string // labels
	// known are translations already made, by their source; published is the
	// version the manuscript began from, nil when from none.
	known     map[string]string
	published *surveys.Questionnaire
}

// A placedText is a text with its place.
type placedText struct {
	textPlace
	pages.TranslationText
}

// A textBlock is what one item says, or one list of choices.
type textBlock struct {
	section *surveys.Item // the outermost one, nil outside any
	item    *surveys.Item
	list    *surveys.List // nil for the item's own texts
	texts   []placedText
}

// blocks are all the texts that people read, in the order they meet them. A
// list comes once, after the first question that offers it; the names of
// communes are the same in every language.
func (t translation) blocks() []textBlock {
	var all []textBlock
	listed := map[string]bool{}
	t.questionnaire.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		if !item.Kind.Section() && !item.Kind.Asked() && item.Kind != surveys.Note {
			return
		}
		block := textBlock{item: item}
		if len(sections) > 0 {
			block.section = sections[0]
		} else if item.Kind.Section() {
			block.section = item
		}
		all = t.add(all, block, t.itemTexts(item))
		if list, ok := t.questionnaire.List(item.List); ok && !listed[item.List] {
			listed[item.List] = true
			block.list = list
			all = t.add(all, block, t.choiceTexts(list))
		}
	})
	return all
}

func (t translation) add(all []textBlock, block textBlock, texts []placedText) []textBlock {
	if len(texts) == 0 {
		return all
	}
	block.texts = texts
	return append(all, block)
}

func (t translation) itemTexts(item *surveys.Item) []placedText {
	var texts []placedText
	for _, field := range surveys.TextColumns() {
		texts = t.text(texts, textPlace{key: item.Key, field: field}, whatIs(item, field))
	}
	return texts
}

func (t translation) choiceTexts(list *surveys.List) []placedText {
	var texts []placedText
	for _, c := range list.Choices {
		if list.Name != surveys.CommunesList || !t.isCommune(c.Name) {
			texts = t.text(texts, textPlace{list: list.Name, choice: c.Name}, "Choix")
		}
	}
	return texts
}

func (t translation) isCommune(code string) bool {
	return slices.ContainsFunc(t.territory.Communes, func(c surveys.Commune) bool { return c.Code == code })
}

// text adds what stands at a place, unless there is nothing to translate.
func (t translation) text(texts []placedText, place textPlace, what string) []placedText {
	source, _ := place.read(t.questionnaire, t.from)
	text, _ := place.read(t.questionnaire, t.to)
	if strings.TrimSpace(source) == "" && text == "" {
		return texts
	}
	shown := pages.TranslationText{Place: place.String(), What: what, Source: source, Text: text, Was: text}
	shown.Hints = translationHints(source, text)
	if text != "" && t.outdated(place, source, text) {
		shown.Hints = append(shown.Hints, "Le texte d’origine a changé depuis la version publiée, pas sa traduction : relisez-la.")
	}
	if text == "" {
		shown.Known = t.known[source]
	}
	return append(texts, placedText{place, shown})
}

// outdated reports whether the source was changed since the version published,
// and the translation was not.
func (t translation) outdated(place textPlace, source, text string) bool {
	if t.published == nil {
		return false
	}
	if item := t.questionnaire.Item(place.key); item != nil {
		before := t.published.Named(item.Name)
		return before != nil && item.Name != "" && before.Field(place.field, t.from) != source && before.Field(place.field, t.to) == text
	}
	oldSource, there := place.read(t.published, t.from)
	oldText, _ := place.read(t.published, t.to)
	return there && oldSource != source && oldText == text
}

// whatIs says what a text is to whoever reads it.
func whatIs(item *surveys.Item, field string) string {
	switch field {
	case "hint":
		return "Aide"
	case "guidance_hint":
		return "Aide pour l’enquêteur"
	case "required_message":
		return "Si la personne n’a pas répondu"
	case "constraint_message":
		return "Si la réponse ne convient pas"
	}
	switch {
	case item.Kind.Section():
		return "Titre"
	case item.Kind == surveys.Note:
		return "Message"
	}
	return "Question"
}

// The signs of a text that its translation must have too, with what is said
// when they are missing.
var (
	answerSign = regexp.MustCompile(`\$\{[^}]*\}`)
	linkSign   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	boldSign   = regexp.MustCompile(`\*\*[^*]+\*\*`)
)

// translationHints says what a translation seems to have lost.
func translationHints(source, text string) []string {
	if text == "" {
		return nil
	}
	var hints []string
	for _, sign := range answerSign.FindAllString(source, -1) {
		if !strings.Contains(text, sign) {
			hints = append(hints, fmt.Sprintf("Il manque %s : une réponse déjà donnée s’affiche à cet endroit. Recopiez ce signe tel quel.", sign))
		}
	}
	for _, link := range linkSign.FindAllStringSubmatch(source, -1) {
		if !strings.Contains(text, link[1]) {
			hints = append(hints, fmt.Sprintf("Il manque le lien %s.", link[1]))
		}
	}
	if boldSign.MatchString(source) && !boldSign.MatchString(text) {
		hints = append(hints, "Des mots sont en gras dans l’original, entre **deux étoiles** : mettez-les aussi en gras ici.")
	}
	if text == source && len(strings.Fields(source)) > 3 {
		hints = append(hints, "C’est le texte d’origine, mot pour mot : il reste à traduire.")
	}
	return hints
}

// count is how many texts are translated, of how many.
func (t translation) count() (done, total int) {
	for _, block := range t.blocks() {
		for _, text := range block.texts {
			total++
			if strings.TrimSpace(text.Text) != "" {
				done++
			}
		}
	}
	return done, total
}
