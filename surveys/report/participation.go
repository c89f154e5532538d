package report

import (
	"slices"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// participation tells who answered, when and where.
func (b *builder) participation() draft {
	d := draft{Chapter: Chapter{ID: ChapterParticipation, Title: "Qui a répondu"}}
	d.sheets = []*sheet{b.byAudience()}
	if days := b.days(); len(days) > 0 {
		d.sheets = append(d.sheets, b.byTime(days))
	}
	if len(b.Diagnostic.Territory.Sectors) > 0 {
		d.sheets = append(d.sheets, b.bySector())
	}
	if s := b.byInlet(); s != nil {
		d.sheets = append(d.sheets, s)
	}
	if said := b.timeSentence(); said != "" {
		d.Paragraphs = append(d.Paragraphs, said)
	}
	if s := b.blankTable(); s != nil {
		d.sheets = append(d.sheets, s)
	}
	missing := b.missingSectors()
	d.lead = func(r *Report) string { return participationLead(r, missing) }
	return d
}

func participationLead(r *Report, missing []string) string {
	if len(r.Answers) == 0 {
		return "Aucun questionnaire n’est encore publié."
	}
	parts := make([]string, len(r.Answers))
	for i, a := range r.Answers {
		parts[i] = r.howMany(a)
	}
	lead := sentence(enumerate(parts))
	switch len(missing) {
	case 0:
		return lead
	case 1:
		return lead + " Par rapport à sa population, le secteur " + missing[0] + " a moins répondu que le reste du territoire : c’est là qu’il manque des réponses."
	}
	return lead + " Par rapport à leur population, les secteurs " + enumerate(missing) + " ont moins répondu que le reste du territoire : c’est là qu’il manque des réponses."
}

func (b *builder) byAudience() *sheet {
	s := &sheet{Table: Table{
		ID: "par-public", Title: "Réponses par public", Source: "Enquêtes du diagnostic",
		Columns: []Column{
			{Key: labelKey, Title: "Public", Kind: Label},
			{Key: nKey, Title: "Réponses", Kind: Count},
			{Key: "first", Title: "Première réponse", Kind: Label},
			{Key: "last", Title: "Dernière réponse", Kind: Label},
		},
		Chart: Chart{Kind: Bars, Label: 0, Series: []int{1}},
	}}
	var terms []int
	var parts []crowd
	for _, p := range b.people {
		first, last := Cell{}, Cell{}
		if days := p.counts.Days; len(days) > 0 {
			first, last = text(dayText(days[0].Day, true)), text(dayText(days[len(days)-1].Day, true))
		}
		row := s.add(string(p.Audience), Ordinary, text(p.Audience.Label()), count(p.counts.N), first, last)
		terms = append(terms, s.tell(fact{row: row, who: p.ID, n: p.counts.N, cells: []int{1}}))
		parts = append(parts, p.all())
	}
	if len(b.people) > 1 {
		total := sumOf("everybody", parts)
		row := s.add("total", Total, text("Ensemble"), count(total.N), Cell{}, Cell{})
		s.tell(fact{row: row, who: total.who, n: total.N, terms: terms, cells: []int{1}})
		s.sum(total, parts...)
	}
	return s
}

// daysShown is the most days the table by day shows: the last ones.
const daysShown = 400

// days are all the days of the collection until now, without a hole: from the
// opening, or the first answer when it came before, to the last answer, or to
// today while the collection is open.
func (b *builder) days() []surveys.Day {
	first, last := surveys.Day(""), surveys.Day("")
	for _, p := range b.people {
		if days := p.counts.Days; len(days) > 0 {
			first, last = earlier(first, days[0].Day), max(last, days[len(days)-1].Day)
		}
	}
	if first == "" {
		return nil
	}
	if !b.Diagnostic.Opens.IsZero() {
		first = earlier(first, surveys.DayOf(b.Diagnostic.Opens))
		until := b.Now
		if closes := b.Diagnostic.Closes; !closes.IsZero() && closes.Before(until) {
			until = closes
		}
		last = max(last, surveys.DayOf(until))
	}
	from, err := time.Parse(time.DateOnly, string(first))
	if err != nil {
		return nil
	}
	var days []surveys.Day
	for t := from; t.Format(time.DateOnly) <= string(last); t = t.AddDate(0, 0, 1) {
		days = append(days, surveys.Day(t.Format(time.DateOnly)))
	}
	return days[max(0, len(days)-daysShown):]
}

func earlier(a, b surveys.Day) surveys.Day {
	if a == "" {
		return b
	}
	return min(a, b)
}

// byTime tells when people answered: by day to the team, by week in the
// restitution, where most days would be too few people to be told.
func (b *builder) byTime(days []surveys.Day) *sheet {
	s := &sheet{Table: Table{
		ID: "par-jour", Title: "Réponses par jour", Source: "Enquêtes du diagnostic",
		Columns: []Column{{Key: labelKey, Title: "Jour", Kind: Label}},
		Chart:   Chart{Kind: Timeline, Label: 0},
	}}
	when := func(d surveys.Day) surveys.Day { return d }
	if b.View == Restitution {
		s.ID, s.Title, s.Columns[0].Title = "par-semaine", "Réponses par semaine", "Semaine du"
		s.Note = "Chaque semaine va du lundi au dimanche."
		when = monday
	}
	counts := make([]map[surveys.Day]int, len(b.people))
	for i, p := range b.people {
		s.Columns = append(s.Columns, Column{
			Key: string(p.Audience) + "." + nKey, Title: p.Audience.Label(), Kind: Count, Audience: p.Audience,
		})
		s.Chart.Series = append(s.Chart.Series, i+1)
		counts[i] = map[surveys.Day]int{}
		for _, d := range p.counts.Days {
			counts[i][when(d.Day)] += d.N
		}
	}
	parts := make([][]crowd, len(b.people))
	periods := make([]surveys.Day, len(days))
	for i, day := range days {
		periods[i] = when(day)
	}
	for _, day := range slices.Compact(periods) {
		row := s.add(string(day), Ordinary, text(dayText(day, false)))
		for i, p := range b.people {
			then := crowd{p.ID + " on " + string(day), tally.People(counts[i][day])}
			s.Rows[row].Cells = append(s.Rows[row].Cells, count(then.N))
			s.tell(fact{row: row, who: then.who, n: then.N, cells: []int{i + 1}})
			parts[i] = append(parts[i], then)
		}
	}
	for i, p := range b.people {
		if sumOf("", parts[i]).N == p.counts.N { // all days are shown
			s.sum(p.all(), parts[i]...)
		}
	}
	return s
}

// monday is the first day of the week of a day.
func monday(day surveys.Day) surveys.Day {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return day
	}
	return surveys.Day(t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly))
}

// audience is the chapter of one audience: a table for each block.
func (b *builder) audience(p public) draft {
	d := draft{Chapter: Chapter{ID: string(p.Audience), Title: p.Audience.Label(), Audience: p.Audience}}
	if b.people[slices.IndexFunc(b.people, func(o public) bool { return o.Audience == p.Audience })].ID != p.ID {
		// A second survey of the same audience has a chapter of its own.
		d.ID, d.Title = p.ID, p.Audience.Label()+" – "+p.Title
	}
	for _, k := range p.blocks {
		d.sheets = append(d.sheets, b.tables(p, k)...)
	}
	d.lead = func(r *Report) string { return audienceLead(r, p) }
	return d
}

func audienceLead(r *Report, p public) string {
	for _, a := range r.Answers {
		if a.Survey != p.ID {
			continue
		}
		lead := r.howMany(a)
		if days := p.counts.Days; len(days) > 0 {
			lead += ", " + period(days[0].Day, days[len(days)-1].Day)
		}
		return sentence(lead) + " Ce sont des personnes volontaires : les chiffres disent ce qu’elles ont répondu."
	}
	return ""
}
