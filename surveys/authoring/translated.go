package authoring

import "diapason/surveys"

// Translated counts the texts that have this language, and all those that
// should: « 118 textes traduits sur 140 ». What nobody reads, a calculation or
// a list that no question offers, needs no translation.
func Translated(q *surveys.Questionnaire, language string) (done, total int) {
	anywhere := append([]string{surveys.NoLanguage}, languages(q)...)
	count := func(text surveys.Text) {
		if text.In(anywhere...) == "" {
			return
		}
		total++
		if text[language] != "" {
			done++
		}
	}
	offered := map[string]bool{}
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if !item.Kind.Section() && !item.Kind.Asked() && item.Kind != surveys.Note {
			return
		}
		offered[item.List] = true
		for _, f := range itemTexts {
			count(f.of(item))
		}
	})
	for _, list := range q.Lists {
		if !offered[list.Name] {
			continue
		}
		for _, c := range list.Choices {
			count(c.Label)
		}
	}
	return done, total
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
