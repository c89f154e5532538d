package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestAQuestionnaireOnPaper(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	const fr, ar = "Français (fr)", "العربية (ar)"
	both := func(french, arabic string) surveys.Text { return surveys.Text{fr: french, ar: arabic} }
	yesNo := []surveys.Choice{{Name: "oui", Label: both("Oui", "نعم")}, {Name: "non", Label: both("Non", "لا")}, {Name: "ailleurs", Label: both("J’habite ailleurs", "أسكن في مكان آخر")}}
	item := func(kind surveys.Kind, name, list, label, relevant string) surveys.Item {
		return surveys.Item{Kind: kind, Name: name, List: list, Label: both(label, "سؤال "+name), Relevant: relevant}
	}
	end := item(surveys.Note, "fin", "", "Merci de votre intérêt.", "${a} = 'ailleurs'")
	end.Profile = surveys.ProfileEnd
	grid := item(surveys.Group, "grille", "", "Trouvez-vous…", "${a} != 'ailleurs'")
	grid.Appearance = []string{"field-list"}
	grid.Items = []surveys.Item{item(surveys.SelectOne, "g1", "l", "Un médecin", ""), item(surveys.SelectOne, "g2", "l", "Un dentiste", "")}
	s.write("vallee-p", &surveys.Questionnaire{
		Title: "Papier", Languages: []string{fr, ar}, DefaultLanguage: fr,
		Items: []surveys.Item{
			item(surveys.SelectOne, "a", "l", "Habitez-vous ici ?", ""), end,
			item(surveys.SelectMultiple, "b", "l", "Quels soins ?", "${a} != 'ailleurs' and (${a} = 'oui' or ${a} = 'non')"),
			item(surveys.TextKind, "c", "", "Pourquoi ?", "${a} = 'non'"), item(surveys.Integer, "d", "", "Combien ?", "${a} = 'non'"),
			grid, item(surveys.Rank, "e", "l", "Classez", ""), item(surveys.Date, "f", "", "Quand ?", ""),
		},
		Lists: []surveys.List{{Name: "l", Choices: yesNo}},
	})
	const page = life + "/vallee-p/papier"

	t.Run("questions are numbered, the rows of a matrix too, and say how to answer", func(t *testing.T) {
		alice.get(page).expect(t, http.StatusOK, "Une seule réponse.", "Plusieurs réponses possibles.", "<b>5a</b> Un médecin", "<b>5b</b> Un dentiste",
			"Écrivez 1 devant votre premier choix", "jour, mois, année", "Brouillon", "J’accepte que mes réponses")
	})
	t.Run("conditions become ways from one number to the next", func(t *testing.T) {
		alice.get(page).expect(t, http.StatusOK,
			"Questions 3 à 4\u00a0: seulement si vous avez répondu «\u00a0Non\u00a0» à la question 1.", "Sinon, passez à la question 5.",
			"Si vous avez répondu «\u00a0J’habite ailleurs\u00a0» à la question 1\u00a0:", "Arrêtez-vous ici")
	})
	t.Run("what only repeats that one has not stopped is not said", func(t *testing.T) {
		if body := alice.get(page).body; strings.Contains(body, "Question 5") {
			t.Error("the matrix is announced as conditional")
		}
	})
	t.Run("in Arabic it is written from right to left, with its own words", func(t *testing.T) {
		alice.get(page+"?langue=ar").expect(t, http.StatusOK, `lang="ar" dir="rtl"`, "سؤال b", "يمكن اختيار عدة إجابات", "«لا»")
	})
	t.Run("a list too long for paper is answered by writing, but for those it does not name", func(t *testing.T) {
		many := surveys.List{Name: "l", Choices: []surveys.Choice{{Name: "nsp", Label: both("Je ne sais pas", "لا أعرف")}}}
		for i := range 60 {
			many.Choices = append(many.Choices, surveys.Choice{Name: fmt.Sprint("c", i), Label: both(fmt.Sprint("Lieu ", i), "")})
		}
		s.write("vallee-p", &surveys.Questionnaire{Title: "Papier", Languages: []string{fr, ar}, DefaultLanguage: fr,
			Items: []surveys.Item{item(surveys.SelectOne, "a", "l", "Où ?", "")}, Lists: []surveys.List{many}})
		got := alice.get(page)
		got.expect(t, http.StatusOK, "Écrivez votre réponse", "Je ne sais pas")
		if strings.Contains(got.body, "Lieu 7") {
			t.Error("the list is printed")
		}
	})
	t.Run("large print is a choice", func(t *testing.T) {
		alice.get(page+"?grand=1").expect(t, http.StatusOK, "paper large")
	})
	t.Run("a published version is no draft, and says where to answer on the web", func(t *testing.T) {
		got := alice.get(life + "/vallee-h/papier")
		got.expect(t, http.StatusOK, "vallee-h · v1", "/r/vallee-h")
		if strings.Contains(got.body, "Brouillon") {
			t.Error("it says that it is a draft")
		}
	})
}
