package authoring

import (
	"cmp"
	"fmt"
	"slices"

	"diapason/surveys"
)

// crossed gives a hint about each question that a sibling asks by the same
// name and for which say has a message.
func (p *proof) crossed(say func(l line, s Sibling, other *surveys.Item) string) []Hint {
	var found []Hint
	for _, l := range p.lines {
		for _, s := range p.siblings {
			if s.Questionnaire == nil || !l.Kind.Asked() { // nothing written yet
				continue
			}
			if other := find(s.Questionnaire, l.Name); other != nil {
				if message := say(l, s, other); message != "" {
					found = append(found, Hint{Question: l.Name, Message: message})
				}
			}
		}
	}
	return found
}

// name is how a sentence names a sibling.
func (s Sibling) name() string { return cmp.Or(s.Title, s.Audience.Label()) }

func crossedKinds(p *proof) []Hint {
	return p.crossed(func(l line, s Sibling, other *surveys.Item) string {
		if l.Kind == other.Kind {
			return ""
		}
		return fmt.Sprintf("Le questionnaire %s pose aussi %s, mais en %s ; ici c’est %s. Le même nom doit poser la même question : prenez le même type, ou un autre nom.",
			quote(s.name()), quote(l.Name), sayKind(other.Kind), sayKind(l.Kind))
	})
}

func crossedChoices(p *proof) []Hint {
	return p.crossed(func(l line, s Sibling, other *surveys.Item) string {
		theirs := choices(s.Questionnaire, other)
		if l.Kind != other.Kind || l.List == surveys.CommunesList {
			return ""
		}
		missing, extra := without(theirs, l.choices), without(l.choices, theirs)
		if missing == nil && extra == nil {
			return ""
		}
		message := fmt.Sprintf("Cette question se croise avec le questionnaire %s", quote(s.name()))
		if missing != nil {
			message += fmt.Sprintf(", qui propose aussi %s", p.titles(s.Questionnaire, missing))
		}
		if extra != nil {
			message += fmt.Sprintf(", où %s n’existe pas", p.titles(p.q, extra))
		}
		return message + ". Mettez les mêmes choix des deux côtés, ou changez le nom de la question."
	})
}

func (p *proof) titles(q *surveys.Questionnaire, all []surveys.Choice) string {
	var titles []string
	for _, c := range all {
		titles = append(titles, choiceTitle(q, &c, p.main))
	}
	return firstOf(slices.Compact(titles), "un autre", "autres")
}
