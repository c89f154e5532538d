package report

import (
	"slices"
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// nextRelease is how far the answers of some surveys may count now, and whether
// that is another release than the last one. A survey moves on when at least
// [floor] people answered it since: fewer could be told by subtraction. It enters
// the first one with as many. People who took their answers back count no more.
func nextRelease(last surveys.Release, asked []string, table tally.Counter, now time.Time) (next surveys.Release, moved bool, err error) {
	next = surveys.Release{Diagnostic: last.Diagnostic, Number: last.Number + 1, At: now}
	end := table.Last()
	for _, id := range asked {
		was := last.Survey(id)
		kept, came, err := table.People(id, was.Last)
		if err != nil {
			return last, false, err
		}
		gone := max(0, was.People-kept)
		switch {
		case came >= floor:
			next.Surveys = append(next.Surveys, surveys.ReleasedSurvey{Survey: id, Last: end, People: kept + came, Gone: gone, Until: now})
		case was.Last > 0:
			was.People, was.Gone = kept, gone
			next.Surveys = append(next.Surveys, was)
		}
	}
	if sameAnswers(last, next) {
		return last, false, nil
	}
	return next, true, nil
}

// writtenUntil are the texts of the people a release counts.
func writtenUntil(r surveys.Release, all []Verbatim) []Verbatim {
	var texts []Verbatim
	for _, v := range all {
		if v.Arrival <= r.Survey(v.Survey).Last {
			texts = append(texts, v)
		}
	}
	return texts
}

// waiting are the surveys somebody answered that are in no release yet.
func waiting(r surveys.Release, asked []string, table tally.Counter) (ids []string, err error) {
	for _, id := range asked {
		if r.Survey(id).Last > 0 {
			continue
		}
		_, came, err := table.People(id, 0)
		if err != nil {
			return nil, err
		}
		if came > 0 {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// sameAnswers reports whether two releases are of the very same answers.
func sameAnswers(a, b surveys.Release) bool {
	return slices.EqualFunc(a.Surveys, b.Surveys, func(x, y surveys.ReleasedSurvey) bool {
		return x.Survey == y.Survey && x.Last == y.Last && x.People == y.People
	})
}

// reachOf is how far a release reads a table.
func reachOf(r surveys.Release) tally.Reach {
	reach := tally.Reach{}
	for _, s := range r.Surveys {
		reach[s.Survey] = s.Last
	}
	return reach
}

// pastOf is what a release must not betray, of those before it, oldest first.
// Of two of the same answers the later one told all that the earlier did.
func pastOf(before []surveys.Release, next surveys.Release) Past {
	var past Past
	for i, r := range before {
		if len(past.Former) > 0 {
			past.Former[len(past.Former)-1].Gone += gone(r)
		}
		if sameAnswers(r, next) {
			if i == len(before)-1 {
				past.Same = r.Memory
				return past
			}
			continue
		}
		if !slices.ContainsFunc(before[i+1:], func(o surveys.Release) bool { return sameAnswers(o, r) }) {
			past.Former = append(past.Former, Former{Memory: r.Memory})
		}
	}
	if len(past.Former) > 0 {
		past.Former[len(past.Former)-1].Gone += gone(next)
	}
	return past
}

// gone is how many people of the release before had left.
func gone(r surveys.Release) int {
	n := 0
	for _, s := range r.Surveys {
		n += s.Gone
	}
	return n
}

// until is when the answers of a release stop: the last of its surveys.
func until(r surveys.Release) time.Time {
	var last time.Time
	for _, s := range r.Surveys {
		if s.Until.After(last) {
			last = s.Until
		}
	}
	return last
}

// releaseSentences say up to when the published numbers go, and why.
func (b *builder) releaseSentences() []string {
	said := b.waitingSentences()
	if len(b.Release.Surveys) == 0 {
		return said
	}
	var dates, days []string
	for _, p := range b.people {
		if s := b.Release.Survey(p.ID); s.Last > 0 {
			day := dayText(surveys.DayOf(s.Until), true)
			dates = append(dates, day+" pour les réponses "+answersOf(p.Audience))
			days = append(days, day)
		}
	}
	when := enumerate(dates)
	if len(slices.Compact(days)) == 1 {
		when = days[0]
	}
	return append(said,
		"Les chiffres publiés sont arrêtés au "+when+". Les réponses reçues depuis entreront dans la prochaine publication, dès qu’il y en aura assez pour que personne ne soit reconnu par différence : au moins 11 nouvelles réponses d’un même public. Une personne qui retire sa réponse ne compte plus, dès maintenant.",
		strings.Join([]string{
			"Deux publications successives sont protégées ensemble : quelqu’un qui aurait gardé l’une et l’autre ne peut pas retrouver, en les soustrayant, un nombre masqué dans l’une des deux.",
			"Un groupe dont le nombre est montré dans les deux a pu grandir de quelques personnes : les arrondis le cachent, sans que d’autres cases soient masquées.",
		}, " "),
	)
}

// waitingSentences say whose answers are too few to be published.
func (b *builder) waitingSentences() []string {
	var who []string
	for _, s := range b.waiting {
		if of := answersOf(s.Audience); !slices.Contains(who, of) {
			who = append(who, of)
		}
	}
	if len(who) == 0 {
		return nil
	}
	return []string{"Les réponses " + enumerate(who) + " sont encore trop peu nombreuses pour être publiées : elles le seront quand un même questionnaire en aura reçu au moins 11."}
}
