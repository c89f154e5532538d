package library

import (
	"testing"
	"time"

	"diapason/surveys"
)

func TestInventedAnswersPassTheCheckOfTheirForm(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	d, err := DemoDiagnostic("demo", now)
	if err != nil {
		t.Fatal(err)
	}
	for _, audience := range surveys.Audiences() {
		form := published(t, audience, d)
		answers := DemoAnswers(form, audience, d, 71, 200)
		again := DemoAnswers(form, audience, d, 71, 200)
		for i, a := range answers {
			if problems := form.Check(a.Answers, now); problems != nil {
				t.Fatalf("%s %d: %v", audience, i, problems)
			}
			if form.Path(a.Answers, now).Ended() != nil {
				t.Fatalf("%s %d is outside the field of the survey", audience, i)
			}
			if !a.Answers.Equal(again[i].Answers) || !a.At.Equal(again[i].At) {
				t.Fatalf("%s %d: the same seed invents somebody else", audience, i)
			}
			if a.At.Before(d.Opens.AddDate(0, 0, -1)) || a.At.After(now) {
				t.Errorf("%s %d answered on %v", audience, i, a.At)
			}
		}
	}
}

func TestInventedResidentsAreThoseWhoUsuallyAnswer(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	d, err := DemoDiagnostic("demo", now)
	if err != nil {
		t.Fatal(err)
	}
	answers := DemoAnswers(published(t, surveys.Habitants, d), surveys.Habitants, d, 71, 2000)
	count := func(keep func(surveys.Answers) bool) (n int) {
		for _, a := range answers {
			if keep(a.Answers) {
				n++
			}
		}
		return n
	}
	is := func(question, code string) func(surveys.Answers) bool {
		return func(a surveys.Answers) bool { return a[question].Text() == code }
	}
	women, men := count(is("h_sexe", "femme")), count(is("h_sexe", "homme"))
	if women < men*3/2 {
		t.Errorf("%d women and %d men: women answer more", women, men)
	}
	youngMen := count(func(a surveys.Answers) bool { return is("h_age", "18_29")(a) && is("h_sexe", "homme")(a) })
	if youngMen == 0 || youngMen*12 > len(answers) {
		t.Errorf("%d young men of %d: they are few", youngMen, len(answers))
	}
	if n := count(is("h_commune", "71153")); n < len(answers)/5 {
		t.Errorf("%d answers from Le Creusot of %d", n, len(answers))
	}
}

// published compiles a library questionnaire with the communes in it, as
// publication does.
func published(t *testing.T, audience surveys.Audience, d surveys.Diagnostic) *surveys.Form {
	t.Helper()
	q, err := Questionnaire(audience)
	if err != nil {
		t.Fatal(err)
	}
	form, problems := surveys.Compile(surveys.WithCommunes(*q, d.Territory))
	if form == nil {
		t.Fatal(problems)
	}
	return form
}
