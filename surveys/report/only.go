package report

import (
	"errors"
	"fmt"
	"slices"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// errShared: numbers of one sector set beside those of the territory tell the
// other sectors, which disclosure control did not see.
var errShared = errors.New("a report of one sector is for the work view only")

// checkOnly refuses a sector the territory does not have, and any sector in
// what can be shared.
func (in Input) checkOnly() error {
	switch {
	case in.Only == "":
		return nil
	case in.View != Work:
		return errShared
	case !slices.ContainsFunc(in.Diagnostic.Territory.Sectors, in.isOnly):
		return fmt.Errorf("no sector is called %q", in.Only)
	}
	return nil
}

func (in Input) isOnly(s surveys.Sector) bool { return s.ID == in.Only }

// place is the question that says the commune of somebody, nil when none does.
func place(form *surveys.Form) *surveys.Question {
	if at := slices.IndexFunc(form.Questions, isCommune); at >= 0 {
		return form.Questions[at]
	}
	return nil
}

// SaysCommune reports whether a questionnaire asks for one commune, so that its
// answers can be counted by sector.
func SaysCommune(form *surveys.Form) bool { return place(form) != nil }

// only tells people apart by sector as well, when the report is of one, and
// says which of them are of it. Their weights stay those of the territory.
func (b *builder) only(p *public, by []tally.By) ([]tally.By, func(tally.Stratum) bool) {
	if b.Only == "" {
		return by, nil
	}
	at := slices.IndexFunc(b.Diagnostic.Territory.Sectors, b.isOnly)
	sector := tally.Group{Code: b.Only, Codes: b.Diagnostic.Territory.Sectors[at].Communes}
	apart := tally.By{Question: place(p.form), Groups: []tally.Group{sector}}
	return slices.Concat(by, []tally.By{apart}), func(s tally.Stratum) bool { return s.Groups[len(by)] == b.Only }
}

// onlyChapters are the answers of each audience in the sector.
func (b *builder) onlyChapters() []draft {
	at := slices.IndexFunc(b.Diagnostic.Territory.Sectors, b.isOnly)
	var drafts []draft
	for _, p := range b.people {
		d := b.audience(p)
		d.Title += " – secteur « " + b.Diagnostic.Territory.Sectors[at].Name + " »"
		drafts = append(drafts, d)
	}
	return drafts
}
