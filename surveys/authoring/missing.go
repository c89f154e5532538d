package authoring

import "diapason/surveys"

// A Missing is a text that one language lacks and another has.
type Missing struct {
	// Question is the item whose text it is; for a choice, List and Choice say
	// which, and Question is "".
	Question, List, Choice string
	// Field is the column: label, hint, guidance_hint, required_message or
	// constraint_message.
	Field string
	// Text is what the questionnaire's first language says.
	Text string
}

// Untranslated lists the texts a language lacks, in reading order: the items,
// then the choices of the lists.
func Untranslated(q *surveys.Questionnaire, language string) []Missing {
	missing, _ := translation(q, language)
	return missing
}

// Translated counts the texts that have this language, and all those that
// should: « 118 textes traduits sur 140 ».
func Translated(q *surveys.Questionnaire, language string) (done, total int) {
	missing, total := translation(q, language)
	return total - len(missing), total
}

func translation(q *surveys.Questionnaire, language string) (missing []Missing, total int) {
	look := func(at Missing, text surveys.Text) {
		said := text.In(append([]string{mainLanguage(q), surveys.NoLanguage}, languages(q)...)...)
		if said == "" {
			return
		}
		total++
		if text[language] == "" {
			at.Text = said
			missing = append(missing, at)
		}
	}
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		for _, f := range itemTexts {
			look(Missing{Question: item.Name, Field: f.column}, f.of(item))
		}
	})
	for _, list := range q.Lists {
		for _, c := range list.Choices {
			look(Missing{List: list.Name, Choice: c.Name, Field: "label"}, c.Label)
		}
	}
	return missing, total
}

// itemTexts are the texts of an item that people read, with the words that
// name each in a French sentence.
var itemTexts = []struct {
	column, words string
	of            func(*surveys.Item) surveys.Text
}{
	{"label", "le texte", func(i *surveys.Item) surveys.Text { return i.Label }},
	{"hint", "l’aide", func(i *surveys.Item) surveys.Text { return i.Hint }},
	{"guidance_hint", "la consigne à l’enquêteur", func(i *surveys.Item) surveys.Text { return i.GuidanceHint }},
	{"required_message", "le message « réponse obligatoire »", func(i *surveys.Item) surveys.Text { return i.RequiredMessage }},
	{"constraint_message", "le message d’erreur", func(i *surveys.Item) surveys.Text { return i.ConstraintMessage }},
}
