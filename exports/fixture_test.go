package exports

import (
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// smallReport is a restitution with every kind of table, chart and cell.
func smallReport() *report.Report {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	return &report.Report{
		Diagnostic: "dole-2026", Title: "Diagnostic partagé du contrat local de santé", Edition: "2026",
		Territory: "Pays Dolois", Population: 83_412, Controller: "Pays Dolois – Pays de Pasteur",
		Contact: "Équipe du contrat local de santé, sante@exemple.fr", Opens: day(3, 2), Closes: day(4, 30),
		View: report.Restitution, Demo: true, Made: day(5, 12),
		Answers: []report.AudienceCount{
			{Audience: surveys.Habitants, Label: "Habitants", Survey: "h", N: 420},
			{Audience: surveys.Professionnels, Label: "Professionnels", Survey: "p", N: 85},
			{Audience: surveys.Associations, Label: "Associations", Survey: "a", N: 35},
		},
		Chapters: []report.Chapter{participation(), residents(), carers(), associations(), crossed(), method()},
		Suppressions: []report.Suppression{
			{Chapter: "habitants", Table: "Avez-vous renoncé à des soins ?", Row: "Je ne savais pas où aller", Column: "Part", Rule: "Moins de 11 personnes : l’effectif et la part sont cachés."},
			{Chapter: "participation", Table: "Réponses par secteur", Row: "Val d’Amour", Column: "Réponses", Rule: "Cachée avec une autre, pour qu’on ne la retrouve pas par soustraction du total."},
		},
	}
}

func label(s string) report.Cell   { return report.Cell{State: report.Shown, Text: s} }
func number(n float64) report.Cell { return report.Cell{State: report.Shown, Number: n} }
func prudent(n float64) report.Cell {
	return report.Cell{State: report.Shown, Number: n, Caution: true}
}
func not(s report.State) report.Cell { return report.Cell{State: s} }

func row(cells ...report.Cell) report.Row { return report.Row{Key: cells[0].Text, Cells: cells} }

func as(role report.Role, cells ...report.Cell) report.Row {
	r := row(cells...)
	r.Role = role
	return r
}

// shareColumns are those of an ordinary question.
func shareColumns() []report.Column {
	return []report.Column{
		{Key: "label", Title: "Réponse", Kind: report.Label}, {Key: "n", Title: "Effectif", Kind: report.Count},
		{Key: "base", Title: "Base", Kind: report.Base}, {Key: "share", Title: "Part", Kind: report.Share},
		{Key: "low", Title: "Intervalle : de", Kind: report.Low}, {Key: "high", Title: "à", Kind: report.High},
	}
}

func share(text string, n, base, p, low, high float64) report.Row {
	return row(label(text), number(n), number(base), number(p), number(low), number(high))
}

func hidden(text string, s report.State) report.Row {
	return row(label(text), not(s), not(s), not(s), not(s), not(s))
}

func participation() report.Chapter {
	return report.Chapter{
		ID: report.ChapterParticipation, Title: "Participation",
		Lead: "540 réponses en deux mois. Le nord du territoire a moins répondu que le reste.",
		Tables: []report.Table{{
			ID: "secteurs", Section: "Où", Title: "Réponses des habitants par secteur",
			Note: "Taux pour 1 000 habitants.", Source: "Populations légales 2023, Insee.",
			Columns: []report.Column{
				{Title: "Secteur", Kind: report.Label}, {Title: "Population", Kind: report.Count},
				{Title: "Réponses", Kind: report.Count, Audience: surveys.Habitants}, {Title: "Taux", Kind: report.Rate},
			},
			Rows: []report.Row{
				row(label("Grand Dole"), number(54_120), number(265), number(4.9)),
				row(label("Val d’Amour"), number(9_210), not(report.Hidden), not(report.Hidden)),
				row(label("Plaine jurassienne"), number(7_480), number(70), number(9.36)),
				row(label("Jura Nord"), number(12_602), number(60), number(4.76)),
				as(report.Total, label("Ensemble"), number(83_412), number(420), number(5.04)),
			},
			Chart: report.Chart{Kind: report.Bars, Label: 0, Series: []int{3}},
		}, {
			ID: "jours", Section: "Quand", Title: "Réponses par semaine de collecte",
			Columns: []report.Column{
				{Title: "Semaine du", Kind: report.Label},
				{Title: "Habitants", Kind: report.Count, Audience: surveys.Habitants},
				{Title: "Professionnels", Kind: report.Count, Audience: surveys.Professionnels},
				{Title: "Associations", Kind: report.Count, Audience: surveys.Associations},
			},
			Rows: []report.Row{
				row(label("2 mars"), number(40), number(20), number(5)), row(label("9 mars"), number(120), number(30), number(10)),
				row(label("16 mars"), number(90), number(10), number(5)), row(label("23 mars"), number(60), number(15), number(10)),
				row(label("30 mars"), number(110), number(10), number(5)),
			},
			Chart: report.Chart{Kind: report.Timeline, Label: 0, Series: []int{1, 2, 3}},
		}},
	}
}

func residents() report.Chapter {
	return report.Chapter{
		ID: "habitants", Title: "Habitants", Audience: surveys.Habitants,
		Lead:   "Quatre habitants sur dix ont renoncé à des soins dans l’année ; le délai en est la première raison.",
		Tables: []report.Table{reasons(), ages(), opinions(), fewAnswered()},
	}
}

func reasons() report.Table {
	return report.Table{
		ID: "renoncement_raison", Section: "Accès aux soins", Theme: "T02",
		Title:   "Pour quelles raisons avez-vous renoncé à des soins ces douze derniers mois ? (plusieurs réponses possibles)",
		Note:    "Base : personnes ayant renoncé à au moins un soin. Plusieurs réponses possibles : le total dépasse 100 %.",
		Columns: shareColumns(),
		Rows: []report.Row{
			share("Le coût", 65, 180, 0.358, 0.29, 0.43),
			share("Le délai pour obtenir un rendez-vous, chez un spécialiste ou chez un dentiste", 120, 180, 0.664, 0.59, 0.73),
			hidden("Je ne savais pas où aller", report.Hidden),
			row(label("La distance, les transports"), number(45), number(40), prudent(0.252), prudent(0.15), prudent(0.39)),
			row(label("La peur"), not(report.BlurLow), number(180), not(report.BlurLow), not(report.Empty), not(report.Empty)),
			as(report.Outside, label("Je ne souhaite pas répondre"), number(15), not(report.Empty), not(report.Empty), not(report.Empty), not(report.Empty)),
			as(report.Total, label("Ensemble"), number(195), number(180), not(report.Empty), not(report.Empty), not(report.Empty)),
		},
		Chart: report.Chart{Kind: report.Bars, Label: 0, Series: []int{3}},
	}
}

func ages() report.Table {
	return report.Table{
		ID: "age", Section: "Qui a répondu", Title: "Quel est votre âge ?", Columns: shareColumns(),
		Rows: []report.Row{
			share("15 à 29 ans", 45, 420, 0.107, 0.08, 0.14), share("30 à 44 ans", 110, 420, 0.262, 0.22, 0.31),
			share("45 à 59 ans", 130, 420, 0.31, 0.27, 0.36), share("60 à 74 ans", 95, 420, 0.226, 0.19, 0.27),
			share("75 ans et plus", 40, 420, 0.095, 0.07, 0.13),
		},
		Chart: report.Chart{Kind: report.Columns, Label: 0, Series: []int{3}},
	}
}

func opinions() report.Table {
	columns := []report.Column{{Title: "Près de chez vous, il est facile de…", Kind: report.Label}, {Title: "Base", Kind: report.Base}}
	for _, s := range []string{"Pas du tout d’accord", "Plutôt pas d’accord", "Plutôt d’accord", "Tout à fait d’accord"} {
		columns = append(columns, report.Column{Title: s, Kind: report.Share})
	}
	return report.Table{
		ID: "facilite", Section: "Qui a répondu", Title: "Près de chez vous, diriez-vous qu’il est facile de…", Columns: columns,
		Note: "Base : personnes ayant donné un avis.",
		Rows: []report.Row{
			row(label("voir un médecin généraliste"), number(400), number(.31), number(.27), number(.28), number(.14)),
			row(label("voir un dentiste"), number(395), number(.45), number(.30), number(.17), number(.08)),
			row(label("trouver une pharmacie ouverte"), number(410), number(.05), number(.12), number(.43), number(.40)),
			row(label("consulter un psychologue"), number(25), not(report.TooFew), not(report.TooFew), not(report.TooFew), not(report.TooFew)),
		},
		Chart: report.Chart{Kind: report.Stacked, Label: 0, Series: []int{2, 3, 4, 5}},
	}
}

func fewAnswered() report.Table {
	return report.Table{
		ID: "handicap", Section: "Publics fragiles", Title: "Vivez-vous avec un handicap ?", Columns: shareColumns(),
		Rows:  []report.Row{hidden("Oui", report.Hidden), hidden("Non", report.Hidden)},
		Chart: report.Chart{Kind: report.Bars, Label: 0, Series: []int{3}},
	}
}

func carers() report.Chapter {
	return report.Chapter{
		ID: "professionnels", Title: "Professionnels", Audience: surveys.Professionnels,
		Tables: []report.Table{{
			ID: "metier", Section: "Exercice", Title: "Quel est votre métier ?", Columns: shareColumns(),
			Rows: []report.Row{
				share("Infirmière, infirmier", 30, 85, .353, .26, .46), share("Médecin généraliste", 20, 85, .235, .16, .34),
				share("Pharmacienne, pharmacien", 15, 85, .176, .11, .27), share("Travailleur social", 20, 85, .235, .16, .34),
			},
			Chart: report.Chart{Kind: report.Bars, Label: 0, Series: []int{3}},
		}},
	}
}

func associations() report.Chapter {
	return report.Chapter{
		ID: "associations", Title: "Associations", Audience: surveys.Associations,
		Paragraphs: []string{"Trente-cinq associations ont répondu : lisez « x sur n » plutôt que des pourcentages."},
		Tables: []report.Table{{
			ID: "priorites", Section: "Priorités", Title: "Quelles sont, selon vous, les trois priorités ?",
			Columns: []report.Column{{Title: "Priorité", Kind: report.Label}, {Title: "Citée", Kind: report.Count},
				{Title: "Rang", Kind: report.Rank}, {Title: "Score", Kind: report.Score}},
			Rows: []report.Row{
				row(label("Santé mentale"), number(20), number(1), number(71)), row(label("Accès aux soins"), number(15), number(2), number(64)),
				row(label("Mobilité"), number(10), number(3), number(30)),
			},
			Chart: report.Chart{Kind: report.Bars, Label: 0, Series: []int{3}},
		}},
	}
}

func crossed() report.Chapter {
	columns := []report.Column{{Title: "Priorité", Kind: report.Label}}
	for _, a := range surveys.Audiences() {
		columns = append(columns, report.Column{Key: string(a) + ".share", Title: a.Label(), Kind: report.Share, Audience: a})
	}
	columns = append(columns, report.Column{Title: "Écart (points)", Kind: report.Gap}, report.Column{Title: "Lecture", Kind: report.Verdict})
	return report.Chapter{
		ID: report.ChapterCrossed, Title: "Regards croisés",
		Lead: "Tous s’accordent sur la santé mentale ; la mobilité est l’angle mort des professionnels.",
		Tables: []report.Table{{
			ID: "priorites", Section: "Priorités", Theme: "T05", Title: "Les priorités de chacun, côte à côte", Columns: columns,
			Note: "Écarts testés, corrigés du nombre de comparaisons.",
			Rows: []report.Row{
				row(label("Santé mentale"), number(.52), number(.55), prudent(.58), number(.06), label("convergence")),
				row(label("Accès aux soins"), number(.71), number(.42), prudent(.49), number(.29), label("divergence")),
				row(label("Mobilité"), number(.47), number(.08), prudent(.33), number(.39), label("angle mort")),
				row(label("Addictions"), number(.21), number(.26), not(report.Hidden), number(.05), label("écart non significatif")),
				row(label("Logement"), number(.18), not(report.TooFew), not(report.TooFew), not(report.Empty), label("effectifs trop faibles")),
			},
			Chart: report.Chart{Kind: report.Clustered, Label: 0, Series: []int{1, 2, 3}},
		}},
	}
}

func method() report.Chapter {
	return report.Chapter{
		ID: report.ChapterMethod, Title: "Méthode et secret statistique",
		Paragraphs: []string{
			"Les questionnaires ont été remplis en ligne, sur papier et avec des enquêteurs, du 2 mars au 30 avril 2026.",
			"Les réponses des habitants sont calées sur l’âge, le sexe et le secteur du recensement.",
		},
	}
}

// smallForms are three published questionnaires, the residents' in two
// versions.
func smallForms(t testing.TB) []Form {
	t.Helper()
	resident := questionnaire()
	older := questionnaire()
	older.Items = append(older.Items, surveys.Item{Kind: surveys.TextKind, Name: "ancienne", Label: fr("Une question d’autrefois")})
	other := surveys.Questionnaire{DefaultLanguage: "Français (fr)", Languages: []string{"Français (fr)"},
		Items: []surveys.Item{{Kind: surveys.TextKind, Name: "remarque", Label: fr("Une remarque ?")}}}
	return []Form{
		{surveys.Survey{ID: "h", Audience: surveys.Habitants}, 1, compiled(t, older)},
		{surveys.Survey{ID: "h", Audience: surveys.Habitants}, 2, compiled(t, resident)},
		{surveys.Survey{ID: "p", Audience: surveys.Professionnels}, 1, compiled(t, other)},
		{surveys.Survey{ID: "a", Audience: surveys.Associations}, 1, compiled(t, other)},
	}
}

func compiled(t testing.TB, q surveys.Questionnaire) *surveys.Form {
	t.Helper()
	form, problems := surveys.Compile(&q)
	if form == nil {
		t.Fatal(problems)
	}
	return form
}

func fr(s string) surveys.Text { return surveys.Text{"Français (fr)": s} }

func questionnaire() surveys.Questionnaire {
	choices := func(pairs ...string) (all []surveys.Choice) {
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, surveys.Choice{Name: pairs[i], Label: fr(pairs[i+1])})
		}
		return all
	}
	return surveys.Questionnaire{
		DefaultLanguage: "Français (fr)", Languages: []string{"Français (fr)", "English (en)"},
		Items: []surveys.Item{
			{Kind: surveys.SelectOne, Name: "commune", List: "communes", Profile: surveys.ProfileCommune, Label: fr("Dans quelle commune vivez-vous ?")},
			{Kind: surveys.Integer, Name: "enfants", Label: fr("Combien d’enfants vivent avec vous ?")},
			{Kind: surveys.Group, Name: "soins", Label: fr("Vos soins"), Items: []surveys.Item{
				{Kind: surveys.SelectOne, Name: "renoncement", List: "oui_non", Theme: "T02", Label: fr("Avez-vous **renoncé** à des soins ?")},
				{Kind: surveys.SelectMultiple, Name: "renoncement_raison", List: "raisons", Theme: "T02",
					Relevant: "${renoncement} = 'oui'", Label: fr("Pour quelles raisons ?")},
			}},
			{Kind: surveys.Rank, Name: "priorites", List: "themes", Theme: "T05", Label: fr("Classez ces priorités.")},
			{Kind: surveys.Date, Name: "visite", Label: fr("Date de votre dernière visite")},
			{Kind: surveys.Repeat, Name: "lieux", Label: fr("Lieux de soins"), Items: []surveys.Item{
				{Kind: surveys.TextKind, Name: "lieu", Label: fr("Quel lieu ?")},
			}},
			{Kind: surveys.TextKind, Name: "remarque", Label: fr("Une remarque ?")},
		},
		Lists: []surveys.List{
			{Name: "communes", Choices: choices("39198", "Dole", "39013", "Arbois")},
			{Name: "oui_non", Choices: choices("oui", "Oui", "non", "Non", "nsp", "Je ne sais pas")},
			{Name: "raisons", Choices: choices("cout", "Le coût", "delai", "Le délai", "peur", "La peur")},
			{Name: "themes", Choices: choices("mental", "Santé mentale", "soins", "Accès aux soins", "mobilite", "Mobilité")},
		},
	}
}

func smallTerritory() surveys.Territory {
	return surveys.Territory{Sectors: []surveys.Sector{
		{ID: "dole", Name: "Grand Dole", Communes: []string{"39198"}}, {ID: "sud", Name: "Sud & vignoble", Communes: []string{"39013"}},
	}}
}
