package report

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/weights"
)

// An edition is the diagnostic that this one updates: its counts, and what its
// own report tells.
type edition struct {
	builder *builder
	told    *Report
}

// The readings of a change.
const (
	Rise  = "en hausse"
	Fall  = "en baisse"
	Break = "rupture de série"
)

// A change is a difference between two cells of a row, told from what may be
// told of both.
type change struct {
	row               int
	before, now       int // columns
	column, low, high int
}

// evolution sets the answers beside those of the edition before, question by
// question, where both asked the same thing.
func (b *builder) evolution() (draft, error) {
	d := draft{Chapter: Chapter{ID: ChapterEvolution, Title: "Évolution depuis l’édition précédente"}}
	if b.Previous == nil {
		d.Lead = "Ce diagnostic ne met à jour aucune édition précédente : rien à comparer."
		return d, nil
	}
	before, err := b.edition()
	if err != nil {
		return d, err
	}
	d.Lead = fmt.Sprintf("L’édition %s à côté de l’édition %s, pour les seules questions posées avec les mêmes mots et les mêmes choix. Un changement n’est dit réel que si le hasard ne l’explique pas.",
		b.Diagnostic.Edition, before.told.Edition)
	for _, p := range oneEach(b.people) {
		d.sheets = append(d.sheets, b.changeTables(p, before)...)
	}
	if len(d.sheets) == 0 {
		d.Lead = "Aucun public n’a été interrogé dans les deux éditions."
	}
	return d, nil
}

// edition counts the edition before and makes its report in the same view: what
// was hidden then stays hidden.
func (b *builder) edition() (*edition, error) {
	in := *b.Previous
	in.View, in.Now, in.Previous = b.View, b.Now, nil
	told := in.Told
	if told == nil || told.View != b.View {
		var err error
		if told, err = Build(in); err != nil {
			return nil, fmt.Errorf("edition before: %w", err)
		}
	}
	builder, err := newBuilder(in)
	if err != nil {
		return nil, fmt.Errorf("edition before: %w", err)
	}
	return &edition{builder: builder, told: told}, nil
}

// ofAudience is the survey of an audience in the edition before.
func (e *edition) ofAudience(a surveys.Audience) (public, bool) {
	for _, p := range oneEach(e.builder.people) {
		if p.Audience == a {
			return p, true
		}
	}
	return public{}, false
}

// A compared is an answer in both editions.
type compared struct {
	answer
	then       crowd // who gave it before
	thenBase   crowd
	told       Cell // the share as the report of the edition before tells it
	toldBase   Cell
	difference weights.Difference
	tested     bool
}

// changeTables are what really changed, first, then every answer that compares.
func (b *builder) changeTables(p public, before *edition) []*sheet {
	past, asked := before.ofAudience(p.Audience)
	if !asked {
		return nil
	}
	var rows []compared
	var broken []block
	for _, k := range p.blocks {
		all, breaks := b.compareBlock(p, past, k, before.told)
		rows = append(rows, all...)
		if breaks {
			broken = append(broken, k)
		}
	}
	name := p.Audience.Label() + ", de l’édition " + before.told.Edition + " à l’édition " + b.Diagnostic.Edition
	changed, every := b.changeSheet(p, before, "change."), b.changeSheet(p, before, "evolution.")
	changed.Title, every.Title = name+" : ce qui a changé", name+" : toutes les réponses"
	changed.Chart = Chart{Kind: Dumbbell, Label: 1, Series: []int{2, 4}}
	for i, verdict := range readChanges(rows) {
		every.changeRow(rows[i], verdict)
		if verdict == Rise || verdict == Fall {
			changed.changeRow(rows[i], verdict)
		}
	}
	for _, k := range broken {
		cells := make([]Cell, len(every.Columns))
		cells[0], cells[len(cells)-1] = text(k.title), text(Break)
		every.add(k.name, Ordinary, cells...)
	}
	return slices.DeleteFunc([]*sheet{changed, every}, func(s *sheet) bool { return len(s.Rows) == 0 })
}

func (b *builder) changeSheet(p public, before *edition, id string) *sheet {
	then, now := before.told.Edition, b.Diagnostic.Edition
	return &sheet{Table: Table{
		ID: id + string(p.Audience), Source: p.source() + ", éditions " + then + " et " + now,
		Note: "Écart en points, avec son intervalle à 95 % (Newcombe, 1998). « Rupture de série » : la formulation, les choix ou le type de la question ont changé, les deux chiffres ne se comparent pas. La lecture est corrigée pour le nombre de réponses comparées.",
		Columns: []Column{
			{Key: "question", Title: "Question", Kind: Label},
			{Key: labelKey, Title: "Réponse", Kind: Label},
			{Key: "before.share", Title: "Édition " + then, Kind: Share},
			{Key: "before.base", Title: "Base " + then, Kind: Base},
			{Key: "now.share", Title: "Édition " + now, Kind: Share},
			{Key: "now.base", Title: "Base " + now, Kind: Base},
			{Key: "gap", Title: "Écart", Kind: Gap},
			{Key: "gap.low", Title: "Écart, bas", Kind: Gap},
			{Key: "gap.high", Title: "Écart, haut", Kind: Gap},
			{Key: "verdict", Title: "Lecture", Kind: Verdict},
		},
	}}
}

// compareBlock compares a question with the one of the same name before. Breaks
// is true when there was one that does not compare.
func (b *builder) compareBlock(p, past public, k block, told *Report) (rows []compared, breaks bool) {
	q := k.question()
	switch {
	case k.matrix:
		return b.compareMatrix(p, past, k, told), false
	case isCommune(q), isZone(q), isProfile(q), !toTen(q) && len(q.Choices) == 0:
		return nil, false
	}
	old, known := past.form.Question(q.Name)
	if !known {
		return nil, false
	}
	if !sameQuestion(q, old, p.form, past.form) {
		return nil, true
	}
	counts, then := p.counts.Question(q), past.counts.Question(old)
	if toTen(q) {
		r := compared{answer: answer{question: k.title, key: q.Name, label: "Notes de 4 ou moins",
			n: crowd{p.group(q.Name, "<=4"), counts.AtMost(poor)}, base: p.answered(q.Name, counts)},
			then: crowd{Mass: then.AtMost(poor)}, thenBase: past.answered(q.Name, then)}
		r.told, r.toldBase = told.cells(string(p.Audience), q.Name, string(p.Audience), shareKey, baseKey)
		return []compared{r}, false
	}
	base, thenBase := p.opinions(q.Name, counts), past.opinions(q.Name, then)
	switch q.Kind {
	case surveys.SelectMultiple:
		base, thenBase = p.asked(q.Name, counts), past.asked(q.Name, then)
	case surveys.Rank:
		base, thenBase = p.answered(q.Name, counts), past.answered(q.Name, then)
	}
	for _, c := range q.Choices {
		if surveys.NoOpinion(c.Name) {
			continue
		}
		r := compared{answer: answer{question: k.title, key: q.Name + "=" + c.Name, label: labelOf(c.Label, c.Name, k.form),
			n: p.chose(q.Name, c.Name, counts), base: base}, then: past.chose(q.Name, c.Name, then), thenBase: thenBase}
		r.told, r.toldBase = told.cells(string(p.Audience), q.Name, c.Name, shareKey, baseKey)
		rows = append(rows, r)
	}
	return rows, false
}

// compareMatrix compares the rows of a matrix that both editions crossed: the
// share of those for whom it goes badly.
func (b *builder) compareMatrix(p, past public, k block, told *Report) (rows []compared) {
	if _, crossed := b.crossingOf(k.name); !crossed {
		return nil
	}
	scale, _ := k.scale()
	bad := unfavourable(k)
	labels := k.labels()
	for i, row := range k.rows {
		old, known := past.form.Question(row.Name)
		if !known || !sameQuestion(row, old, p.form, past.form) {
			continue
		}
		opinions, worse, _ := p.scaleOf(row.Name, p.counts.Question(row), scale, bad)
		thenAll, thenWorse, _ := past.scaleOf(row.Name, past.counts.Question(old), scale, bad)
		r := compared{answer: answer{question: crossing{block: k}.heading(), key: row.Name, label: labels[i], n: worse, base: opinions},
			then: thenWorse, thenBase: thenAll}
		r.told, r.toldBase = told.cells(ChapterCrossed, k.name, row.Name, string(p.Audience)+"."+shareKey, string(p.Audience)+"."+baseKey)
		rows = append(rows, r)
	}
	return rows
}

// isProfile questions say who people are: their change is that of who answered.
func isProfile(q *surveys.Question) bool {
	return marginName(q) != "" || q.HasProfile(surveys.ProfileVulnerable) || strings.HasPrefix(q.Profile, "margin:")
}

// sameQuestion reports whether two editions asked the same thing in the same
// words: a share of renunciation moves from 7.7 % to 18.8 % with the wording
// alone (DREES, Méthodes n° 10, 2023).
func sameQuestion(now, before *surveys.Question, form, past *surveys.Form) bool {
	if !tally.Same(now, before) || now.Relevant != before.Relevant ||
		french(now.Label, form.Questionnaire) != french(before.Label, past.Questionnaire) {
		return false
	}
	for _, c := range now.Choices {
		old, ok := before.Choice(c.Name)
		if !ok || french(c.Label, form.Questionnaire) != french(old.Label, past.Questionnaire) {
			return false
		}
	}
	return true
}

// cells are two cells of a row of the report; empty when it has none.
func (r *Report) cells(chapter, table, row, first, second string) (Cell, Cell) {
	var found [2]Cell
	c, ok := r.Chapter(chapter)
	if !ok {
		return found[0], found[1]
	}
	for _, t := range c.Tables {
		for _, line := range t.Rows {
			if t.ID != table || line.Key != row {
				continue
			}
			for i, column := range t.Columns {
				switch column.Key {
				case first:
					found[0] = line.Cells[i]
				case second:
					found[1] = line.Cells[i]
				}
			}
		}
	}
	return found[0], found[1]
}

// readChanges tests all rows of a table together.
func readChanges(rows []compared) []string {
	verdicts, at, p := make([]string, len(rows)), []int{}, []float64{}
	for i := range rows {
		r := &rows[i]
		verdicts[i] = TooSmall
		now, known := estimate(r.n, r.base)
		then, also := estimate(r.then, r.thenBase)
		if !known || !also || r.base.N < leastBase || r.thenBase.N < leastBase {
			continue
		}
		if r.difference, r.tested = weights.Compare(now, then); r.tested {
			verdicts[i], at, p = Unproven, append(at, i), append(p, r.difference.P)
		}
	}
	for j, adjusted := range weights.BenjaminiHochberg(p) {
		if i := at[j]; adjusted < alpha {
			verdicts[i] = Rise
			if rows[i].difference.Gap < 0 {
				verdicts[i] = Fall
			}
		}
	}
	return verdicts
}

// changeRow adds an answer. What the edition before did not tell makes its
// change unknown too.
func (s *sheet) changeRow(r compared, verdict string) {
	share, _, _ := shareCells(r.n.Mass, r.base.Mass)
	cells := []Cell{text(r.question), text(r.label), r.told, r.toldBase, share, count(r.base.N), {}, {}, {}, text(verdict)}
	told := []int{4, 6, 7, 8, 9}
	switch {
	case r.told.State == TooFew:
	case r.told.State != Shown:
		cells[6], cells[9] = Cell{State: r.told.State}, Cell{}
	case r.tested:
		cells[6], cells[7], cells[8] = value(r.difference.Gap), value(r.difference.Low), value(r.difference.High)
	}
	row := s.add(r.key, Ordinary, cells...)
	s.tell(fact{row: row, who: r.n.who, n: r.n.N, base: r.base.N, cells: told})
	s.tellBase(row, 5, r.base)
	s.changes = append(s.changes, change{row: row, before: 2, now: 4, column: 6, low: 7, high: 8})
}

// subtract tells each change from the two shares as they are told, so that a
// reader who subtracts finds it and learns nothing more.
func (s *sheet) subtract() {
	for _, c := range s.changes {
		before, now, gap := s.cell(c.row, c.before), s.cell(c.row, c.now), s.cell(c.row, c.column)
		if before.State == Shown && now.State == Shown && gap.State == Shown {
			gap.Number = now.Number - before.Number
		}
	}
}
