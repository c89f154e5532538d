package pages

import (
	"strconv"
	"strings"

	"diapason/surveys/report"
)

// slideOf is a slide about a table: what shows it, where it comes from, on how
// many answers. Without rows there is no slide.
func (t talk) slideOf(kicker, title string, table report.Table, minute int) Slide {
	if len(table.Rows) == 0 {
		return Slide{}
	}
	// A question may stand on two slides.
	table.ID = strconv.Itoa(minute) + "-" + table.ID
	s := Slide{Kicker: kicker, Title: title, Source: table.Source, N: basesOf(table), Minute: minute}
	if t.picture != nil {
		s.Chart = t.picture.draw(table)
	}
	if len(table.Chart.Series) == 1 {
		if of := table.Columns[table.Chart.Series[0]]; of.Kind != report.Share { // a share has its « % »
			s.Caption = of.Title
		}
	}
	drawn := drawTable(table)
	drawn.Long, drawn.Chart = false, ""
	s.Table = &drawn
	return s
}

// basesOf is on how many answers a table stands: the least and the most of its
// bases, as they are told.
func basesOf(t report.Table) string {
	low, high := 0.0, 0.0
	for i, column := range t.Columns {
		for _, row := range t.Rows {
			if column.Kind != report.Base || i >= len(row.Cells) || row.Cells[i].State != report.Shown {
				continue
			}
			n := row.Cells[i].Number
			if low == 0 || n < low {
				low = n
			}
			high = max(high, n)
		}
	}
	switch {
	case high == 0:
		return ""
	case low == high:
		return "n environ " + number(report.Base, high)
	}
	return "n de " + number(report.Base, low) + " à " + number(report.Base, high) + " environ"
}

func (t talk) unknown() Slide {
	shown, hidden := t.Told()
	s := Slide{Kicker: "Ce que nous ne savons pas", Title: "Ce que ces réponses ne disent pas", Minute: 15,
		Says: []string{"Ce que pensent celles et ceux qui n’ont pas répondu."},
		Say:  []string{"Dites-le vous-même : on vous croira mieux sur le reste."}, Avoid: []string{"Ne devinez pas un nombre masqué, et ne le donnez pas de mémoire."}}
	var quiet []string
	for _, card := range sectorCards(t.Report, tableOf(t.Report, report.ChapterSectors, "ensemble")) {
		if card.Hidden == len(card.Figures) && card.Hidden > 0 {
			quiet = append(quiet, card.Name)
		}
	}
	if len(quiet) > 0 {
		s.Says = append(s.Says, "Les secteurs où trop peu de personnes ont répondu : "+joinAnd(quiet)+".")
	}
	for _, a := range t.Answers {
		if a.State == report.Hidden || a.N == 0 {
			s.Says = append(s.Says, "Ce que disent les "+strings.ToLower(a.Label)+" : presque personne n’a répondu.")
		}
	}
	if hidden > 0 {
		s.Says = append(s.Says, thousands(hidden)+" parts masquées pour que personne ne soit reconnu, à côté de "+thousands(shown)+" montrées.")
	}
	s.Says = append(s.Says, "Pourquoi : un questionnaire dit ce qui est, pas ce qui le cause.")
	return s
}

func (t talk) firsts() Slide {
	s := t.slideOf("Les priorités", "Ce que chaque public met en premier", tableOf(t.Report, report.ChapterSummary, "premieres-places"), 16)
	s.Say, s.Avoid = []string{"Lisez les trois colonnes : où se rejoignent-elles ?"}, []string{"Un rang n’est pas un nombre de personnes."}
	return s
}

func (t talk) priorities() Slide {
	table := tableOf(t.Report, report.ChapterPriorities, "importance-et-capacite")
	title := "Quelles priorités retenir ?"
	var names []string
	for _, kept := range retained(t.Report) {
		names = append(names, kept.Title)
	}
	if len(names) > 0 {
		title = "Les priorités retenues par le comité"
	}
	s := t.slideOf("Les priorités", title, table, 17)
	if s.Title == "" && len(names) > 0 {
		s = Slide{Kicker: "Les priorités", Title: title, Minute: 17, Source: "Comité de pilotage"}
	}
	s.Says = names
	s.Say = []string{"Les scores éclairent le choix ; ils ne le font pas.", "Laissez discuter : cinq minutes."}
	s.Avoid = []string{"Ne lisez pas les décimales."}
	return s
}

func (t talk) actions() Slide {
	s := t.slideOf("Vers l’action", "Ce qui est engagé, ce qui est prévu", tableOf(t.Report, report.ChapterActions, "par-orientation"), 19)
	if started, planned := deeds(t.Report); s.Title != "" {
		for _, title := range started[:min(len(started), 3)] {
			s.Says = append(s.Says, "En cours : "+title)
		}
		for _, title := range planned[:min(len(planned), 3)] {
			s.Says = append(s.Says, "Prévue : "+title)
		}
	}
	s.Say = []string{"Chaque action part d’un constat : dites lequel."}
	return s
}

func (t talk) method() Slide {
	return Slide{Kicker: "Méthode", Title: "Comment ces chiffres sont faits", Minute: 20, Source: t.Controller, Says: []string{
		"Des volontaires ont répondu : habitants, professionnels, associations.",
		"Une part n’est donnée qu’à partir de 30 avis ; de 30 à 49, elle se lit avec prudence.",
		"Aucun nombre sur 1 à 10 personnes, ni de quoi le retrouver ; les autres sont arrondis à 5.",
		"Un écart n’est dit réel qu’après un test corrigé pour le nombre de comparaisons.",
	}, Say: []string{"Gardez cette page pour les questions."}, Avoid: []string{avoidWhole}}
}

// joinAnd is a list as it is said: « a, b et c ».
func joinAnd(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " et " + parts[len(parts)-1]
}
