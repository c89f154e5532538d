package report

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
)

// collected is a collection in memory: compiled forms and arrivals.
type collected struct {
	forms    map[string]*surveys.Form
	arrivals []surveys.Arrival
}

func (c *collected) Responses(_ context.Context, _ string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	from, _ := strconv.Atoi(string(after))
	return func(yield func(surveys.Arrival, error) bool) {
		for _, a := range c.arrivals[from:] {
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (c *collected) Form(_ context.Context, survey string, _ int) (*surveys.Form, error) {
	return c.forms[survey], nil
}

// answer adds the answers of one person.
func (c *collected) answer(t testing.TB, survey string, day surveys.Day, a surveys.Answers) {
	t.Helper()
	r := surveys.Response{ID: fmt.Sprintf("%s-%d", survey, len(c.arrivals)), Survey: survey, Version: 1, Day: day, Answers: a}
	document, err := r.MarshalBSON()
	if err != nil {
		t.Fatal(err)
	}
	c.arrivals = append(c.arrivals, surveys.Arrival{
		ID: r.ID, Document: document, Position: surveys.Position(strconv.Itoa(len(c.arrivals) + 1)), Number: int64(len(c.arrivals) + 1),
	})
}

func (c *collected) table(t testing.TB) *tally.Table {
	t.Helper()
	table := tally.NewTable("pays")
	if err := table.Follow(context.Background(), c, c); err != nil {
		t.Fatal(err)
	}
	return table
}

func say(s string) surveys.Text { return surveys.Text{"Français (fr)": s} }

func choices(name string, codesAndLabels ...string) surveys.List {
	l := surveys.List{Name: name}
	for i := 0; i < len(codesAndLabels); i += 2 {
		l.Choices = append(l.Choices, surveys.Choice{Name: codesAndLabels[i], Label: say(codesAndLabels[i+1])})
	}
	return l
}

// marked gives a choice the mark of a public fragile, or of an event.
func marked(code, mark string, l surveys.List) surveys.List {
	for i := range l.Choices {
		if l.Choices[i].Name == code {
			l.Choices[i].Extra = map[string]string{surveys.FlagColumn: mark}
		}
	}
	return l
}

func ask(kind surveys.Kind, name, list, label string) surveys.Item {
	return surveys.Item{Kind: kind, Name: name, List: list, Label: say(label)}
}

var sampleLists = []surveys.List{
	choices("communes", "1", "Aubeville", "2", "Bourg", "3", "Coteau", "ailleurs", "J’habite ailleurs"),
	marked("oui", "Renoncement", choices("oui_non", "oui", "Oui", "non", "Non", "nsp", "Je ne sais pas")),
	choices("projets", "continuer", "Continuer", "retraite", "Prendre ma retraite", "quitter", "Quitter le territoire"),
	choices("acces", "tf", "Très facile", "pf", "Plutôt facile", "pd", "Plutôt difficile", "td", "Très difficile", "nsp", "Je ne sais pas"),
	choices("freins", "attente", "Trop d’attente", "loin", "Trop loin", "cher", "Trop cher", "autre", "Autre", "rien", "Rien", "nsp", "Je ne sais pas"),
	choices("prio", "T01", "Trouver un soignant", "T02", "Des soignants qui se parlent", "T03", "Se soigner quand on a peu", "T04", "Rester en bonne santé", "T07", "Le moral", "T10", "Le logement, l’air"),
}

// shared are the questions every audience is asked.
func shared() []surveys.Item {
	note := ask(surveys.Range, "x_note", "", "Donnez une note à l'accès à la santé ici.")
	note.Parameters = map[string]string{"start": "0", "end": "10"}
	acces := ask(surveys.Group, "x_acces", "", "Ici, est-ce facile ou difficile d'avoir ?")
	acces.Theme = "T01"
	acces.Items = []surveys.Item{
		ask(surveys.SelectOne, "x_acces_generaliste", "acces", "Un médecin généraliste"),
		ask(surveys.SelectOne, "x_acces_dentiste", "acces", "Un dentiste"),
	}
	return []surveys.Item{
		acces,
		ask(surveys.SelectMultiple, "x_freins", "freins", "Qu'est-ce qui empêche les gens de se soigner ?"),
		ask(surveys.Rank, "x_prio", "prio", "Choisissez 3 sujets importants"),
		note,
		ask(surveys.TextKind, "x_action", "", "Une seule chose à faire ?"),
		ask(surveys.SelectOne, "c_suite", "acces", "Rejoindre un groupe de travail, ce serait :"),
	}
}

func compiled(t testing.TB, items ...surveys.Item) *surveys.Form {
	t.Helper()
	form, problems := surveys.Compile(&surveys.Questionnaire{
		DefaultLanguage: "Français (fr)", Languages: []string{"Français (fr)"}, Items: items, Lists: sampleLists,
	})
	if form == nil {
		t.Fatal(problems)
	}
	return form
}

func sampleForms(t testing.TB) map[string]*surveys.Form {
	commune := ask(surveys.SelectOne, "h_commune", "communes", "Dans quelle commune habitez-vous ?")
	commune.Profile = surveys.ProfileCommune
	practice := ask(surveys.SelectOne, "p_commune", "communes", "Commune principale d'exercice")
	practice.Profile = surveys.ProfileCommune
	renonce := ask(surveys.SelectOne, "h_renonce", "oui_non", "Avez-vous renoncé à un soin ?")
	renonce.Sensitive, renonce.Profile = true, surveys.ProfileOutcome
	pourquoi := ask(surveys.SelectMultiple, "h_pourquoi", "freins", "Pourquoi ?")
	pourquoi.Relevant = "${h_renonce} = 'oui'"
	soins := ask(surveys.Group, "soins", "", "Vos soins")
	soins.Items = []surveys.Item{renonce, pourquoi}
	return map[string]*surveys.Form{
		"h": compiled(t, append([]surveys.Item{commune, soins}, shared()...)...),
		"p": compiled(t, append([]surveys.Item{practice, ask(surveys.Integer, "p_refus", "", "Demandes refusées par semaine"), ask(surveys.SelectMultiple, "p_5ans", "projets", "Dans les 5 ans")}, shared()...)...),
		"a": compiled(t, shared()...),
	}
}

func sampleDiagnostic() surveys.Diagnostic {
	return surveys.Diagnostic{
		ID: "pays", Title: "Diagnostic du pays", Edition: "2026",
		Opens:  time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC),
		Closes: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
		Frame: surveys.Frame{
			Themes: []surveys.Theme{
				{Code: "T01", Name: "Premier recours", Short: "Trouver un soignant"},
				{Code: "T07", Name: "Santé mentale", Short: "Le moral"},
				{Code: "T10", Name: "Cadre de vie", Short: "Le logement, l’air"},
			},
			Axes: []surveys.Axis{{Code: "O1", Name: "Soins de premier recours", Themes: []string{"T01"}}},
		},
		Territory: surveys.Territory{
			Name: "Pays d’essai", Source: "Insee, populations légales 2022",
			Communes: []surveys.Commune{{Code: "1", Name: "Aubeville", Population: 9000}, {Code: "2", Name: "Bourg", Population: 4000}, {Code: "3", Name: "Coteau", Population: 3000}},
			Sectors:  []surveys.Sector{{ID: "ville", Name: "Aubeville", Communes: []string{"1"}}, {ID: "est", Name: "L’Est", Communes: []string{"2", "3"}}},
		},
	}
}

// sample is a collection of n residents, n/3 professionals and n/10
// associations whose answers lean as the seed says.
func sample(t testing.TB, n int, seed uint64) Input {
	t.Helper()
	in, _ := collect(t, n, seed)
	return in
}

func collect(t testing.TB, n int, seed uint64) (Input, *collected) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 5))
	c := &collected{forms: sampleForms(t)}
	for i := range n {
		day := surveys.Day(fmt.Sprintf("2026-11-%02d", 2+i%9))
		c.answer(t, "h", day, randomAnswers(rng, c.forms["h"], 1.0))
		if i%3 == 0 {
			c.answer(t, "p", day, randomAnswers(rng, c.forms["p"], 0.4))
		}
		if i%10 == 0 {
			c.answer(t, "a", day, randomAnswers(rng, c.forms["a"], 2.5))
		}
	}
	return Input{
		Diagnostic: sampleDiagnostic(), Forms: c.forms, Table: c.table(t), View: Restitution,
		Surveys: []surveys.Survey{
			{ID: "a", Audience: surveys.Associations, Title: "Associations", Current: 1},
			{ID: "h", Audience: surveys.Habitants, Title: "Habitants", Current: 1},
			{ID: "p", Audience: surveys.Professionnels, Title: "Professionnels", Current: 1},
		},
		Now: time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC),
	}, c
}

// randomAnswers prefers the first choices of a list the more, the smaller
// lean is.
func randomAnswers(rng *rand.Rand, form *surveys.Form, lean float64) surveys.Answers {
	answers := surveys.Answers{}
	for _, q := range form.Questions {
		if rng.IntN(12) == 0 {
			continue
		}
		order := rng.Perm(len(q.Choices))
		for i := range order {
			if j := int(rng.ExpFloat64() * lean); j < len(order) && rng.IntN(2) == 0 {
				order[i], order[j] = order[j], order[i]
			}
		}
		codes := []string{}
		for _, i := range order {
			codes = append(codes, q.Choices[i].Name)
		}
		switch q.Kind {
		case surveys.SelectOne:
			answers[q.Name] = surveys.TextValue(codes[0])
		case surveys.SelectMultiple:
			answers[q.Name] = surveys.CodesValue(codes[:1+rng.IntN(2)]...)
		case surveys.Rank:
			answers[q.Name] = surveys.CodesValue(codes[:3]...)
		case surveys.Range:
			answers[q.Name] = surveys.NumberValue(float64(rng.IntN(11)))
		case surveys.Integer:
			answers[q.Name] = surveys.NumberValue(float64(rng.IntN(60)))
		default:
			answers[q.Name] = surveys.TextValue("Ouvrir une maison de santé")
		}
	}
	path := form.Path(answers, time.Time{})
	for name := range answers {
		if !path.On(name) {
			delete(answers, name)
		}
	}
	return answers
}
