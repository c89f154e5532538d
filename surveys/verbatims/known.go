package verbatims

import (
	"bufio"
	_ "embed"
	"strings"

	"diapason/surveys"
)

// Names are what looks like the name of somebody and is not: the places of the
// territory, the services everybody knows.
type Names struct {
	phrases map[string]bool // folded
	longest int             // words
}

// NamesOf knows the communes and sectors of a territory, and other names given,
// beside the services.
func NamesOf(t surveys.Territory, others ...string) Names {
	n := Names{phrases: map[string]bool{}}
	for _, s := range services {
		n.add(s)
	}
	n.add(t.Name)
	for _, c := range t.Communes {
		n.place(c.Name)
	}
	for _, s := range t.Sectors {
		n.place(s.Name)
	}
	for _, s := range others {
		n.add(s)
	}
	return n
}

func (n *Names) add(name string) {
	if folded := surveys.Fold(name); folded != "" {
		n.phrases[folded] = true
		n.longest = max(n.longest, len(strings.Fields(folded)))
	}
}

// place is known with its article and without it, and by the word people say:
// Montceau for Montceau-les-Mines.
func (n *Names) place(name string) {
	n.add(name)
	folded := strings.Fields(surveys.Fold(name))
	if len(folded) > 1 && (folded[0] == "le" || folded[0] == "la" || folded[0] == "les" || folded[0] == "l") {
		folded = folded[1:]
		n.add(strings.Join(folded, " "))
	}
	if len(folded) > 1 && len(folded[0]) >= 5 && !plain[folded[0]] && firstNames[folded[0]] == notFirst {
		n.add(folded[0])
	}
}

// mark finds the known names among the words of a text.
func (n Names) mark(text string, words []word) {
	for i := range words {
		phrase := ""
		for j := i; j < min(len(words), i+n.longest); j++ {
			if j > i && !joined(text[words[j-1].end:words[j].start]) {
				break
			}
			phrase = strings.TrimSpace(phrase + " " + words[j].folded)
			if n.phrases[phrase] {
				for k := i; k <= j; k++ {
					words[k].known = true
				}
			}
		}
	}
}

// services are those whose names are written with capitals.
var services = []string{
	"CCAS", "CIAS", "PMI", "CPAM", "CARSAT", "CAF", "MSA", "EHPAD", "SAMU", "SMUR", "ARS", "CLS", "CPTS", "MDPH", "MDA", "CMP", "CMPP", "CSAPA", "CAARUD",
	"PASS", "SSIAD", "SAD", "HAD", "ADMR", "CLIC", "DAC", "MAIA", "CHU", "CHS", "IRM", "CAMSP", "ESAT", "IME", "SNCF", "TER", "RSA", "AAH", "AME", "CMU", "CSS", "ALD", "IVG", "TDAH", "IST", "VIH",
	"SOS Médecins", "SOS Amitié", "France Services", "France Travail", "Pôle Emploi", "Mission Locale", "Maison France Services", "Maison de Santé",
	"Maison Médicale", "Maison des Ados", "Maison des Adolescents", "Maison de la Santé", "Croix Rouge", "Croix-Rouge Française", "Secours Populaire", "Secours Catholique",
	"Secours Islamique", "Restos du Cœur", "Restaurants du Cœur", "Emmaüs", "Petits Frères des Pauvres", "Alcooliques Anonymes", "Planning Familial",
	"Assurance Maladie", "Sécurité Sociale", "Mon Espace Santé", "Mon Soutien Psy", "Hôtel Dieu", "Hôtel-Dieu", "Conseil Départemental", "Conseil Régional", "Ligue contre le Cancer",
	"Vie Libre", "UNAFAM", "Addictions France", "Doctolib", "Maiia", "Ameli", "Facebook", "WhatsApp", "Instagram", "Google", "Internet", "Covid", "Alzheimer", "Parkinson",
	"Mission Locale", "Centre Hospitalier", "Communauté Urbaine", "Communauté de Communes", "Contrat Local de Santé", "Éducation Nationale", "Bourgogne Franche Comté", "Saône et Loire",
	"Noël", "Pâques", "Toussaint", "Ramadan", "Lidl", "Carrefour", "Leclerc", "Intermarché", "Auchan", "Aldi",
}

// plain are words that are of no name even with a capital: those of sentences
// and of institutions, the months, the days, the peoples.
var plain = setOf(`
le la les l un une des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
je tu il elle on nous vous ils elles me te se moi toi lui y en qui que quoi dont ou quand comment pourquoi et mais donc or ni car si comme
a est sont ai as ont etre avoir fait faire faut peut doit va vont etait avait sera pas ne plus moins tres trop peu beaucoup bien mal tout tous toute toutes rien
pour par avec sans sous sur dans entre vers chez contre depuis apres avant pendant meme aussi encore deja toujours jamais ici la non oui merci bonjour ok
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
maison maisons centre centres hopital hopitaux clinique cliniques mairie mairies pole poles service services conseil point points espace espaces lycee college ecole ecoles
rue place avenue boulevard quartier cite residence foyer institut fondation association associations contrat communaute commune communes ville villes village canton pays region departement prefecture
grand grande grands grandes petit petite petits petites nord sud est ouest haut haute bas basse vieux nouveau nouvelle nouveaux premier premiere saint sainte saints st ste notre
bus gare train tram route autoroute pont parc jardin stade gymnase piscine marche salle halle eglise mosquee
medecin medecins medecine docteur docteurs dentiste dentistes infirmier infirmiere infirmiers infirmieres kine kines pharmacie pharmacien pharmacienne psychologue psychologues psychiatre psychiatres
specialiste specialistes generaliste generalistes gynecologue ophtalmo ophtalmologue pediatre sage femme sages femmes orthophoniste urgences urgence soin soins sante
maire president presidente directeur directrice prefet prefete ministre elu elue elus depute senateur professeur monsieur madame mesdames messieurs mademoiselle
social sociale sociaux sociales familial familiale local locale locaux locales municipal municipale medical medicale medicaux hospitalier hospitaliere national nationale departemental departementale regional regionale
public publique publics general generale mental mentale urbain urbaine rural rurale solidaire solidarite emploi travail retraite retraites jeunesse jeunes enfance enfants famille familles aide aides acces droits handicap
francais francaise francaises arabe arabes turc turque turcs anglais anglaise espagnol portugais italien russe ukrainien ukrainienne roumain albanais algerien marocain tunisien africain europeen europe france francaise afrique algerie maroc tunisie turquie portugal italie espagne ukraine
dieu etat republique internet covid`)

func setOf(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// How surely a word is a first name.
type sureness uint8

const (
	notFirst sureness = iota
	maybeFirst
	surelyFirst
)

//go:embed firstnames.txt
var firstNamesText string

// firstNames are those of the embedded list, folded.
var firstNames = readFirstNames(firstNamesText)

func readFirstNames(text string) map[string]sureness {
	names := map[string]sureness{}
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		for _, name := range strings.Fields(lines.Text()) {
			bare, doubtful := strings.CutSuffix(name, "?")
			names[bare] = surelyFirst
			if doubtful {
				names[bare] = maybeFirst
			}
		}
	}
	return names
}
