package authoring

import (
	"testing"

	"diapason/surveys"
)

func TestTranslatedTextsAreCounted(t *testing.T) {
	const arabic = "العربية (ar)"
	q := questionnaire([]surveys.Item{selectOne("mt", "Un médecin ?"), item(surveys.TextKind, "mot", "Un mot ?")},
		list("mt", "oui", "Oui", "non", "Non"))
	q.Languages = append(q.Languages, arabic)
	q.Items[0].Label[arabic] = "طبيب؟"
	q.Items[1].Hint = text("Une aide")
	q.Lists[0].Choices[0].Label[arabic] = "نعم"
	counted := func(t *testing.T, language string, wantDone, wantTotal int) {
		t.Helper()
		if done, total := Translated(q, language); done != wantDone || total != wantTotal {
			t.Errorf("%d of %d, want %d of %d", done, total, wantDone, wantTotal)
		}
	}
	t.Run("items and choices, in each language", func(t *testing.T) {
		counted(t, arabic, 2, 5)
		counted(t, surveys.French, 5, 5)
	})
	t.Run("what nobody reads needs no translation", func(t *testing.T) {
		q.Items = append(q.Items, item(surveys.Calculate, "score", "Score, pour l’équipe"))
		q.Lists = append(q.Lists, list("perdue", "a", "Un choix que personne ne voit"))
		counted(t, arabic, 2, 5)
	})
}
