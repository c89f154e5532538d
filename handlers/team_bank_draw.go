package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/library"
)

// themes are those of the frame with how many of the questions found they
// have.
func (w writing) themes(found []library.BankQuestion, current string) []pages.BankTheme {
	counts := map[string]int{}
	for _, b := range found {
		counts[cmp.Or(b.Theme, noTheme)]++
	}
	all := []pages.BankTheme{{Name: "Tous les thèmes", Count: len(found), Current: current == ""}}
	add := func(code, shown, name string) {
		if counts[code] > 0 || current == code {
			all = append(all, pages.BankTheme{Code: code, Shown: shown, Name: name, Count: counts[code], Current: current == code})
		}
	}
	for _, theme := range w.frameThemes() {
		add(theme.Code, theme.Code, theme.Name)
	}
	add(noTheme, "", "Sans thème (profil, priorités…)")
	return all
}

// frameThemes are the themes of the diagnostic, or the common ones.
func (w writing) frameThemes() []surveys.Theme {
	if themes := w.diagnostic.Frame.Themes; len(themes) > 0 {
		return themes
	}
	return library.Frame().Themes
}

func (w writing) themeName(code string) string {
	for _, theme := range w.frameThemes() {
		if theme.Code == code {
			return theme.Name
		}
	}
	return ""
}

// card shows a question as on a phone, with what helps decide to take it.
func (w writing) card(b library.BankQuestion, all []library.BankQuestion, elsewhere map[string][]string) pages.BankCard {
	card := pages.BankCard{
		ID: b.ID(), Name: b.Name, Theme: b.Theme, ThemeName: w.themeName(b.Theme), Lang: langOf(b),
		Label: labelOf(b), Hint: b.Item.Hint.In(b.Languages...), Kind: string(b.Kind),
		Audiences: b.Audiences, Surveys: b.Surveys, Sensitive: b.Item.Sensitive, Crosses: crosses(b, elsewhere[b.Name]), Also: also(b, elsewhere[b.Name]),
		Here: w.manuscript.Questionnaire.Named(b.Name) != nil, Needs: needs(b, all), Notes: len(b.Notes) > 0,
	}
	for _, line := range b.Item.Items {
		if text := line.Label.In(b.Languages...); text != "" {
			card.Lines = append(card.Lines, text)
		}
	}
	if b.Item.List == surveys.CommunesList {
		card.Choices = append(card.Choices, "Les communes du territoire")
	}
	for _, c := range b.Choices() {
		card.Choices = append(card.Choices, cmp.Or(c.Label.In(b.Languages...), c.Name))
	}
	if library.IsMatrix(&b.Item) {
		card.Kind = pages.MatrixCard
	}
	card.Low, card.High = cmp.Or(b.Item.Parameters["start"], "1"), cmp.Or(b.Item.Parameters["end"], "10")
	return card
}

func langOf(b library.BankQuestion) string {
	return cmp.Or(surveys.LanguageCode(b.Languages[0]), pages.DefaultLanguage)
}

// crosses is the reason to take a question that others are asked too.
func crosses(b library.BankQuestion, titles []string) string {
	switch {
	case len(b.Audiences) < 2:
		return ""
	case len(titles) > 0:
		return fmt.Sprintf("Déjà posée dans %s : vous pourrez comparer les réponses.", quotedTitles(titles))
	}
	return "Prévue pour plusieurs publics : posée à tous, elle permet de croiser les regards."
}

// also tells where else in the diagnostic a question made for one audience is
// asked.
func also(b library.BankQuestion, titles []string) string {
	if len(b.Audiences) > 1 || len(b.Surveys) > 0 || len(titles) == 0 {
		return ""
	}
	return "Posée aussi dans " + quotedTitles(titles)
}

func quotedTitles(titles []string) string {
	var all []string
	for _, title := range titles {
		all = append(all, "« "+title+" »")
	}
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " et " + all[len(all)-1]
}

// needs are the words of the questions that its condition reads.
func needs(b library.BankQuestion, all []library.BankQuestion) []string {
	var words []string
	for _, name := range b.Needs() {
		at := slices.IndexFunc(all, func(other library.BankQuestion) bool { return other.Name == name })
		if at >= 0 {
			name = labelOf(all[at])
		}
		words = append(words, name)
	}
	return words
}

// places are where a question may go: each section, at its beginning or after
// one of its items.
func places(q *surveys.Questionnaire) []pages.BankPlaces {
	after := func(item *surveys.Item) string { return "Après « " + shortened(pages.PlainLabel(q, item)) + " »" }
	var all []pages.BankPlaces
	top := pages.BankPlaces{Title: "En dehors des sections", Places: []pages.BankPlace{{Value: placeValue("", ""), Label: "Tout au début"}}}
	for i := range q.Items {
		section := &q.Items[i]
		top.Places = append(top.Places, pages.BankPlace{Value: placeValue("", section.Key), Label: after(section)})
		if section.Kind != surveys.Group || library.IsMatrix(section) {
			continue
		}
		within := pages.BankPlaces{Title: pages.PlainLabel(q, section), Places: []pages.BankPlace{{Value: placeValue(section.Key, ""), Label: "Au début de la section"}}}
		for j := range section.Items {
			within.Places = append(within.Places, pages.BankPlace{Value: placeValue(section.Key, section.Items[j].Key), Label: after(&section.Items[j])})
		}
		all = append(all, within)
	}
	return append(all, top)
}

// shortened is a label that fits in a menu.
func shortened(s string) string {
	const most = 70
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:most])) + "…"
}
