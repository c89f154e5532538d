package authoring

import (
	"fmt"
	"regexp"
	"slices"

	"diapason/surveys"
)

func requiredText(p *proof) []Hint {
	return p.asked(func(l line) string {
		if l.Kind != surveys.TextKind || requirement(l.Required) != "yes" {
			return ""
		}
		return "Une réponse libre obligatoire fait abandonner, ou écrire n’importe quoi. Rendez-la facultative."
	})
}

// Beyond this number, and this share of the questions, obligation tires.
const (
	requiredMost  = 5
	requiredShare = 1.0 / 3
)

func manyRequired(p *proof) []Hint {
	required, all := 0, 0
	for _, l := range p.lines {
		if l.Kind.Asked() {
			all++
			if isRequired(l.Item) {
				required++
			}
		}
	}
	if required <= requiredMost || float64(required) <= requiredShare*float64(all) {
		return nil
	}
	return []Hint{{Message: fmt.Sprintf("%d questions sur %d sont obligatoires. Gardez l’obligation pour ce sans quoi la réponse ne sert à rien, comme la commune et l’âge.", required, all)}}
}

// themeCode is the code of a theme of the common frame: a list of them needs
// no theme itself.
var themeCode = regexp.MustCompile(`^T(0[1-9]|1[0-3])$`)

// withoutTheme tells all of them at once: a questionnaire has either few, that
// were forgotten, or many.
func withoutTheme(p *proof) []Hint {
	var titles []string
	first, all := "", 0
	for _, l := range p.lines {
		if !l.Kind.Asked() || l.Profile != "" || l.List == surveys.CommunesList || aboutThemes(l) {
			continue
		}
		all++
		if l.Theme == "" && !slices.ContainsFunc(l.sections, func(s *surveys.Item) bool { return s.Theme != "" }) {
			titles = append(titles, title(p.q, l.Item, p.main))
			if first == "" {
				first = l.Name
			}
		}
	}
	switch {
	case len(titles) == 0:
		return nil
	case len(titles) == all:
		return []Hint{{Message: "Aucune question n’a de thème (T01 à T13). Donnez-en un à chacune : c’est par thème que le diagnostic rassemble les réponses."}}
	case len(titles) == 1:
		return []Hint{{Question: first, Message: "Cette question n’a pas de thème. Donnez-lui-en un, ou un profil si elle décrit la personne : c’est par thème que le diagnostic rassemble les réponses."}}
	}
	return []Hint{{Message: fmt.Sprintf("%d questions n’ont ni thème ni profil : %s. Si elles parlent d’un thème, donnez-le-leur : c’est ainsi que le diagnostic les rassemble.",
		len(titles), firstOf(titles, "une autre", "autres"))}}
}

func aboutThemes(l line) bool {
	return slices.ContainsFunc(l.choices, func(c surveys.Choice) bool { return themeCode.MatchString(c.Name) })
}

func untranslated(p *proof) []Hint {
	var found []Hint
	for _, language := range p.q.Languages {
		if done, total := Translated(p.q, language); done < total {
			found = append(found, Hint{Language: language, Message: fmt.Sprintf(
				"En %s, %d textes sur %d sont traduits. Pour les autres, on verra la langue principale : complétez-les, ou retirez la langue.", language, done, total)})
		}
	}
	return found
}

func unusedLists(p *proof) []Hint {
	var found []Hint
	for _, list := range p.q.Lists {
		if !slices.ContainsFunc(p.lines, func(l line) bool { return l.List == list.Name }) {
			found = append(found, Hint{List: list.Name, Message: fmt.Sprintf("Aucune question n’utilise la liste %s. Retirez-la si elle ne sert plus.", quote(list.Name))})
		}
	}
	return found
}

// minutesMost is how long people give an enquiry without leaving it; ours, as
// no source gives a limit for all publics.
const minutesMost = 15

func tooLong(p *proof) []Hint {
	median, long := durations(p.q)
	if median <= minutesMost {
		return nil
	}
	return []Hint{{Message: fmt.Sprintf("Il faut environ %.0f minutes pour répondre, et %.0f en lisant lentement : beaucoup s’arrêteront avant la fin. Retirez ce qui ne servira pas à décider.",
		median, long)}}
}
