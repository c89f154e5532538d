package report

import (
	"math"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/weights"
)

// itemTable sets the audiences side by side on each item.
func (c crossing) itemTable(items []item) *sheet {
	return c.itemTableOf(items, func(item) bool { return true })
}

// itemTableOf shows some of the items only. They are judged among all.
func (c crossing) itemTableOf(items []item, keep func(item) bool) *sheet {
	s := c.sheet()
	s.Note = c.note()
	s.Columns = []Column{{Key: labelKey, Title: subjectTitle, Kind: Label}}
	counted := make([]bool, len(c.asked)) // shown as "x sur n", without a share
	for i, p := range c.asked {
		counted[i] = p.Audience == surveys.Associations && largestBase(items, i) < leastBase
		s.audienceColumns(p, counted[i], items)
	}
	s.Chart.Kind = Dumbbell
	s.Columns = append(s.Columns,
		Column{Key: "gap", Title: "Écart", Kind: Gap},
		Column{Key: "verdict", Title: "Lecture", Kind: Verdict})
	sides := make([][]side, len(items))
	for i, it := range items {
		sides[i] = it.sides
	}
	for i, f := range compare(sides) {
		if keep(items[i]) {
			s.itemRow(items[i], f, counted)
		}
	}
	return s
}

func (c crossing) sheet() *sheet {
	labels := make([]string, len(c.asked))
	sensitive := false
	for i, p := range c.asked {
		labels[i] = strings.ToLower(p.Audience.Label())
		sensitive = sensitive || c.sides[i].sensitive
	}
	return &sheet{sensitive: sensitive, Table: Table{
		ID: c.name, Section: c.section, Title: c.heading(), Theme: c.theme,
		Source: "Enquêtes auprès des publics : " + enumerate(labels),
	}}
}

// heading is the question, and for a matrix what its shares are of: a chart
// shows it alone.
func (c crossing) heading() string {
	if !c.matrix {
		return c.title
	}
	return c.title + " – part de " + c.unfavourableLabels()
}

// unfavourableLabels enumerates the steps of the scale that say it goes badly.
func (c crossing) unfavourableLabels() string {
	scale, _ := c.scale()
	bad := unfavourable(c.block)
	var labels []string
	for _, choice := range scale {
		if slices.Contains(bad, choice.Name) {
			labels = append(labels, "« "+labelOf(choice.Label, choice.Name, c.form)+" »")
		}
	}
	return enumerate(labels)
}

func (c crossing) note() string {
	const reading = " Écart : différence entre la plus grande et la plus petite part."
	switch {
	case c.matrix:
		return "Part des réponses " + c.unfavourableLabels() + ". Base : personnes qui ont donné un avis, hors « ne sait pas »." + reading
	case c.question().Kind == surveys.Rank:
		return "Part : personnes qui citent le sujet parmi leurs trois choix. Score : 3, 2 ou 1 points selon la place, 100 si tout le monde met le sujet en premier. Rang d’après le score. Base : personnes qui ont classé au moins un sujet." + reading
	case c.question().Kind == surveys.SelectMultiple:
		return "Base : toutes les personnes à qui la question a été posée. Plusieurs réponses possibles." + reading
	}
	return "Base : personnes qui ont donné un avis." + reading
}

func largestBase(items []item, audience int) int {
	n := 0
	for _, it := range items {
		n = max(n, it.sides[audience].base.N)
	}
	return n
}

// audienceColumns adds the columns of one audience.
func (s *sheet) audienceColumns(p public, counted bool, items []item) {
	column := func(key, title string, kind ColumnKind) {
		s.Columns = append(s.Columns, Column{
			Key: string(p.Audience) + "." + key, Title: p.Audience.Label() + title, Kind: kind, Audience: p.Audience,
		})
	}
	if counted {
		column(nKey, ", citations", Count)
	} else {
		s.Chart.Series = append(s.Chart.Series, len(s.Columns))
		column(shareKey, "", Share)
	}
	column(baseKey, ", base", Base)
	if len(items) > 0 && items[0].scores != nil && !counted {
		column("score", ", score", Score)
	}
	column("rank", ", rang", Rank)
}

// itemRow adds an item, the cells of each audience, then the finding.
func (s *sheet) itemRow(it item, f finding, counted []bool) {
	row := s.add(it.key, Ordinary, text(it.label))
	var compared []int
	for i, side := range it.sides {
		from := len(s.Rows[row].Cells)
		cells, telling := it.cells(i, counted[i])
		s.Rows[row].Cells = append(s.Rows[row].Cells, cells...)
		told := fact{row: row, who: side.who, n: side.n.N, base: side.base.N, share: side.share()}
		for _, column := range telling {
			told.cells = append(told.cells, from+column)
		}
		if at := s.tell(told); side.enough {
			compared = append(compared, at)
		}
		s.tellBase(row, from+1, crowd{side.of, side.base})
	}
	gap := Cell{}
	if f.known {
		gap = value(f.gap)
		s.gaps = append(s.gaps, gapCell{row: row, column: len(s.Rows[row].Cells), facts: compared})
	}
	s.Rows[row].Cells = append(s.Rows[row].Cells, gap, text(f.verdict))
}

// cells are what one audience says of the item, and which of them tell how
// many people do.
func (it item) cells(audience int, counted bool) (cells []Cell, telling []int) {
	s := it.sides[audience]
	rank := Cell{}
	if s.enough && s.place > 0 {
		rank = count(s.place)
	}
	if counted {
		return []Cell{count(s.n.N), count(s.base.N), rank}, []int{0}
	}
	share, _, _ := shareCells(s.n, s.base)
	if it.scores == nil {
		return []Cell{share, count(s.base.N), rank}, []int{0}
	}
	score := Cell{}
	if s.base.N > 0 {
		score = value(it.scores[audience])
	}
	return []Cell{share, count(s.base.N), score, rank}, []int{0, 2}
}

// orderSentences say how much the audiences agree on the order of a ranking:
// two by two, then all together where there are three.
func (c crossing) orderSentences(items []item) []string {
	var able []int
	for i := range c.asked {
		if len(items) > 0 && items[0].sides[i].enough {
			able = append(able, i)
		}
	}
	scores := func(audience int) []float64 {
		all := make([]float64, len(items))
		for i, it := range items {
			all[i] = it.scores[audience]
		}
		return all
	}
	var parts []string
	var judges [][]float64
	for i, a := range able {
		judges = append(judges, scores(a))
		for _, o := range able[i+1:] {
			if rho, ok := weights.Spearman(scores(a), scores(o)); ok {
				parts = append(parts, strings.ToLower(c.asked[a].Audience.Label()+" et "+c.asked[o].Audience.Label())+" : "+signed(rho))
			}
		}
	}
	if len(parts) == 0 {
		return nil
	}
	told := []string{"Les publics rangent-ils les sujets dans le même ordre ? Corrélation des rangs de Spearman pour « " + c.title +
		" » (1 : même ordre, 0 : aucun lien, −1 : ordre inverse) : " + strings.Join(parts, " ; ") + "."}
	if together, ok := weights.KendallW(judges); ok && len(judges) > 2 {
		told = append(told, "Accord des "+whole(len(judges))+" publics ensemble, sur la même question : "+decimal(math.Round(together.W*100)/100)+
			" (W de Kendall : 0, aucun accord ; 1, même ordre pour tous)"+chanceOf(together.P)+".")
	}
	return told
}

// chanceOf says whether chance alone would give as much.
func chanceOf(p float64) string {
	if p < alpha {
		return " ; le hasard seul n’en donnerait pas autant"
	}
	return " ; le hasard seul pourrait en donner autant"
}

// signed writes a correlation with two decimals and a true minus.
func signed(f float64) string {
	return strings.Replace(decimal(math.Round(f*100)/100), "-", "−", 1)
}

// numberTable: the same number asked of several audiences.
func (c crossing) numberTable() *sheet {
	s := c.sheet()
	marks := true
	for _, k := range c.sides {
		marks = marks && toTen(k.question())
	}
	s.Columns = summaryColumns("Public", marks)
	s.Note = numberNote(c.question())
	s.Chart = Chart{Kind: Bars, Label: 0, Series: []int{2}}
	for i, p := range c.asked {
		s.summaryRow(p, c.name, p.counts.Question(c.sides[i].question()), marks)
	}
	return s
}

// writtenTable: how many people of each audience wrote something.
func (c crossing) writtenTable() *sheet {
	s := c.sheet()
	s.Columns = shareColumns("Public")
	s.Note = "Personnes qui ont répondu. Base : toutes les personnes à qui la question a été posée. Les textes peuvent parler de personnes : aucun n’est cité ici."
	s.Chart = Chart{Kind: Bars, Label: atLabel, Series: []int{atShare}}
	for i, p := range c.asked {
		q := p.counts.Question(c.sides[i].question())
		s.shareRow(string(p.Audience), p.Audience.Label(), p.answered(c.name, q), p.asked(c.name, q))
	}
	return s
}
