package report

import (
	"cmp"
	"slices"
	"strings"

	"diapason/surveys"
)

// A crossing is a block that several audiences were asked.
type crossing struct {
	block
	asked []public
	sides []block // the block in each of their forms
}

// crossings are the blocks with the same name and the same nature in at least
// two surveys, in reading order.
func crossingsOf(people []public) []crossing {
	var all []crossing
	at := map[string]int{}
	for _, p := range people {
		for _, k := range p.blocks {
			i, seen := at[k.name]
			if !seen {
				i = len(all)
				at[k.name] = i
				all = append(all, crossing{block: k})
			}
			if c := &all[i]; c.matrix == k.matrix && c.question().Kind == k.question().Kind {
				c.asked, c.sides = append(c.asked, p), append(c.sides, k)
			}
		}
	}
	return slices.DeleteFunc(all, func(c crossing) bool {
		return len(c.asked) < 2 || c.question().List == surveys.CommunesList
	})
}

// crossed sets the audiences side by side on what they were all asked.
func (b *builder) crossed() (draft, error) {
	d := draft{Chapter: Chapter{
		ID: ChapterCrossed, Title: "Regards croisés",
		Lead: "Les mêmes questions, posées à plusieurs publics : ce qu’ils partagent, ce qui les sépare, et ce que certains ne voient pas.",
	}}
	for _, c := range b.crossings {
		d.sheets = append(d.sheets, c.anyTable())
		if c.question().Kind == surveys.Rank && !c.matrix {
			d.Paragraphs = append(d.Paragraphs, c.orderSentences(c.rankedItems())...)
		}
	}
	if len(d.sheets) == 0 {
		d.Lead = "Aucune question n’est commune à plusieurs publics."
	}
	return d, nil
}

// anyTable is the table of a crossing, whatever was asked.
func (c crossing) anyTable() *sheet {
	switch {
	case c.matrix, c.question().Kind == surveys.SelectOne, c.question().Kind == surveys.SelectMultiple:
		return c.itemTable(c.items())
	case c.question().Kind == surveys.Rank:
		return c.itemTable(c.rankedItems())
	case numeric(c.question()):
		return c.numberTable()
	}
	return c.writtenTable()
}

// An item is one line of a crossing: what each audience says of it.
type item struct {
	key, label string
	sides      []side
	scores     []float64 // of a ranking, by audience
}

// items are the lines of a matrix or of a choice.
func (c crossing) items() []item {
	var items []item
	if c.matrix {
		items = c.matrixItems()
	} else {
		items = c.choiceItems()
	}
	for i := range c.asked {
		c.place(items, i, func(it item) float64 { return it.sides[i].share() })
	}
	if c.question().Kind == surveys.SelectMultiple || c.matrix {
		sortItems(items)
	}
	return items
}

// choiceItems: one line a choice. The base of a multiple choice is everybody
// asked, that of a single one those with an opinion.
func (c crossing) choiceItems() []item {
	var items []item
	for _, choice := range c.choices() {
		it := item{key: choice.Name, label: labelOf(choice.Label, choice.Name, c.form)}
		for i, p := range c.asked {
			q := p.counts.Question(c.sides[i].question())
			base := p.opinions(c.name, q)
			if c.question().Kind == surveys.SelectMultiple {
				base = p.asked(c.name, q)
			}
			it.sides = append(it.sides, p.side(p.chose(c.name, choice.Name, q), base))
		}
		items = append(items, it)
	}
	return items
}

// choices are the opinions any of the audiences could choose.
func (c crossing) choices() []surveys.Choice {
	var choices []surveys.Choice
	for i, k := range c.sides {
		counts := c.asked[i].counts.Question(k.question())
		for _, choice := range offered(k.question(), counts) {
			if !slices.ContainsFunc(choices, func(o surveys.Choice) bool { return o.Name == choice.Name }) {
				choices = append(choices, choice)
			}
		}
	}
	return choices
}

// matrixItems: one line a row, the share of those for whom it goes badly.
func (c crossing) matrixItems() []item {
	bad := unfavourable(c.block)
	scale, _ := c.scale()
	var items []item
	for _, k := range c.sides {
		labels := k.labels()
		for at, row := range k.rows {
			if slices.ContainsFunc(items, func(it item) bool { return it.key == row.Name }) {
				continue
			}
			it := item{key: row.Name, label: labels[at]}
			for _, p := range c.asked {
				q := p.question(row.Name)
				all, worse, _ := p.scaleOf(row.Name, q, scale, bad)
				it.sides = append(it.sides, p.side(worse, all))
			}
			items = append(items, it)
		}
	}
	return items
}

// unfavourable are the steps of a scale that say it goes badly: those that
// say "difficile" or "mauvais", else the second half.
func unfavourable(b block) []string {
	scale, _ := b.scale()
	var bad []string
	for _, c := range scale {
		label := strings.ToLower(french(c.Label, b.form) + " " + c.Name)
		if strings.Contains(label, "difficile") || strings.Contains(label, "mauvais") {
			bad = append(bad, c.Name)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	for _, c := range scale[(len(scale)+1)/2:] {
		bad = append(bad, c.Name)
	}
	return bad
}

// rankedItems: one line an item of a ranking, with how many cite it and its
// score, by which the audiences order it.
func (c crossing) rankedItems() []item {
	var items []item
	for _, choice := range c.choices() {
		items = append(items, item{key: choice.Name, label: labelOf(choice.Label, choice.Name, c.form)})
	}
	for i, p := range c.asked {
		q := p.counts.Question(c.sides[i].question())
		results := ranking(c.sides[i].question(), q)
		for j := range items {
			n, score := crowd{who: p.group(c.name, "="+items[j].key)}, 0.0
			for _, r := range results {
				if r.choice.Name == items[j].key {
					n.Mass, score = r.code.Mass, r.score
				}
			}
			items[j].sides = append(items[j].sides, p.side(n, p.answered(c.name, q)))
			items[j].scores = append(items[j].scores, score)
		}
		c.place(items, i, func(it item) float64 { return it.scores[i] })
	}
	sortItems(items)
	return items
}

// leastStructures is the base from which associations, which are few, are
// compared: they are shown as counts until their base allows a share.
const leastStructures = 10

func (p public) side(n, base crowd) side {
	least := leastBase
	if p.Audience == surveys.Associations {
		least = leastStructures
	}
	return side{who: n.who, of: base.who, n: n.Mass, base: base.Mass, enough: base.N >= least}
}

// place ranks the items for one audience by what it thinks of them. Items it
// cannot say anything about have no place.
func (c crossing) place(items []item, audience int, worth func(item) float64) {
	var able []int
	var values []float64
	for i, it := range items {
		if it.sides[audience].base.N > 0 {
			able, values = append(able, i), append(values, worth(it))
		}
	}
	for i, place := range placesOf(values) {
		items[able[i]].sides[audience].place = place
	}
}

// sortItems puts first what the audiences together put forward most.
func sortItems(items []item) {
	weight := func(it item) float64 {
		total, n := 0.0, 0
		for i, s := range it.sides {
			if !s.enough {
				continue
			}
			n++
			if it.scores != nil {
				total += it.scores[i]
			} else {
				total += s.share()
			}
		}
		return total / float64(max(n, 1))
	}
	slices.SortStableFunc(items, func(x, y item) int { return cmp.Compare(weight(y), weight(x)) })
}
