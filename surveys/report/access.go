package report

import (
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// accessQuestions are the questions of the library that tell of access to care,
// by name, in the order of the chapter: a question's name is its identity, so
// that a diagnostic that kept them is compared with the others.
var accessQuestions = []string{
	"h_renonce", "h_ren_soin", "h_ren_pq", "c_renonce", "x_acces", "x_freins",
	"h_mt", "h_trajet", "p_nouveaux", "p_refus", "p_delai", "p_domicile", "p_5ans", "p_succ",
}

// leaving are the codes by which a professional plans to stop practising here.
var leaving = struct {
	question, successor string
	codes               []string
}{"p_5ans", "p_succ", []string{"retraite", "quitter"}}

// access gathers what all audiences say of getting care, and of going without.
func (b *builder) access() (draft, error) {
	d := draft{Chapter: Chapter{
		ID: ChapterAccess, Title: "Accès aux soins et renoncement",
		Lead: "Se faire soigner ici : ce qui est difficile, qui y renonce et pourquoi, ce que les professionnels voient venir.",
	}}
	rates, err := b.accessRates()
	if err != nil {
		return d, err
	}
	if len(rates.Rows) > 0 {
		d.sheets = append(d.sheets, rates)
	}
	for _, name := range accessQuestions {
		if c, crossed := b.crossingOf(name); crossed {
			d.sheets = append(d.sheets, c.anyTable())
		}
		for _, p := range b.people {
			for _, k := range p.blocks {
				if k.name == name {
					d.sheets = append(d.sheets, b.accessTables(p, k)...)
				}
			}
		}
	}
	if len(d.sheets) == 0 {
		d.Lead = "Aucun questionnaire de ce diagnostic ne pose les questions de la bibliothèque sur l’accès aux soins."
	}
	return d, nil
}

func (b *builder) crossingOf(name string) (crossing, bool) {
	at := slices.IndexFunc(b.crossings, func(c crossing) bool { return c.name == name })
	if at < 0 {
		return crossing{}, false
	}
	return b.crossings[at], true
}

// accessTables are the tables of a question as its audience's chapter has them,
// but for those that the crossing already tells better.
func (b *builder) accessTables(p public, k block) []*sheet {
	if _, crossed := b.crossingOf(k.name); crossed && !k.matrix {
		return nil
	}
	sheets := b.tables(p, k)
	for _, s := range sheets {
		s.ID = p.ID + "." + s.ID
		s.Title = p.Audience.Label() + " – " + s.Title
		s.Section = ""
	}
	return sheets
}

// accessRates are the numbers a reader looks for first: who went without care,
// who sees others do, who leaves.
func (b *builder) accessRates() (*sheet, error) {
	s := &sheet{Table: Table{
		ID: "chiffres-cles", Title: "Les chiffres à retenir", Source: b.everySource(),
		Note: "Base : personnes qui ont donné un avis ou, pour les projets à 5 ans, professionnels à qui la question a été posée.",
		Columns: append([]Column{
			{Key: labelKey, Title: "Ce qui est compté", Kind: Label},
			{Key: "audience", Title: "Public", Kind: Label},
		}, shareColumns("")[1:]...),
		Chart: Chart{Kind: Bars, Label: 0, Of: 1, Series: []int{4}},
	}}
	for _, p := range b.people {
		for _, q := range p.markedQuestions(surveys.ProfileOutcome) {
			s.rateRow(p, q.Name, nameOfEvents(q, p.form.Questionnaire), p.event(s, q), p.opinions(q.Name, p.counts.Question(q)))
		}
		for _, q := range p.frequencies() {
			counts := p.counts.Question(q)
			often := p.chosen(s, q, " often", oftenCodes(q))
			s.rateRow(p, q.Name, labelOf(q.Label, q.Name, p.form.Questionnaire)+" Souvent ou très souvent", often, p.opinions(q.Name, counts))
		}
		if err := b.leavingRow(s, p); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// rateRow adds people of one audience, and how many of them it is about.
func (s *sheet) rateRow(p public, key, label string, n, base crowd) {
	share, low, high := shareCells(n.Mass, base.Mass)
	row := s.add(key, Ordinary, text(label), text(p.Audience.Label()), count(n.N), count(base.N), share, low, high)
	s.tell(fact{row: row, who: n.who, n: n.N, base: base.N, cells: []int{2, 4, 5, 6}})
	s.tellBase(row, 3, base)
	s.sum(base, n, base.others(n))
}

func nameOfEvents(q *surveys.Question, form *surveys.Questionnaire) string {
	name, _ := events(q, form)
	return name
}

// event is the people an outcome happened to.
func (p public) event(s *sheet, q *surveys.Question) crowd {
	_, codes := events(q, p.form.Questionnaire)
	return p.chosen(s, q, " event", codes)
}

// chosen is the people who gave one of some answers to a single choice.
func (p public) chosen(s *sheet, q *surveys.Question, which string, codes []string) crowd {
	counts := p.counts.Question(q)
	var parts []crowd
	for _, code := range codes {
		parts = append(parts, p.chose(q.Name, code, counts))
	}
	all := sumOf(p.group(q.Name, which), parts)
	s.sum(all, parts...)
	return all
}

// frequencies are the access questions asked as "jamais … très souvent".
func (p public) frequencies() []*surveys.Question {
	var all []*surveys.Question
	for _, name := range accessQuestions {
		if q, ok := p.form.Question(name); ok && q.Kind == surveys.SelectOne && len(oftenCodes(q)) > 0 {
			all = append(all, q)
		}
	}
	return all
}

func oftenCodes(q *surveys.Question) []string {
	var codes []string
	for _, c := range q.Choices {
		if strings.HasSuffix(c.Name, "souvent") {
			codes = append(codes, c.Name)
		}
	}
	return codes
}

// overlap tells the ledger how those who gave one of two answers, or both, make
// the people who gave at least one: what is told of three tells the fourth.
func (p public) overlap(s *sheet, q *surveys.Question, either crowd) {
	counts := p.counts.Question(q)
	first, second := p.chose(q.Name, leaving.codes[0], counts), p.chose(q.Name, leaving.codes[1], counts)
	both := crowd{either.who + " both", first.Plus(second.Mass).Minus(either.Mass)}
	onlyFirst := crowd{first.who + " only", first.Minus(both.Mass)}
	onlySecond := crowd{second.who + " only", second.Minus(both.Mass)}
	s.sum(first, both, onlyFirst)
	s.sum(second, both, onlySecond)
	s.sum(either, both, onlyFirst, onlySecond)
}

// leavingRow counts the professionals who think of retiring or of leaving
// within five years; those who tick both count once.
func (b *builder) leavingRow(s *sheet, p public) error {
	q, ok := p.form.Question(leaving.question)
	if !ok || q.Kind != surveys.SelectMultiple {
		return nil
	}
	split, err := b.Table.Grouped(p.ID, q, []tally.Group{{Code: "depart", Codes: leaving.codes}})
	if err != nil {
		return err
	}
	counts := split.Survey(nil, nil).Question(q)
	gone := crowd{p.group(q.Name, " leaving"), counts.Count("depart")}
	asked := p.asked(q.Name, p.counts.Question(q))
	s.rateRow(p, q.Name+".depart", "Pensent partir à la retraite ou quitter le territoire dans les 5 ans", gone, asked)
	p.overlap(s, q, gone)
	if next, ok := p.form.Question(leaving.successor); ok { // its people are often the same
		if people := p.asked(next.Name, p.counts.Question(next)); people.N == gone.N {
			s.sum(people, gone)
		}
	}
	return nil
}
