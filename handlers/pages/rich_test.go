package pages

import (
	"testing"

	"diapason/surveys"
)

func TestAuthorsTextsBecomeMarkup(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"bold, italics and lines", "**Vous** et *elle*\nensuite", "<strong>Vous</strong> et <em>elle</em><br>ensuite"},
		{"a safe link", "[le site](https://exemple.fr)", `<a href="https://exemple.fr" rel="noreferrer">le site</a>`},
		{"a link that runs something stays text", "[x](javascript:alert(1))", "[x](javascript:alert(1))"},
		{"a link cannot leave its quotes", `[x](https://a"onclick=b)`, `<a href="https://a&#34;onclick=b" rel="noreferrer">x</a>`},
		{"markup is shown, not obeyed", "<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"},
		{"coloured words keep their words", `<span style="color:red">non</span>`, "non"},
		{"an earlier answer leaves its place", "Vous avez ${age} ans", `Vous avez <span data-said="age">…</span> ans`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(rich(c.text)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnUntranslatedTextSaysItsLanguage(t *testing.T) {
	q := &surveys.Questionnaire{DefaultLanguage: "Français (fr)", Languages: []string{"Français (fr)", "العربية (ar)"}}
	arabic := newReader(q, Tongues(q)[1])
	for _, c := range []struct {
		name string
		text surveys.Text
		want string
	}{
		{"not translated", surveys.Text{"Français (fr)": "15 à 17 ans"}, `<span lang="fr" dir="ltr">15 à 17 ans</span>`},
		{"translated", surveys.Text{"Français (fr)": "Oui", "العربية (ar)": "نعم"}, "نعم"},
		{"nowhere", surveys.Text{}, ""},
	} {
		if got := string(arabic.rich(c.text)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := string(newReader(q, Tongues(q)[0]).rich(surveys.Text{"Français (fr)": "Oui"})); got != "Oui" {
		t.Errorf("in its own language: %s", got)
	}
}
