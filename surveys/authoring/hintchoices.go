package authoring

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"diapason/surveys"
)

// isRequired reports whether a question must be answered, always or sometimes.
func isRequired(item *surveys.Item) bool { return requirement(item.Required) != "" }

// Ways not to take a side, as choices say them.
var wayOut = regexp.MustCompile(`ne (sais|sait) pas|ne (veux|souhaite|prefere) pas repondre|prefere ne pas|sans opinion|pas concerne|non concerne|\bnsp\b|\bnpr\b`)

func isWayOut(c surveys.Choice, language string) bool {
	return surveys.NoOpinion(c.Name) || wayOut.MatchString(fold(c.Label.In(language, surveys.NoLanguage)))
}

// noWayOut is about what must be answered and may not be: nobody is made to
// speak of their health, and a forced answer is a wrong one.
func noWayOut(p *proof) []Hint {
	if len(p.french) == 0 { // we would not recognise the way out
		return nil
	}
	return p.asked(func(l line) string {
		if !isRequired(l.Item) || len(l.choices) == 0 || slices.ContainsFunc(l.choices, p.isWayOut) {
			return ""
		}
		return "La réponse est obligatoire, et rien ne permet de ne pas répondre. Ajoutez « Je préfère ne pas répondre » (code npr) ou « Je ne sais pas » (code nsp)."
	})
}

func (p *proof) isWayOut(c surveys.Choice) bool { return isWayOut(c, p.main) }

// opinion are the scales on which somebody may have no opinion: without a
// place for it, those people are lost among the blanks.
var opinion = regexp.MustCompile(`\b(d'accord|satisfait\w*|favorable|confiance|utile|importante?)\b`)

func noOpinion(p *proof) []Hint {
	return p.asked(func(l line) string {
		scaled := 0
		for _, c := range l.choices {
			if opinion.MatchString(fold(c.Label.In(p.main, surveys.NoLanguage))) {
				scaled++
			}
		}
		if l.Kind != surveys.SelectOne || scaled < 2 || slices.ContainsFunc(l.choices, p.isWayOut) {
			return ""
		}
		return "On demande un avis, et certains n’en ont pas. Ajoutez « Je ne sais pas » (code nsp) : ces réponses seront comptées à part."
	})
}

// How many choices one reads without losing the first. Ticking asks to read a
// whole list, and one may take one's time; choosing one, to compare them all.
const (
	manyToChoose = 9
	manyToTick   = 15
	manyToRank   = 7
)

func manyChoices(p *proof) []Hint {
	return p.asked(func(l line) string {
		most := manyToChoose
		switch l.Kind {
		case surveys.SelectMultiple:
			most = manyToTick
		case surveys.Rank:
			most = manyToRank
			if limited.MatchString(l.Constraint) {
				most = manyToTick // only the first few are ranked
			}
		}
		n := 0
		for _, c := range l.choices {
			if !p.isWayOut(c) && c.Name != "autre" {
				n++
			}
		}
		if n <= most || searched(l.Item) || l.List == surveys.CommunesList {
			return ""
		}
		return fmt.Sprintf("Il y a %d choix à lire d’un coup : au-delà de %d, les derniers sont moins choisis. Regroupez-en, ou affichez la liste avec une recherche (apparence « minimal autocomplete »).", n, most)
	})
}

// limited is a constraint on the number of choices made.
var limited = regexp.MustCompile(`count-selected\(\s*\.\s*\)\s*(<=?|=)\s*[1-5]\b`)

// exclusive are the choices that contradict any other.
var exclusive = regexp.MustCompile(`^(aucune?|aucun de|aucune de|rien|rien de|personne|je ne sais pas|je prefere ne pas|je ne veux pas)\b`)

func notAlone(p *proof) []Hint {
	return p.asked(func(l line) string {
		if l.Kind != surveys.SelectMultiple {
			return ""
		}
		for _, c := range l.choices {
			label := fold(c.Label.In(p.main, surveys.NoLanguage))
			if exclusive.MatchString(label) && !strings.Contains(l.Constraint+l.ChoiceFilter, "'"+c.Name+"'") {
				return fmt.Sprintf("%s peut être coché avec d’autres réponses, ce qui se contredit. Ajoutez la règle : %s.",
					choiceTitle(p.q, &c, p.main), quote("count-selected(.) = 1 or not(selected(., '"+c.Name+"'))"))
			}
		}
		return ""
	})
}

// lists gives a hint about each list that a question uses.
func (p *proof) lists(say func(surveys.List) string) []Hint {
	var found []Hint
	for _, list := range p.q.Lists {
		at := slices.IndexFunc(p.lines, func(l line) bool { return l.List == list.Name && l.Kind.HasChoices() })
		if at < 0 {
			continue
		}
		if message := say(list); message != "" {
			found = append(found, Hint{Question: p.lines[at].Name, List: list.Name, Message: message})
		}
	}
	return found
}

func sameLabels(p *proof) []Hint {
	return p.lists(func(list surveys.List) string {
		seen := map[string]bool{}
		for _, c := range list.Choices {
			label := fold(clean(c.Label.In(p.main, surveys.NoLanguage)))
			if label != "" && seen[label] && len(c.Extra) == 0 {
				return fmt.Sprintf("Deux choix disent %s. Retirez-en un, ou dites ce qui les distingue.", choiceTitle(p.q, &c, p.main))
			}
			seen[label] = true
		}
		return ""
	})
}

// Polarity of the words of a scale. What denies comes first: « pas d’accord ».
var (
	against = regexp.MustCompile(`\b(pas|peu|mauvaise?s?|difficiles?|insatisfaite?s?|desaccord|faibles?|mal|insuffisante?s?|inutiles?|mediocres?)\b`)
	infavor = regexp.MustCompile(`\b(bon|bons|bonnes?|bien|faciles?|satisfaite?s?|accord|excellente?s?|utiles?|suffisante?s?)\b`)
)

// scaleWords is the longest label of a scale: longer ones describe.
const scaleWords = 4

func unbalanced(p *proof) []Hint {
	return p.lists(func(list surveys.List) string {
		positive, negative, others := 0, 0, 0
		for _, c := range list.Choices {
			label := fold(c.Label.In(p.main, surveys.NoLanguage))
			switch {
			case isWayOut(c, p.main):
			case len(words(label)) > scaleWords:
				others++
			case against.MatchString(label):
				negative++
			case infavor.MatchString(label):
				positive++
			default:
				others++
			}
		}
		gap := max(positive, negative) - min(positive, negative)
		if others > 1 || positive+negative < 3 || gap < 2 {
			return ""
		}
		return fmt.Sprintf("L’échelle penche d’un côté : %d réponses favorables, %d défavorables. Mettez-en autant de chaque côté.", positive, negative)
	})
}

var digitsOnly = regexp.MustCompile(`^[0-9]+$`)

// unlabelled is about numbers that nobody says the meaning of.
func unlabelled(p *proof) []Hint {
	found := p.asked(func(l line) string {
		if l.Kind != surveys.Range {
			return ""
		}
		low, high, _ := (&surveys.Question{Item: l.Item}).Bounds()
		said := l.Label.In(p.main, surveys.NoLanguage) + " " + l.Hint.In(p.main, surveys.NoLanguage)
		ends := []string{sayNumber(plainNumber(low)), sayNumber(plainNumber(high))}
		for _, end := range ends {
			if !slices.Contains(words(said), end) && !(strings.Contains(end, ",") && strings.Contains(said, end)) {
				return fmt.Sprintf("Rien ne dit ce que valent %s et %s. Écrivez-le dans l’aide : « %s = très mauvais. %s = très bon. »", ends[0], ends[1], ends[0], ends[1])
			}
		}
		return ""
	})
	return append(found, p.lists(func(list surveys.List) string {
		numbers := 0
		for _, c := range list.Choices {
			if digitsOnly.MatchString(strings.TrimSpace(c.Label.In(p.main, surveys.NoLanguage))) {
				numbers++
			}
		}
		if numbers < 3 || numbers < len(list.Choices)-1 {
			return ""
		}
		return "Les choix ne sont que des nombres. Écrivez au moins ce que veulent dire le premier et le dernier, par exemple « 1 (pas du tout) »."
	})...)
}

// matrixRows is how many rows of the same choices one answers on a phone
// without tiring; ours. It would be less for a table to read across: here each
// row is a question of its own, with its choices under it.
const matrixRows = 10

func longMatrix(p *proof) []Hint {
	var found []Hint
	for _, l := range p.lines {
		if !l.Kind.Section() || !(l.Appears("field-list") || l.Appears("table-list")) {
			continue
		}
		rows := map[string]int{}
		for _, row := range l.Items {
			if row.Kind == surveys.SelectOne {
				rows[row.List]++
			}
		}
		for _, n := range rows {
			if n > matrixRows {
				found = append(found, Hint{Question: l.Name, Message: fmt.Sprintf(
					"%d lignes de suite avec les mêmes choix, c’est long sur un téléphone : les gens finissent par répondre pareil partout. Gardez les %d plus utiles, ou faites deux groupes.", n, matrixRows)})
			}
		}
	}
	return found
}
