package report

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// themes are the chapters of the themes of the frame, in one fixed order of
// tables: what all audiences say, each audience, the figures, the resources,
// strengths and obstacles, proposals. This is how the diagnostics of the field
// are built, so that a reader finds each voice at the same place everywhere.
func (b *builder) themes() []draft {
	var all []draft
	for _, t := range b.Diagnostic.Frame.Themes {
		all = append(all, b.theme(t))
	}
	return all
}

func (b *builder) theme(t surveys.Theme) draft {
	d := draft{Chapter: Chapter{ID: t.Code, Title: t.Name, Theme: t.Code}}
	d.Lead = b.placesSentence(t)
	if s := b.placeTable(t); s != nil {
		d.sheets = append(d.sheets, s)
	}
	for _, c := range b.crossings {
		if s := c.themeTable(t.Code); s != nil {
			d.sheets = append(d.sheets, s)
		}
	}
	for _, p := range b.people {
		if s := b.voice(p, t.Code); s != nil {
			d.sheets = append(d.sheets, s)
		}
	}
	if len(d.sheets) == 0 {
		d.Paragraphs = append(d.Paragraphs, "Aucun questionnaire ne pose de question sur ce thème.")
	}
	b.besideAnswers(&d, t.Code)
	return d
}

// besideAnswers adds what the dossier holds on a theme, and says what it lacks.
func (b *builder) besideAnswers(d *draft, theme string) {
	var lacking []string
	add := func(s *sheet, what string) {
		if s == nil {
			lacking = append(lacking, what)
			return
		}
		d.sheets = append(d.sheets, s)
	}
	add(b.figureTable(b.figuresOf(theme)), "donnée de cadrage")
	add(b.resourceTable(theme), "ressource locale")
	add(b.findingTable(theme), "atout, frein ou besoin")
	add(b.proposalTable(theme), "proposition")
	if len(lacking) > 0 {
		d.Paragraphs = append(d.Paragraphs, "Ce qui n’est pas encore renseigné sur ce thème : "+strings.Join(lacking, ", ")+".")
	}
}

// A placing is the place an audience gives a theme in a ranking of themes.
type placing struct {
	public
	block block
	item  ranked
	place int
	of    int // items ranked
}

// placings are the places of a theme in the rankings whose choices are themes,
// one for each audience that answered.
func (b *builder) placings(theme string) []placing {
	var all []placing
	for _, p := range oneEach(b.people) {
		for _, k := range p.blocks {
			if !b.ranksThemes(k) {
				continue
			}
			counts := p.counts.Question(k.question())
			items := ranking(k.question(), counts)
			places := placesOf(scoresOf(items))
			at := slices.IndexFunc(items, func(r ranked) bool { return r.choice.Name == theme })
			if at >= 0 && counts.Answered.N > 0 {
				all = append(all, placing{public: p, block: k, item: items[at], place: places[at], of: len(items)})
			}
			break
		}
	}
	return all
}

// ranksThemes reports whether a block is a ranking of the themes of the frame.
func (b *builder) ranksThemes(k block) bool {
	if k.matrix || k.question().Kind != surveys.Rank {
		return false
	}
	themes := 0
	for _, c := range k.question().Choices {
		if _, known := b.Diagnostic.Frame.Theme(c.Name); known {
			themes++
		}
	}
	return themes > 1
}

// placesSentence says where each audience puts a theme.
func (b *builder) placesSentence(t surveys.Theme) string {
	var parts []string
	for _, p := range b.placings(t.Code) {
		if p.counts.Question(p.block.question()).Answered.N >= leastStructures {
			parts = append(parts, fmt.Sprintf("%s pour les %s", ordinal(p.place), strings.ToLower(p.Audience.Label())))
		}
	}
	if len(parts) == 0 {
		return t.Short + "."
	}
	return fmt.Sprintf("« %s » : %s.", t.Short, "priorité classée "+enumerate(parts))
}

func ordinal(place int) string {
	if place == 1 {
		return "1re"
	}
	return fmt.Sprintf("%de", place)
}

// placeTable shows the place of a theme among the priorities of each audience.
func (b *builder) placeTable(t surveys.Theme) *sheet {
	placings := b.placings(t.Code)
	if len(placings) == 0 {
		return nil
	}
	s := &sheet{Table: Table{
		ID: "priorite", Title: "La place de ce sujet dans les priorités", Theme: t.Code, Source: b.everySource(),
		Note: "Part : personnes qui citent le sujet parmi leurs trois choix. Score : 3 points au premier choix, 2 au deuxième, 1 au troisième ; 100 si tout le monde le met en premier.",
		Columns: append(shareColumns("Public"),
			Column{Key: "score", Title: "Score sur 100", Kind: Score},
			Column{Key: "rank", Title: "Rang", Kind: Rank}),
		Chart: Chart{Kind: Bars, Label: atLabel, Series: []int{atShare}},
	}}
	for _, p := range placings {
		name := p.block.question().Name
		q := p.counts.Question(p.block.question())
		cited, base := crowd{p.group(name, "="+t.Code), p.item.code.Mass}, p.answered(name, q)
		share, low, high := shareCells(cited.Mass, base.Mass)
		row := s.add(string(p.Audience), Ordinary, text(p.Audience.Label()), count(cited.N), count(base.N), share, low, high, value(p.item.score), count(p.place))
		s.tell(fact{row: row, who: cited.who, n: cited.N, base: base.N, cells: []int{atN, atShare, atLow, atHigh, atHigh + 1}})
		s.tellBase(row, atBase, base)
		s.sum(base, cited, base.others(cited))
	}
	return s
}

// everySource names all the surveys.
func (b *builder) everySource() string {
	names := make([]string, len(b.people))
	for i, p := range b.people {
		names[i] = strings.ToLower(p.Audience.Label())
	}
	return "Enquêtes auprès des publics : " + enumerate(slices.Compact(names))
}

// themeTable is what all audiences say of a theme on one crossing; nil when it
// says nothing of it. The verdicts are those of the whole table: it is the
// family of the tests.
func (c crossing) themeTable(theme string) *sheet {
	switch {
	case c.matrix:
		of := map[string]bool{}
		for _, k := range c.sides {
			for _, row := range k.rows {
				of[row.Name] = themeOf(row, nil) == theme
			}
		}
		items := c.items()
		keep := func(it item) bool { return of[it.key] }
		if !slices.ContainsFunc(items, keep) {
			return nil
		}
		return c.itemTableOf(items, keep)
	case c.theme != theme:
		return nil
	case c.question().Kind == surveys.SelectOne, c.question().Kind == surveys.SelectMultiple:
		return c.itemTable(c.items())
	}
	return nil
}

// mostAnswers is how many answers to a question a theme shows: all of them are
// in the chapter of the audience.
const mostAnswers = 3

// voice is what one audience says of a theme beside what all were asked: the
// answers most given to each question. It is nil when no question is on it.
func (b *builder) voice(p public, theme string) *sheet {
	s := &sheet{Table: Table{
		ID: "voix." + p.ID, Title: "Ce que disent les " + strings.ToLower(p.Audience.Label()), Theme: theme, Source: p.source(),
		Note: "Les réponses les plus données à chaque question, trois au plus ; toutes sont dans le chapitre de ce public. Base : personnes qui ont donné un avis ou, quand plusieurs réponses étaient possibles, personnes à qui la question a été posée.",
	}}
	p.shared(s, answerTitle)
	s.Columns = append([]Column{{Key: "question", Title: "Question", Kind: Label}}, s.Columns...)
	s.Columns[1].Key = "answer"
	for _, k := range p.blocks {
		crossed := slices.ContainsFunc(b.crossings, func(c crossing) bool { return c.name == k.name })
		if crossed && k.question().List != surveys.CommunesList {
			continue
		}
		for _, a := range b.loudest(p, k, theme) {
			s.answerRow(a)
		}
	}
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}

// An answer is the people who gave one answer to a question.
type answer struct {
	question, key, label string
	n, base              crowd
	sums                 func(*sheet)
}

// loudest are the answers of a block that a theme shows.
func (b *builder) loudest(p public, k block, theme string) []answer {
	if k.matrix {
		return p.steps(k, theme)
	}
	q := k.question()
	if k.theme != theme || isCommune(q) || isZone(q) {
		return nil
	}
	counts := p.counts.Question(q)
	var base crowd
	switch q.Kind {
	case surveys.SelectOne:
		base = p.opinions(q.Name, counts)
	case surveys.SelectMultiple:
		base = p.asked(q.Name, counts)
	case surveys.Rank:
		base = p.answered(q.Name, counts)
	default:
		return nil
	}
	var all []answer
	for _, c := range offered(q, counts) {
		all = append(all, answer{question: k.title, key: q.Name + "=" + c.Name, label: labelOf(c.Label, c.Name, k.form),
			n: p.chose(q.Name, c.Name, counts), base: base})
	}
	slices.SortStableFunc(all, func(x, y answer) int { return compareMass(y.n.Mass, x.n.Mass) })
	return all[:min(len(all), mostAnswers)]
}

func compareMass(x, y tally.Mass) int {
	switch {
	case x.W < y.W:
		return -1
	case x.W > y.W:
		return 1
	}
	return 0
}

// steps are the rows of a matrix on a theme: those for whom it goes badly.
func (p public) steps(k block, theme string) []answer {
	scale, _ := k.scale()
	bad := unfavourable(k)
	var names []string
	for _, c := range scale {
		if slices.Contains(bad, c.Name) {
			names = append(names, "« "+labelOf(c.Label, c.Name, k.form)+" »")
		}
	}
	var all []answer
	rows := k.labels()
	for i, row := range k.rows {
		if t := themeOf(row, nil); t != theme && (t != "" || k.theme != theme) {
			continue
		}
		opinions, worse, steps := p.scaleOf(row.Name, p.counts.Question(row), scale, bad)
		all = append(all, answer{question: rows[i], key: row.Name, label: strings.Join(names, " ou "), n: worse, base: opinions,
			sums: func(s *sheet) {
				s.sum(worse, steps...)
				s.sum(opinions, worse, opinions.others(worse))
			}})
	}
	return all
}

// answerRow adds an answer under a question and an answer column.
func (s *sheet) answerRow(a answer) {
	share, low, high := shareCells(a.n.Mass, a.base.Mass)
	cells := []Cell{text(a.question), text(a.label), count(a.n.N), count(a.base.N), share, low, high}
	told := []int{2, 4, 5, 6}
	if s.weighted {
		raw, _, _ := shareCells(tally.People(a.n.N), tally.People(a.base.N))
		told, cells = append(told, len(cells)), append(cells, raw)
	}
	row := s.add(a.key, Ordinary, cells...)
	s.tell(fact{row: row, who: a.n.who, n: a.n.N, base: a.base.N, cells: told})
	s.tellBase(row, 3, a.base)
	if a.sums != nil {
		a.sums(s)
	}
}

// allResources lists what exists on the territory, nil when nothing is known.
func (b *builder) allResources() *sheet {
	s := &sheet{Table: Table{
		ID: "ressources", Title: "Les ressources du territoire", Source: "Équipe du diagnostic, d’après les participants",
		Columns: labels(labelKey, "Structure", "kind", "Nature", "themes", "Thèmes", "where", "Où", "hours", "Horaires", "contact", "Contact", "source", "Source"),
	}}
	for _, r := range b.Dossier.Resources {
		var themes []string
		for _, code := range r.Themes {
			themes = append(themes, b.themeName(code))
		}
		s.add(r.ID, Ordinary, text(r.Name), said(r.Kind), said(strings.Join(themes, " ; ")), text(b.communesText(r.Communes)), said(r.Hours), said(r.Contact), said(r.Source))
	}
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}

// resourceTable lists what exists on a theme, nil when nothing is known.
func (b *builder) resourceTable(theme string) *sheet {
	s := &sheet{Table: Table{
		ID: "ressources", Title: "Les ressources locales", Theme: theme, Source: "Équipe du diagnostic, d’après les participants",
		Columns: labels(labelKey, "Structure", "kind", "Nature", "where", "Où", "hours", "Horaires", "contact", "Contact", "source", "Source"),
	}}
	for _, r := range b.Dossier.Resources {
		if slices.Contains(r.Themes, theme) {
			s.add(r.ID, Ordinary, text(r.Name), said(r.Kind), text(b.communesText(r.Communes)), said(r.Hours), said(r.Contact), said(r.Source))
		}
	}
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}

// communesText names communes by their codes; none is the whole territory.
func (b *builder) communesText(codes []string) string {
	if len(codes) == 0 {
		return "Tout le territoire"
	}
	var names []string
	for _, code := range codes {
		name := code
		for _, c := range b.Diagnostic.Territory.Communes {
			if c.Code == code {
				name = c.Name
			}
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// findingTable lists strengths, obstacles, needs and stakes, nil without any.
func (b *builder) findingTable(theme string) *sheet {
	s := &sheet{Table: Table{
		ID: "constats", Title: "Atouts, freins et besoins", Theme: theme, Source: "Équipe du diagnostic",
		Columns: labels(labelKey, "Nature", "text", "Constat", "proof", "Ce qui le montre", "source", "Source"),
	}}
	for _, kind := range []surveys.FindingKind{surveys.Strength, surveys.Obstacle, surveys.Need, surveys.Stake} {
		b.addFindings(s, theme, kind)
	}
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}

func (b *builder) proposalTable(theme string) *sheet {
	s := &sheet{Table: Table{
		ID: "propositions", Title: "Les propositions", Theme: theme, Source: "Équipe du diagnostic, d’après les participants",
		Columns: labels(labelKey, "Nature", "text", "Proposition", "proof", "Ce qui la montre", "source", "Source"),
	}}
	b.addFindings(s, theme, surveys.Proposal)
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}

func (b *builder) addFindings(s *sheet, theme string, kind surveys.FindingKind) {
	for _, f := range b.Dossier.Findings {
		if f.Theme == theme && f.Kind == kind {
			row := s.add(f.ID, Ordinary, text(firstUpper(string(f.Kind))), text(f.Text), Cell{}, said(f.Source))
			s.proofs = append(s.proofs, proof{row: row, column: 2, finding: f})
		}
	}
}

func firstUpper(s string) string {
	runes := []rune(s)
	if len(runes) == 0 {
		return s
	}
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}
