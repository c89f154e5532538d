package library

import (
	"strconv"
	"strings"

	"diapason/surveys"
)

// A habit is how likely the choices of a question are: weights by code, the
// others 1, times those of every trait the person has.
type habit struct {
	weights map[string]float64
	tilts   map[traits]map[string]float64
}

// demoHabits are invented. They make a territory where everybody finds doctors
// and specialists hard to see (convergence), where residents worry about
// housing costs and distance, professionals about mental health and addictions
// (angle mort), and associations about rights and precarity (divergence).
var demoHabits = map[string]habit{
	"h_age": {weights: codesOf("moins15 0 15_17 2 18_29 9 30_44 20 45_59 25 60_74 30 75plus 13 npr 1")},
	"h_sexe": {weights: codesOf("femme 63 homme 34 autre 0.6 npr 2.4"),
		tilts: map[traits]map[string]float64{young: codesOf("homme 0.45")}},
	"h_sante": {weights: codesOf("tres_bon 20 bon 42 assez_bon 26 mauvais 10 tres_mauvais 2"),
		tilts: map[traits]map[string]float64{old: codesOf("tres_bon 0.4 mauvais 1.8"), young: codesOf("tres_bon 2.2 mauvais 0.4"), poor: codesOf("tres_bon 0.5 mauvais 1.9 tres_mauvais 2")}},
	"h_chronique": {weights: codesOf("oui 40 non 56 nsp 4"), tilts: map[traits]map[string]float64{old: codesOf("oui 1.9"), young: codesOf("oui 0.35")}},
	"h_limite":    {weights: codesOf("fortement 9 un_peu 20 non 71"), tilts: map[traits]map[string]float64{old: codesOf("fortement 2 un_peu 1.7")}},
	"h_moral":     {weights: codesOf("tres_bon 14 bon 40 assez_bon 29 mauvais 13 tres_mauvais 4"), tilts: map[traits]map[string]float64{young: codesOf("mauvais 1.7 tres_mauvais 1.6"), poor: codesOf("mauvais 1.9 tres_bon 0.5")}},
	"h_seul":      {weights: codesOf("jamais 38 rarement 27 parfois 25 souvent 10"), tilts: map[traits]map[string]float64{poor: codesOf("souvent 2"), old: codesOf("souvent 1.4")}},
	"h_mt":        {weights: codesOf("commune 52 ailleurs 30 introuvable 14 non 3 nsp 1"), tilts: map[traits]map[string]float64{rural: codesOf("commune 0.25 ailleurs 1.6 introuvable 1.5"), young: codesOf("non 3")}},
	"h_trajet":    {weights: codesOf("moins10 46 10_20 33 20_30 13 plus30 5 pas_seul 3"), tilts: map[traits]map[string]float64{rural: codesOf("moins10 0.25 20_30 2.2 plus30 3"), old: codesOf("pas_seul 3")}},
	"h_renonce":   {weights: codesOf("plusieurs 11 une 16 non 58 pas_besoin 12 nsp 3"), tilts: map[traits]map[string]float64{poor: codesOf("plusieurs 2.4 une 1.5"), rural: codesOf("plusieurs 1.5 une 1.4")}},
	"h_ren_soin":  {weights: codesOf("generaliste 18 specialiste 34 dents 30 lunettes 14 moral 10 kine 8 examens 9 medicaments 4 hopital 4 autre 3")},
	"h_ren_pq":    {weights: codesOf("attente 38 complet 24 loin 14 cher 28 ou_aller 7 demarches 6 internet 4 langue 1 peur 8 temps 9 accessibilite 2 autre 3 nsp 1"), tilts: map[traits]map[string]float64{poor: codesOf("cher 2.2"), rural: codesOf("loin 2.6")}},
	"h_mutuelle":  {weights: codesOf("oui 84 c2s 9 ame 0.4 non 4 nsp 2"), tilts: map[traits]map[string]float64{poor: codesOf("c2s 3.2 non 2")}},
	"h_comprendre": {weights: codesOf("jamais 52 rarement 22 parfois 17 souvent 6 toujours 3"),
		tilts: map[traits]map[string]float64{old: codesOf("parfois 1.6 souvent 1.8")}},
	"h_numerique": {weights: codesOf("facile 60 un_peu 20 tres_difficile 9 pas_internet 11"), tilts: map[traits]map[string]float64{old: codesOf("facile 0.35 pas_internet 2.5"), young: codesOf("pas_internet 0.05")}},
	"h_depist":    {weights: codesOf("dents 50 grippe 26 bilan 22 mammo 24 colorectal 22 col 18 aucun 12 nsp 3")},
	"h_conso":     {weights: codesOf("alcool 18 tabac 26 drogues 6 medicaments 6 ecrans 24 jeux 3 non 38 npr 6")},
	"h_logement":  {weights: codesOf("froid 16 humidite 14 chaud 20 bruit 12 petit 6 nuisibles 5 escaliers 10 rien 46"), tilts: map[traits]map[string]float64{poor: codesOf("froid 2 humidite 2.4 petit 2")}},
	"h_situation": {weights: codesOf("emploi 44 chomage 8 etudes 4 retraite 36 foyer 3 invalidite 4 autre 1"), tilts: map[traits]map[string]float64{old: codesOf("emploi 0.05 retraite 6 etudes 0"), young: codesOf("retraite 0 etudes 6")}},
	"h_travail":   {weights: codesOf("non 36 un_peu 38 beaucoup 22 nsp 4")},
	"h_foyer":     {weights: codesOf("seul 29 couple 36 couple_enfants 22 seul_enfants 8 autre 5")},
	"h_aidant":    {weights: codesOf("tous_les_jours 8 parfois 22 non 70")},
	"h_diplome":   {weights: codesOf("aucun 16 cap 33 bac 20 sup 28 nsp 3")},
	"h_finmois":   {weights: codesOf("facile 30 juste 46 difficile 18 npr 6"), tilts: map[traits]map[string]float64{poor: codesOf("facile 0.1 difficile 4")}},

	"p_metier":   {weights: codesOf("generaliste 12 specialiste 5 psychiatre 2 medecin_prevention 2 dentiste 4 sage_femme 3 pharmacien 9 preparateur 3 biologiste 1 infirmier 18 kine 8 aide_soignant 4 orthophoniste 3 autre_paramedical 4 psychologue 4 travailleur_social 7 aide_domicile 4 coordinateur 4 directeur 3 autre 1 npr 1")},
	"p_age":      {weights: codesOf("moins35 20 35_49 36 50_59 25 60plus 19")},
	"p_nouveaux": {weights: codesOf("oui 22 conditions 34 non 34 nc 10")},
	"p_delai":    {weights: codesOf("moins48h 18 2_7j 30 1_4s 24 1_3m 16 plus3m 12")},
	"p_5ans":     {weights: codesOf("continuer 54 reduire 16 retraite 17 quitter 7 accueillir 18 associer 9 nsp 9")},
	"p_coord":    {weights: codesOf("msp 24 cpts 38 esp 8 centre_sante 6 dac 12 clsm 9 aucun 30")},
	"c_renonce":  {weights: codesOf("jamais 3 parfois 30 souvent 45 tres_souvent 22")},
	"c_langue":   {weights: codesOf("jamais 26 parfois 52 souvent 17 tres_souvent 5")},
	"c_suite":    {weights: codesOf("oui 40 non 60")},
	"a_zone":     {weights: codesOf("tout 40 71153 12 71306 12 71486 6 71040 5 71310 5")},
	"x_disp":     {weights: codesOf("msp 34 cpts 9 pass 8 cmp 24 mda 8 france_services 38 clsm 6 permanences 36 n3114 18 depistage 44 aucun 9")},
}

// demoViews are the subjects the audiences see differently.
var demoViews = map[surveys.Audience]map[string]habit{
	surveys.Habitants: {
		"x_freins":    {weights: codesOf("attente 40 complet 36 loin 22 cher 30 ou_aller 8 demarches 8 internet 9 langue 1 peur 5 temps 7 accessibilite 2 autre 1 rien 1 nsp 4"), tilts: map[traits]map[string]float64{rural: codesOf("loin 2.2")}},
		"x_problemes": {weights: codesOf("cancers 40 diabete 22 coeur 28 moral 24 addictions 22 ecrans 14 respiration 10 dents 12 douleurs 22 autonomie 18 handicap 7 travail 6 violences 4 isolement 12 autre 1 nsp 6")},
		"x_publics":   {weights: codesOf("enfants 5 jeunes 10 ages 46 monoparentales 14 handicap 18 psychique 9 aidants 8 precarite 34 logement 8 langue 3 isoles 26 travailleurs 14 autre 1 nsp 7")},
		"x_prio":      {weights: codesOf("T01 62 T02 22 T03 12 T04 20 T05 26 T06 18 T07 14 T08 12 T09 26 T10 14 T11 12 T12 7 T13 5")},
	},
	surveys.Professionnels: {
		"x_freins":    {weights: codesOf("attente 38 complet 44 loin 26 cher 12 ou_aller 20 demarches 18 internet 12 langue 4 peur 14 temps 4 accessibilite 2 autre 1 rien 1 nsp 1")},
		"x_problemes": {weights: codesOf("cancers 16 diabete 34 coeur 30 moral 50 addictions 44 ecrans 6 respiration 8 dents 8 douleurs 14 autonomie 28 handicap 5 travail 6 violences 8 isolement 20 autre 1 nsp 1")},
		"x_publics":   {weights: codesOf("enfants 6 jeunes 18 ages 36 monoparentales 10 handicap 14 psychique 42 aidants 14 precarite 36 logement 10 langue 7 isoles 22 travailleurs 6 autre 1 nsp 2")},
		"x_prio":      {weights: codesOf("T01 60 T02 34 T03 14 T04 26 T05 10 T06 14 T07 46 T08 26 T09 26 T10 4 T11 16 T12 6 T13 6")},
	},
	surveys.Associations: {
		"x_freins":    {weights: codesOf("attente 30 complet 28 loin 32 cher 32 ou_aller 28 demarches 36 internet 34 langue 10 peur 16 temps 3 accessibilite 4 autre 1 rien 1 nsp 1")},
		"x_problemes": {weights: codesOf("cancers 12 diabete 20 coeur 14 moral 50 addictions 34 ecrans 12 respiration 6 dents 20 douleurs 8 autonomie 16 handicap 12 travail 4 violences 14 isolement 42 autre 1 nsp 1")},
		"x_publics":   {weights: codesOf("enfants 6 jeunes 18 ages 24 monoparentales 24 handicap 16 psychique 28 aidants 14 precarite 48 logement 18 langue 18 isoles 28 travailleurs 6 autre 1 nsp 1")},
		"x_prio":      {weights: codesOf("T01 48 T02 12 T03 40 T04 14 T05 6 T06 20 T07 36 T08 18 T09 14 T10 10 T11 42 T12 4 T13 14")},
	},
}

// demoHard is how hard each row of x_acces, or how bad each row of x_cadre, is
// found: the share of people who say so.
var demoHard = map[surveys.Audience]map[string]float64{
	surveys.Habitants: codesOf("x_acces_generaliste .68 x_acces_specialiste .84 x_acces_dentiste .72 x_acces_infirmier .24 x_acces_moral .52 x_acces_urgent .78 x_acces_pharmacie .10 x_acces_domicile .38 x_acces_droits .40 " +
		"x_cadre_air .24 x_cadre_bruit .30 x_cadre_logements .36 x_cadre_proprete .42 x_cadre_verts .12 x_cadre_bouger .22 x_cadre_transports .52 x_cadre_commerces .20 x_cadre_chaleur .46"),
	surveys.Professionnels: codesOf("x_acces_generaliste .80 x_acces_specialiste .88 x_acces_dentiste .70 x_acces_infirmier .18 x_acces_moral .82 x_acces_urgent .70 x_acces_pharmacie .06 x_acces_domicile .56 x_acces_droits .36 " +
		"x_cadre_air .22 x_cadre_bruit .20 x_cadre_logements .52 x_cadre_proprete .26 x_cadre_verts .08 x_cadre_bouger .20 x_cadre_transports .60 x_cadre_commerces .18 x_cadre_chaleur .40"),
	surveys.Associations: codesOf("x_acces_generaliste .76 x_acces_specialiste .84 x_acces_dentiste .76 x_acces_infirmier .26 x_acces_moral .74 x_acces_urgent .66 x_acces_pharmacie .12 x_acces_domicile .46 x_acces_droits .66 " +
		"x_cadre_air .20 x_cadre_bruit .26 x_cadre_logements .62 x_cadre_proprete .34 x_cadre_verts .12 x_cadre_bouger .28 x_cadre_transports .70 x_cadre_commerces .26 x_cadre_chaleur .44"),
}

// demoMarks are the mean marks out of ten.
var demoMarks = map[surveys.Audience]float64{
	surveys.Habitants: 4.4, surveys.Professionnels: 4.9, surveys.Associations: 4.0,
}

// demoSentences are what people write, by question.
var demoSentences = map[string][]string{
	"x_action": {
		"Faire venir des médecins généralistes.", "Ouvrir un centre de santé avec des médecins salariés.",
		"Un bus de santé qui passe dans les villages.", "Des consultations de psychologue sans six mois d’attente.",
		"Aider les personnes âgées à prendre leurs rendez-vous.", "Une maison médicale ouverte le soir et le week-end.",
		"Plus de dentistes !", "Des transports pour aller à l’hôpital.", "Parler de prévention dans les écoles.",
		"Mieux informer sur ce qui existe déjà.", "Remplacer le docteur Morel, parti en retraite. Je veux bien aider : 06 12 34 56 78.", "Un lieu pour les jeunes qui vont mal.", "Rénover les logements humides.",
	},
	"a_orient_ko": {
		"La santé mentale des jeunes adultes.", "Les soins dentaires sans avance de frais.", "Les violences au sein du couple.",
		"Les personnes sans médecin traitant.", "L’interprétariat pour les rendez-vous.",
	},
	"a_langues": {"Arabe, turc.", "Portugais.", "Arabe, albanais, ukrainien.", "Anglais, russe."},
	"a_atout": {
		"Les ateliers cuisine du centre social.", "La permanence santé du mercredi.", "Le groupe de marche, deux fois par semaine.",
		"Le partenariat avec l’infirmière du quartier.",
	},
}

// fullWeights are the weights of every choice of a question for this person.
func (p *persona) fullWeights(q *surveys.Question) []float64 {
	h := p.habitOf(q.Name)
	weights := make([]float64, len(q.Choices))
	for i, c := range q.Choices {
		weights[i] = h.weight(c.Name, p.traits)
	}
	if hard, ok := demoHard[p.audience][q.Name]; ok {
		return p.scale(q, hard)
	}
	return weights
}

func (p *persona) habitOf(question string) habit {
	if h, ok := demoViews[p.audience][question]; ok {
		return h
	}
	return demoHabits[question]
}

func (h habit) weight(code string, has traits) float64 {
	w := 1.0
	switch known, ok := h.weights[code]; {
	case ok:
		w = known
	case h.weights != nil:
		w = 0.3 // a choice the habit forgot is rare, not impossible
	case surveys.NoOpinion(code):
		w = 0.15
	}
	for trait, tilt := range h.tilts {
		if by, ok := tilt[code]; ok && has&trait != 0 {
			w *= by
		}
	}
	return w
}

// scale spreads a share of difficulty over a four-point scale, from the best
// to the worst, and the don't-know that follows it. The country has it worse.
func (p *persona) scale(q *surveys.Question, hard float64) []float64 {
	if p.traits&rural != 0 {
		hard += (1 - hard) * 0.25
	}
	if p.before {
		hard *= 0.8
	}
	weights := []float64{(1 - hard) * 0.3, (1 - hard) * 0.7, hard * 0.58, hard * 0.42, 0.07}
	return append(weights, make([]float64, len(q.Choices))...)[:len(q.Choices)]
}

func (p *persona) mark(q *surveys.Question) float64 {
	mark := demoMarks[p.audience]
	if q.Name == "p_charge" {
		mark = 4.2
	}
	if p.traits&rural != 0 {
		mark--
	}
	if p.before {
		mark++
	}
	return mark
}

// sentence is left blank by most people.
func (p *persona) sentence(q *surveys.Question) surveys.Value {
	sentences := demoSentences[q.Name]
	if len(sentences) == 0 || p.rng.Float64() < 0.6 {
		return surveys.Value{}
	}
	return surveys.TextValue(sentences[p.rng.IntN(len(sentences))])
}

// codesOf reads "code weight code weight …".
func codesOf(s string) map[string]float64 {
	words := strings.Fields(s)
	weights := make(map[string]float64, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		weight, err := strconv.ParseFloat(words[i+1], 64)
		if err != nil {
			panic("library: " + words[i] + ": " + err.Error())
		}
		weights[words[i]] = weight
	}
	return weights
}
