package storetest

import (
	"sync"
	"testing"

	"diapason/surveys"
)

// manuscript is one with a step of every shape a move has.
func manuscript(survey string) surveys.Manuscript {
	questionnaire := Version(survey, 1).Questionnaire
	return surveys.Manuscript{
		Survey: survey, Base: 1, Updated: kept(noon), By: "nadia", Questionnaire: questionnaire,
		Done: []surveys.Step{{By: "nadia", At: kept(noon), Says: "« Vos soins » supprimée", Undo: []surveys.Move{
			{Do: surveys.Insert, Into: "", After: "k2", Item: &questionnaire.Items[0]},
			{Do: surveys.SetList, List: "oui_non", Choices: &questionnaire.Lists[0]},
			{Do: surveys.Replace, Was: "3f", Whole: &questionnaire},
		}}},
		Undone: []surveys.Step{{By: "omar", At: kept(noon), Says: "titre changé", Undo: []surveys.Move{
			{Do: surveys.SetField, Field: "title", Was: "a", Now: "b"},
		}}},
	}
}

func testManuscripts(t *testing.T, open Open) {
	t.Run("a manuscript comes back as it was added, steps and all", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddManuscript(t.Context(), manuscript("h26")))
		got, err := store.Manuscript(t.Context(), "h26")
		noError(t, err)
		equal(t, got, manuscript("h26"))
	})

	t.Run("a survey has one, and another survey none", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddManuscript(t.Context(), manuscript("h26")))
		wantError(t, store.AddManuscript(t.Context(), manuscript("h26")), surveys.ErrExists)
		_, err := store.Manuscript(t.Context(), "h2")
		wantError(t, err, surveys.ErrNotFound)
		_, err = store.UpdateManuscript(t.Context(), "h2", func(*surveys.Manuscript) error { return nil })
		wantError(t, err, surveys.ErrNotFound)
	})

	t.Run("an update is stored, and the store counts revisions", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddManuscript(t.Context(), manuscript("h26")))
		updated, err := store.UpdateManuscript(t.Context(), "h26", func(m *surveys.Manuscript) error {
			m.Survey, m.Revision, m.By = "ailleurs", -7, "omar"
			return nil
		})
		noError(t, err)
		want := manuscript("h26")
		want.Revision, want.By = 1, "omar"
		equal(t, updated, want)
		got, err := store.Manuscript(t.Context(), "h26")
		noError(t, err)
		equal(t, got, want)
	})

	t.Run("changing what was put or got changes nothing", func(t *testing.T) {
		store := open(t)
		put := manuscript("h26")
		noError(t, store.AddManuscript(t.Context(), put))
		put.Questionnaire.Items[0].Items[0].Label["Français (fr)"] = "gâché"
		got, err := store.Manuscript(t.Context(), "h26")
		noError(t, err)
		equal(t, got, manuscript("h26"))
		got.Done[0].Undo[0].Item.Name = "gâché"
		again, err := store.Manuscript(t.Context(), "h26")
		noError(t, err)
		equal(t, again, manuscript("h26"))
	})

	t.Run("of many people who write at once, nobody's change is lost", func(t *testing.T) {
		store := open(t)
		noError(t, store.AddManuscript(t.Context(), manuscript("h26")))
		const people = 8
		var all sync.WaitGroup
		for range people {
			all.Go(func() {
				_, err := store.UpdateManuscript(t.Context(), "h26", func(m *surveys.Manuscript) error {
					m.Base++
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		got, err := store.Manuscript(t.Context(), "h26")
		noError(t, err)
		equal(t, got.Base, 1+people)
		equal(t, got.Revision, int64(people))
	})
}
