package report

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// Input is all a report is made from.
type Input struct {
	Diagnostic surveys.Diagnostic
	Surveys    []surveys.Survey
	// Forms are the current versions, by survey ID. A survey without one was
	// never published and is passed over.
	Forms map[string]*surveys.Form
	// Table counts the answers: in memory or where they are stored.
	Table tally.Counter
	// Dossier is what stands beside the answers; empty when there is none.
	Dossier surveys.Dossier
	// Verbatims are all the texts people wrote, read or not.
	Verbatims []Verbatim
	// Previous is the edition that this one updates, nil when there is none. Its
	// View and Now are not read.
	Previous *Input
	// Told is the report of an edition before, when it was made already.
	Told *Report
	View View
	// Only is the ID of a sector when the report is of its people alone: the
	// chapters of the audiences that say their commune, in the Work view.
	Only string
	Now  time.Time
	// Release says up to when the answers in the table count; nothing in the
	// working view. Past is what was published before it.
	Release surveys.Release
	Past    Past
	// Waiting are the surveys whose answers are too few yet for any release, by
	// ID: the report says so and nothing else of them.
	Waiting []string
}

// Build makes the report of a diagnostic as it is now. It has no effect but
// its result: the same input gives the same report.
func Build(in Input) (*Report, error) {
	r, _, err := compose(in)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return r, nil
}

// compose also returns the ledger of a restitution, nil of a working view.
func compose(in Input) (*Report, *ledger, error) {
	if in.Table == nil {
		return nil, nil, errors.New("no table of answers")
	}
	if in.View != Restitution && in.View != Work {
		return nil, nil, fmt.Errorf("no view is called %q", in.View)
	}
	if err := in.checkOnly(); err != nil {
		return nil, nil, err
	}
	b, err := newBuilder(in)
	if err != nil {
		return nil, nil, err
	}
	r := b.cover()
	drafts, err := b.chapters()
	if err != nil {
		return nil, nil, err
	}
	for _, d := range drafts {
		mark(d.sheets)
	}
	var l *ledger
	if in.View == Restitution {
		if l, err = protect(r, drafts, in.Past); err != nil {
			return nil, nil, err
		}
	}
	for _, d := range drafts {
		for _, s := range d.sheets {
			s.subtract()
		}
		r.Chapters = append(r.Chapters, d.finish(r))
	}
	b.conclude(r, drafts)
	return r, l, nil
}

// conclude writes what is said of the other chapters, from what they tell.
func (b *builder) conclude(r *Report, drafts []draft) {
	b.prove(r.Chapters, drafts)
	for i, d := range drafts {
		if d.written == nil {
			continue
		}
		c := &r.Chapters[i]
		written := d.written(r)
		c.Lead, c.Paragraphs = typeset(written.Lead), written.Paragraphs
		for j := range c.Paragraphs {
			c.Paragraphs[j] = typeset(c.Paragraphs[j])
		}
		for j := range written.Tables {
			written.Tables[j].typeset()
		}
		c.Tables = append(written.Tables, c.Tables...)
	}
}

// A draft is a chapter whose numbers did not go through disclosure control.
// Its lead is written afterwards, from what may be told.
type draft struct {
	Chapter
	sheets []*sheet
	lead   func(*Report) string
	// written chapters are put in words last, from all the others; the tables it
	// gives come first.
	written func(*Report) Chapter
}

func (d draft) finish(r *Report) Chapter {
	for _, s := range d.sheets {
		s.Table.typeset()
		d.Tables = append(d.Tables, s.Table)
	}
	if d.lead != nil {
		d.Lead = d.lead(r)
	}
	d.Lead = typeset(d.Lead)
	for i, p := range d.Paragraphs {
		d.Paragraphs[i] = typeset(p)
	}
	return d.Chapter
}

// builder holds what the chapters read.
type builder struct {
	Input
	ground
	people    []public
	waiting   []surveys.Survey // too few answered for a release
	crossings []crossing
}

// public is one audience with its form and its counts.
type public struct {
	surveys.Survey
	form   *surveys.Form
	blocks []block
	counts *tally.Survey
	// weighting is nil for an audience that is never weighted.
	weighting *weighting
	commune   string // the name of its commune question, "" when it has none
	// zones are the multiple choices of communes, counted by sector.
	zones map[string]*tally.Survey
}

func newBuilder(in Input) (*builder, error) {
	b := &builder{Input: in, ground: groundOf(in.Diagnostic.Territory)}
	for _, s := range in.Surveys {
		form := in.Forms[s.ID]
		if form == nil || in.Only != "" && place(form) == nil {
			continue
		}
		if slices.Contains(in.Waiting, s.ID) {
			b.waiting = append(b.waiting, s)
			continue
		}
		p := public{Survey: s, form: form, blocks: blocksOf(form)}
		if err := b.count(&p); err != nil {
			return nil, err
		}
		b.people = append(b.people, p)
	}
	slices.SortStableFunc(b.people, func(x, y public) int {
		return cmp.Compare(order(x.Audience), order(y.Audience))
	})
	b.crossings = crossingsOf(oneEach(b.people))
	return b, nil
}

// count counts the answers of one audience, weighted where they can be.
func (b *builder) count(p *public) (err error) {
	if p.weighting, err = b.weightingOf(p); err != nil {
		return err
	}
	var by []tally.By
	if p.weighting != nil {
		by = p.weighting.by
	}
	by, of := b.only(p, by)
	split, err := b.Table.Split(p.ID, by...)
	if err != nil {
		return err
	}
	p.counts, p.zones = split.Survey(p.weighting.weigh(), of), map[string]*tally.Survey{}
	for _, k := range p.blocks {
		q := k.question()
		if isCommune(q) {
			p.commune = q.Name
		}
		if k.matrix || !isZone(q) {
			continue
		}
		groups, _ := b.zones(q, p.counts.Question(q), b.Diagnostic.Territory.Sectors)
		grouped, err := b.Table.Grouped(p.ID, q, groups, by...)
		if err != nil {
			return err
		}
		p.zones[q.Name] = grouped.Survey(p.weighting.weigh(), of)
	}
	return nil
}

// oneEach is one survey for each audience, the one that most people answered:
// a crossing sets audiences beside each other, not surveys.
func oneEach(people []public) []public {
	var one []public
	for _, p := range people {
		at := slices.IndexFunc(one, func(o public) bool { return o.Audience == p.Audience })
		switch {
		case at < 0:
			one = append(one, p)
		case p.counts.N > one[at].counts.N:
			one[at] = p
		}
	}
	return one
}

// order is the place of an audience: the common ones first.
func order(a surveys.Audience) int {
	if i := slices.Index(surveys.Audiences(), a); i >= 0 {
		return i
	}
	return len(surveys.Audiences())
}

func (b *builder) cover() *Report {
	d := b.Diagnostic
	r := &Report{
		Diagnostic: d.ID, Title: d.Title, Edition: d.Edition,
		Territory: d.Territory.Name, Population: d.Territory.Population(),
		Controller: d.Notice.Controller, Contact: d.Notice.Contact,
		Opens: d.Opens, Closes: d.Closes, View: b.View, Demo: d.Demo, Made: b.Now,
		Release: b.Release.Number, Until: until(b.Release),
	}
	r.weighers = b.weighers()
	for _, p := range b.people {
		r.Answers = append(r.Answers, AudienceCount{
			Audience: p.Audience, Label: p.Audience.Label(), Survey: p.ID, N: p.counts.N, State: Shown,
		})
	}
	for _, s := range b.waiting {
		r.Answers = append(r.Answers, AudienceCount{Audience: s.Audience, Label: s.Audience.Label(), Survey: s.ID, State: Hidden})
	}
	slices.SortStableFunc(r.Answers, func(x, y AudienceCount) int { return cmp.Compare(order(x.Audience), order(y.Audience)) })
	return r
}

// chapters are those of the deliverable, in the order it is read.
func (b *builder) chapters() ([]draft, error) {
	if b.Only != "" {
		return b.onlyChapters(), nil
	}
	drafts := []draft{b.summary(), b.approach(), b.territory(), b.participation(), b.representation()}
	for _, p := range b.people {
		drafts = append(drafts, b.audience(p))
	}
	drafts = append(drafts, b.themes()...)
	for _, chapter := range []func() (draft, error){b.access, b.fragile, b.crossed, b.sectorCards, b.evolution} {
		d, err := chapter()
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	return append(drafts, b.verbatims(), b.priorities(), b.actions(), b.method()), nil
}
