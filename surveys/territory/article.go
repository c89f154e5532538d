package territory

import "strings"

// articles are those a name may begin with that French contracts after à and de.
var articles = []struct{ opening, at, of string }{
	{"Le ", "au ", "du "},
	{"Les ", "aux ", "des "},
}

// At says that something is in a commune: "à Blanzy", "au Creusot", "aux
// Abrets", "à La Clayette".
func At(name string) string {
	for _, a := range articles {
		if rest, found := strings.CutPrefix(name, a.opening); found {
			return a.at + rest
		}
	}
	return "à " + name
}

// Around names the communes near a town, the town apart: "Autour de Blanzy",
// "Autour du Creusot", "Autour d’Aurignac". Before an h only usage tells de from
// d’ (d’Hérimoncourt, de Ham), so those names are put first: "Ham (alentours)".
func Around(name string) string {
	for _, a := range articles {
		if rest, found := strings.CutPrefix(name, a.opening); found {
			return "Autour " + a.of + rest
		}
	}
	switch folded := Fold(name); {
	case folded == "" || folded[0] == 'h':
		return name + " (alentours)"
	case strings.IndexByte("aeiouy", folded[0]) >= 0:
		return "Autour d’" + name
	}
	return "Autour de " + name
}
