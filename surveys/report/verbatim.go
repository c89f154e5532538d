package report

import (
	"cmp"
	"hash/fnv"
	"slices"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/verbatims"
)

// ChapterVerbatims says what people wrote: by subject, then in their own words.
const ChapterVerbatims = "verbatims"

// A Verbatim is a text that somebody wrote, as the team has read it.
type Verbatim struct {
	Arrival  int64  // number of the response's arrival
	Survey   string // ID
	Question string
	Commune  string // INSEE code, "" when it was not told
	// Codes are those that count, when somebody coded the text.
	Codes []string
	Coded bool
	// Quote is the text in the words that may be quoted, "" when it may not be.
	Quote string
}

// VerbatimsOf joins the texts of a diagnostic with what the team made of them.
// Only words that somebody read and allowed come out, masked once more.
func VerbatimsOf(d surveys.Diagnostic, texts []verbatims.Text, reviews []surveys.Review) []Verbatim {
	of := map[string]surveys.Review{}
	for _, r := range reviews {
		of[r.ID] = r
	}
	names := verbatims.NamesOf(d.Territory)
	all := make([]Verbatim, len(texts))
	for i, t := range texts {
		r := of[surveys.ReviewID(d.ID, t.Response, t.Question)]
		v := Verbatim{Arrival: t.Arrival, Survey: t.Survey, Question: t.Question, Commune: t.Commune}
		v.Codes, v.Coded = r.Retained()
		if r.State == surveys.Quotable {
			v.Quote, _ = verbatims.Mask(r.Text, names)
		}
		all[i] = v
	}
	return all
}

// mostQuotes is how many quotes a subject has: enough to hear several voices.
const mostQuotes = 12

// otherSubjects holds the quotes without a subject that may be named.
const otherSubjects = "autres"

// A voice is what one audience wrote to one question.
type voice struct {
	public
	question *surveys.Question
	texts    []Verbatim
	answered crowd
	coded    crowd
}

// verbatims is the chapter of what people wrote.
func (b *builder) verbatims() draft {
	d := draft{Chapter: Chapter{
		ID: ChapterVerbatims, Title: "Paroles",
		Lead: "Aucun texte n’a encore été relu : ce chapitre se remplira au fil de la relecture.",
	}}
	read := slices.ContainsFunc(b.Verbatims, func(v Verbatim) bool { return v.Coded || v.Quote != "" })
	if !read {
		return d
	}
	d.Lead = "Ce que les personnes ont écrit avec leurs mots. L’équipe a relu chaque texte montré, masqué ce qui pouvait faire reconnaître quelqu’un, et rangé les textes par sujet."
	voices := b.voices()
	d.sheets = append(d.sheets, writtenByAudience(voices))
	for _, draw := range []func(*surveys.Question, []voice) *sheet{b.subjects, b.quotes} {
		for _, question := range questionsOf(voices) {
			of := slices.DeleteFunc(slices.Clone(voices), func(v voice) bool { return v.question.Name != question.Name })
			if s := draw(question, of); len(s.Rows) > 0 {
				d.sheets = append(d.sheets, s)
			}
		}
	}
	return d
}

// voices are the questions that ask to write, audience by audience.
func (b *builder) voices() []voice {
	type key struct{ survey, question string }
	texts := map[key][]Verbatim{}
	for _, t := range b.Verbatims {
		k := key{t.Survey, t.Question}
		texts[k] = append(texts[k], t)
	}
	var voices []voice
	for _, p := range b.people {
		for _, q := range verbatims.Questions(p.form) {
			v := voice{public: p, question: q, texts: texts[key{p.ID, q.Name}]}
			v.answered = p.answered(q.Name, p.counts.Question(q))
			v.coded = v.who("", func(t Verbatim) bool { return t.Coded })
			voices = append(voices, v)
		}
	}
	return voices
}

// who is those whose text is like this.
func (v voice) who(which string, like func(Verbatim) bool) crowd {
	n := 0
	for _, t := range v.texts {
		if like(t) {
			n++
		}
	}
	return crowd{v.group(v.question.Name, " coded"+which), tally.People(n)}
}

func questionsOf(voices []voice) []*surveys.Question {
	var questions []*surveys.Question
	for _, v := range voices {
		if !slices.ContainsFunc(questions, func(q *surveys.Question) bool { return q.Name == v.question.Name }) {
			questions = append(questions, v.question)
		}
	}
	return questions
}

// writtenByAudience says how many people wrote, and how many texts have their
// subjects.
func writtenByAudience(voices []voice) *sheet {
	s := &sheet{Table: Table{
		ID: "textes", Title: "Combien de personnes ont écrit",
		Note: "Un texte est dit « codé » quand quelqu’un de l’équipe a noté de quels sujets il parle.",
		Columns: []Column{
			{Key: labelKey, Title: "Question", Kind: Label}, {Key: "public", Title: "Public", Kind: Label},
			{Key: nKey, Title: "Ont écrit", Kind: Count}, {Key: "codes", Title: "Textes codés", Kind: Count},
		},
	}}
	for _, v := range voices {
		label := labelOf(v.question.Label, v.question.Name, v.form.Questionnaire)
		row := s.add(v.ID+"."+v.question.Name, Ordinary, text(label), text(v.Audience.Label()), count(v.answered.N), count(v.coded.N))
		s.tell(fact{row: row, who: v.answered.who, n: v.answered.N, cells: []int{2}})
		s.tell(fact{row: row, who: v.coded.who, n: v.coded.N, cells: []int{3}})
		// A withdrawal may have been counted before the texts were read.
		if v.answered.N >= v.coded.N {
			s.sum(v.answered, v.coded, v.answered.others(v.coded))
		}
	}
	return s
}

// subjects counts the codes of the texts of one question, audiences side by
// side. A text about two subjects counts in both.
func (b *builder) subjects(question *surveys.Question, voices []voice) *sheet {
	s := &sheet{sensitive: question.Sensitive, Table: Table{
		ID: "sujets." + question.Name, Theme: themeOf(question, nil), Title: labelOf(question.Label, question.Name, voices[0].form.Questionnaire),
		Section: "De quoi parlent les textes",
		Note:    "Base : textes codés. Un texte peut parler de plusieurs sujets : le total dépasse 100 %. Un sujet compte aussi pour son thème. Parts brutes, non redressées.",
		Columns: []Column{{Key: labelKey, Title: "Sujet", Kind: Label}},
		Chart:   Chart{Kind: Clustered, Label: 0},
	}}
	for _, v := range voices {
		key := v.ID
		s.Columns = append(s.Columns, Column{Key: key + "." + nKey, Title: v.Audience.Label() + ", textes", Kind: Count, Audience: v.Audience},
			Column{Key: key + "." + shareKey, Title: v.Audience.Label(), Kind: Share, Audience: v.Audience})
		s.Chart.Series = append(s.Chart.Series, len(s.Columns)-1)
	}
	frame := verbatims.FrameOf(b.Diagnostic, b.Dossier)
	for _, code := range frame.Codes() {
		s.subjectRow(frame, code, voices)
	}
	if len(s.Rows) == 0 {
		return s
	}
	cells := []Cell{text("Textes codés")}
	for _, v := range voices {
		cells = append(cells, count(v.coded.N), Cell{})
	}
	row := s.add("codes", Total, cells...)
	for i, v := range voices {
		s.tellBase(row, 1+2*i, v.coded)
	}
	return s
}

// subjectRow adds a code that some text has.
func (s *sheet) subjectRow(frame verbatims.Frame, code string, voices []voice) {
	theme := frame.Theme(code)
	label := frame.Label(code)
	if theme != code {
		label = "– " + label
	}
	cells, facts := []Cell{text(label)}, []fact{}
	cited := false
	for i, v := range voices {
		has := v.about(frame, code)
		share, _, _ := shareCells(has.Mass, v.coded.Mass)
		cells = append(cells, count(has.N), share)
		facts = append(facts, fact{who: has.who, n: has.N, base: v.coded.N, cells: []int{1 + 2*i, 2 + 2*i}})
		cited = cited || has.N > 0
	}
	if !cited {
		return
	}
	row := s.add(code, Ordinary, cells...)
	for i, f := range facts {
		f.row = row
		s.tell(f)
		v := voices[i]
		whole := v.coded
		if theme != code {
			whole = v.about(frame, theme)
		}
		has := v.about(frame, code)
		s.sum(whole, has, whole.others(has))
	}
}

// about is those whose text has a code, or one under it.
func (v voice) about(frame verbatims.Frame, code string) crowd {
	return v.who(" "+code, func(t Verbatim) bool { return t.Coded && t.about(frame, code) })
}

func (t Verbatim) about(frame verbatims.Frame, code string) bool {
	return slices.ContainsFunc(t.Codes, func(c string) bool { return c == code || frame.Theme(c) == code })
}

// A quote is a text with who is said to have written it, and under what.
type quote struct {
	place          int // of the subject in the frame
	subject, label string
	words, who     string
	audience       string // of who, without the sector
}

// quotes lists the words that may be quoted. Nobody is quoted of an audience of
// which fewer than 11 people answered the question; the sector is named from 30
// of its people who did, and never at a sensitive question; the subject, in what
// is shared, where 11 texts of the audience have it: a quote tells that somebody
// said so.
func (b *builder) quotes(question *surveys.Question, voices []voice) *sheet {
	s := &sheet{Table: Table{
		ID: "citations." + question.Name, Theme: themeOf(question, nil), Title: labelOf(question.Label, question.Name, voices[0].form.Questionnaire),
		Section: "En leurs mots",
		Note:    "Citations choisies par l’équipe, relues et masquées : [nom], [date]… tiennent la place de ce qui a été retiré. Elles font entendre des voix et ne se comptent pas. Le secteur n’est dit qu’à partir de 30 textes de ce public dans le secteur.",
		Columns: []Column{
			{Key: "parole", Title: "Parole", Kind: Label}, {Key: "qui", Title: "Qui", Kind: Label}, {Key: "sujet", Title: "Sujet", Kind: Label},
		},
	}}
	var all []quote
	for _, v := range voices {
		if v.answered.N < floor {
			continue
		}
		all = append(all, b.quotesOf(v)...)
	}
	slices.SortFunc(all, func(x, y quote) int {
		return cmp.Or(cmp.Compare(x.place, y.place), cmp.Compare(scattered(x.words), scattered(y.words)), cmp.Compare(x.words, y.words), cmp.Compare(x.audience, y.audience), cmp.Compare(x.who, y.who))
	})
	subject, n := "", 0
	for _, q := range onceEach(all) {
		if n++; q.subject != subject {
			subject, n = q.subject, 1
		}
		if n <= mostQuotes {
			s.add(q.subject+"."+whole(n), Ordinary, text(q.words), text(q.who), text(q.label))
		}
	}
	return s
}

// onceEach leaves one of the quotes that say the same in the same audience:
// short texts are often the same. It names no sector, there being several.
func onceEach(sorted []quote) []quote {
	var once []quote
	for _, q := range sorted {
		if n := len(once); n > 0 && once[n-1].subject == q.subject && once[n-1].words == q.words && once[n-1].audience == q.audience {
			if once[n-1].who != q.who {
				once[n-1].who = q.audience
			}
			continue
		}
		once = append(once, q)
	}
	return once
}

func (b *builder) quotesOf(v voice) []quote {
	frame := verbatims.FrameOf(b.Diagnostic, b.Dossier)
	people := map[int]int{} // by sector
	for _, t := range v.texts {
		if i, ok := b.sectors[t.Commune]; ok {
			people[i]++
		}
	}
	named := map[string]bool{}
	for _, t := range frame.Themes {
		named[t.Code] = b.View == Work || v.about(frame, t.Code).N >= floor
	}
	var all []quote
	for _, t := range v.texts {
		if t.Quote == "" {
			continue
		}
		q := quote{place: len(frame.Themes), subject: otherSubjects, label: "Autres sujets", words: t.Quote, who: v.Audience.Label(), audience: v.Audience.Label()}
		at := slices.IndexFunc(frame.Themes, func(theme surveys.Theme) bool { return named[theme.Code] && t.Coded && t.about(frame, theme.Code) })
		if at >= 0 {
			q.place, q.subject, q.label = at, frame.Themes[at].Code, frame.Themes[at].Name
		}
		if i, ok := b.sectors[t.Commune]; ok && people[i] >= leastBase && !v.question.Sensitive {
			_, sector := b.sectorAt(i)
			q.who += ", " + sector
		}
		all = append(all, q)
	}
	return all
}

// scattered orders quotes without telling who came first.
func scattered(words string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(words))
	return h.Sum64()
}
