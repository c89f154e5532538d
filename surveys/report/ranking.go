package report

import (
	"cmp"
	"slices"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// A ranked is what people made of one item of a ranking.
type ranked struct {
	choice surveys.Choice
	code   tally.Code
	score  float64
}

// points are what each place of a ranking gives.
var points = [tally.Places]int{3, 2, 1}

// ranking scores every item, best first: 100 when everybody put it first.
func ranking(question *surveys.Question, q *tally.Question) []ranked {
	var items []ranked
	for _, c := range offered(question, q) {
		item := ranked{choice: c}
		for _, code := range q.Codes {
			if code.Code == c.Name {
				item.code = code
			}
		}
		total := 0.0
		for place, p := range points {
			total += float64(p) * item.code.Places[place].W
		}
		if q.Answered.W > 0 {
			item.score = 100 * total / (float64(points[0]) * q.Answered.W)
		}
		items = append(items, item)
	}
	slices.SortStableFunc(items, func(x, y ranked) int { return cmp.Compare(y.score, x.score) })
	return items
}

// rankTable: how often each item was given a place, and its score.
func (p public) rankTable(b block, q *tally.Question) *sheet {
	s := p.sheet(b)
	s.Columns = []Column{
		{Key: labelKey, Title: subjectTitle, Kind: Label},
		{Key: nKey, Title: "Cité", Kind: Count},
		{Key: baseKey, Title: "Base", Kind: Base},
		{Key: shareKey, Title: "Part", Kind: Share},
		{Key: lowKey, Title: "Intervalle, bas", Kind: Low},
		{Key: highKey, Title: "Intervalle, haut", Kind: High},
		{Key: "first", Title: "Cité en premier", Kind: Count},
		{Key: "score", Title: "Score sur 100", Kind: Score},
		{Key: "rank", Title: "Rang", Kind: Rank},
	}
	s.Note = "Base : personnes qui ont classé au moins un sujet. Score : 3 points au premier choix, 2 au deuxième, 1 au troisième ; 100 si tout le monde le met en premier."
	s.Chart = Chart{Kind: Bars, Label: atLabel, Series: []int{atHigh + 2}}
	items := ranking(b.question(), q)
	places := placesOf(scoresOf(items))
	name := b.question().Name
	answered := p.answered(name, q)
	var cited, firsts []crowd
	for i, item := range items {
		any := crowd{p.group(name, "="+item.choice.Name), item.code.Mass}
		first := crowd{any.who + " first", item.code.Places[0]}
		s.rankRow(labelOf(item.choice.Label, item.choice.Name, b.form), item, any, first, answered, places[i])
		s.sum(answered, any, answered.others(any))
		cited, firsts = append(cited, any), append(firsts, first)
	}
	// Everybody put one item first, and most gave all the places.
	s.knownSum(p.group(name, " citations"), cited)
	s.knownSum(p.group(name, " firsts"), firsts)
	s.sum(p.asked(name, q), answered, p.blank(name, q))
	p.outside(s, b, q)
	return s
}

// rankRow adds an item.
func (s *sheet) rankRow(label string, item ranked, cited, first, base crowd, place int) {
	ahead, score, rank := Cell{}, Cell{}, Cell{}
	if base.N > 0 {
		ahead, score, rank = count(first.N), value(item.score), count(place)
	}
	share, low, high := shareCells(cited.Mass, base.Mass)
	row := s.add(item.choice.Name, Ordinary, text(label), count(cited.N), count(base.N), share, low, high, ahead, score, rank)
	s.tell(fact{row: row, who: cited.who, n: cited.N, base: base.N, cells: []int{atN, atShare, atLow, atHigh, atHigh + 2}})
	s.tell(fact{row: row, who: first.who, n: first.N, base: base.N, cells: []int{atHigh + 1}})
	s.tellBase(row, atBase, base)
}

func scoresOf(items []ranked) []float64 {
	scores := make([]float64, len(items))
	for i, item := range items {
		scores[i] = item.score
	}
	return scores
}
