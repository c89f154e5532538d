package library

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"diapason/surveys"
)

// demoContract is where the priorities, the stakes and the orientations of the
// demonstration come from. They are real; so are the territory and its
// population. Everything else in the dossier is invented and says so.
const demoContract = "Contrat local de santé de la CU Creusot Montceau, communiqué de l’ARS Bourgogne-Franche-Comté"

// demoInvented is the source of what is invented.
const demoInvented = "Démonstration"

// demoPhases are the six phases of a contract (ARS Pays de la Loire), dated
// around a collection.
func demoPhases(opens time.Time) []surveys.Phase {
	day := func(months int) surveys.Day { return surveys.DayOf(opens.AddDate(0, months, 0)) }
	return []surveys.Phase{
		{Name: "Gouvernance et ingénierie", From: day(-5), To: day(-1), Owner: "Communauté urbaine et ARS", Output: "Comité de pilotage, calendrier"},
		{Name: "Diagnostic partagé", From: day(-1), To: day(3), Owner: "Coordination du contrat", Output: "Ce diagnostic"},
		{Name: "Priorités et axes", From: day(3), To: day(5), Owner: "Comité de pilotage", Output: "Priorités votées"},
		{Name: "Rédaction du contrat", From: day(5), To: day(8), Owner: "Coordination et signataires", Output: "Contrat et plan d’actions"},
		{Name: "Mise en œuvre", From: day(8), To: day(68), Owner: "Pilotes des fiches-actions", Output: "Fiches-actions suivies"},
		{Name: "Évaluation", From: day(62), To: day(68), Owner: "Comité de pilotage", Output: "Bilan du contrat"},
	}
}

// demoMembers are about how many professionals such a territory has, invented:
// "group n codes".
func demoMembers(year int) *surveys.Members {
	m := &surveys.Members{Question: "p_metier", Source: demoInvented, Year: year, Demo: true}
	for line := range strings.Lines(`Médecins généralistes 62 generaliste
Autres médecins, dentistes, sages-femmes 96 specialiste psychiatre medecin_prevention dentiste sage_femme
Pharmacie et biologie 120 pharmacien preparateur biologiste
Paramédicaux 610 infirmier kine aide_soignant orthophoniste autre_paramedical
Psychologues, social, aide à domicile 540 psychologue travailleur_social aide_domicile
Coordination et établissements 85 coordinateur directeur autre
`) {
		words := strings.Fields(line)
		at := slices.IndexFunc(words, func(w string) bool { return w[0] >= '0' && w[0] <= '9' })
		n, err := strconv.Atoi(words[at])
		if err != nil {
			panic("library: " + line + ": " + err.Error())
		}
		m.Groups = append(m.Groups, surveys.MemberGroup{Name: strings.Join(words[:at], " "), N: n, Codes: words[at+1:]})
	}
	return m
}

// figure is one invented statistic: territory, département, région, France.
type figure struct {
	id, theme, label, unit string
	values                 [4]float64
}

var demoFigures = []figure{
	{"apl", "T01", "Accessibilité aux médecins généralistes", "consultations par an et par habitant", [4]float64{2.3, 2.6, 2.9, 3.3}},
	{"generalistes-60", "T01", "Médecins généralistes de 60 ans et plus", "%", [4]float64{44, 38, 35, 31}},
	{"sans-mt", "T01", "Assurés de 17 ans et plus sans médecin traitant", "%", [4]float64{14, 13, 12, 11}},
	{"c2s", "T03", "Assurés à la complémentaire santé solidaire", "%", [4]float64{13, 10, 10, 11}},
	{"diabete", "T04", "Personnes traitées pour un diabète", "%", [4]float64{7.4, 6.6, 6.3, 5.9}},
	{"sein", "T05", "Participation au dépistage du cancer du sein", "%", [4]float64{47, 50, 50, 46}},
	{"psychiatres", "T07", "Psychiatres libéraux", "pour 100 000 habitants", [4]float64{3, 4, 5, 10}},
	{"plus75", "T09", "Habitants de 75 ans et plus", "%", [4]float64{15, 13, 12, 10}},
	{"logement-avant-46", "T10", "Résidences principales d’avant 1946", "%", [4]float64{34, 33, 32, 22}},
	{"pauvrete", "T11", "Taux de pauvreté", "%", [4]float64{17, 14, 13, 15}},
}

func demoFiguresOf(d surveys.Diagnostic, year int) []surveys.Figure {
	all := []surveys.Figure{{
		ID: "population", Label: "Population", Unit: "habitants", Source: d.Territory.Source,
		Values: []surveys.FigureValue{{Where: surveys.OfTerritory, Value: float64(d.Territory.Population())}},
	}}
	where := [4]surveys.Geography{surveys.OfTerritory, surveys.OfDepartment, surveys.OfRegion, surveys.OfFrance}
	for _, f := range demoFigures {
		figure := surveys.Figure{ID: f.id, Theme: f.theme, Label: f.label, Unit: f.unit, Year: year, Source: demoInvented, Demo: true}
		for i, v := range f.values {
			figure.Values = append(figure.Values, surveys.FigureValue{Where: where[i], Value: v})
		}
		all = append(all, figure)
	}
	return all
}

var demoResources = []surveys.Resource{
	{ID: "msp", Name: "Maison de santé pluriprofessionnelle", Kind: "soins", Themes: []string{"T01", "T02"}, Communes: []string{"71310"}, Hours: "du lundi au samedi matin"},
	{ID: "centre-sante", Name: "Centre de santé", Kind: "soins", Themes: []string{"T01"}, Communes: []string{"71306"}},
	{ID: "france-services", Name: "France services", Kind: "droits", Themes: []string{"T03", "T11"}, Communes: []string{"71153", "71486"}, Hours: "du lundi au vendredi"},
	{ID: "cmp", Name: "Centre médico-psychologique", Kind: "santé mentale", Themes: []string{"T07"}, Communes: []string{"71153", "71306"}},
	{ID: "csapa", Name: "Centre de soins en addictologie", Kind: "addictions", Themes: []string{"T08"}, Communes: []string{"71306"}},
	{ID: "marche", Name: "Groupe de marche du centre social", Kind: "prévention", Themes: []string{"T04", "T09"}, Communes: []string{"71040"}, Hours: "le mardi et le jeudi"},
	{ID: "aidants", Name: "Café des aidants", Kind: "aidants", Themes: []string{"T09"}, Communes: []string{"71153"}, Hours: "le premier lundi du mois"},
	{ID: "pass-sante-jeunes", Name: "Pass santé jeunes", Kind: "prévention", Themes: []string{"T06", "T08"}},
}

func cellAt(chapter, table, row, column string) surveys.CellRef {
	return surveys.CellRef{Chapter: chapter, Table: table, Row: row, Column: column}
}

// demoFindings are what a coordinator would write of the demonstration's
// answers, then the five stakes of the real contract.
var demoFindings = []surveys.Finding{
	{ID: "renoncement", Theme: "T03", Kind: surveys.Need, Text: "Beaucoup d’habitants ont renoncé à un soin dans l’année, d’abord pour le délai et le coût.",
		Cells: []surveys.CellRef{cellAt("acces", "chiffres-cles", "h_renonce", "share"), cellAt("habitants", "h_ren_pq", "attente", "share"), cellAt("habitants", "h_ren_pq", "cher", "share")}},
	{ID: "specialistes", Theme: "T02", Kind: surveys.Obstacle, Text: "Voir un spécialiste est difficile : les trois publics le disent.",
		Cells: []surveys.CellRef{cellAt("regards-croises", "x_acces", "x_acces_specialiste", "habitants.share"), cellAt("regards-croises", "x_acces", "x_acces_specialiste", "professionnels.share")}},
	{ID: "generalistes", Theme: "T01", Kind: surveys.Obstacle, Text: "Les généralistes prennent peu de nouveaux patients, et beaucoup de professionnels pensent partir.",
		Cells: []surveys.CellRef{cellAt("professionnels", "p_nouveaux", "non", "share"), cellAt("acces", "chiffres-cles", "p_5ans.depart", "share")}, Figures: []string{"apl", "generalistes-60"}},
	{ID: "sante-mentale", Theme: "T07", Kind: surveys.Need, Text: "Les professionnels et les associations mettent la santé mentale en avant bien plus que les habitants.",
		Cells: []surveys.CellRef{cellAt("regards-croises", "x_problemes", "moral", "habitants.share"), cellAt("regards-croises", "x_problemes", "moral", "professionnels.share")}, Figures: []string{"psychiatres"}},
	{ID: "pharmacie", Theme: "T01", Kind: surveys.Strength, Text: "Les pharmacies sont proches et connues : elles peuvent orienter.",
		Cells: []surveys.CellRef{cellAt("regards-croises", "x_acces", "x_acces_pharmacie", "habitants.share")}},
	{ID: "logement", Theme: "T10", Kind: surveys.Need, Text: "Le froid et l’humidité des logements pèsent sur la santé.",
		Cells: []surveys.CellRef{cellAt("habitants", "h_logement", "humidite", "share")}, Figures: []string{"logement-avant-46"}},
	{ID: "marcher", Theme: "T04", Kind: surveys.Strength, Text: "Des groupes de marche et des ateliers de cuisine existent et attirent."},
	{ID: "bus", Theme: "T01", Kind: surveys.Proposal, Text: "Un bus de santé qui passe dans les villages."},
	{ID: "psychologues", Theme: "T07", Kind: surveys.Proposal, Text: "Des consultations de psychologue sans six mois d’attente."},
	{ID: "rendez-vous", Theme: "T03", Kind: surveys.Proposal, Text: "Aider les personnes âgées à prendre leurs rendez-vous."},

	{ID: "enjeu-1", Theme: "T01", Kind: surveys.Stake, Source: demoContract, Text: "La démographie médicale et l’accès aux soins : augmenter et renouveler les effectifs."},
	{ID: "enjeu-2", Theme: "T04", Kind: surveys.Stake, Source: demoContract, Text: "La promotion de la santé et la prévention, pour rendre les habitants acteurs de leur santé."},
	{ID: "enjeu-3", Theme: "T09", Kind: surveys.Stake, Source: demoContract, Text: "L’accompagnement du vieillissement : accès aux soins, mobilité, prévention."},
	{ID: "enjeu-4", Theme: "T11", Kind: surveys.Stake, Source: demoContract, Text: "Les actions de santé dans les quartiers, dès le plus jeune âge."},
	{ID: "enjeu-5", Theme: "T06", Kind: surveys.Stake, Source: demoContract, Text: "Une dynamique d’acteurs au bénéfice de la jeunesse : addictions, Pass santé jeunes."},
}

// demoPriorities are the three of the real contract, then subjects to set
// beside them. Ratings and votes are invented.
var demoPriorities = []surveys.Priority{
	{ID: "attractivite", Theme: "T01", Title: "Renforcer l’attractivité du territoire auprès des professionnels de santé", Severity: 8, Efficacy: 1, Feasible: true, Votes: []float64{8, 9, 7, 9, 10, 8, 6}, Chosen: true, Source: demoContract},
	{ID: "desertification", Theme: "T01", Title: "Lutter contre la désertification médicale et ce qu’elle entraîne", Severity: 9, Efficacy: 0.9, Feasible: true, Votes: []float64{9, 9, 8, 10, 9, 7, 8}, Chosen: true, Source: demoContract},
	{ID: "acces", Theme: "T03", Title: "Favoriser l’accès aux soins de la population", Severity: 8, Efficacy: 1.1, Feasible: true, Votes: []float64{7, 8, 8, 9, 6, 8, 7}, Chosen: true, Source: demoContract,
		Reason: "le renoncement aux soins touche d’abord ceux qui ont le moins, même si le thème des droits est moins cité"},
	{ID: "sante-mentale", Theme: "T07", Title: "Repérer plus tôt la souffrance psychique", Severity: 8, Efficacy: 1.1, Feasible: true, Votes: []float64{8, 6, 9, 7, 8, 5, 9}, Source: demoInvented},
	{ID: "prevention", Theme: "T04", Title: "Bouger et bien manger à tout âge", Severity: 6, Efficacy: 1.3, Feasible: true, Votes: []float64{6, 7, 5, 6, 8, 6, 5}, Source: demoInvented},
	{ID: "vieillir", Theme: "T09", Title: "Bien vieillir chez soi", Severity: 7, Efficacy: 1.1, Feasible: true, Votes: []float64{7, 7, 6, 8, 5, 7, 6}, Source: demoInvented},
	{ID: "jeunes", Theme: "T06", Title: "Aller vers les jeunes", Severity: 6, Efficacy: 1.2, Feasible: true, Votes: []float64{6, 5, 7, 6, 8, 5, 7}, Source: demoInvented},
	{ID: "logement", Theme: "T10", Title: "Rénover les logements humides", Severity: 5, Efficacy: 1, Feasible: false, Votes: []float64{4, 6, 5, 3, 5, 6, 4}, Source: demoInvented},
}

// demoActions are fifteen sheets in the four orientations, as many as the real
// contract has; the sheets themselves are invented: "axis theme finding title |
// pilot | indicator | state".
var demoActions = strings.Split(`O1 T01 generalistes Accueillir et loger les internes | Communauté urbaine | internes accueillis dans l’année | en cours
O1 T01 generalistes Ouvrir un poste d’assistant médical par maison de santé | Maison de santé | postes pourvus | prévue
O1 T01 bus Faire passer un bus de santé dans les villages | Communauté urbaine | communes desservies | prévue
O1 T03 renoncement Repérer et accompagner le renoncement aux soins | Assurance maladie | personnes accompagnées | en cours
O1 T02 specialistes Essayer la téléexpertise avec l’hôpital | Hôpital | avis rendus | prévue
O2 T04 marcher Étendre les groupes de marche | Centres sociaux | participants réguliers | en cours
O2 T04 - Repérer le diabète et l’hypertension en pharmacie | Pharmaciens | dépistages réalisés | prévue
O2 T05 - Aller vers les femmes éloignées du dépistage | Centre de dépistage | participation au dépistage | prévue
O2 T06 - Former des jeunes relais de santé | Mission locale | jeunes formés | en cours
O3 T07 sante-mentale Créer un conseil local en santé mentale | Communauté urbaine | réunions tenues | prévue
O3 T07 psychologues Tenir des permanences de psychologues | Centre médico-psychologique | délai du premier rendez-vous | prévue
O3 T07 - Former aux premiers secours en santé mentale | Associations | personnes formées | en cours
O4 T09 - Prévenir les chutes à domicile | CCAS | domiciles visités | en cours
O4 T09 - Donner du répit aux aidants | Associations | aidants soutenus | prévue
O4 T02 - Préparer les sorties d’hôpital | Hôpital | sorties préparées | prévue`, "\n")

func demoActionSheets() []surveys.ActionSheet {
	var all []surveys.ActionSheet
	for i, line := range demoActions {
		parts := strings.Split(line, " | ")
		codes := strings.SplitN(parts[0], " ", 4)
		a := surveys.ActionSheet{
			ID: strconv.Itoa(i + 1), Axis: codes[0], Theme: codes[1], Title: fmt.Sprintf("%s (démonstration)", codes[3]),
			Pilot: parts[1], Indicator: parts[2], State: surveys.ActionState(parts[3]),
		}
		if codes[2] != "-" {
			a.Finding = codes[2]
		}
		all = append(all, a)
	}
	return all
}
