package tally_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/tally"
)

const people = 300

// opened is a store with one published question.
func opened(t *testing.T) *boltstore.Store {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "diapason.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	ctx := context.Background()
	version := surveys.Version{Survey: "h", Number: 1, Questionnaire: surveys.Questionnaire{
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "x", List: "l"}},
		Lists: []surveys.List{{Name: "l", Choices: []surveys.Choice{{Name: "a"}, {Name: "b"}}}},
	}}
	for _, err := range []error{
		store.AddDiagnostic(ctx, surveys.Diagnostic{ID: "d"}),
		store.AddSurvey(ctx, surveys.Survey{ID: "h", Diagnostic: "d", Audience: surveys.Habitants, Current: 1}),
		store.AddVersion(ctx, version),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func response(i int) surveys.Response {
	r := surveys.Response{
		ID: surveys.NewResponseID(time.Now()), Diagnostic: "d", Survey: "h", Version: 1, Day: "2026-11-03", Mode: surveys.Web,
		Answers: surveys.Answers{"x": surveys.TextValue([]string{"a", "b"}[i%2])},
		Receipt: sha256.Sum256(fmt.Append(nil, i)),
	}
	r.Seal()
	return r
}

func TestTheTableFollowsAStoreThatIsWrittenTo(t *testing.T) {
	store, ctx := opened(t), context.Background()
	form, err := surveys.NewForms(store).Form(ctx, "h", 1)
	if err != nil {
		t.Fatal(err)
	}
	asked, _ := form.Question("x")
	tables := tally.NewTables(store, surveys.NewForms(store), 1<<30)
	answered := func() *tally.Question {
		table, err := tables.Table(ctx, "d")
		if err != nil {
			t.Error(err)
			return &tally.Question{Asked: tally.People(people)}
		}
		split, err := table.Split("h")
		if err != nil {
			t.Error(err)
			return &tally.Question{Asked: tally.People(people)}
		}
		return split.Survey(nil, nil).Question(asked)
	}

	t.Run("while answers arrive", func(t *testing.T) {
		var work sync.WaitGroup
		for writer := range 10 {
			work.Go(func() {
				for i := writer; i < people; i += 10 {
					if _, err := store.AddResponse(ctx, response(i)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for range 2 {
			work.Go(func() {
				for seen := 0; seen < people && !t.Failed(); {
					q := answered()
					if q.Asked.N < seen || q.Count("a").Plus(q.Count("b")) != q.Asked {
						t.Errorf("torn: %+v after %d", q, seen)
					}
					seen = q.Asked.N
				}
			})
		}
		work.Wait()
		if q := answered(); q.Count("a").N != people/2 || q.Count("b").N != people/2 {
			t.Errorf("%+v, want %d of each", q, people/2)
		}
	})
	t.Run("when people take their answers back", func(t *testing.T) {
		for i := range 7 {
			if err := store.WithdrawResponse(ctx, "d", sha256.Sum256(fmt.Append(nil, i))); err != nil {
				t.Fatal(err)
			}
		}
		if q := answered(); q.Count("a").N != people/2-4 || q.Count("b").N != people/2-3 {
			t.Errorf("%+v, want 4 and 3 fewer", q)
		}
	})
}
