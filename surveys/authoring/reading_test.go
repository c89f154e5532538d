package authoring

import "testing"

func TestSyllablesAreCountedAsTheyAreSaid(t *testing.T) {
	for n, words := range map[int][]string{
		1: {"oui", "non", "soin", "peur", "eau", "vie", "bien", "langue", "fille", "bruit", "août", "rue", "que", "lieu", "feuille", "pied", "l’air", "trois", "doivent", "parlent"},
		2: {"santé", "maison", "moyen", "famille", "travail", "réel", "naïf", "client", "journée", "question", "chaleur", "pays", "théâtre", "nation", "souvent", "physique", "beaucoup", "œdème", "voyage", "argent"},
		3: {"médecin", "hôpital", "habitant", "essayer", "travailler", "océan", "ouvrier", "médecine", "pharmacie", "créateur", "CMP", "100", "médecins", "logement"},
		4: {"généraliste", "association", "éducation", "territorial", "complémentaire"},
		5: {"intercommunal", "représentatif", "hospitalisé", "coordination"},
		6: {"accessibilité", "responsabilité", "pluridisciplinaire"},
	} {
		for _, w := range words {
			if got := syllables(w); got != n {
				t.Errorf("%s: %d, want %d", w, got, n)
			}
		}
	}
}

func TestPlainTextsAreEasierToRead(t *testing.T) {
	for _, c := range []struct {
		text      string
		low, high float64
	}{
		{"Il fait beau. Le chat dort. On va au lit.", 120, 135},
		{"Avez-vous un médecin traitant ?", 60, 90},
		{"Estimez-vous bénéficier d’une accessibilité satisfaisante aux dispositifs de coordination pluridisciplinaire ?", -60, 20},
		{"", 100, 100},
		{"…", 100, 100},
	} {
		if got := readingEase(c.text); got < c.low || got > c.high {
			t.Errorf("%q: %.0f, want between %.0f and %.0f", c.text, got, c.low, c.high)
		}
	}
}
