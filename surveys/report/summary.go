package report

import (
	"fmt"
	"strings"

	"diapason/surveys"
)

// mostSaid is how many items of each kind the summary names.
const mostSaid = 5

// summary is what an elected person reads first. It is written last, from the
// other chapters as they may be told.
func (b *builder) summary() draft {
	d := draft{Chapter: Chapter{ID: ChapterSummary, Title: "Synthèse"}}
	if s := b.keyFindings(); s != nil {
		d.sheets = append(d.sheets, s)
	}
	d.written = func(r *Report, chapters []Chapter) (string, []string) {
		return b.summaryLead(r), b.summaryParagraphs(r, chapters)
	}
	return d
}

func (b *builder) summaryLead(r *Report) string {
	var parts []string
	for _, a := range r.Answers {
		parts = append(parts, r.howMany(a))
	}
	if len(parts) == 0 {
		return "Aucun questionnaire n’est encore publié."
	}
	return sentence(enumerate(parts) + " disent comment va la santé ici et ce qu’il faut changer")
}

func (b *builder) summaryParagraphs(r *Report, chapters []Chapter) []string {
	var all []string
	for _, s := range []string{b.firstPlaces(), ratesSentence(chapters), b.verdictsSentence(chapters, Convergence, "Ce que tous les publics mettent en avant"),
		b.verdictsSentence(chapters, Divergence, "Ce qui les sépare"), b.verdictsSentence(chapters, BlindSpot, "Ce que certains ne voient pas"),
		fragileSentence(chapters), b.chosenSentence()} {
		if s != "" {
			all = append(all, s)
		}
	}
	if len(b.Dossier.Findings) == 0 {
		all = append(all, "Les constats de l’équipe ne sont pas encore écrits : cette synthèse ne dit que les chiffres.")
	}
	return all
}

// firstPlaces names the three first subjects of each audience.
func (b *builder) firstPlaces() string {
	var parts []string
	for _, p := range oneEach(b.people) {
		for _, k := range p.blocks {
			if !b.ranksThemes(k) {
				continue
			}
			counts := p.counts.Question(k.question())
			if counts.Answered.N < leastStructures {
				continue
			}
			var names []string
			for i, item := range ranking(k.question(), counts) {
				if i == 3 {
					break
				}
				names = append(names, lowerFirst(labelOf(item.choice.Label, item.choice.Name, k.form)))
			}
			parts = append(parts, p.Audience.Label()+" : "+strings.Join(names, " ; "))
			break
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Les trois premières priorités de chaque public. " + strings.Join(parts, ". ") + "."
}

func lowerFirst(s string) string {
	runes := []rune(s)
	if len(runes) == 0 {
		return s
	}
	return strings.ToLower(string(runes[:1])) + string(runes[1:])
}

// ratesSentence tells the first rate of the chapter on access.
func ratesSentence(chapters []Chapter) string {
	for _, c := range chapters {
		if c.ID != ChapterAccess || len(c.Tables) == 0 || c.Tables[0].ID != "chiffres-cles" {
			continue
		}
		var parts []string
		for _, row := range c.Tables[0].Rows {
			if told := c.Tables[0].cite(row, shareKey); told != "" {
				parts = append(parts, lowerFirst(told))
			}
		}
		if len(parts) > 0 {
			return "Se soigner : " + strings.Join(parts[:min(len(parts), mostSaid)], " ; ") + "."
		}
	}
	return ""
}

// verdictsSentence names the items of the crossed views with a verdict, question
// by question. The steps of one scale are left out: they are not subjects.
func (b *builder) verdictsSentence(chapters []Chapter, verdict, heading string) string {
	var parts []string
	for _, c := range chapters {
		if c.ID != ChapterCrossed {
			continue
		}
		for _, t := range c.Tables {
			if asked, _ := b.crossingOf(t.ID); !asked.matrix && asked.question().Kind == surveys.SelectOne {
				continue
			}
			var names []string
			for _, row := range t.Rows {
				if last := row.Cells[len(row.Cells)-1]; last.Text == verdict {
					names = append(names, lowerFirst(row.Cells[0].Text))
				}
			}
			if len(names) > 0 {
				question, _, _ := strings.Cut(t.Title, " – part de")
				parts = append(parts, "à « "+question+" », "+some(names))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return heading + " : " + strings.Join(parts, " ; ") + "."
}

// some names the first items, and says how many are left.
func some(names []string) string {
	if len(names) <= mostSaid {
		return enumerate(names)
	}
	return strings.Join(names[:mostSaid], ", ") + fmt.Sprintf("… (%d en tout)", len(names))
}

// fragileSentence names the publics fragiles that an outcome happens to more.
func fragileSentence(chapters []Chapter) string {
	for _, c := range chapters {
		if c.ID != ChapterFragile {
			continue
		}
		var parts []string
		for _, t := range c.Tables {
			var names []string
			for _, row := range t.Rows {
				if row.Cells[len(row.Cells)-1].Text == MoreOften {
					names = append(names, "« "+row.Cells[0].Text+" »")
				}
			}
			if len(names) > 0 {
				outcome, _, _ := strings.Cut(t.Title, ",")
				parts = append(parts, lowerFirst(outcome)+" : "+strings.Join(names[:min(len(names), mostSaid)], ", "))
			}
		}
		if len(parts) > 0 {
			return "Les publics pour qui c’est plus fréquent – " + strings.Join(parts, " ; ") + "."
		}
	}
	return ""
}

func (b *builder) chosenSentence() string {
	if len(b.Dossier.Priorities) == 0 {
		return ""
	}
	return b.prioritiesLead()
}

// keyFindings are the needs and stakes the team wrote, with what shows them.
func (b *builder) keyFindings() *sheet {
	s := &sheet{Table: Table{
		ID: "constats", Title: "Les constats", Source: "Équipe du diagnostic",
		Columns: labels(labelKey, "Constat", "theme", "Thème", "proof", "Ce qui le montre", "source", "Source"),
	}}
	for _, kind := range []surveys.FindingKind{surveys.Need, surveys.Obstacle, surveys.Strength, surveys.Stake} {
		for _, f := range b.Dossier.Findings {
			if f.Kind == kind && (len(f.Cells) > 0 || len(f.Figures) > 0 || kind == surveys.Stake) {
				row := s.add(f.ID, Ordinary, text(f.Text), text(b.themeName(f.Theme)), Cell{}, said(f.Source))
				s.proofs = append(s.proofs, proof{row: row, column: 2, finding: f})
			}
		}
	}
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}
