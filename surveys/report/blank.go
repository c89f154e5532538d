package report

import (
	"slices"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// What is said of questions left blank: how many at most, from what share, and
// from how many people.
const (
	mostBlank  = 10
	blankShare = 0.05
	leastBlank = 5
)

// A skipped question is one that some left blank.
type skipped struct {
	public
	name, title          string
	asked, blank, answer crowd
}

func (s skipped) share() float64 { return float64(s.blank.N) / float64(s.asked.N) }

// blankTable lists the questions that most people were asked and left blank: too
// long, too intimate or badly put, they are to be reworded, and what is said of
// them is to be read with care. It is nil when there are none. Texts are left
// out: to have nothing to write is an answer.
func (b *builder) blankTable() *sheet {
	var all []skipped
	for _, p := range b.people {
		for _, k := range p.blocks {
			all = append(all, p.skipped(k)...)
		}
	}
	slices.SortStableFunc(all, func(x, y skipped) int { return compareShares(y.share(), x.share()) })
	if len(all) == 0 {
		return nil
	}
	s := &sheet{Table: Table{
		ID: "sans-reponse", Title: "Les questions les plus souvent laissées sans réponse", Source: b.everySource(),
		Note: "Base : personnes à qui la question a été posée, quand elles sont au moins 30. Parts brutes. Les textes libres ne sont pas comptés.",
		Columns: []Column{
			{Key: labelKey, Title: "Question", Kind: Label},
			{Key: "audience", Title: "Public", Kind: Label},
			{Key: nKey, Title: "Sans réponse", Kind: Count},
			{Key: baseKey, Title: "Base", Kind: Base},
			{Key: shareKey, Title: "Part", Kind: Share},
		},
		Chart: Chart{Kind: Bars, Label: 0, Of: 1, Series: []int{4}},
	}}
	for _, q := range all[:min(len(all), mostBlank)] {
		share, _, _ := shareCells(tally.People(q.blank.N), tally.People(q.asked.N))
		row := s.add(q.ID+"."+q.name, Ordinary, text(q.title), text(q.Audience.Label()), count(q.blank.N), count(q.asked.N), share)
		s.tell(fact{row: row, who: q.blank.who, n: q.blank.N, base: q.asked.N, aside: true, cells: []int{2, 4}})
		s.tellBase(row, 3, q.asked)
		s.sum(q.asked, q.answer, q.blank)
	}
	return s
}

// skipped are the questions of a block that enough people were asked and left
// blank. Weights have no say in it: it is about the questionnaire.
func (p public) skipped(k block) []skipped {
	var all []skipped
	titles := []string{k.title}
	if k.matrix {
		titles = k.labels()
	}
	for i, q := range k.rows {
		if q.Kind == surveys.TextKind || q.Kind == surveys.Repeat {
			continue
		}
		counts := p.counts.Question(q)
		s := skipped{public: p, name: q.Name, title: titles[i], asked: p.asked(q.Name, counts), blank: p.blank(q.Name, counts), answer: p.answered(q.Name, counts)}
		if k.matrix {
			s.title = k.title + " " + titles[i]
		}
		if s.asked.N >= leastBase && s.blank.N >= leastBlank && float64(s.blank.N) >= blankShare*float64(s.asked.N) {
			all = append(all, s)
		}
	}
	return all
}
