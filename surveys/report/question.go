package report

import (
	"cmp"
	"slices"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// What the first column of a table is called whose title is the question.
const (
	answerTitle  = "Réponse"
	subjectTitle = "Sujet"
)

// The keys of the columns every table of a question shares.
const (
	labelKey = "label"
	nKey     = "n"
	baseKey  = "base"
	shareKey = "share"
	lowKey   = "low"
	highKey  = "high"
)

// shared gives a table of one audience the columns of a share: a label, a
// count, its base, the share and its interval; and the raw share where the
// share goes by weight.
func (p public) shared(s *sheet, label string) {
	s.Columns = shareColumns(label)
	if s.weighted = p.weighted(); s.weighted {
		s.Columns[atShare].Title = "Part redressée"
		s.Columns = append(s.Columns, Column{Key: "raw", Title: "Part brute", Kind: Share})
	}
}

func shareColumns(label string) []Column {
	return []Column{
		{Key: labelKey, Title: label, Kind: Label},
		{Key: nKey, Title: "Effectif", Kind: Count},
		{Key: baseKey, Title: "Base", Kind: Base},
		{Key: shareKey, Title: "Part", Kind: Share},
		{Key: lowKey, Title: "Intervalle, bas", Kind: Low},
		{Key: highKey, Title: "Intervalle, haut", Kind: High},
	}
}

// The columns of shareColumns, by place.
const (
	atLabel = iota
	atN
	atBase
	atShare
	atLow
	atHigh
)

// shareRow adds a row to a table of shareColumns: n people among base.
func (s *sheet) shareRow(key, label string, n, base crowd) {
	share, low, high := shareCells(n.Mass, base.Mass)
	cells, told := []Cell{text(label), count(n.N), count(base.N), share, low, high}, []int{atN, atShare, atLow, atHigh}
	if s.weighted {
		raw, _, _ := shareCells(tally.People(n.N), tally.People(base.N))
		told, cells = append(told, len(cells)), append(cells, raw)
	}
	row := s.add(key, Ordinary, cells...)
	s.tell(fact{row: row, who: n.who, n: n.N, base: base.N, cells: told})
	s.tellBase(row, atBase, base)
}

// outsideRow adds people who are counted and shown outside the base.
func (s *sheet) outsideRow(key, label string, c crowd) {
	cells := make([]Cell, len(s.Columns))
	cells[atLabel], cells[atN] = text(label), count(c.N)
	row := s.add(key, Outside, cells...)
	s.tell(fact{row: row, who: c.who, n: c.N, aside: true, cells: []int{atN}})
}

// The key of the people who were asked and left no answer.
const blankKey = "sans-reponse"

// outside adds the rows of those who gave no opinion and those who left the
// question blank, and returns these people.
func (p public) outside(s *sheet, b block, q *tally.Question) (aside []crowd) {
	for _, c := range append(slices.Clone(b.question().Choices), strays(b.question(), q)...) {
		if surveys.NoOpinion(c.Name) {
			without := p.chose(b.question().Name, c.Name, q)
			s.outsideRow(c.Name, labelOf(c.Label, c.Name, b.form), without)
			aside = append(aside, without)
		}
	}
	blank := p.blank(b.question().Name, q)
	s.outsideRow(blankKey, "Sans réponse", blank)
	return append(aside, blank)
}

// sheet starts the table of a block.
func (p public) sheet(b block) *sheet {
	return &sheet{sensitive: b.sensitive, Table: Table{
		ID: b.name, Section: b.section, Title: b.title, Theme: b.theme, Source: p.source(),
	}}
}

func (p public) source() string {
	if p.Title == "" {
		return "Enquête auprès du public « " + p.Audience.Label() + " »"
	}
	return "Enquête « " + p.Title + " »"
}

// tables are those of one block, and say when not everybody was asked.
func (b *builder) tables(p public, k block) []*sheet {
	sheets := b.tablesOf(p, k)
	for _, s := range sheets {
		if p.counts.Before(k.question()).N > 0 {
			s.Note += " Les réponses données quand la question était d’un autre type ou proposait d’autres choix ne sont pas comptées ici."
		}
		if k.question().Conditional {
			s.Note += " Question posée aux seules personnes concernées."
			for _, q := range k.rows {
				p.link(s, q)
			}
		}
	}
	return sheets
}

func (b *builder) tablesOf(p public, k block) []*sheet {
	if k.matrix {
		return []*sheet{b.matrixTable(p, k)}
	}
	q := k.question()
	counts := p.counts.Question(q)
	switch {
	case isCommune(q):
		return []*sheet{b.sectorTable(p, k, counts)}
	case isZone(q):
		return []*sheet{b.zoneTable(p, k)}
	case q.Kind == surveys.SelectOne:
		return []*sheet{p.choiceTable(k, counts)}
	case q.Kind == surveys.SelectMultiple:
		return []*sheet{p.setTable(k, counts)}
	case q.Kind == surveys.Rank:
		return []*sheet{p.rankTable(k, counts)}
	case numeric(q):
		return p.numberTables(k, counts)
	}
	return []*sheet{p.writtenTable(k, counts)}
}

// choiceTable: one choice, in the author's order.
func (p public) choiceTable(b block, q *tally.Question) *sheet {
	s := p.sheet(b)
	p.shared(s, answerTitle)
	s.Note = "Base : personnes qui ont répondu. Les questions laissées sans réponse sont comptées à part."
	if _, aside := b.scale(); len(aside) > 0 {
		s.Note = "Base : personnes qui ont répondu autre chose que « " + labelOf(aside[0].Label, aside[0].Name, b.form) + " ». Ces réponses et les questions laissées vides sont comptées à part."
	}
	s.Chart = Chart{Kind: Bars, Label: atLabel, Series: []int{atShare}}
	name := b.question().Name
	opinions := p.opinions(name, q)
	var parts []crowd
	for _, c := range offered(b.question(), q) {
		chose := p.chose(name, c.Name, q)
		s.shareRow(c.Name, labelOf(c.Label, c.Name, b.form), chose, opinions)
		parts = append(parts, chose)
	}
	s.sum(opinions, parts...)
	s.sum(p.asked(name, q), append(p.outside(s, b, q), opinions)...)
	return s
}

// offered are the choices that are opinions: those of the form, then those
// that only an earlier version offered, or none, and somebody chose.
func offered(question *surveys.Question, q *tally.Question) []surveys.Choice {
	return slices.DeleteFunc(append(slices.Clone(question.Choices), strays(question, q)...), func(c surveys.Choice) bool {
		return surveys.NoOpinion(c.Name)
	})
}

// strays are the answers that somebody gave and the list does not have.
func strays(question *surveys.Question, q *tally.Question) []surveys.Choice {
	known := map[string]bool{}
	for _, c := range question.Choices {
		known[c.Name] = true
	}
	var choices []surveys.Choice
	for _, c := range q.Codes {
		if !known[c.Code] && c.N > 0 {
			choices = append(choices, surveys.Choice{Name: c.Code, Label: otherLabel(question, c.Code)})
		}
	}
	return choices
}

// otherLabel names a code that the list does not have: the choice XLSForm's
// or_other adds, or one that no version knows.
func otherLabel(q *surveys.Question, code string) surveys.Text {
	if q.OrOther && code == "other" {
		return surveys.Text{surveys.NoLanguage: "Autre"}
	}
	return surveys.Text{surveys.NoLanguage: "Hors liste : " + code}
}

// setTable: several choices, the most frequent first.
func (p public) setTable(b block, q *tally.Question) *sheet {
	s := p.sheet(b)
	p.shared(s, answerTitle)
	s.Note = "Base : toutes les personnes à qui la question a été posée. Plusieurs réponses possibles : le total dépasse 100 %. Réponses rangées de la plus à la moins citée."
	s.Chart = Chart{Kind: Bars, Label: atLabel, Series: []int{atShare}}
	choices := offered(b.question(), q)
	slices.SortStableFunc(choices, func(x, y surveys.Choice) int {
		if other := cmp.Compare(bit(isOther(x)), bit(isOther(y))); other != 0 {
			return other
		}
		return cmp.Compare(q.Count(y.Name).W, q.Count(x.Name).W)
	})
	name := b.question().Name
	asked := p.asked(name, q)
	var cited []crowd
	for _, c := range choices {
		chose := p.chose(name, c.Name, q)
		s.shareRow(c.Name, labelOf(c.Label, c.Name, b.form), chose, asked)
		s.sum(asked, chose, asked.others(chose))
		cited = append(cited, chose)
	}
	if b.addsUp() {
		s.knownSum(p.group(name, " citations"), cited)
	}
	p.outside(s, b, q)
	s.sum(asked, p.answered(name, q), p.blank(name, q))
	return s
}

func isOther(c surveys.Choice) bool { return c.Name == "autre" || c.Name == "other" }

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// writtenTable: how many people wrote something; what they wrote stays out
// until somebody has read it.
func (p public) writtenTable(b block, q *tally.Question) *sheet {
	s := p.sheet(b)
	p.shared(s, answerTitle)
	s.Note = "Base : toutes les personnes à qui la question a été posée."
	if b.question().Kind == surveys.TextKind {
		s.Note += " Les textes peuvent parler de personnes : aucun n’est cité ici."
	}
	name := b.question().Name
	asked, answered, blank := p.asked(name, q), p.answered(name, q), p.blank(name, q)
	s.shareRow("ecrit", "Ont répondu", answered, asked)
	s.outsideRow(blankKey, "Sans réponse", blank)
	s.sum(asked, answered, blank)
	return s
}
