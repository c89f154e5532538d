package mongostore_test

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/mongostore"
	"diapason/surveys/storetest"
	"diapason/surveys/tally"
)

// A site is a store with the versions of one survey, h, and answers to it.
type site struct {
	surveys.Store
	forms *surveys.Forms
}

// filled puts versions and responses in a store and withdraws one in twenty.
func filled(t *testing.T, store surveys.Store, versions []surveys.Questionnaire, responses []surveys.Response) site {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(store.AddDiagnostic(t.Context(), surveys.Diagnostic{ID: "d"}))
	must(store.AddSurvey(t.Context(), surveys.Survey{ID: "h", Diagnostic: "d", Audience: surveys.Habitants, Current: len(versions)}))
	for i, q := range versions {
		must(store.AddVersion(t.Context(), surveys.Version{Survey: "h", Number: i + 1, Questionnaire: q}))
	}
	for _, r := range responses {
		_, err := store.AddResponse(t.Context(), r)
		must(err)
	}
	for i := 0; i < len(responses); i += 20 {
		must(store.WithdrawResponse(t.Context(), "d", responses[i].Receipt))
	}
	return site{store, surveys.NewForms(store)}
}

// form is a version as it is served.
func (s site) form(t *testing.T, version int) *surveys.Form {
	t.Helper()
	form, err := s.forms.Form(t.Context(), "h", version)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func (s site) table(t *testing.T) tally.Counter {
	t.Helper()
	table := tally.NewTable("d")
	if err := table.Follow(t.Context(), s, s.forms); err != nil {
		t.Fatal(err)
	}
	return table
}

// stored counts in the server.
func (s site) stored(t *testing.T) tally.Counter {
	t.Helper()
	counts, err := tally.NewStored(t.Context(), s.Store.(*mongostore.Store), s.forms, "d")
	if err != nil {
		t.Fatal(err)
	}
	return counts.During(t.Context())
}

func opened(t *testing.T) *mongostore.Store {
	t.Helper()
	store := openAt(t, newDatabase(t))
	t.Cleanup(func() { store.Close() })
	return store
}

// same compares every count of two counters: everybody's, and those of people
// told apart in each of some ways.
func same(t *testing.T, got, want tally.Counter, forms []*surveys.Form, ways ...[]tally.By) {
	t.Helper()
	for _, by := range append([][]tally.By{nil}, ways...) {
		a, err := got.Split("h", by...)
		if err != nil {
			t.Fatal(err)
		}
		b, err := want.Split("h", by...)
		if err != nil {
			t.Fatal(err)
		}
		sameSplit(t, fmt.Sprint(by), a, b, forms)
		sectors := []tally.Group{{Code: "one", Codes: []string{"c0", "c1", "a"}}, {Code: "two", Codes: []string{"c2", "b", "ailleurs"}}, {Code: "none", Codes: []string{"?"}}}
		for _, form := range forms {
			for _, q := range form.Questions {
				if q.Kind != surveys.SelectMultiple {
					continue
				}
				a, err := got.Grouped("h", q, sectors, by...)
				if err != nil {
					t.Fatal(err)
				}
				b, err := want.Grouped("h", q, sectors, by...)
				if err != nil {
					t.Fatal(err)
				}
				sameSplit(t, fmt.Sprint("grouped ", q.Name, by), a, b, forms)
			}
		}
	}
	for _, q := range forms[0].Questions[:3] {
		a, err := got.Cross("h", []*surveys.Question{q}, ways[0]...)
		if err != nil {
			t.Fatal(err)
		}
		b, err := want.Cross("h", []*surveys.Question{q}, ways[0]...)
		if err != nil {
			t.Fatal(err)
		}
		sameSplit(t, "cross "+q.Name, a, b, forms)
	}
}

func sameSplit(t *testing.T, way string, a, b *tally.Split, forms []*surveys.Form) {
	t.Helper()
	inOrder := func(s *tally.Split) []tally.Stratum {
		return slices.SortedFunc(slices.Values(s.Strata), func(x, y tally.Stratum) int { return slices.Compare(x.Groups, y.Groups) })
	}
	if !reflect.DeepEqual(inOrder(a), inOrder(b)) {
		t.Fatalf("%s: strata\n%v, want\n%v", way, inOrder(a), inOrder(b))
	}
	weigh := func(s tally.Stratum) float64 { // eighths are added up without error
		return float64(len(fmt.Sprint(s.Groups))) / 8
	}
	sameSurvey(t, way, a.Survey(weigh, nil), b.Survey(weigh, nil), forms)
	for _, stratum := range a.Strata {
		of := func(s tally.Stratum) bool { return slices.Equal(s.Groups, stratum.Groups) }
		sameSurvey(t, fmt.Sprint(way, stratum), a.Survey(nil, of), b.Survey(nil, of), forms)
	}
}

func sameSurvey(t *testing.T, way string, a, b *tally.Survey, forms []*surveys.Form) {
	t.Helper()
	if a.N != b.N || len(a.Communes) != len(b.Communes) {
		t.Fatalf("%s: %d people in %d communes, want %d in %d", way, a.N, len(a.Communes), b.N, len(b.Communes))
	}
	byCode := func(x, y tally.Code) int { return cmp.Compare(x.Code, y.Code) }
	slices.SortFunc(a.Communes, byCode)
	slices.SortFunc(b.Communes, byCode)
	if !slices.Equal(a.Communes, b.Communes) {
		t.Errorf("%s: communes %v, want %v", way, a.Communes, b.Communes)
	}
	for _, form := range forms {
		for _, q := range slices.Concat(form.Questions, form.Repeats(), surveys.Circumstances) {
			got, want := a.Question(q), b.Question(q)
			slices.SortFunc(got.Codes, byCode)
			slices.SortFunc(want.Codes, byCode)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s (%s)\n got %v\nwant %v", way, q.Name, q.Kind, got, want)
			}
			if got, want := a.Before(q), b.Before(q); got != want {
				t.Errorf("%s: %s was answered by %v before, want %v", way, q.Name, got, want)
			}
		}
	}
	if !slices.Equal(a.Days, b.Days) {
		t.Errorf("%s: days %v, want %v", way, a.Days, b.Days)
	}
}

func first(form *surveys.Form, kind surveys.Kind, after string) *surveys.Question {
	for _, q := range form.Questions {
		if q.Kind == kind && q.Name > after {
			return q
		}
	}
	return nil
}

func TestTheServerCountsWhatTheTableCounts(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("random questionnaire ", seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 8))
			q := storetest.RandomQuestionnaire(rng, 8)
			form, problems := surveys.Compile(q)
			if form == nil {
				t.Fatal(problems)
			}
			var responses []surveys.Response
			for range 60 {
				responses = append(responses, storetest.RandomResponse(rng, form, "h", 1))
			}
			s := filled(t, opened(t), []surveys.Questionnaire{*q}, responses)
			form = s.form(t, 1)
			commune, _ := form.Question("commune")
			zones := tally.By{Question: commune, Groups: []tally.Group{{Code: "ici", Codes: []string{"94001", "94003"}}}}
			ways := [][]tally.By{{zones}}
			if one := first(form, surveys.SelectOne, "q"); one != nil {
				ways = append(ways, []tally.By{{Question: one}, zones})
			}
			if several := first(form, surveys.SelectMultiple, ""); several != nil {
				ways = append(ways, []tally.By{{Question: several, Groups: []tally.Group{{Code: "un", Codes: []string{"c1", "c2", "a"}}, {Code: "deux", Codes: []string{"c3", "c4", "nsp"}}}}})
			}
			same(t, s.stored(t), s.table(t), []*surveys.Form{form}, ways...)
		})
	}
}

// changing are two versions that ask everything a count may trip over.
func changing() []surveys.Questionnaire {
	list := func(name string, codes ...string) surveys.List {
		l := surveys.List{Name: name}
		for _, c := range codes {
			l.Choices = append(l.Choices, surveys.Choice{Name: c})
		}
		return l
	}
	ask := func(kind surveys.Kind, name, list, relevant string) surveys.Item {
		return surveys.Item{Kind: kind, Name: name, List: list, Relevant: relevant}
	}
	home := ask(surveys.Repeat, "foyer", "", "")
	home.Items = []surveys.Item{ask(surveys.Integer, "ans", "", "")}
	far := ask(surveys.Repeat, "trajets", "", "${sexe} = 'f'")
	far.Items = []surveys.Item{ask(surveys.TextKind, "vers", "", "")}
	age := ask(surveys.Calculate, "age", "", "")
	age.Calculation = "2026 - ${annee}"
	commune := ask(surveys.SelectOne, "commune", "communes", "")
	commune.Profile = surveys.ProfileCommune
	one := []surveys.Item{
		commune, ask(surveys.Integer, "annee", "", ""), age,
		ask(surveys.SelectOne, "sexe", "sexes", ""),
		ask(surveys.SelectMultiple, "freins", "freins", ""),
		ask(surveys.TextKind, "lequel", "", "selected(${freins}, 'autre')"),
		ask(surveys.SelectMultiple, "retraite", "freins", "${age} >= 60"),
		ask(surveys.Rank, "ordre", "freins", "${retraite} != ''"),
		ask(surveys.Decimal, "note", "", "today() >= date('2026-11-10')"),
		ask(surveys.SelectOne, "mot", "sexes", "${lequel} = 'bus'"),
		home, far,
		ask(surveys.SelectMultiple, "enfants", "freins", "min(${ans}) < 18"),
		ask(surveys.SelectOne, "change", "sexes", ""),
		ask(surveys.TextKind, "devient", "", ""),
	}
	two := slices.Clone(one)
	two[len(two)-2].List = "freins"
	two[len(two)-1].Kind, two[len(two)-1].List = surveys.SelectMultiple, "freins"
	two = append(two, ask(surveys.SelectOne, "neuf", "sexes", "${change} = 'loin' or ${sexe} = 'f'"))
	return []surveys.Questionnaire{
		{Items: one, Lists: []surveys.List{list("communes", "1", "2", "3"), list("sexes", "f", "h"), list("freins", "cher", "loin", "autre", "nsp")}},
		{Items: two, Lists: []surveys.List{list("communes", "3", "2", "1", "4"), list("sexes", "h", "f"), list("freins", "cher", "loin", "autre", "nsp")}},
	}
}

// awkward answers the versions of changing at random, with codes that no
// version knows among the others.
func awkward(t *testing.T, versions []surveys.Questionnaire, n int) []surveys.Response {
	t.Helper()
	rng := rand.New(rand.NewPCG(4, 4))
	var forms []*surveys.Form
	for i := range versions {
		form, problems := surveys.Compile(&versions[i])
		if form == nil {
			t.Fatal(problems)
		}
		forms = append(forms, form)
	}
	var responses []surveys.Response
	for i := range n {
		version := rng.IntN(len(forms))
		answers := surveys.Answers{}
		for _, q := range forms[version].Questions {
			if rng.IntN(5) == 0 || q.Name == "ans" || q.Name == "vers" {
				continue
			}
			codes := []string{"inconnu"}
			for _, c := range q.Choices {
				codes = append(codes, c.Name)
			}
			rng.Shuffle(len(codes), func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
			switch q.Kind {
			case surveys.SelectOne:
				answers[q.Name] = surveys.TextValue(codes[0])
			case surveys.SelectMultiple:
				answers[q.Name] = surveys.CodesValue(codes[:1+rng.IntN(3)]...)
			case surveys.Rank:
				answers[q.Name] = surveys.CodesValue(codes...)
			case surveys.Integer:
				answers[q.Name] = surveys.NumberValue(float64(1950 + 10*rng.IntN(6)))
			case surveys.Decimal:
				answers[q.Name] = surveys.NumberValue(float64(rng.IntN(4)) / 2)
			case surveys.TextKind:
				answers[q.Name] = surveys.TextValue([]string{"bus", "train", fmt.Sprint("autre ", i)}[rng.IntN(3)])
			}
		}
		var home, far []surveys.Answers
		for range rng.IntN(4) {
			home = append(home, surveys.Answers{"ans": surveys.NumberValue(float64(rng.IntN(40)))})
			far = append(far, surveys.Answers{"vers": surveys.TextValue(fmt.Sprint("lieu ", i))}, surveys.Answers{})
		}
		answers["foyer"], answers["trajets"] = surveys.RowsValue(home...), surveys.RowsValue(far...)
		day := time.Date(2026, 11, 5+rng.IntN(10), 12, 0, 0, 0, time.UTC)
		r := surveys.Response{
			ID: surveys.NewResponseID(day), Diagnostic: "d", Survey: "h", Version: version + 1, Day: surveys.DayOf(day),
			Mode: []surveys.Mode{surveys.Web, surveys.Paper}[rng.IntN(2)], Language: []string{"fr", "tr"}[rng.IntN(2)],
			Relay: []string{"", "mairie"}[rng.IntN(2)], Seconds: 60 * rng.IntN(20),
			Answers: forms[version].Keep(answers, day),
		}
		r.Receipt = sha256.Sum256([]byte(r.ID))
		r.Seal()
		responses = append(responses, r)
	}
	return responses
}

func TestTheServerCountsVersionsConditionsAndUnknownCodes(t *testing.T) {
	versions := changing()
	responses := awkward(t, versions, 120)
	inMongo := filled(t, opened(t), versions, responses)
	bolt, err := boltstore.Open(filepath.Join(t.TempDir(), "diapason.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bolt.Close() })
	inBolt := filled(t, bolt, versions, responses)
	forms := []*surveys.Form{inMongo.form(t, 1), inMongo.form(t, 2)}
	question := func(name string) *surveys.Question {
		q, ok := forms[0].Question(name)
		if !ok {
			t.Fatalf("no question %s", name)
		}
		return q
	}
	ways := [][]tally.By{
		{{Question: question("sexe")}},
		{{Question: question("commune"), Groups: []tally.Group{{Code: "est", Codes: []string{"2", "3", "4"}}}}, {Question: question("sexe")}},
		{{Question: question("freins"), Groups: []tally.Group{{Code: "oui", Codes: []string{"cher", "inconnu"}}, {Code: "non", Codes: []string{"loin"}}}}},
		{{Question: question("change")}, {Question: question("mot")}},
	}
	table := inMongo.table(t)
	t.Run("the embedded store gives the same table", func(t *testing.T) {
		same(t, inBolt.table(t), table, forms, ways...)
	})
	t.Run("the server gives the same counts", func(t *testing.T) {
		same(t, inMongo.stored(t), table, forms, ways...)
	})
	t.Run("a code that no version knows is counted", func(t *testing.T) {
		asked := []*surveys.Question{question("sexe"), question("freins"), question("ordre")}
		split, err := inMongo.stored(t).Cross("h", asked)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range asked {
			if split.Survey(nil, nil).Question(q).Count("inconnu").N == 0 {
				t.Errorf("%s: nobody chose it", q.Name)
			}
		}
	})
	t.Run("a withdrawal stops what was begun before", func(t *testing.T) {
		counts := inMongo.stored(t)
		if err := inMongo.WithdrawResponse(t.Context(), "d", responses[1].Receipt); err != nil {
			t.Fatal(err)
		}
		if _, err := counts.Split("h"); !errors.Is(err, tally.ErrMoved) {
			t.Errorf("err = %v", err)
		}
		split, err := inMongo.stored(t).Cross("h", []*surveys.Question{question("sexe")})
		if err != nil || split.Survey(nil, nil).N != 113 {
			t.Errorf("%d people of 120, error %v", split.Survey(nil, nil).N, err)
		}
	})
}

func TestTheServerCountsNamesWithDots(t *testing.T) {
	if os.Getenv(uriVariable) == "" {
		t.Skip("FerretDB refuses such names, MongoDB does not: set " + uriVariable + " to a MongoDB to run this")
	}
	versions := []surveys.Questionnaire{{
		Items: []surveys.Item{{Kind: surveys.SelectOne, Name: "soins.delai", List: "l"}, {Kind: surveys.SelectMultiple, Name: "soins.lieu", List: "l"}, {Kind: surveys.TextKind, Name: "soins.mot"}},
		Lists: []surveys.List{{Name: "l", Choices: []surveys.Choice{{Name: "court"}, {Name: "long"}}}},
	}}
	var responses []surveys.Response
	for i := range 30 {
		r := surveys.Response{ID: surveys.NewResponseID(time.Now()), Diagnostic: "d", Survey: "h", Version: 1, Day: "2026-11-02", Answers: surveys.Answers{
			"soins.delai": surveys.TextValue([]string{"court", "long"}[i%2]), "soins.lieu": surveys.CodesValue("court", "long"), "soins.mot": surveys.TextValue("mot"),
		}}
		r.Receipt = sha256.Sum256([]byte(r.ID))
		r.Seal()
		responses = append(responses, r)
	}
	s := filled(t, opened(t), versions, responses)
	form := s.form(t, 1)
	same(t, s.stored(t), s.table(t), []*surveys.Form{form}, []tally.By{{Question: form.Questions[0]}})
}
