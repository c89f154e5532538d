package report

import (
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// An inlet is one way answers came in, and how many of each audience did.
type inlet struct {
	field, code string // "mode", "web"
	name        string
}

// byInlet tells how answers came in: the mode and the language, and to the team
// the relay, whose name may say who comes there. It is nil while all came the
// same way.
func (b *builder) byInlet() *sheet {
	s := &sheet{Table: Table{
		ID: "par-canal", Title: "Comment les réponses arrivent", Source: "Enquêtes du diagnostic",
		Columns: []Column{{Key: "inlet", Title: "Par", Kind: Label}, {Key: labelKey, Title: "Lequel", Kind: Label}},
	}}
	for _, p := range b.people {
		s.Columns = append(s.Columns, Column{Key: string(p.Audience) + "." + nKey, Title: p.Audience.Label(), Kind: Count, Audience: p.Audience})
	}
	fields := []string{"mode", "language"}
	if b.View == Work {
		fields = append(fields, "relay")
	}
	several := false
	for _, field := range fields {
		inlets := b.inlets(field)
		several = several || len(inlets) > 1
		for _, in := range inlets {
			row := s.add(field+"="+in.code, Ordinary, text(inletTitles[field]), text(in.name))
			for i, p := range b.people {
				came := p.came(field, in.code)
				s.Rows[row].Cells = append(s.Rows[row].Cells, count(came.N))
				s.tell(fact{row: row, who: came.who, n: came.N, aside: true, cells: []int{i + 2}})
			}
		}
		for _, p := range b.people {
			parts := make([]crowd, len(inlets))
			for i, in := range inlets {
				parts[i] = p.came(field, in.code)
			}
			if sumOf("", parts).N == p.counts.N {
				s.sum(p.all(), parts...)
			}
		}
	}
	if !several {
		return nil
	}
	return s
}

var inletTitles = map[string]string{"mode": "Mode", "language": "Langue", "relay": "Relais"}

// came is the people whose answers came in one way.
func (p public) came(field, code string) crowd {
	q := surveys.Circumstance(field)
	if code == "" {
		return crowd{p.group(q.Name, " blank"), tally.People(p.counts.Question(q).Blank().N)}
	}
	return crowd{p.group(q.Name, "="+code), tally.People(p.counts.Question(q).Count(code).N)}
}

// inlets are the ways somebody's answers came in, the most used first.
func (b *builder) inlets(field string) []inlet {
	n := map[string]int{}
	for _, p := range b.people {
		q := p.counts.Question(surveys.Circumstance(field))
		for _, c := range q.Codes {
			n[c.Code] += c.N
		}
		if blank := q.Blank().N; blank > 0 {
			n[""] += blank
		}
	}
	var all []inlet
	for code, people := range n {
		if people > 0 {
			all = append(all, inlet{field, code, b.inletName(field, code)})
		}
	}
	slices.SortFunc(all, func(x, y inlet) int {
		if n[x.code] != n[y.code] {
			return n[y.code] - n[x.code]
		}
		return strings.Compare(x.code, y.code)
	})
	return all
}

func (b *builder) inletName(field, code string) string {
	switch {
	case code == "":
		return map[string]string{"relay": "Sans relais"}[field]
	case field == "mode":
		return surveys.Mode(code).Label()
	case field == "language":
		return b.languageName(code)
	}
	return code
}

// languageName is a language as the questionnaires call it, its code when none
// has it.
func (b *builder) languageName(code string) string {
	for _, p := range b.people {
		for _, label := range p.form.Questionnaire.Languages {
			if surveys.LanguageCode(label) == code {
				return ownName(label)
			}
		}
	}
	return code
}

// timeSentence says how long answering took half of each audience, where enough
// answered; "" when nobody knows.
func (b *builder) timeSentence() string {
	var parts []string
	for _, p := range oneEach(b.people) {
		q := p.counts.Question(surveys.Circumstance("seconds"))
		median, ok := q.Median()
		if !ok || median <= 0 || q.Answered.N < leastBase {
			continue
		}
		parts = append(parts, whole(max(1, int(median/60+0.5)))+" min pour les "+strings.ToLower(p.Audience.Label()))
	}
	if len(parts) == 0 {
		return ""
	}
	return "La moitié des personnes ont répondu en moins de " + enumerate(parts) + "."
}
