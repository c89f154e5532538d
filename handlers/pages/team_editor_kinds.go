package pages

import "diapason/surveys"

// A kindWord is how the editor speaks of a kind of item: its name, its icon
// and drawing, and what it is for.
type kindWord struct {
	ID   string // of the card
	Word string
	Says string
}

// The cards a question may become, in the order they are offered.
var questionCards = []kindWord{
	{"select_one", "Un seul choix", "La personne choisit une réponse."},
	{"select_multiple", "Plusieurs choix", "Elle coche tout ce qui la concerne."},
	{"rank", "Classement", "Elle range des choix, du plus au moins important."},
	{"range", "Échelle", "Une note, par exemple de 0 à 10."},
	{"integer", "Nombre", "Un nombre entier."},
	{"decimal", "Nombre à virgule", "Une distance, un montant."},
	{"text", "Réponse libre", "Elle écrit avec ses mots."},
	{"date", "Date", "Un jour du calendrier."},
	{"time", "Heure", "Une heure de la journée."},
	{"dateTime", "Date et heure", "Un moment précis."},
	{"acknowledge", "Case à cocher", "« J’ai lu », « Je suis d’accord »."},
	{"note", "Texte à lire", "Une explication, sans réponse."},
}

// The cards of what holds or ends questions.
var structureCards = []kindWord{
	{"group", "Section", "Une étape du questionnaire, avec son titre."},
	{"matrix", "Tableau de questions", "Plusieurs lignes, les mêmes réponses pour toutes."},
	{"repeat", "Répétition", "Les mêmes questions, autant de fois que besoin."},
	{"end", "Fin anticipée", "Un mot d’adieu pour les personnes non concernées."},
}

// otherKinds are those that are written elsewhere, or by expression.
var otherKinds = []kindWord{
	{"calculate", "Calcul", "Une valeur calculée, que personne ne voit."},
	{"hidden", "Valeur cachée", "Une valeur fixée, que personne ne voit."},
}

// kindOf is the word for an item.
func kindOf(item *surveys.Item) kindWord {
	id := string(item.Kind)
	switch {
	case IsMatrix(item):
		id = "matrix"
	case item.Kind == surveys.Note && item.HasProfile(surveys.ProfileEnd):
		id = "end"
	}
	for _, cards := range [][]kindWord{questionCards, structureCards, otherKinds} {
		for _, k := range cards {
			if k.ID == id {
				return k
			}
		}
	}
	return kindWord{ID: "other", Word: "Type « " + id + " », pas sur le web"}
}

// IsMatrix reports whether the editor shows an item as a table of questions: a
// group of questions of one choice that share a list, shown together.
func IsMatrix(item *surveys.Item) bool {
	if item.Kind != surveys.Group || !item.Appears("field-list") && !item.Appears("table-list") {
		return false
	}
	list := ""
	for _, line := range item.Items {
		switch {
		case line.Kind == surveys.Note:
		case line.Kind != surveys.SelectOne || list != "" && line.List != list:
			return false
		default:
			list = line.List
		}
	}
	return list != ""
}

// A mini is the drawing of a card: how a question of a kind looks on a phone,
// with the first words of its own choices where it has some.
type mini struct {
	Drawing string
	Choices []string
}

// Words are the three words the drawing shows.
func (m mini) Words() []string {
	words := append([]string(nil), m.Choices...)
	for _, w := range []string{"Oui", "Non", "Je ne sais pas"}[min(len(words), 3):] {
		words = append(words, w)
	}
	return words[:3]
}

// An editorCard is a kind to choose.
type editorCard struct {
	kindWord
	Chosen  bool
	Choices []string
}

func cards(words []kindWord, chosen string, choices []string) []editorCard {
	var all []editorCard
	for _, w := range words {
		all = append(all, editorCard{kindWord: w, Chosen: w.ID == chosen, Choices: choices})
	}
	return all
}

// profileWords are the profiles in words.
var profileWords = [][2]string{
	{"", "Aucun"},
	{surveys.ProfileAge, "Âge – sert à redresser les résultats"},
	{surveys.ProfileSex, "Sexe – sert à redresser les résultats"},
	{surveys.ProfileCommune, "Commune – sert à redresser et à situer par secteur"},
	{surveys.ProfileDiploma, "Diplôme – sert à redresser les résultats"},
	{surveys.ProfileVulnerable, "Public fragile – fait voir qui a le plus de mal"},
	{surveys.ProfileOutcome, "Événement – comparé entre les publics fragiles et les autres"},
	{surveys.ProfileEnd, "Fin – le questionnaire s’arrête sur ce texte"},
}

// displays are the ways to show a question, by kind: the words of its
// appearance column, and what they do.
var displays = map[surveys.Kind][][2]string{
	surveys.SelectOne: {{"", "Une liste de choix (un menu à partir de 15)"}, {"minimal autocomplete", "Un menu avec recherche"}},
	surveys.TextKind:  {{"", "Plusieurs lignes"}, {"short", "Une seule ligne"}},
}

// Displays are the appearances among which a question of a kind has one.
func Displays(kind surveys.Kind) []string {
	var all []string
	for _, d := range displays[kind] {
		all = append(all, d[0])
	}
	return all
}
