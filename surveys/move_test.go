package surveys_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"diapason/surveys"
)

// written is a small questionnaire with keys: k1 santé [k2 mt, k3 trajet],
// k4 age.
func written(t *testing.T) *surveys.Questionnaire {
	t.Helper()
	q := questionnaire(t, `
		group            | sante
		select_one on    | mt     | label=Avez-vous un médecin ?
		text             | trajet | relevant=${mt} = 'oui'
		end
		integer          | age`, list("on", "oui", "non"))
	return q.Keyed(nil)
}

func apply(t *testing.T, q *surveys.Questionnaire, moves ...surveys.Move) (next *surveys.Questionnaire, undo []surveys.Move) {
	t.Helper()
	next, undo, problems := surveys.Apply(q, moves...)
	if problems != nil {
		t.Fatal(problems)
	}
	return next, undo
}

// outline is the names of a questionnaire in order, sections in brackets.
func outline(items []surveys.Item) string {
	var words []string
	for _, i := range items {
		word := i.Name
		if i.Kind.Section() {
			word += "(" + outline(i.Items) + ")"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestMoves(t *testing.T) {
	key := func(q *surveys.Questionnaire, name string) string { return q.Named(name).Key }
	label := surveys.NoLanguage

	t.Run("a text is written, and the move back writes it as it was", func(t *testing.T) {
		q := written(t)
		next, undo := apply(t, q, surveys.Move{Do: surveys.SetField, Key: key(q, "age"), Field: "label", Language: label, Now: "Votre âge ?"})
		if got := next.Named("age").Label.In(label); got != "Votre âge ?" {
			t.Errorf("the label is %q", got)
		}
		if q.Named("age").Label.In(label) != "" {
			t.Error("the questionnaire given has changed")
		}
		back, _ := apply(t, next, undo...)
		if back.Digest() != q.Digest() {
			t.Error("the move back does not lead back")
		}
	})

	t.Run("what somebody else wrote meanwhile is a conflict that tells it", func(t *testing.T) {
		q := written(t)
		q, _ = apply(t, q, surveys.Move{Do: surveys.SetField, Key: key(q, "age"), Field: "label", Language: label, Now: "Âge"})
		_, _, problems := surveys.Apply(q, surveys.Move{Do: surveys.SetField, Key: key(q, "age"), Field: "label", Language: label, Was: "", Now: "Votre âge"})
		if len(problems) != 1 || problems[0].Code != surveys.MoveConflict || problems[0].Args[0] != "Âge" {
			t.Errorf("problems %+v", problems)
		}
	})

	t.Run("two people who write the same agree", func(t *testing.T) {
		q := written(t)
		q, _ = apply(t, q, surveys.Move{Do: surveys.SetField, Key: key(q, "age"), Field: "required", Now: "yes"})
		if _, undo := apply(t, q, surveys.Move{Do: surveys.SetField, Key: key(q, "age"), Field: "required", Now: "yes"}); len(undo) != 0 {
			t.Errorf("a change that changes nothing has moves back: %+v", undo)
		}
	})

	t.Run("conditions follow a question that takes another name", func(t *testing.T) {
		q := written(t)
		next, _ := apply(t, q, surveys.Move{Do: surveys.SetField, Key: key(q, "mt"), Field: "name", Was: "mt", Now: "medecin"})
		if got := next.Named("trajet").Relevant; got != "${medecin} = 'oui'" {
			t.Errorf("the condition is %q", got)
		}
	})

	t.Run("texts lose control characters, and may not be longer than a cell", func(t *testing.T) {
		q := written(t)
		next, _ := apply(t, q, surveys.Move{Do: surveys.SetField, Key: key(q, "age"), Field: "label", Language: label, Now: "Votre\x00 âge\x0b ?\nEn années"})
		if got := next.Named("age").Label[label]; got != "Votre âge ?\nEn années" {
			t.Errorf("the label is %q", got)
		}
		if _, _, problems := surveys.Apply(q, surveys.Move{Do: surveys.SetField, Key: key(q, "age"), Field: "label", Language: label, Now: strings.Repeat("é", 32_768)}); problems == nil {
			t.Error("a text no workbook can hold was taken")
		}
	})

	t.Run("a name that is taken, or no name at all, is refused", func(t *testing.T) {
		q := written(t)
		for _, name := range []string{"age", "mon âge", "", "2e", "__proto__", "constructor"} {
			if _, _, problems := surveys.Apply(q, surveys.Move{Do: surveys.SetField, Key: key(q, "mt"), Field: "name", Was: "mt", Now: name}); problems == nil {
				t.Errorf("the name %q was taken", name)
			}
		}
	})

	t.Run("an item moves into a section, and back", func(t *testing.T) {
		q := written(t)
		next, undo := apply(t, q, surveys.Move{Do: surveys.PlaceItem, Key: key(q, "age"), Into: key(q, "sante"), After: key(q, "mt")})
		if got := outline(next.Items); got != "sante(mt age trajet)" {
			t.Errorf("the outline is %s", got)
		}
		back, _ := apply(t, next, undo...)
		if got := outline(back.Items); got != "sante(mt trajet) age" {
			t.Errorf("back, the outline is %s", got)
		}
	})

	t.Run("a section cannot enter itself, nor an item follow itself", func(t *testing.T) {
		q := written(t)
		for _, m := range []surveys.Move{
			{Do: surveys.PlaceItem, Key: key(q, "sante"), Into: key(q, "sante")},
			{Do: surveys.PlaceItem, Key: key(q, "age"), After: key(q, "age")},
		} {
			if _, _, problems := surveys.Apply(q, m); problems == nil {
				t.Errorf("%+v was made", m)
			}
		}
	})

	t.Run("a section goes with all it holds and comes back under the same keys", func(t *testing.T) {
		q := written(t)
		next, undo := apply(t, q, surveys.Move{Do: surveys.Remove, Key: key(q, "sante")})
		if got := outline(next.Items); got != "age" {
			t.Errorf("the outline is %s", got)
		}
		back, _ := apply(t, next, undo...)
		if back.Digest() != q.Digest() || key(back, "trajet") != key(q, "trajet") {
			t.Error("it did not come back as it was")
		}
	})

	t.Run("an item that comes twice has two keys", func(t *testing.T) {
		q := written(t)
		twin := surveys.Item{Kind: surveys.Note, Key: key(q, "age")}
		next, _ := apply(t, q, surveys.Move{Do: surveys.Insert, Item: &twin})
		if next.Items[0].Key == key(q, "age") || next.Items[0].Key == "" {
			t.Errorf("the key %q serves twice", next.Items[0].Key)
		}
	})

	t.Run("what somebody else removed cannot be changed, moved, or built upon", func(t *testing.T) {
		q := written(t)
		next, _ := apply(t, q, surveys.Move{Do: surveys.Remove, Key: key(q, "sante")})
		for _, m := range []surveys.Move{
			{Do: surveys.SetField, Key: key(q, "mt"), Field: "required", Now: "yes"},
			{Do: surveys.Remove, Key: key(q, "mt")},
			{Do: surveys.PlaceItem, Key: key(q, "age"), Into: key(q, "sante")},
			{Do: surveys.Insert, Into: key(q, "sante"), Item: &surveys.Item{Kind: surveys.Note}},
		} {
			if _, _, problems := surveys.Apply(next, m); len(problems) != 1 || problems[0].Code != surveys.MoveGone {
				t.Errorf("%+v: %v", m, problems)
			}
		}
	})

	t.Run("of several moves one that cannot be made stops all", func(t *testing.T) {
		q := written(t)
		next, _, problems := surveys.Apply(q,
			surveys.Move{Do: surveys.Remove, Key: key(q, "age")},
			surveys.Move{Do: surveys.Remove, Key: "k99"})
		if next != nil || problems == nil {
			t.Errorf("got %v, %v", next, problems)
		}
	})

	t.Run("a list changes for who saw it as it is", func(t *testing.T) {
		q := written(t)
		old, _ := q.List("on")
		longer := list("on", "oui", "non", "nsp")
		next, undo := apply(t, q, surveys.Move{Do: surveys.SetList, List: "on", Was: old.Digest(), Choices: &longer})
		if _, _, problems := surveys.Apply(next, surveys.Move{Do: surveys.SetList, List: "on", Was: old.Digest()}); problems == nil {
			t.Error("a list somebody has not seen was taken away")
		}
		back, _ := apply(t, next, undo...)
		if back.Digest() != q.Digest() {
			t.Error("the move back does not lead back")
		}
	})

	t.Run("choices no answer could be told by are refused, all at once", func(t *testing.T) {
		q := written(t)
		old, _ := q.List("on")
		bad := list("on", "oui", "oui", "", "a b")
		_, _, problems := surveys.Apply(q, surveys.Move{Do: surveys.SetList, List: "on", Was: old.Digest(), Choices: &bad})
		if len(problems) != 3 {
			t.Errorf("problems %v", problems)
		}
	})

	t.Run("a first other language gives the texts there are a language", func(t *testing.T) {
		q := written(t)
		next, undo := apply(t, q, surveys.Move{Do: surveys.AddLanguage, Language: "العربية (ar)"})
		if got := next.Named("mt").Label[surveys.French]; got != "Avez-vous un médecin ?" || len(next.Languages) != 2 {
			t.Errorf("label %q in %v", got, next.Languages)
		}
		next, _ = apply(t, next, surveys.Move{Do: surveys.SetField, Key: key(q, "mt"), Field: "label", Language: "العربية (ar)", Now: "هل لديك طبيب؟"})
		back, undoDrop := apply(t, next, undo...)
		if len(back.Languages) != 1 || len(back.Named("mt").Label) != 1 {
			t.Errorf("the language did not go: %v", back.Named("mt").Label)
		}
		again, _ := apply(t, back, undoDrop...)
		if again.Digest() != next.Digest() {
			t.Error("what was written in the language did not come back")
		}
	})

	t.Run("another questionnaire takes the place, and items of the same name keep their key", func(t *testing.T) {
		q := written(t)
		whole := questionnaire(t, `
			integer | age
			text    | mt`)
		next, undo := apply(t, q, surveys.Move{Do: surveys.Replace, Was: q.Digest(), Whole: whole})
		if key(next, "age") != key(q, "age") || key(next, "mt") != key(q, "mt") {
			t.Error("the keys changed")
		}
		back, _ := apply(t, next, undo...)
		if back.Digest() != q.Digest() {
			t.Error("the move back does not lead back")
		}
	})
}

// Whatever is done to a questionnaire, the moves back lead back, one after the
// other, to where it began.
func TestEveryMoveCanBeTakenBack(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 1))
		begun, _ := apply(t, written(t), surveys.Move{Do: surveys.AddLanguage, Language: surveys.French})
		q := begun
		var undo []surveys.Move
		for range 12 {
			next, back, problems := surveys.Apply(q, anyMove(random, q))
			if problems != nil {
				continue
			}
			q, undo = next, append(back, undo...)
		}
		back, _, problems := surveys.Apply(q, undo...)
		if problems != nil {
			t.Fatalf("seed %d: %v", seed, problems)
		}
		if back.Digest() != begun.Digest() {
			t.Fatalf("seed %d: from %s to %s and back to %s", seed, outline(begun.Items), outline(q.Items), outline(back.Items))
		}
	}
}

func anyMove(random *rand.Rand, q *surveys.Questionnaire) surveys.Move {
	var keys []string
	q.Walk(func(i *surveys.Item, _ []*surveys.Item) { keys = append(keys, i.Key) })
	some := func() string { return append(keys, "")[random.IntN(len(keys)+1)] }
	item := q.Item(some())
	if item == nil {
		item = &surveys.Item{}
	}
	field := []string{"label", "name", "relevant", "appearance", "parameters", "theme", "short", "remarque"}[random.IntN(8)]
	language := q.Languages[random.IntN(len(q.Languages))]
	lists := []surveys.List{list("on", "oui", "non", "nsp"), list("on"), list("neuve", "a")}
	l := lists[random.IntN(3)]
	old, ok := q.List(l.Name)
	if !ok {
		old = nil
	}
	switch random.IntN(7) {
	case 0:
		return surveys.Move{Do: surveys.Insert, Into: some(), After: some(), Item: &surveys.Item{Kind: surveys.Group, Name: fmt.Sprintf("s%d", random.IntN(9)), Items: []surveys.Item{{Kind: surveys.Note}}}}
	case 1:
		return surveys.Move{Do: surveys.Remove, Key: some()}
	case 2:
		return surveys.Move{Do: surveys.PlaceItem, Key: some(), Into: some(), After: some()}
	case 3:
		return surveys.Move{Do: surveys.SetList, List: l.Name, Was: old.Digest(), Choices: &l}
	case 4:
		return surveys.Move{Do: surveys.AddLanguage, Language: []string{"English (en)", "العربية (ar)"}[random.IntN(2)]}
	}
	return surveys.Move{Do: surveys.SetField, Key: item.Key, Field: field, Language: language, Was: item.Field(field, language), Now: []string{"", "x1", "a=1", "y"}[random.IntN(4)]}
}
