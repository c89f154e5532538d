package report

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
)

// mostSaid is how many items of a kind the summary names on one line.
const mostSaid = 5

// summary is what an elected person reads first: two pages. But for the
// findings, it is made from what the other chapters tell.
func (b *builder) summary() draft {
	d := draft{Chapter: Chapter{ID: ChapterSummary, Title: "Synthèse"}, written: b.summarise}
	if s := b.keyFindings(); s != nil {
		d.sheets = append(d.sheets, s)
	}
	return d
}

func (b *builder) summarise(r *Report) Chapter {
	c := Chapter{Lead: summaryLead(r)}
	for _, t := range []Table{r.rates(), b.firstPlaces(), b.readings(r), r.fragileReadings()} {
		if len(t.Rows) > 0 {
			c.Tables = append(c.Tables, t)
		}
	}
	if len(b.Dossier.Priorities) > 0 {
		c.Paragraphs = append(c.Paragraphs, b.prioritiesLead())
	}
	if len(b.Dossier.Findings) == 0 {
		c.Paragraphs = append(c.Paragraphs, "Les constats de l’équipe ne sont pas encore écrits : cette synthèse ne dit que les chiffres.")
	}
	return c
}

func summaryLead(r *Report) string {
	var parts []string
	for _, a := range r.Answers {
		parts = append(parts, r.howMany(a))
	}
	if len(parts) == 0 {
		return "Aucun questionnaire n’est encore publié."
	}
	if r.Total() == 0 {
		return sentence(enumerate(parts)) + " La synthèse se composera avec elles."
	}
	return sentence(enumerate(parts)) + " Voici ce qu’elles disent ensemble ; chaque chiffre est repris plus loin avec son intervalle."
}

// rates are the first numbers of the chapter on access, then those that every
// sector is described by, for the whole territory: as their chapters tell them,
// beside the edition before where it is compared.
func (r *Report) rates() Table {
	c, ok := r.Chapter(ChapterAccess)
	if !ok || len(c.Tables) == 0 || c.Tables[0].ID != "chiffres-cles" {
		return Table{}
	}
	t := c.Tables[0]
	t.Chart.Series = slices.Clone(t.Chart.Series)
	t.Rows = slices.Clone(t.Rows)
	known := map[string]bool{}
	for _, row := range t.Rows {
		known[row.Cells[0].Text] = true
	}
	if sectors, ok := r.Chapter(ChapterSectors); ok {
		for _, card := range sectors.Tables {
			name, _, isCard := strings.Cut(card.Title, ", par secteur")
			if row := card.total(); isCard && row != nil && !known[name] {
				key := strings.TrimPrefix(card.ID, "secteur.")
				cells := slices.Concat([]Cell{text(name), text(surveys.Habitants.Label())}, row.Cells[atN:atHigh+1])
				t.Rows = append(t.Rows, Row{Key: key, Cells: cells})
			}
		}
	}
	return r.withBefore(t)
}

// total is the row of the whole territory, nil when a table has none.
func (t Table) total() *Row {
	at := slices.IndexFunc(t.Rows, func(row Row) bool { return row.Role == Total })
	if at < 0 {
		return nil
	}
	return &t.Rows[at]
}

// withBefore adds the share of the edition before, as the chapter on the
// evolution tells it, where some row has one.
func (r *Report) withBefore(t Table) Table {
	before := make([]Cell, len(t.Rows))
	some := false
	for i, row := range t.Rows {
		before[i], _ = r.cells(ChapterEvolution, "evolution."+string(surveys.Habitants), row.Key, "before.share", "before.base")
		some = some || before[i].State != Empty
	}
	if !some {
		return t
	}
	t.Columns = append(slices.Clone(t.Columns), Column{Key: "before.share", Title: "Édition précédente", Kind: Share})
	for i, row := range t.Rows {
		row.Cells = append(slices.Clone(row.Cells), before[i])
		t.Rows[i] = row
	}
	return t
}

// firstPlaces sets the first subjects of each audience side by side.
func (b *builder) firstPlaces() Table {
	s := &sheet{Table: Table{
		ID: "premieres-places", Title: "Les trois premières priorités de chaque public", Source: b.everySource(),
		Columns: labels(labelKey, "Public", "1", "En premier", "2", "En deuxième", "3", "En troisième"),
	}}
	for _, p := range oneEach(b.people) {
		for _, k := range p.blocks {
			if !b.ranksThemes(k) {
				continue
			}
			counts := p.counts.Question(k.question())
			items := ranking(k.question(), counts)
			if counts.Answered.N < leastStructures || len(items) < 3 {
				continue
			}
			cells := []Cell{text(p.Audience.Label())}
			for _, item := range items[:3] {
				cells = append(cells, text(labelOf(item.choice.Label, item.choice.Name, k.form)))
			}
			s.add(string(p.Audience), Ordinary, cells...)
			break
		}
	}
	return s.Table
}

// readings gather the verdicts of the crossed views, question by question. The
// steps of one scale are left out: they are not subjects.
func (b *builder) readings(r *Report) Table {
	s := &sheet{Table: Table{
		ID: "lectures", Title: "Ce que les publics disent ensemble, et ce qui les sépare", Source: b.everySource(),
		Note:    "Convergence : tous le mettent en avant. Divergence : plus de 20 points d’écart. Angle mort : mis en avant par un public, pas vu par un autre. Une divergence ou un angle mort n’est annoncé que si le hasard ne l’explique pas.",
		Columns: labels(labelKey, "Lecture", "question", "Question", "items", "Sujets"),
	}}
	c, ok := r.Chapter(ChapterCrossed)
	if !ok {
		return s.Table
	}
	for _, verdict := range []string{Convergence, Divergence, BlindSpot} {
		for _, t := range c.Tables {
			if asked, crossed := b.crossingOf(t.ID); !crossed || !asked.matrix && asked.question().Kind == surveys.SelectOne {
				continue
			}
			if names := t.named(verdict); len(names) > 0 {
				question, _, _ := strings.Cut(t.Title, " – part de")
				s.add(verdict+"."+t.ID, Ordinary, text(firstUpper(verdict)), text(question), text(some(names)))
			}
		}
	}
	return s.Table
}

// named are the rows of a table with a verdict.
func (t Table) named(verdict string) []string {
	var names []string
	for _, row := range t.Rows {
		if row.Cells[len(row.Cells)-1].Text == verdict {
			names = append(names, row.Cells[0].Text)
		}
	}
	return names
}

// some names the first items, and says how many there are when that is not all.
func some(names []string) string {
	if len(names) <= mostSaid {
		return strings.Join(names, " ; ")
	}
	return strings.Join(names[:mostSaid], " ; ") + fmt.Sprintf("… (%d en tout)", len(names))
}

// fragileReadings name the publics fragiles that an outcome happens to more.
func (r *Report) fragileReadings() Table {
	s := &sheet{Table: Table{
		ID: "publics", Title: "Pour qui c’est plus fréquent", Source: "Enquête auprès des habitants",
		Columns: labels(labelKey, "Ce qui arrive", "publics", "Plus souvent à"),
	}}
	c, ok := r.Chapter(ChapterFragile)
	if !ok {
		return s.Table
	}
	for _, t := range c.Tables {
		if names := t.named(MoreOften); len(names) > 0 {
			outcome, _, _ := strings.Cut(t.Title, ", selon")
			s.add(t.ID, Ordinary, text(outcome), text(some(names)))
		}
	}
	return s.Table
}

// keyFindings are the needs, obstacles, strengths and stakes the team wrote,
// with what shows them.
func (b *builder) keyFindings() *sheet {
	s := &sheet{Table: Table{
		ID: "constats", Title: "Les constats", Source: "Équipe du diagnostic",
		Columns: labels("text", "Constat", "kind", "Nature", "theme", "Thème", "proof", "Ce qui le montre", "source", "Source"),
	}}
	for _, kind := range []surveys.FindingKind{surveys.Need, surveys.Obstacle, surveys.Strength, surveys.Stake} {
		for _, f := range b.Dossier.Findings {
			if f.Kind == kind && (len(f.Cells) > 0 || len(f.Figures) > 0 || kind == surveys.Stake) {
				row := s.add(f.ID, Ordinary, text(f.Text), text(firstUpper(string(f.Kind))), text(b.themeName(f.Theme)), Cell{}, said(f.Source))
				s.proofs = append(s.proofs, proof{row: row, column: 3, finding: f})
			}
		}
	}
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}
