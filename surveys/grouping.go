package surveys

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A Grouping is the communes of a diagnostic grouped in sectors, for a time: one
// grouping for the whole report. The one in force is the diagnostic's own,
// without its Sectors, which are the territory's; the former ones stand in the
// dossier. [Diagnostic.Sectoring] gives it whole.
type Grouping struct {
	Number  int       `bson:"number"` // 1 is the first
	Since   time.Time `bson:"since"`  // zero when it is as old as the diagnostic
	By      string    `bson:"by"`     // login of who chose it, "" for the first
	Reason  string    `bson:"reason,omitempty"`
	Sectors []Sector  `bson:"sectors,omitempty"`
}

// Sectoring is the grouping in force, whole.
func (d Diagnostic) Sectoring() Grouping {
	g := d.Grouping
	g.Number = max(g.Number, 1)
	g.Sectors = d.Territory.Sectors
	return g
}

// A Regrouping is another grouping somebody asks for. The IDs of its sectors are
// not looked at.
type Regrouping struct {
	Sectors []Sector
	By      string
	Reason  string
	// Seen is the number of the grouping in force when its author began.
	Seen int
}

// maxReason is how long a reason may be, in letters.
const maxReason = 500

// Regroup puts another grouping in force from now on, and keeps the one it
// replaces in the dossier. A sector whose communes stay together keeps its ID,
// and one that comes back takes the ID it had; any other ground gets an ID no
// sector ever had, so that nothing compares two grounds under one name. What is
// wrong comes back as [Problems], all of it; a grouping that changes nothing is
// not a new one, and changed is false.
func Regroup(ctx context.Context, store Store, diagnostic string, r Regrouping, now time.Time) (d Diagnostic, changed bool, err error) {
	if d, err = store.Diagnostic(ctx, diagnostic); err != nil {
		return d, false, err
	}
	shared, err := sharedResults(ctx, store, diagnostic)
	if err != nil {
		return d, false, err
	}
	if problems := append(r.check(d, shared), CheckSectors(d.Territory, r.Sectors)...); problems.Refusals() != nil {
		return d, false, problems
	}
	before := d.Sectoring()
	dossier, err := archiveGrouping(ctx, store, diagnostic, before, now)
	if err != nil {
		return d, false, fmt.Errorf("regroup %s: %w", diagnostic, err)
	}
	sectors := identify(r.Sectors, append(dossier.Groupings, before))
	if sameSectors(sectors, before.Sectors) {
		return d, false, nil
	}
	d, err = store.UpdateDiagnostic(ctx, diagnostic, func(d *Diagnostic) error {
		if d.Sectoring().Number != r.Seen {
			return Problems{overtaken()}
		}
		d.Territory.Sectors = sectors
		d.Grouping = Grouping{Number: r.Seen + 1, Since: now.UTC(), By: r.By, Reason: strings.TrimSpace(r.Reason)}
		return nil
	})
	return d, err == nil, err
}

// check finds what is wrong with a regrouping, its sectors apart.
func (r Regrouping) check(d Diagnostic, shared bool) Problems {
	var problems Problems
	if d.Sectoring().Number != r.Seen {
		problems = append(problems, overtaken())
	}
	if d.State == Archived {
		problems = append(problems, Problem{Place: Place{Question: "state"}, Code: "state.archived",
			Message: "ce diagnostic est archivé : ses secteurs ne changent plus."})
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(r.Reason)); {
	case n == 0 && shared:
		problems = append(problems, Problem{Place: Place{Question: "reason"}, Code: "reason.missing",
			Message: "des résultats ont déjà été partagés avec le découpage actuel : dites pourquoi il change."})
	case n > maxReason:
		problems = append(problems, Problem{Place: Place{Question: "reason"}, Code: "reason.long", Message: fmt.Sprintf(
			"la raison compte %d caractères : écrivez-la en %d au plus.", n, maxReason)})
	}
	return problems
}

// overtaken says that somebody else was faster.
func overtaken() Problem {
	return Problem{Place: Place{Question: "seen"}, Code: "grouping.overtaken",
		Message: "le découpage a changé pendant que vous y travailliez. Rien n’est perdu : comparez votre découpage à celui en vigueur, en haut de la page, puis enregistrez de nouveau si vous voulez le remplacer."}
}

// manyEvents is more than the journal of a diagnostic has.
const manyEvents = 1 << 20

// sharedResults reports whether numbers of a diagnostic left the team.
func sharedResults(ctx context.Context, store Store, diagnostic string) (bool, error) {
	events, err := store.Events(ctx, diagnostic, manyEvents)
	return SharedResults(events), err
}

// SharedResults reports whether the journal tells that a workbook or a document
// which may be shared was downloaded.
func SharedResults(events []Event) bool {
	return slices.ContainsFunc(events, func(e Event) bool {
		return (e.Action == WorkbookDownloaded || e.Action == DocumentDownloaded) && e.Detail != "travail"
	})
}

// archiveGrouping keeps a grouping among the former ones of the dossier. Doing
// it twice is doing it once.
func archiveGrouping(ctx context.Context, store Store, diagnostic string, g Grouping, now time.Time) (Dossier, error) {
	err := store.AddDossier(ctx, Dossier{Diagnostic: diagnostic, Updated: now.UTC()})
	if err != nil && !errors.Is(err, ErrExists) {
		return Dossier{}, err
	}
	return store.UpdateDossier(ctx, diagnostic, func(d *Dossier) error {
		d.Groupings = slices.DeleteFunc(d.Groupings, func(old Grouping) bool { return old.Number == g.Number })
		d.Groupings = append(d.Groupings, g)
		slices.SortFunc(d.Groupings, func(a, b Grouping) int { return a.Number - b.Number })
		d.Updated = now.UTC()
		return nil
	})
}

// FormerGroupings are those a dossier keeps that are not in force, newest first.
func FormerGroupings(d Diagnostic, dossier Dossier) []Grouping {
	var former []Grouping
	for _, g := range slices.Backward(dossier.Groupings) {
		if g.Number < d.Sectoring().Number {
			former = append(former, g)
		}
	}
	return former
}

// identify gives each sector the ID its ground has in a known grouping, the
// newest first, or one that no known sector has.
func identify(sectors []Sector, known []Grouping) []Sector {
	ids, taken := map[string]string{}, map[string]bool{}
	for _, g := range known {
		for _, s := range g.Sectors {
			ids[ground(s)], taken[s.ID] = s.ID, true
		}
	}
	given := make([]Sector, len(sectors))
	for i, s := range sectors {
		given[i] = Sector{ID: ids[ground(s)], Name: strings.TrimSpace(s.Name), Communes: slices.Sorted(slices.Values(s.Communes))}
		if given[i].ID == "" {
			given[i].ID = freeSectorID(given[i].Name, taken)
		}
		taken[given[i].ID] = true
	}
	return given
}

// ground is the communes of a sector, in one order.
func ground(s Sector) string { return strings.Join(slices.Sorted(slices.Values(s.Communes)), " ") }

// freeSectorID makes an ID of a name. It begins like no choice of a question
// and no other geography.
func freeSectorID(name string, taken map[string]bool) string {
	words := strings.FieldsFunc(fold(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	id := "secteur-" + strings.Join(words, "-")
	id = strings.TrimRight(id[:min(len(id), maxSlug-6)], "-")
	for n := 2; taken[id]; n++ {
		base, _, _ := strings.Cut(id, "--")
		id = fmt.Sprintf("%s--%d", base, n)
	}
	return id
}

// sameSectors compares two groupings: grounds, names and their order.
func sameSectors(a, b []Sector) bool {
	return slices.EqualFunc(a, b, func(x, y Sector) bool {
		return x.ID == y.ID && x.Name == y.Name && ground(x) == ground(y)
	})
}
