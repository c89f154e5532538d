package verbatims

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

// times is n texts with the same codes.
func times(n int, codes ...string) [][]string {
	var all [][]string
	for range n {
		all = append(all, codes)
	}
	return all
}

func join(lists ...[][]string) [][]string {
	var all [][]string
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

func TestKappaIsThatComputedByHand(t *testing.T) {
	near := func(got, want float64) bool { return math.Abs(got-want) < 1e-9 }
	t.Run("fifty texts, 20 both yes, 15 both no: (0.7 - 0.5) / (1 - 0.5) = 0.4", func(t *testing.T) {
		// The example of the textbooks: the first says yes to 25, the second to
		// 30; by chance both say the same in 0.5·0.6 + 0.5·0.4 = 0.5.
		a := join(times(20, "T01"), times(5, "T01"), times(10), times(15))
		b := join(times(20, "T01"), times(5), times(10, "T01"), times(15))
		got := Kappa(a, b)
		c := got.Codes[0]
		if got.Texts != 50 || c.First != 25 || c.Last != 30 || c.Both != 20 || !near(c.Observed, 0.7) || !near(c.Expected, 0.5) || !c.OK || !near(c.Kappa, 0.4) {
			t.Errorf("%+v", got)
		}
		if !got.OK || !near(got.Pooled, 0.4) {
			t.Errorf("one code alone is the pool: %v", got.Pooled)
		}
	})
	t.Run("pooled over two codes: means of po and pe first", func(t *testing.T) {
		// T01 as above: po 0.7, pe 0.5. T02: both give it to the same 10 of 50:
		// po 1, pe 0.2² + 0.8² = 0.68. Pooled (0.85 - 0.59) / (1 - 0.59).
		a := join(times(10, "T01", "T02"), times(10, "T01"), times(5, "T01"), times(10), times(15))
		b := join(times(10, "T01", "T02"), times(10, "T01"), times(5), times(10, "T01"), times(15))
		if got := Kappa(a, b); !near(got.Pooled, 0.26/0.41) || !near(got.Codes[1].Kappa, 1) {
			t.Errorf("%+v", got)
		}
	})
	t.Run("less than chance is below zero", func(t *testing.T) {
		// Each gives it to half, never to the same: po 0, pe 0.5, kappa -1.
		if got := Kappa(join(times(3, "x"), times(3)), join(times(3), times(3, "x"))); !near(got.Codes[0].Kappa, -1) {
			t.Errorf("%+v", got)
		}
	})
	t.Run("both give the code to every text: undefined, and said so", func(t *testing.T) {
		if got := Kappa(times(5, "x"), times(5, "x")); got.OK || got.Codes[0].OK {
			t.Errorf("%+v", got)
		}
	})
	t.Run("no text, or no code, is undefined", func(t *testing.T) {
		for _, got := range []Agreement{Kappa(nil, nil), Kappa(times(4), times(4))} {
			if got.OK || len(got.Codes) != 0 {
				t.Errorf("%+v", got)
			}
		}
	})
	t.Run("the words for it are Landis and Koch's", func(t *testing.T) {
		for k, want := range map[float64]string{-0.2: "faible", 0.4: "faible", 0.41: "moyen", 0.6: "moyen", 0.61: "bon", 0.8: "bon", 0.81: "très bon", 1: "très bon"} {
			if got := Strength(k); got != want {
				t.Errorf("%v is %s, want %s", k, got, want)
			}
		}
	})
}

func TestPairsCompareReadersTwoByTwo(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	reviewed := func(n int, codings ...string) surveys.Review {
		r := surveys.NewReview("d", fmt.Sprint(n), "x")
		for _, c := range codings {
			login, codes, _ := strings.Cut(c, " ")
			r.Code(login, strings.Fields(codes), at)
		}
		return r
	}
	pairs := Pairs([]surveys.Review{
		reviewed(1, "zoe T01", "ali T01"), reviewed(2, "ali T02", "bea T01"), reviewed(3, "zoe", "ali T01"), reviewed(4, "bea T03"), reviewed(5),
	})
	if len(pairs) != 2 || pairs[0].First != "ali" || pairs[0].Second != "zoe" || pairs[0].Texts != 2 || pairs[1].Second != "bea" || pairs[1].Texts != 1 {
		t.Errorf("%+v", pairs)
	}
}

func TestSuggestionsSayWhatSpeaksForThem(t *testing.T) {
	var examples []Example
	add := func(code string, texts ...string) {
		for _, text := range texts {
			e := Example{ID: fmt.Sprint(len(examples)), Text: text}
			if code != "" {
				e.Codes = []string{code}
			}
			examples = append(examples, e)
		}
	}
	add("T01", "Plus de médecins, trop d’attente", "Un médecin de garde", "L’attente chez le médecin est longue", "Des médecins et des dentistes")
	add("T11", "Un bus pour aller à l’hôpital", "Des bus le soir", "Le bus est trop loin")
	add("", "Un parc pour les enfants", "Plus d’arbres", "Rien à dire")
	add("T05", "Un dépistage", "Le dépistage en bus")
	l := Learn(examples)

	t.Run("the codes whose words are there, likeliest first", func(t *testing.T) {
		got := l.Suggest("", "Trop d’attente pour un MÉDECIN, et pas de bus")
		if len(got) != 2 || got[0].Code != "T01" || got[1].Code != "T11" {
			t.Fatalf("%+v", got)
		}
		if words := strings.Join(got[0].Words, " "); words != "médecin attente" && words != "attente médecin" {
			t.Errorf("because of %q", words)
		}
	})
	t.Run("nothing under too little evidence", func(t *testing.T) {
		for _, text := range []string{"", "Un dépistage pour tous", "De l’eau", "une un des", "[nom] [téléphone]"} {
			if got := l.Suggest("", text); len(got) > 0 {
				t.Errorf("%q: %+v", text, got)
			}
		}
	})
	t.Run("a second reader is not told what the first one found", func(t *testing.T) {
		three := Learn([]Example{{"1", "la piscine", []string{"T04"}}, {"2", "une piscine", []string{"T04"}}, {"3", "à la piscine", []string{"T04"}}, {"4", "un bus", nil}, {"5", "une gare", nil}})
		if got := three.Suggest("", "la piscine"); len(got) != 1 {
			t.Errorf("%+v", got)
		}
		if got := three.Suggest("1", "la piscine"); len(got) != 0 {
			t.Errorf("the text speaks for itself: %+v", got)
		}
		if got := three.Suggest("", "la piscine"); len(got) != 1 {
			t.Errorf("what was set aside is back: %+v", got)
		}
	})
}

func TestSearchFindsEveryWordWhateverTheAccents(t *testing.T) {
	text := "Plus de MÉDECINS à l’hôpital, dit [nom]"
	for query, want := range map[string]bool{"": true, "medecin": true, "hopital Médecins": true, "l'hôp": true, "medecin bus": false, "ecin": false, "  ": true} {
		if got := NewMatcher(query).Match(text); got != want {
			t.Errorf("%q: %v", query, got)
		}
	}
}

func TestTheFrameGrowsUnderItsThemes(t *testing.T) {
	f := Frame{Themes: []surveys.Theme{{Code: "T01", Name: "Accès aux soins"}, {Code: "T02", Name: "Parcours"}}}
	add := func(theme, label string) string {
		next, problems := f.Add(theme, label)
		if problems != nil {
			return problems[0].Code
		}
		f = next
		return f.Added[len(f.Added)-1].Code
	}
	for _, c := range []struct{ theme, label, want string }{
		{"T01", "Délais  de rendez-vous ", "T01.1"}, {"T02", "Sortie d’hôpital", "T02.1"}, {"T01", "Dentistes", "T01.2"},
		{"T01", "delais de Rendez-Vous", "code.twice"}, {"T09", "x", "code.theme"}, {"T01.1", "x", "code.theme"}, {"T01", " ", "code.label"}, {"T01", strings.Repeat("é", 61), "code.long"},
	} {
		if got := add(c.theme, c.label); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.theme, c.label, got, c.want)
		}
	}
	if got := strings.Join(f.Codes(), " "); got != "T01 T01.1 T01.2 T02 T02.1" {
		t.Error(got)
	}
	if f.Label("T01.1") != "Délais de rendez-vous" || f.Theme("T01.2") != "T01" || f.Has("T03") {
		t.Errorf("%+v", f)
	}
	renamed, problems := f.Rename("T01.2", "Chirurgiens-dentistes")
	if problems != nil || renamed.Label("T01.2") != "Chirurgiens-dentistes" || f.Label("T01.2") != "Dentistes" {
		t.Errorf("%+v %v", renamed, problems)
	}
	if _, problems := f.Rename("T01", "x"); problems == nil {
		t.Error("a theme of the diagnostic is not renamed here")
	}
	if got := f.Kept([]string{"T02", "T99", "T01", "T02"}); strings.Join(got, " ") != "T01 T02" {
		t.Error(got)
	}
}

func TestATextMaskedByHandSaysNothingNew(t *testing.T) {
	masked := "Le mari de [nom], au café de la gare, boit depuis 2 ans"
	for byHand, want := range map[string]bool{
		masked: true,
		"Le mari de [nom], au café de la gare,\r\n boit depuis 2 ans ":  true,
		"[…] de [nom], au […], boit depuis 2 ans":                       true,
		"[nom], au café de la gare, boit […]":                           true,
		"[…]":                                                           true,
		"Le mari de Sophie, au café de la gare, boit depuis 2 ans":      false,
		"Le mari de [nom], au café de la gare, ne boit plus":            false,
		"Le mari de [nom], boit depuis 2 ans":                           true,
		"[…] boit […] au café […]":                                      false,
		"":                                                              false,
		"Le mari de [nom], au café de la gare, boit depuis 2 ans [nom]": true,
		"Le mari [prénom], au café de la gare, boit depuis 2 ans":       false,
	} {
		if got := Narrower(masked, byHand); got != want {
			t.Errorf("%q: %v", byHand, got)
		}
	}
}
