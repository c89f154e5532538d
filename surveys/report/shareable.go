package report

// Told counts the numbers a report shows and those it withholds: shares of
// people alone, so that a total and its parts are not counted twice.
func (r *Report) Told() (shown, hidden int) {
	for _, c := range r.Chapters {
		for _, t := range c.Tables {
			for i, column := range t.Columns {
				if column.Kind != Share {
					continue
				}
				for _, row := range t.Rows {
					if i >= len(row.Cells) {
						continue
					}
					switch row.Cells[i].State {
					case Shown, BlurLow, BlurHigh:
						shown++
					case Hidden:
						hidden++
					}
				}
			}
		}
	}
	return shown, hidden
}

// Unready says why a report cannot be opened to everybody yet, in French
// sentences; none when it can. Only the restitution view ever can.
func (r *Report) Unready() []string {
	if r.View != Restitution {
		return []string{"Seule la vue de restitution peut être publiée."}
	}
	if len(r.Answers) == 0 {
		return []string{"Aucun questionnaire n’est encore publié : il n’y a rien à montrer."}
	}
	if r.Total() == 0 {
		return []string{"Aucun public n’a encore assez répondu : il faut au moins 11 réponses d’un même public pour qu’un nombre puisse être montré."}
	}
	if shown, _ := r.Told(); shown == 0 {
		return []string{"Aucune part ne peut encore être montrée : il faut au moins 30 personnes qui donnent un avis à une même question. Attendez davantage de réponses."}
	}
	return nil
}
