package territory

import "testing"

func TestNamesAreContractedAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct{ name, at, around string }{
		{"Blanzy", "à Blanzy", "Autour de Blanzy"},
		{"Le Creusot", "au Creusot", "Autour du Creusot"},
		{"Les Abrets en Dauphiné", "aux Abrets en Dauphiné", "Autour des Abrets en Dauphiné"},
		{"La Clayette", "à La Clayette", "Autour de La Clayette"},
		{"L'Isle-en-Dodon", "à L'Isle-en-Dodon", "Autour de L'Isle-en-Dodon"},
		{"Lesparre-Médoc", "à Lesparre-Médoc", "Autour de Lesparre-Médoc"},
		{"Aurignac", "à Aurignac", "Autour d’Aurignac"},
		{"Évreux", "à Évreux", "Autour d’Évreux"},
		{"Œuilly", "à Œuilly", "Autour d’Œuilly"},
		{"Yvetot", "à Yvetot", "Autour d’Yvetot"},
		{"Ham", "à Ham", "Ham (alentours)"},
		{"", "à ", " (alentours)"},
	} {
		if got := At(c.name); got != c.at {
			t.Errorf("in %q: %q, want %q", c.name, got, c.at)
		}
		if got := Around(c.name); got != c.around {
			t.Errorf("around %q: %q, want %q", c.name, got, c.around)
		}
	}
}
