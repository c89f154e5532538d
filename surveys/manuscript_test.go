package surveys_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"diapason/surveys"
)

// label writes the label of a question as somebody who saw none.
func label(question, text string) func(*surveys.Questionnaire) ([]surveys.Move, error) {
	return func(q *surveys.Questionnaire) ([]surveys.Move, error) {
		return []surveys.Move{{Do: surveys.SetField, Key: q.Named(question).Key, Field: "label", Language: surveys.NoLanguage, Now: text}}, nil
	}
}

func remove(question string) func(*surveys.Questionnaire) ([]surveys.Move, error) {
	return func(q *surveys.Questionnaire) ([]surveys.Move, error) {
		return []surveys.Move{{Do: surveys.Remove, Key: q.Named(question).Key}}, nil
	}
}

func TestManuscripts(t *testing.T) {
	begin := func(t *testing.T) (*surveys.Forms, func() surveys.Manuscript) {
		forms := open(t)
		publish(t, forms, "h", habitants(t))
		return forms, func() surveys.Manuscript {
			survey, err := forms.Store.Survey(t.Context(), "h")
			if err != nil {
				t.Fatal(err)
			}
			m, err := surveys.OpenManuscript(t.Context(), forms.Store, survey, now)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
	}
	edit := func(t *testing.T, forms *surveys.Forms, by string, moves func(*surveys.Questionnaire) ([]surveys.Move, error)) surveys.Manuscript {
		t.Helper()
		m, err := surveys.Edit(t.Context(), forms.Store, "h", by, "un changement", now, moves)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}

	t.Run("one begins with the version served, without the territory's communes", func(t *testing.T) {
		forms, open := begin(t)
		m := open()
		communes, _ := m.Questionnaire.List(surveys.CommunesList)
		if len(communes.Choices) != 1 || communes.Choices[0].Name != "ailleurs" {
			t.Errorf("the communes are %v", communes.Choices)
		}
		if m.Questionnaire.Named("mt").Key == "" || m.Base != 1 {
			t.Errorf("manuscript %+v", m)
		}
		served, err := forms.Store.Version(t.Context(), "h", 1)
		if err != nil {
			t.Fatal(err)
		}
		diagnostic, err := forms.Store.Diagnostic(t.Context(), "creusot")
		if err != nil {
			t.Fatal(err)
		}
		if m.Unpublished(served, diagnostic.Territory) {
			t.Error("it says something else than the version it was begun from")
		}
		if m = edit(t, forms, "nadia", label("mt", "Un médecin ?")); !m.Unpublished(served, diagnostic.Territory) {
			t.Error("it says the same after a change")
		}
	})

	t.Run("each person takes back what they did, and does it again", func(t *testing.T) {
		forms, open := begin(t)
		open()
		edit(t, forms, "nadia", label("mt", "Un médecin ?"))
		edit(t, forms, "omar", remove("trajet"))
		m, step, err := surveys.Undo(t.Context(), forms.Store, "h", "nadia", now)
		if err != nil || step.Says != "un changement" {
			t.Fatal(step, err)
		}
		if m.Questionnaire.Named("trajet") != nil || !m.Questionnaire.Named("mt").Label.Empty() {
			t.Errorf("the outline is %s", outline(m.Questionnaire.Items))
		}
		if m, _, err = surveys.Redo(t.Context(), forms.Store, "h", "nadia", now); err != nil || m.Questionnaire.Named("mt").Label.Empty() {
			t.Errorf("the label is gone: %v", err)
		}
		if _, _, err = surveys.Redo(t.Context(), forms.Store, "h", "nadia", now); !errors.Is(err, surveys.ErrNothingToUndo) {
			t.Errorf("a second time: %v", err)
		}
	})

	t.Run("nobody takes back what somebody else has built upon", func(t *testing.T) {
		forms, open := begin(t)
		open()
		edit(t, forms, "nadia", label("mt", "Un médecin ?"))
		edit(t, forms, "omar", func(q *surveys.Questionnaire) ([]surveys.Move, error) {
			return []surveys.Move{{Do: surveys.SetField, Key: q.Named("mt").Key, Field: "label", Language: surveys.NoLanguage, Was: "Un médecin ?", Now: "Un généraliste ?"}}, nil
		})
		_, _, err := surveys.Undo(t.Context(), forms.Store, "h", "nadia", now)
		var problems surveys.Problems
		if !errors.As(err, &problems) || problems[0].Code != surveys.MoveConflict {
			t.Errorf("error %v", err)
		}
	})

	t.Run("a person with many steps loses the oldest of theirs, and nobody else's", func(t *testing.T) {
		forms, open := begin(t)
		open()
		edit(t, forms, "omar", remove("trajet"))
		var m surveys.Manuscript
		for i := range 150 {
			m = edit(t, forms, "nadia", func(q *surveys.Questionnaire) ([]surveys.Move, error) {
				return []surveys.Move{{Do: surveys.SetField, Key: q.Named("mt").Key, Field: "hint", Language: surveys.NoLanguage, Was: q.Named("mt").Hint[surveys.NoLanguage], Now: fmt.Sprint(i)}}, nil
			})
		}
		if len(m.Done) != 101 || m.Done[0].By != "omar" {
			t.Errorf("%d steps, the first by %s", len(m.Done), m.Done[0].By)
		}
	})

	t.Run("few steps hold a whole questionnaire: a document has its limits", func(t *testing.T) {
		forms, open := begin(t)
		open()
		var m surveys.Manuscript
		for i := range 8 {
			m = edit(t, forms, "nadia", func(q *surveys.Questionnaire) ([]surveys.Move, error) {
				whole := questionnaire(t, fmt.Sprintf("text | q%d", i))
				return []surveys.Move{{Do: surveys.Replace, Was: q.Digest(), Whole: whole}}, nil
			})
		}
		if len(m.Done) != 5 {
			t.Errorf("%d steps", len(m.Done))
		}
	})

	t.Run("what changes nothing is no step", func(t *testing.T) {
		forms, open := begin(t)
		before := open()
		m := edit(t, forms, "nadia", label("mt", ""))
		if len(m.Done) != 0 || m.By != before.By {
			t.Errorf("manuscript %+v", m)
		}
	})

	t.Run("it is published as the next version, as it was read", func(t *testing.T) {
		forms, open := begin(t)
		open()
		seen := edit(t, forms, "nadia", label("mt", "Un médecin ?")).Revision
		edit(t, forms, "omar", remove("trajet"))
		versions, problems, err := surveys.PublishManuscripts(t.Context(), forms, now, map[string]int64{"h": seen})
		if err != nil || versions != nil || problems.Refusals() == nil {
			t.Fatalf("what nobody has read was published: %v %v %v", versions, problems, err)
		}
		versions, problems, err = surveys.PublishManuscripts(t.Context(), forms, now, map[string]int64{"h": seen + 1})
		if err != nil || len(versions) != 1 || versions[0].Number != 2 {
			t.Fatalf("%v %v %v", versions, problems, err)
		}
		if m := open(); m.Base != 2 || len(m.Done) != 2 {
			t.Errorf("manuscript %+v", m)
		}
	})

	t.Run("of two people who publish at once, one does", func(t *testing.T) {
		forms, open := begin(t)
		open()
		seen := edit(t, forms, "nadia", label("mt", "Un médecin ?")).Revision
		var published atomic.Int32
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				versions, _, err := surveys.PublishManuscripts(t.Context(), forms, now, map[string]int64{"h": seen})
				if err != nil {
					t.Error(err)
				}
				published.Add(int32(len(versions)))
			})
		}
		both.Wait()
		if n := published.Load(); n != 1 {
			t.Errorf("%d versions were published", n)
		}
	})

	t.Run("a step that cannot be taken back lets the one before it go", func(t *testing.T) {
		forms, open := begin(t)
		open()
		edit(t, forms, "nadia", remove("trajet"))
		edit(t, forms, "nadia", label("mt", "Un médecin ?"))
		edit(t, forms, "omar", func(q *surveys.Questionnaire) ([]surveys.Move, error) {
			return []surveys.Move{{Do: surveys.SetField, Key: q.Named("mt").Key, Field: "label", Language: surveys.NoLanguage, Was: "Un médecin ?", Now: "Un généraliste ?"}}, nil
		})
		if _, _, err := surveys.Undo(t.Context(), forms.Store, "h", "nadia", now); err == nil {
			t.Fatal("what Omar wrote was written over")
		}
		m, _, err := surveys.Undo(t.Context(), forms.Store, "h", "nadia", now)
		if err != nil || m.Questionnaire.Named("trajet") == nil || m.Questionnaire.Named("mt").Label[surveys.NoLanguage] != "Un généraliste ?" {
			t.Errorf("%v: %s", err, outline(m.Questionnaire.Items))
		}
	})

	t.Run("a question comes back though the line above it went", func(t *testing.T) {
		forms, open := begin(t)
		open()
		edit(t, forms, "nadia", remove("trajet"))
		edit(t, forms, "omar", remove("mt"))
		m, _, err := surveys.Undo(t.Context(), forms.Store, "h", "nadia", now)
		if err != nil || m.Questionnaire.Named("trajet") == nil {
			t.Errorf("%v: %s", err, outline(m.Questionnaire.Items))
		}
	})

	t.Run("a questionnaire that asks nothing is not published", func(t *testing.T) {
		forms, open := begin(t)
		open()
		m := edit(t, forms, "nadia", func(q *surveys.Questionnaire) ([]surveys.Move, error) {
			return []surveys.Move{{Do: surveys.Replace, Was: q.Digest(), Whole: questionnaire(t, "note | bonjour")}}, nil
		})
		versions, problems, err := surveys.PublishManuscripts(t.Context(), forms, now, map[string]int64{"h": m.Revision})
		if versions != nil || problems.Refusals() == nil || err != nil {
			t.Errorf("%v %v %v", versions, problems, err)
		}
	})

	t.Run("a survey without a version begins with an empty page", func(t *testing.T) {
		forms := open(t)
		survey := surveys.Survey{ID: "neuve", Diagnostic: "creusot", Title: "Une enquête neuve", Audience: surveys.Habitants}
		if err := forms.Store.AddSurvey(t.Context(), survey); err != nil {
			t.Fatal(err)
		}
		m, err := surveys.OpenManuscript(t.Context(), forms.Store, survey, now)
		if err != nil || m.Base != 0 || m.Questionnaire.Title != "Une enquête neuve" {
			t.Errorf("%+v %v", m, err)
		}
	})
}
