package territory

import "testing"

func TestFold(t *testing.T) {
	for typed, want := range map[string]string{
		"Le Creusot":                   "le creusot",
		"LE  CREUSOT ":                 "le creusot",
		"Montréjeau":                   "montrejeau",
		"Montre\u0301jeau":             "montrejeau",
		"Montceau-les-Mines":           "montceau les mines",
		"L'Haÿ-les-Roses":              "l hay les roses",
		"L’Haÿ-les-Roses":              "l hay les roses",
		"St Vallier":                   "saint vallier",
		"St. Vallier":                  "saint vallier",
		"Ste-Foy":                      "sainte foy",
		"Bourg-St-Maurice":             "bourg saint maurice",
		"Steenvoorde":                  "steenvoorde",
		"Est Ensemble":                 "est ensemble",
		"Œuilly":                       "oeuilly",
		"Cœur et Coteaux":              "coeur et coteaux",
		"Sainte-Mère-Église":           "sainte mere eglise",
		"Ævar":                         "aevar",
		"71200":                        "71200",
		"(C2A)":                        "c2a",
		" - ' ":                        "",
		"":                             "",
		"Le Creusot\xff":               "le creusot",
		"ciry-le-noble / Saint Eusèbe": "ciry le noble saint eusebe",
	} {
		t.Run(typed, func(t *testing.T) {
			if got := Fold(typed); got != want {
				t.Errorf("Fold(%q) = %q, want %q", typed, got, want)
			}
		})
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"L'Haÿ-les-Roses", "st ste", "ŒÆœæ", "İstanbul", "\xff", "ẞ", "Ω\u0345", "각", "مرسى"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("Saint-Étienne-du-Grès")
	}
}
