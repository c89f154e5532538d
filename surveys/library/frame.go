package library

import "diapason/surveys"

// Frame is the common frame. The themes are the same everywhere, so that
// territories and editions compare; each territory attaches its own axes.
func Frame() surveys.Frame { return surveys.Frame{Themes: themes()} }

// creusotMontceauFrame has the four orientations of the contract of Creusot
// Montceau as its axes.
func creusotMontceauFrame() surveys.Frame {
	return surveys.Frame{Themes: themes(), Axes: []surveys.Axis{
		{Code: "O1", Name: "Soins de premier recours", Themes: []string{"T01"}},
		{Code: "O2", Name: "Prévention", Themes: []string{"T04", "T05"}},
		{Code: "O3", Name: "Santé mentale et psychiatrie", Themes: []string{"T07"}},
		{Code: "O4", Name: "Vieillissement", Themes: []string{"T02", "T09"}},
	}}
}

// themes are the thirteen subjects; Short is what residents read, and the
// label of the same code in the list "prio" of the questionnaires.
func themes() []surveys.Theme {
	return []surveys.Theme{
		{Code: "T01", Name: "Accès aux soins de premier recours, démographie", Short: "Trouver un médecin ou un soignant près de chez soi"},
		{Code: "T02", Name: "Parcours et coordination", Short: "Être bien suivi entre le médecin, l’hôpital et la maison"},
		{Code: "T03", Name: "Droits et littératie", Short: "Connaître ses droits et faire ses démarches de santé"},
		{Code: "T04", Name: "Prévention, maladies chroniques", Short: "Éviter les maladies\u00a0: bien manger, bouger, se faire vacciner"},
		{Code: "T05", Name: "Cancers", Short: "Dépister et soigner les cancers"},
		{Code: "T06", Name: "Enfants et jeunes", Short: "La santé des enfants et des jeunes"},
		{Code: "T07", Name: "Santé mentale", Short: "Le moral et la santé mentale"},
		{Code: "T08", Name: "Addictions", Short: "L’alcool, le tabac, les drogues, les écrans"},
		{Code: "T09", Name: "Vieillissement, handicap, aidants", Short: "Bien vieillir, vivre avec un handicap, aider un proche"},
		{Code: "T10", Name: "Santé-environnement et cadre de vie", Short: "Le logement, l’air, le bruit, la chaleur"},
		{Code: "T11", Name: "Publics vulnérables, déterminants sociaux", Short: "Aider les personnes en difficulté (argent, transport, isolement)"},
		{Code: "T12", Name: "Santé au travail", Short: "La santé au travail"},
		{Code: "T13", Name: "Démocratie en santé, gouvernance", Short: "Donner la parole aux habitants et travailler ensemble"},
	}
}
