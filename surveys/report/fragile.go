package report

import (
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/weights"
)

// ChapterFragile compares the publics fragiles with the other residents.
const ChapterFragile = "publics-fragiles"

// A flagged is some choices under one mark of their author: they make somebody a
// public fragile, or are the event of an outcome.
type flagged struct {
	mark   string
	name   string
	codes  []string
	others []string // the other opinions
}

// flagsOf are the flags of a question, in the order of its choices. A mark of
// "yes" is named by the choices that have it.
func flagsOf(q *surveys.Question, form *surveys.Questionnaire) []flagged {
	var flags []flagged
	for _, c := range q.Choices {
		mark := c.Extra[surveys.FlagColumn]
		if mark == "" || slices.ContainsFunc(flags, func(f flagged) bool { return f.mark == mark }) {
			continue
		}
		f := flagged{mark: mark, name: mark}
		var labels []string
		for _, o := range q.Choices {
			switch {
			case o.Extra[surveys.FlagColumn] == mark:
				f.codes, labels = append(f.codes, o.Name), append(labels, labelOf(o.Label, o.Name, form))
			case !surveys.NoOpinion(o.Name):
				f.others = append(f.others, o.Name)
			}
		}
		if mark == "yes" || mark == "oui" {
			f.name = labelOf(q.Label, q.Name, form) + " " + strings.Join(quotedAll(labels), " ou ")
		}
		flags = append(flags, f)
	}
	return flags
}

// events are the choices of an outcome that its author marked, whatever the
// mark, and what they are called.
func events(q *surveys.Question, form *surveys.Questionnaire) (name string, codes []string) {
	for i, f := range flagsOf(q, form) {
		if i == 0 {
			name = f.name
		}
		codes = append(codes, f.codes...)
	}
	return name, codes
}

// markedQuestions are the choices questions of a profile with marked choices.
func (p public) markedQuestions(profile string) []*surveys.Question {
	var all []*surveys.Question
	for _, q := range p.form.Questions {
		if q.HasProfile(profile) && (q.Kind == surveys.SelectOne || q.Kind == surveys.SelectMultiple) && len(flagsOf(q, p.form.Questionnaire)) > 0 {
			all = append(all, q)
		}
	}
	return all
}

// comparesFragile reports whether some public fragile can be compared.
func (b *builder) comparesFragile() bool {
	for _, p := range b.people {
		if p.Audience == surveys.Habitants && len(p.markedQuestions(surveys.ProfileVulnerable)) > 0 && len(p.markedQuestions(surveys.ProfileOutcome)) > 0 {
			return true
		}
	}
	return false
}

// fragile sets beside each other those of a public fragile and the others, on
// each outcome. Publics overlap; two are never crossed.
func (b *builder) fragile() (draft, error) {
	d := draft{Chapter: Chapter{
		ID: ChapterFragile, Title: "Publics fragiles",
		Lead: "Aucune question de ce diagnostic ne dit qui est un public fragile.",
	}}
	for _, p := range b.people {
		publics, outcomes := p.markedQuestions(surveys.ProfileVulnerable), p.markedQuestions(surveys.ProfileOutcome)
		if p.Audience != surveys.Habitants || len(publics) == 0 || len(outcomes) == 0 {
			continue
		}
		d.Lead = "Pour qui est-ce plus difficile ? Chaque ligne compare les personnes concernées à toutes les autres. Une même personne peut être dans plusieurs lignes."
		for _, outcome := range outcomes {
			s, err := b.fragileTable(p, outcome, publics)
			if err != nil {
				return d, err
			}
			d.sheets = append(d.sheets, s)
		}
	}
	return d, nil
}

// A contrast is one outcome in a public fragile and among the others.
type contrast struct {
	key, name          string
	inside, outside    crowd // people with an opinion on the outcome
	happens, elsewhere crowd // those of them it happens to
}

func (b *builder) fragileTable(p public, outcome *surveys.Question, publics []*surveys.Question) (*sheet, error) {
	name, _ := events(outcome, p.form.Questionnaire)
	s := &sheet{sensitive: outcome.Sensitive, Table: Table{
		ID: "fragile." + outcome.Name, Theme: themeOf(outcome, nil), Source: p.source(),
		Title: name + ", selon le public",
		Note:  "Rapport : combien de fois plus souvent que chez les autres personnes, avec son intervalle à 95 %. Un écart n’est dit réel qu’après correction pour le nombre de lignes du tableau.",
		Columns: []Column{
			{Key: labelKey, Title: "Public", Kind: Label},
			{Key: nKey, Title: "Concernées", Kind: Count},
			{Key: baseKey, Title: "Base", Kind: Base},
			{Key: shareKey, Title: "Dans ce public", Kind: Share},
			{Key: lowKey, Title: "Intervalle, bas", Kind: Low},
			{Key: highKey, Title: "Intervalle, haut", Kind: High},
			{Key: "others", Title: "Chez les autres", Kind: Share},
			{Key: "ratio", Title: "Rapport", Kind: Mean},
			{Key: "ratio.low", Title: "Rapport, bas", Kind: Mean},
			{Key: "ratio.high", Title: "Rapport, haut", Kind: Mean},
			{Key: "verdict", Title: "Lecture", Kind: Verdict},
		},
		Chart: Chart{Kind: Forest, Label: 0, Series: []int{7, 8, 9}},
	}}
	var all []contrast
	for _, public := range publics {
		if public == outcome {
			continue
		}
		for _, f := range flagsOf(public, p.form.Questionnaire) {
			c, err := b.contrast(p, s, public, f, outcome)
			if err != nil {
				return nil, err
			}
			all = append(all, c)
		}
	}
	for i, verdict := range verdictsOf(all) {
		s.contrastRow(all[i], verdict)
	}
	return s, nil
}

// contrast counts an outcome by a public, and tells the ledger how the parts
// make what the other tables tell.
func (b *builder) contrast(p public, s *sheet, public *surveys.Question, f flagged, outcome *surveys.Question) (c contrast, err error) {
	c = contrast{key: public.Name + "." + f.codes[0], name: f.name}
	var by []tally.By
	if p.weighting != nil {
		by = p.weighting.by
	}
	// All outcomes at once: the next one finds its counts made.
	split, err := b.Table.Cross(p.ID, p.markedQuestions(surveys.ProfileOutcome), append(by[:len(by):len(by)], tally.By{Question: public, Groups: []tally.Group{{Code: "oui", Codes: f.codes}, {Code: "non", Codes: f.others}}})...)
	if err != nil {
		return c, err
	}
	_, happened := events(outcome, p.form.Questionnaire)
	count := func(group string) (base, event crowd) {
		q := split.Survey(p.weighting.weigh(), func(st tally.Stratum) bool { return st.Groups[len(by)] == group }).Question(outcome)
		name := p.group(outcome.Name, " by "+c.key+" "+group)
		base, event = crowd{name, q.Opinions()}, crowd{who: name + " event"}
		for _, code := range happened {
			event.Mass = event.Plus(q.Count(code))
		}
		s.sum(base, event, base.others(event))
		return base, event
	}
	c.inside, c.happens = count("oui")
	c.outside, c.elsewhere = count("non")
	unknown, unknownEvent := count("")
	for _, c := range []crowd{unknown, unknownEvent, unknown.others(unknownEvent)} {
		s.aside(c)
	}
	s.sum(p.event(s, outcome), c.happens, c.elsewhere, unknownEvent)
	s.sum(p.opinions(outcome.Name, p.counts.Question(outcome)), c.inside, c.outside, unknown)
	return c, nil
}

func (c contrast) estimates() (in, out weights.Estimate, ok bool) {
	in, known := estimate(c.happens, c.inside)
	out, also := estimate(c.elsewhere, c.outside)
	return in, out, known && also && c.inside.N >= leastBase && c.outside.N >= leastBase
}

func estimate(part, base crowd) (weights.Estimate, bool) {
	return weights.EstimateOf(weights.Base{N: part.N, Sum: part.W, Squares: part.W2}, weights.Base{N: base.N, Sum: base.W, Squares: base.W2})
}

// The readings of a contrast.
const (
	MoreOften = "plus souvent"
	LessOften = "moins souvent"
)

// verdictsOf reads the contrasts of a table together.
func verdictsOf(all []contrast) []string {
	verdicts, at, p := make([]string, len(all)), []int{}, []float64{}
	for i, c := range all {
		verdicts[i] = TooSmall
		if in, out, ok := c.estimates(); ok {
			if d, ok := weights.Compare(in, out); ok {
				verdicts[i], at, p = Unproven, append(at, i), append(p, d.P)
			}
		}
	}
	for j, adjusted := range weights.BenjaminiHochberg(p) {
		if adjusted >= alpha {
			continue
		}
		in, out, _ := all[at[j]].estimates()
		verdicts[at[j]] = MoreOften
		if in.Share < out.Share {
			verdicts[at[j]] = LessOften
		}
	}
	return verdicts
}

func (s *sheet) contrastRow(c contrast, verdict string) {
	share, low, high := shareCells(c.happens.Mass, c.inside.Mass)
	others, _, _ := shareCells(c.elsewhere.Mass, c.outside.Mass)
	cells := []Cell{text(c.name), count(c.happens.N), count(c.inside.N), share, low, high, others, {}, {}, {}, text(verdict)}
	if in, out, ok := c.estimates(); ok {
		if r, ok := weights.RelativeRisk(in, out); ok {
			cells[7], cells[8], cells[9] = value(r.Risk), value(r.Low), value(r.High)
		}
	}
	row := s.add(c.key, Ordinary, cells...)
	s.tell(fact{row: row, who: c.happens.who, n: c.happens.N, base: c.inside.N, cells: []int{1, 3, 4, 5, 7, 8, 9, 10}})
	s.tell(fact{row: row, who: c.elsewhere.who, n: c.elsewhere.N, base: c.outside.N, cells: []int{6, 7, 8, 9, 10}})
	s.tellBase(row, 2, c.inside)
}
