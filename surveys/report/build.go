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
	Table *tally.Table
	// Dossier is what stands beside the answers; empty when there is none.
	Dossier surveys.Dossier
	View    View
	Now     time.Time
	// Release says up to when the answers in the table count; nothing in the
	// working view. Past is what was published before it.
	Release surveys.Release
	Past    Past
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
		r.Chapters = append(r.Chapters, d.finish(r))
	}
	return r, l, nil
}

// A draft is a chapter whose numbers did not go through disclosure control.
// Its lead is written afterwards, from what may be told.
type draft struct {
	Chapter
	sheets []*sheet
	lead   func(*Report) string
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
		if form == nil {
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
	split, err := b.Table.Split(p.ID, by...)
	if err != nil {
		return err
	}
	p.counts, p.zones = split.Survey(p.weighting.weigh(), nil), map[string]*tally.Survey{}
	for _, k := range p.blocks {
		q := k.question()
		if isCommune(q) {
			p.commune = q.Name
		}
		if k.matrix || !isZone(q) {
			continue
		}
		groups, _ := b.zones(q, b.Diagnostic.Territory.Sectors)
		grouped, err := b.Table.Grouped(p.ID, q, groups, by...)
		if err != nil {
			return err
		}
		p.zones[q.Name] = grouped.Survey(p.weighting.weigh(), nil)
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
	for _, p := range b.people {
		r.Answers = append(r.Answers, AudienceCount{
			Audience: p.Audience, Label: p.Audience.Label(), Survey: p.ID, N: p.counts.N, State: Shown,
		})
	}
	return r
}

func (b *builder) chapters() ([]draft, error) {
	drafts := []draft{b.participation(), b.representation()}
	for _, p := range b.people {
		drafts = append(drafts, b.audience(p))
	}
	if len(b.people) > 1 {
		drafts = append(drafts, b.crossed())
	}
	fragile, err := b.fragile()
	if err != nil {
		return nil, err
	}
	return append(drafts, fragile, b.method()), nil
}
