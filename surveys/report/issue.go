package report

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"diapason/surveys"
)

// issues are the releases of the diagnostics people look at, oldest first. They
// never change: each is read once.
type issues struct {
	mu sync.Mutex
	by map[string][]surveys.Release
}

// all are the releases of a diagnostic, with those that other processes made.
func (i *issues) all(ctx context.Context, store surveys.Store, diagnostic string) ([]surveys.Release, error) {
	known := i.known(diagnostic)
	for {
		r, err := store.Release(ctx, diagnostic, len(known)+1)
		if errors.Is(err, surveys.ErrNotFound) {
			return i.keep(diagnostic, known), nil
		}
		if err != nil {
			return nil, err
		}
		known = append(slices.Clip(known), r)
	}
}

func (i *issues) known(diagnostic string) []surveys.Release {
	if i == nil {
		return nil
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.by[diagnostic]
}

// keep remembers the longest list: somebody else may have read further.
func (i *issues) keep(diagnostic string, known []surveys.Release) []surveys.Release {
	if i == nil {
		return known
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(known) > len(i.by[diagnostic]) {
		i.by[diagnostic] = known
	}
	return i.by[diagnostic]
}

// publish makes the restitution of a diagnostic as far as its answers are
// published, and publishes first what may be. It returns what it is made from,
// with the report.
func (s Source) publish(ctx context.Context, in Input) (Input, error) {
	live, written := in.Table, in.Verbatims
	for {
		before, err := s.issues.all(ctx, s.Forms.Store, in.Diagnostic.ID)
		if err != nil {
			return in, fmt.Errorf("report of %s: %w", in.Diagnostic.ID, err)
		}
		last := surveys.Release{Diagnostic: in.Diagnostic.ID}
		if len(before) > 0 {
			last = before[len(before)-1]
		}
		if in.Release, _, err = nextRelease(last, in.published(), live, in.Now); err != nil {
			return in, fmt.Errorf("report of %s: %w", in.Diagnostic.ID, err)
		}
		in.Past = pastOf(before, in.Release)
		if in.Waiting, err = waiting(in.Release, in.published(), live); err != nil {
			return in, fmt.Errorf("report of %s: %w", in.Diagnostic.ID, err)
		}
		in.Table, in.Verbatims = live.Until(reachOf(in.Release)), writtenUntil(in.Release, written)
		r, l, err := compose(in)
		if err != nil {
			return in, fmt.Errorf("report: %w", err)
		}
		in.Told = r
		if len(in.Release.Surveys) == 0 || in.Past.Same != nil && !l.more {
			return in, nil
		}
		in.Release.Number, in.Release.At = last.Number+1, in.Now
		r.Release = in.Release.Number
		err = s.issue(ctx, in.Release, l)
		if !errors.Is(err, surveys.ErrExists) { // else somebody was faster: theirs counts
			return in, err
		}
	}
}

// published are the surveys that have a questionnaire, by ID.
func (in Input) published() []string {
	var ids []string
	for _, s := range in.Surveys {
		if in.Forms[s.ID] != nil {
			ids = append(ids, s.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// issue stores a release and notes it in the journal.
func (s Source) issue(ctx context.Context, r surveys.Release, l *ledger) (err error) {
	if r.Memory, err = l.memory().pack(); err != nil {
		return fmt.Errorf("release %d of %s: %w", r.Number, r.Diagnostic, err)
	}
	r.Hidden = l.withheld()
	if err := s.Forms.Store.AddRelease(ctx, r); err != nil {
		return fmt.Errorf("release %d of %s: %w", r.Number, r.Diagnostic, err)
	}
	return s.Forms.Store.AddEvent(ctx, surveys.Event{
		Diagnostic: r.Diagnostic, Login: "automatique", Action: surveys.PublishedNumbers,
		Detail: fmt.Sprintf("publication n°\u00a0%d", r.Number), At: r.At,
	})
}

// withheld is how many groups of people are hidden in a report.
func (l *ledger) withheld() int {
	n := 0
	for _, g := range l.groups {
		if g.told && g.rule != "" {
			n++
		}
	}
	return n
}

// A ReleaseNote is what may be told of a release.
type ReleaseNote struct {
	surveys.Release
	// Answers counts who answered, in audience order, as the restitution does.
	Answers []AudienceCount
}

// Releases are those of a diagnostic, the newest first.
func (s Source) Releases(ctx context.Context, diagnostic string) ([]ReleaseNote, error) {
	all, err := s.issues.all(ctx, s.Forms.Store, diagnostic)
	if err != nil {
		return nil, fmt.Errorf("releases of %s: %w", diagnostic, err)
	}
	asked, err := s.Forms.Store.Surveys(ctx, diagnostic)
	if err != nil {
		return nil, fmt.Errorf("releases of %s: %w", diagnostic, err)
	}
	var notes []ReleaseNote
	for _, r := range slices.Backward(all) {
		memory, err := unpack(r.Memory)
		if err != nil {
			return nil, fmt.Errorf("releases of %s: release %d: %w", diagnostic, r.Number, err)
		}
		note := ReleaseNote{Release: r}
		for _, survey := range surveys.InOrder(asked) {
			in := r.Survey(survey.ID)
			if in.Last == 0 {
				continue
			}
			a := AudienceCount{Audience: survey.Audience, Label: survey.Audience.Label(), Survey: survey.ID, N: in.People, State: Shown}
			a.protect(memory.ruleOf(survey.ID))
			note.Answers = append(note.Answers, a)
		}
		notes = append(notes, note)
	}
	return notes, nil
}
