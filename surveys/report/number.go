package report

import (
	"math"
	"strconv"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// poor is the greatest mark, out of 10, that says things go badly.
const poor = 4

// numberTables: the numbers summed up, then how they spread.
func (p public) numberTables(b block, q *tally.Question) []*sheet {
	return []*sheet{p.summaryTable(b, q), p.spreadTable(b, q)}
}

func (p public) summaryTable(b block, q *tally.Question) *sheet {
	s := p.sheet(b)
	s.Columns = summaryColumns("Public", toTen(b.question()))
	s.Note = numberNote(b.question())
	s.summaryRow(p, b.question().Name, q, toTen(b.question()))
	return s
}

func numberNote(q *surveys.Question) string {
	if q.Kind == surveys.Repeat {
		return "Base : personnes qui en ont décrit au moins un. Les réponses données pour chacun ne sont pas comptées ici : elles ne parlent pas d’autant de personnes."
	}
	return "Base : personnes qui ont donné un nombre."
}

// summaryColumns hold the mean, the median and, for a mark out of ten, the
// share of poor ones.
func summaryColumns(label string, marks bool) []Column {
	columns := []Column{
		{Key: labelKey, Title: label, Kind: Label},
		{Key: baseKey, Title: "Base", Kind: Base},
		{Key: "mean", Title: "Moyenne", Kind: Mean},
		{Key: "median", Title: "Médiane", Kind: Mean},
	}
	if !marks {
		return columns
	}
	return append(columns,
		Column{Key: shareKey, Title: "Notes de 4 ou moins", Kind: Share},
		Column{Key: lowKey, Title: "Intervalle, bas", Kind: Low},
		Column{Key: highKey, Title: "Intervalle, haut", Kind: High})
}

// summaryRow adds the numbers of one audience.
func (s *sheet) summaryRow(p public, name string, q *tally.Question, marks bool) {
	mean, median := Cell{}, Cell{}
	if m, ok := q.Mean(); ok {
		mean = value(m)
	}
	if m, ok := q.Median(); ok {
		median = value(m)
	}
	answered := p.answered(name, q)
	row := s.add(string(p.Audience), Ordinary, text(p.Audience.Label()), count(answered.N), mean, median)
	s.tell(fact{row: row, who: answered.who, n: answered.N, base: answered.N, whole: true, cells: []int{1, 2, 3}})
	if !marks {
		return
	}
	bad := crowd{p.group(name, "<=4"), q.AtMost(poor)}
	share, low, high := shareCells(bad.Mass, answered.Mass)
	s.Rows[row].Cells = append(s.Rows[row].Cells, share, low, high)
	s.tell(fact{row: row, who: bad.who, n: bad.N, base: answered.N, cells: []int{4, 5, 6}})
	s.sum(answered, bad, answered.others(bad))
}

// toTen reports whether a question asks for a mark from 0 to 10.
func toTen(q *surveys.Question) bool {
	low, high, _ := q.Bounds()
	return q.Kind == surveys.Range && low == 0 && high == 10
}

// bars is the most bars a distribution is drawn with.
const bars = 12

// spreadTable: how many people gave each number, or each class of numbers.
func (p public) spreadTable(b block, q *tally.Question) *sheet {
	s := p.sheet(b)
	s.ID += ".repartition"
	s.Title += " – répartition"
	p.shared(s, "Nombre")
	s.Note = numberNote(b.question())
	s.Chart = Chart{Kind: Columns, Label: atLabel, Series: []int{atShare}}
	name := b.question().Name
	answered, blank := p.answered(name, q), p.blank(name, q)
	var all, low []crowd
	for _, c := range classesOf(b.question(), q) {
		gave := crowd{p.group(name, "="+c.label), c.n}
		s.shareRow(c.label, c.label, gave, answered)
		all = append(all, gave)
		if c.to <= poor {
			low = append(low, gave)
		}
	}
	none := "Sans réponse"
	if b.question().Kind == surveys.Repeat {
		none = "Aucun"
	}
	s.outsideRow(blankKey, none, blank)
	if len(all) > 0 {
		s.sum(answered, all...)
	}
	s.sum(p.asked(name, q), answered, blank)
	if toTen(b.question()) { // the table before tells how many gave 4 or less
		s.sum(crowd{p.group(name, "<=4"), q.AtMost(poor)}, low...)
	}
	return s
}

// A class is the numbers from one to another, both included.
type class struct {
	from, to float64
	label    string
	n        tally.Mass
}

// classesOf cuts a distribution into at most [bars] classes of one width,
// which is 1, 2 or 5 times a power of ten; a scale keeps its own steps.
func classesOf(question *surveys.Question, q *tally.Question) []class {
	low, high, step := question.Bounds()
	if question.Kind != surveys.Range {
		if len(q.Values) == 0 {
			return nil
		}
		low, high, step = min(0, q.Values[0].Value), q.Values[len(q.Values)-1].Value, 1
	}
	if question.Kind == surveys.Repeat {
		low = 1 // who has none left it blank
	}
	width := max(step, 1)
	if question.Kind == surveys.Range {
		width = step
	}
	width = wideEnough(math.Abs(width), low, high)
	start := math.Floor(low/width) * width
	if question.Kind == surveys.Range {
		start = low
	}
	var classes []class
	for i := 0; len(classes) <= bars; i++ {
		from := start + float64(i)*width
		if from > high {
			break
		}
		classes = append(classes, class{from: from, to: from + width - step, label: classLabel(question.Kind, from, from+width, step)})
	}
	for _, v := range q.Values {
		i := int(math.Floor((v.Value-start)/width + 1e-9))
		if i >= 0 && i < len(classes) {
			classes[i].n = classes[i].n.Plus(v.Mass)
		}
	}
	return classes
}

func wideEnough(width, low, high float64) float64 {
	for i := 0; (high-low)/width >= bars; i++ {
		width *= []float64{2, 2.5, 2}[i%3]
	}
	return width
}

func classLabel(k surveys.Kind, from, next, step float64) string {
	switch {
	case k == surveys.Decimal:
		return decimal(from) + " à moins de " + decimal(next)
	case next-step <= from:
		return decimal(from)
	}
	return decimal(from) + " à " + decimal(next-step)
}

// decimal writes a number as French does.
func decimal(f float64) string {
	return strings.Replace(strconv.FormatFloat(f, 'f', -1, 64), ".", ",", 1)
}
