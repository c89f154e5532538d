package surveys

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A Manuscript is the questionnaire of a survey while people write it: several
// at once, each seeing what the others do. It may be faulty meanwhile;
// [Publish] is what refuses.
type Manuscript struct {
	Survey        string        `bson:"_id"`
	Questionnaire Questionnaire `bson:"questionnaire"`
	// Base is the version it was begun from, 0 when from none.
	Base     int       `bson:"base"`
	Revision int64     `bson:"revision"` // kept by the store
	Updated  time.Time `bson:"updated"`
	By       string    `bson:"by"` // login of who changed it last
	// Done are the last steps, newest last, and Undone those taken back.
	Done   []Step `bson:"done,omitempty"`
	Undone []Step `bson:"undone,omitempty"`
}

// A Step is what somebody did to a manuscript, with what takes it back.
type Step struct {
	By   string    `bson:"by"`
	At   time.Time `bson:"at"`
	Says string    `bson:"says"` // in French, as the history shows it
	Undo []Move    `bson:"undo"`
}

// maxSteps is how many steps a manuscript remembers of each person.
const maxSteps = 100

// ErrNothingToUndo: the person has no step left to take back, or to do again.
var ErrNothingToUndo = errors.New("nothing to undo")

// OpenManuscript returns the manuscript of a survey. When there is none it
// begins one from the version now served, or from an empty questionnaire.
func OpenManuscript(ctx context.Context, store Store, survey Survey, now time.Time) (Manuscript, error) {
	d, err := store.Manuscript(ctx, survey.ID)
	if !errors.Is(err, ErrNotFound) {
		return d, err
	}
	begun := Manuscript{Survey: survey.ID, Base: survey.Current, Updated: now.UTC()}
	begun.Questionnaire = Questionnaire{Title: survey.Title, FormID: survey.ID}
	if survey.Current > 0 {
		v, err := store.Version(ctx, survey.ID, survey.Current)
		if err != nil {
			return Manuscript{}, err
		}
		diagnostic, err := store.Diagnostic(ctx, survey.Diagnostic)
		if err != nil {
			return Manuscript{}, err
		}
		begun.Questionnaire = *WithoutCommunes(v.Questionnaire, diagnostic.Territory)
	}
	begun.Questionnaire = *begun.Questionnaire.Keyed(nil)
	if err := store.AddManuscript(ctx, begun); err != nil && !errors.Is(err, ErrExists) {
		return Manuscript{}, fmt.Errorf("begin the manuscript of %s: %w", survey.ID, err)
	}
	return store.Manuscript(ctx, survey.ID)
}

// Edit makes moves in the manuscript of a survey, all or none. Says tells the step
// in French. Moves gets the questionnaire as it is now and may be called
// again; its Problems, and those of the moves, come back as the error.
func Edit(ctx context.Context, store Store, survey, by, says string, now time.Time, moves func(*Questionnaire) ([]Move, error)) (Manuscript, error) {
	return store.UpdateManuscript(ctx, survey, func(d *Manuscript) error {
		asked, err := moves(&d.Questionnaire)
		if err != nil {
			return err
		}
		undo, err := d.apply(by, now, asked)
		if err != nil || len(undo) == 0 {
			return err
		}
		d.Done = remember(d.Done, Step{By: by, At: now.UTC(), Says: says, Undo: undo})
		d.Undone = slices.DeleteFunc(d.Undone, func(s Step) bool { return s.By == by })
		return nil
	})
}

// Undo takes back the last step of a person, and returns what it was. What
// somebody else has changed since stays: the step then comes back as Problems,
// and is forgotten.
func Undo(ctx context.Context, store Store, survey, by string, now time.Time) (Manuscript, Step, error) {
	return takeBack(ctx, store, survey, by, now, func(d *Manuscript) (from, to *[]Step) { return &d.Done, &d.Undone })
}

// Redo does again the last step a person took back.
func Redo(ctx context.Context, store Store, survey, by string, now time.Time) (Manuscript, Step, error) {
	return takeBack(ctx, store, survey, by, now, func(d *Manuscript) (from, to *[]Step) { return &d.Undone, &d.Done })
}

func takeBack(ctx context.Context, store Store, survey, by string, now time.Time, piles func(*Manuscript) (from, to *[]Step)) (Manuscript, Step, error) {
	var step Step
	var dead error
	d, err := store.UpdateManuscript(ctx, survey, func(d *Manuscript) error {
		from, to := piles(d)
		last := lastBy(*from, by)
		if last < 0 {
			return ErrNothingToUndo
		}
		step = (*from)[last]
		*from = slices.Delete(*from, last, last+1)
		undo, err := d.apply(by, now, step.Undo)
		if dead = err; err != nil {
			return nil // the step goes: the one before it may still be taken back
		}
		*to = remember(*to, Step{By: by, At: now.UTC(), Says: step.Says, Undo: undo})
		return nil
	})
	return d, step, cmp.Or(err, dead)
}

func lastBy(steps []Step, by string) int {
	for i, s := range slices.Backward(steps) {
		if s.By == by {
			return i
		}
	}
	return -1
}

// remember forgets the oldest step of a person who has taken too many: who
// translates a hundred texts does not take the steps of the others away.
func remember(steps []Step, s Step) []Step {
	by := func(done Step) bool { return done.By == s.By }
	own := 0
	for _, done := range steps {
		if by(done) {
			own++
		}
	}
	if oldest := slices.IndexFunc(steps, by); own >= maxSteps {
		steps = slices.Delete(steps, oldest, oldest+1)
	}
	return lighter(append(steps, s))
}

// maxWhole is how many steps may hold a whole questionnaire: a document has its
// limits (16 MB in MongoDB), and a CSV file may be in each.
const maxWhole = 5

// lighter forgets the oldest steps that hold a whole questionnaire.
func lighter(steps []Step) []Step {
	whole := func(s Step) bool {
		return slices.ContainsFunc(s.Undo, func(m Move) bool { return m.Whole != nil })
	}
	heavy := 0
	for _, s := range steps {
		if whole(s) {
			heavy++
		}
	}
	return slices.DeleteFunc(steps, func(s Step) bool {
		if heavy <= maxWhole || !whole(s) {
			return false
		}
		heavy--
		return true
	})
}

// apply makes moves and returns what takes them back; none when they change
// nothing.
func (d *Manuscript) apply(by string, now time.Time, moves []Move) ([]Move, error) {
	next, undo, problems := Apply(&d.Questionnaire, moves...)
	if problems != nil {
		return nil, problems
	}
	if len(undo) > 0 {
		d.Questionnaire, d.By, d.Updated = *next, by, now.UTC()
	}
	return undo, nil
}

// PublishManuscripts publishes the manuscripts of surveys of one diagnostic, see
// [Publish]. Revisions are those the person saw, by survey: a manuscript that has
// changed since is refused, so that nobody publishes what they have not read.
func PublishManuscripts(ctx context.Context, forms *Forms, now time.Time, revisions map[string]int64) ([]Version, Problems, error) {
	var drafts []Publication
	for _, survey := range slices.Sorted(maps.Keys(revisions)) {
		m, err := forms.Store.Manuscript(ctx, survey)
		if err != nil {
			return nil, nil, err
		}
		if m.Revision != revisions[survey] {
			return nil, manuscriptChanged(), nil
		}
		drafts = append(drafts, Publication{Survey: survey, Questionnaire: m.Questionnaire})
	}
	if problems, err := Rehearse(ctx, forms, drafts...); err != nil || problems.Refusals() != nil {
		return nil, problems, err
	}
	for _, d := range drafts { // of two people who press at once, one takes the revision
		_, err := forms.Store.UpdateManuscript(ctx, d.Survey, func(m *Manuscript) error {
			if m.Revision != revisions[d.Survey] {
				return manuscriptChanged()
			}
			return nil
		})
		if changed := (Problems)(nil); errors.As(err, &changed) {
			return nil, changed, nil
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return publishTaken(ctx, forms, now, drafts)
}

func manuscriptChanged() Problems {
	return Problems{{Place: Place{Question: "revision"}, Code: "manuscript.changed", Message: "Le questionnaire a changé pendant que vous le relisiez : regardez les nouvelles différences avant de publier."}}
}

// publishTaken publishes what was taken, and notes the versions the manuscripts
// now go on from.
func publishTaken(ctx context.Context, forms *Forms, now time.Time, drafts []Publication) ([]Version, Problems, error) {
	versions, problems, err := Publish(ctx, forms, now, drafts...)
	for _, v := range versions {
		if _, failed := forms.Store.UpdateManuscript(ctx, v.Survey, func(m *Manuscript) error {
			m.Base = v.Number
			return nil
		}); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	return versions, problems, err
}

// Unpublished reports whether the manuscript says anything else than the version it
// was begun from, as that version is kept.
func (m Manuscript) Unpublished(base Version, territory Territory) bool {
	if m.Base == 0 {
		return true
	}
	return WithCommunes(m.Questionnaire, territory).Digest() != base.Questionnaire.Digest()
}
