package authoring

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"diapason/surveys"
)

// The rules about words follow what survey methodologists agree on (one idea
// at a time, no leading words: S. Payne, "The Art of Asking Questions", 1951)
// and the French rules of plain language (UNAPEI, "L'information pour tous",
// 2009). They look at folded text: no capitals, no accents.

var (
	// Two verbs addressed to the person, joined.
	twoVerbs = regexp.MustCompile(`\b(et|ou) (si )?(est-ce que |qu'est-ce |\w+-(vous|t-il|t-elle|il|elle)\b|vous (avez|etes|pouvez|\w+ez)\b)`)
	// A judgement about two things.
	judgement = regexp.MustCompile(`\b(satisfait\w*|content\w*|d'accord|pensez-vous|trouvez-vous|jugez-vous|estimez-vous|evaluez-vous|confiance)\b`)
	twoThings = regexp.MustCompile(`\bet (de |du |des |d'|le |la |les |l'|a |au |aux |votre |vos )`)
)

// where keeps « où » from becoming « ou » when accents go.
var where = strings.NewReplacer("où", "quand", "Où", "Quand")

func doubleBarrelled(p *proof) []Hint {
	return p.labels(func(l line, label string) string {
		s := fold(where.Replace(label))
		if strings.Count(s, "?") < 2 && !twoVerbs.MatchString(s) && !(judgement.MatchString(s) && twoThings.MatchString(s)) {
			return ""
		}
		return "Il y a deux questions en une : quelqu’un peut répondre oui à l’une et non à l’autre. Faites-en deux questions, ou gardez la plus utile."
	})
}

var leads = regexp.MustCompile(`(^|[.,:;!] )(n'|ne )\w+-(vous|t-il|t-elle|il|elle) pas\b|n'est-ce pas|` +
	`d'accord (pour dire|avec le fait|que)|comme (beaucoup|la plupart|tout le monde)|il est (evident|clair|important|indispensable)|bien sur`)

func leading(p *proof) []Hint {
	return p.labels(func(l line, label string) string {
		if !leads.MatchString(fold(label)) {
			return ""
		}
		return "Cette question souffle la réponse. Demandez de façon neutre, par exemple « Que pensez-vous de… ? » ou « … est-il facile ou difficile ? »."
	})
}

var absolutes = regexp.MustCompile(`\b(toujours|jamais|systematiquement|absolument|en toutes circonstances)\b`)

func absolute(p *proof) []Hint {
	return p.labels(func(l line, label string) string {
		word := absolutes.FindString(fold(label))
		if word == "" {
			return ""
		}
		return fmt.Sprintf("« %s » est un mot absolu : peu de gens diront oui sans hésiter. Demandez plutôt à quelle fréquence, de « Jamais » à « Souvent ».", original(label, word))
	})
}

// original is a folded word as it is written in the text.
func original(text, folded string) string {
	for _, w := range words(text) {
		if fold(w) == folded {
			return w
		}
	}
	return folded
}

var (
	// What comes after one of these words is not what is asked: « Pourquoi
	// n’avez-vous pas… ? », « … parce que vous n’aviez pas… ».
	subordinate = regexp.MustCompile(`\b(que|qui|quoi|quel\w*|parce|si|quand|dont|lorsque|car|pourquoi|comment|combien)\b`)
	negations   = regexp.MustCompile(`\b(ne |n')[^.?!]*?\b(pas|plus|jamais|rien|aucun|aucune)\b`)
	negative    = regexp.MustCompile(`\b(sans|impossible|refus\w*|interdi\w+|evite\w*|empech\w+|manqu\w+|inutile)\b`)
)

func negation(p *proof) []Hint {
	return p.labels(func(l line, label string) string {
		s := fold(label)
		all := negations.FindAllStringIndex(s, -1)
		switch {
		case len(all) == 0 || l.Kind == surveys.TextKind || leads.MatchString(s):
			return ""
		case len(all) == 1 && subordinate.MatchString(s[:all[0][0]]):
			return ""
		case len(all) > 1 || negative.MatchString(negations.ReplaceAllString(s, "")):
			return "Il y a deux négations : on ne sait plus ce que « Oui » veut dire. Posez la question de façon positive."
		}
		return "Avec une négation, on ne sait pas ce que « Oui » veut dire. Posez la question de façon positive."
	})
}

var passives = regexp.MustCompile(`\b(est|sont|etes|sommes|etait|etaient|sera|seront|ete)(-(il|elle|ils|elles|vous))? ((bien|mal|souvent|deja|\w+ment) )?\w+(e|ee|es|ees|i|is|ie|ies|u|us|ue|ues|it|ite|its|ites) par\b`)

func passive(p *proof) []Hint {
	return p.labels(func(_ line, label string) string {
		if !passives.MatchString(fold(label)) {
			return ""
		}
		return "La phrase est au passif. Dites d’abord qui agit : « Le médecin vous a reçu » se lit mieux que « Vous avez été reçu par le médecin »."
	})
}

// plainer are words of the trade and of the administration, folded, with what
// to say instead.
var plainer = map[string]string{
	"modalites": "façons, manières", "modalite": "façon, manière", "dispositif": "aide, service", "dispositifs": "aides, services",
	"beneficier": "avoir, recevoir", "beneficiez": "avez, recevez", "beneficiaire": "personne aidée", "effectuer": "faire", "effectuez": "faites",
	"prealablement": "avant", "ulterieurement": "plus tard", "neanmoins": "mais", "nonobstant": "malgré", "afin": "pour",
	"preconisations": "conseils", "preconisation": "conseil", "problematique": "problème", "problematiques": "problèmes",
	"thematique": "sujet", "thematiques": "sujets", "typologie": "genre", "usagers": "personnes", "item": "ligne", "items": "lignes",
	"litteratie": "comprendre les informations de santé", "illectronisme": "difficulté avec Internet", "ambulatoire": "sans dormir à l’hôpital",
	"inherent": "lié", "inherents": "liés", "percevez": "recevez, ou ressentez", "sollicitez": "demandez", "solliciter": "demander",
	"acceder": "aller, avoir", "accessibilite": "facile d’accès", "mobilite": "façon de se déplacer", "prevalence": "nombre de malades",
	"pluridisciplinaire": "avec plusieurs métiers", "pluriprofessionnelle": "avec plusieurs métiers", "concertation": "discussion",
	"determinants": "ce qui joue sur la santé", "offre": "services qui existent", "primo": "premier", "interlocuteur": "personne à qui parler",
	"recourir": "aller voir, utiliser", "recours": "fait d’utiliser", "couverture": "protection, mutuelle", "therapeutique": "traitement",
}

func rareWords(p *proof) []Hint {
	return p.labels(func(_ line, label string) string {
		for _, w := range words(label) {
			if better := plainer[fold(w)]; better != "" {
				return fmt.Sprintf("« %s » est un mot que tout le monde ne connaît pas. Essayez : « %s ».", w, better)
			}
		}
		return ""
	})
}

var (
	acronym = regexp.MustCompile(`\b[A-Z][A-Z0-9]{1,6}\b`)
	// « communauté professionnelle (CPTS) » or « CPTS (communauté…) ».
	explained = regexp.MustCompile(`\p{L}{3,}[  ]\(([A-Z][A-Z0-9]{1,6})\)|\b([A-Z][A-Z0-9]{1,6})[  ]?\(`)
)

// everyday are the acronyms more people know than the words they stand for.
var everyday = []string{"SMS", "TV", "SAMU", "CAF", "RSA", "HLM", "EHPAD", "CPAM", "MSA", "CCAS", "CIAS", "PMI", "CAP", "BEP", "BTS", "IRM", "HPV",
	"DVD", "CD", "SNCF", "TER", "PMU", "CDI", "CDD", "SMIC", "VIH", "SIDA", "IVG", "OK", "QR", "USB", "GPS", "AESH", "ESAT", "ANPE", "PV", "RER"}

// acronyms looks at the choices too: an acronym explained once, anywhere in
// the questionnaire, is known.
func acronyms(p *proof) []Hint {
	var found []Hint
	for _, language := range p.french {
		known := p.explainedIn(language)
		for _, l := range p.lines {
			texts := []string{l.Label[language], l.Hint[language]}
			for _, c := range l.choices {
				texts = append(texts, c.Label[language])
			}
			for _, text := range texts {
				for _, a := range acronym.FindAllString(text, -1) {
					if known[a] || text == strings.ToUpper(text) {
						continue
					}
					known[a] = true
					found = append(found, Hint{Question: l.Name, Language: language, Message: fmt.Sprintf(
						"« %s » n’est expliqué nulle part. Écrivez d’abord les mots en entier, puis le sigle entre parenthèses.", a)})
				}
			}
		}
	}
	return found
}

func (p *proof) explainedIn(language string) map[string]bool {
	known := map[string]bool{}
	for _, a := range everyday {
		known[a] = true
	}
	look := func(text string) {
		for _, m := range explained.FindAllStringSubmatch(text, -1) {
			known[m[1]], known[m[2]] = true, true
		}
	}
	for _, l := range p.lines {
		look(l.Label[language])
		look(l.Hint[language])
		for _, c := range l.choices {
			look(c.Label[language])
		}
	}
	return known
}

// The longest label that is still read whole.
const (
	labelWords = 25
	labelRunes = 160
)

func longText(p *proof) []Hint {
	return p.labels(func(_ line, label string) string {
		n := len(readWords(label))
		if n <= labelWords && utf8.RuneCountInString(label) <= labelRunes {
			return ""
		}
		return fmt.Sprintf("La question compte %d mots : on lit mal au-delà de %d. Gardez l’essentiel, et mettez le reste dans l’aide.", n, labelWords)
	})
}

// Under this reading ease, a question is as hard as a text for students.
// On fewer words the formula says little.
const (
	hardEase  = 40
	hardWords = 10
)

func hardToRead(p *proof) []Hint {
	return p.labels(func(l line, label string) string {
		all := readWords(label)
		if len(all) < hardWords || len(all) > labelWords || readingEase(label) >= hardEase {
			return ""
		}
		slices.SortStableFunc(all, func(a, b string) int { return syllables(b) - syllables(a) })
		return fmt.Sprintf("La question est difficile à lire. Coupez-la en deux phrases, ou cherchez plus court que %s et %s.", quote(all[0]), quote(all[1]))
	})
}
