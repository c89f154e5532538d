package report

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/weights"
)

// weighed is a collection among residents only, with a census beside it: the
// young and the men answer less, and the young find more.
func weighed(t testing.TB, n int) Input {
	in, _ := weighedFrom(t, n)
	return in
}

func weighedFrom(t testing.TB, n int) (Input, *collected) {
	t.Helper()
	profile := func(item surveys.Item, p string) surveys.Item {
		item.Profile = p
		return item
	}
	form, problems := surveys.Compile(&surveys.Questionnaire{
		DefaultLanguage: "Français (fr)", Languages: []string{"Français (fr)"},
		Items: []surveys.Item{
			profile(ask(surveys.SelectOne, "commune", "communes", "Où habitez-vous ?"), surveys.ProfileCommune),
			profile(ask(surveys.SelectOne, "age", "age", "Quel âge avez-vous ?"), surveys.ProfileAge),
			profile(ask(surveys.SelectOne, "sexe", "sexe", "Vous êtes"), surveys.ProfileSex),
			ask(surveys.SelectOne, "trouve", "oui_non", "Avez-vous trouvé un médecin ?"),
		},
		Lists: append(sampleLists,
			choices("age", "15_17", "15 à 17 ans", "18_29", "18 à 29 ans", "30_44", "30 à 44 ans", "45_59", "45 à 59 ans", "60_74", "60 à 74 ans", "75plus", "75 ans ou plus", "npr", "Je préfère ne pas répondre"),
			choices("sexe", "femme", "Une femme", "homme", "Un homme", "autre", "Autre")),
	})
	if form == nil {
		t.Fatal(problems)
	}
	rng := rand.New(rand.NewPCG(uint64(n), 4))
	c := &collected{forms: map[string]*surveys.Form{"h": form}}
	pick := func(codes []string, shares ...float64) string {
		at := rng.Float64()
		for i, share := range shares {
			if at -= share; at < 0 {
				return codes[i]
			}
		}
		return codes[len(codes)-1]
	}
	for range n {
		age := pick([]string{"15_17", "18_29", "30_44", "45_59", "60_74", "75plus", "npr"}, .03, .08, .22, .25, .26, .14)
		found := .55
		if age == "15_17" || age == "18_29" {
			found = .9
		}
		c.answer(t, "h", "2026-11-02", surveys.Answers{
			"commune": surveys.TextValue(pick([]string{"1", "2", "3"}, .6, .3)),
			"age":     surveys.TextValue(age),
			"sexe":    surveys.TextValue(pick([]string{"femme", "homme", "autre"}, .6, .38)),
			"trouve":  surveys.TextValue(pick([]string{"oui", "non"}, found)),
		})
	}
	count := func(commune string, times float64) surveys.CensusCount {
		bands := [surveys.CensusBands]float64{800 * times, 900 * times, 1000 * times, 1000 * times, 800 * times, 500 * times}
		return surveys.CensusCount{Commune: commune, Men: bands, Women: bands}
	}
	return Input{
		Diagnostic: surveys.Diagnostic{ID: "pays", Territory: surveys.Territory{
			Communes: []surveys.Commune{{Code: "1", Population: 5000}, {Code: "2", Population: 5000}, {Code: "3", Population: 2500}},
			Sectors:  []surveys.Sector{{ID: "nord", Name: "Nord", Communes: []string{"1"}}, {ID: "sud", Name: "Sud", Communes: []string{"2", "3"}}},
		}},
		Surveys: []surveys.Survey{{ID: "h", Audience: surveys.Habitants, Title: "Votre santé", Current: 1}},
		Forms:   map[string]*surveys.Form{"h": form}, Table: c.table(t), View: Work, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		Dossier: surveys.Dossier{Census: surveys.Census{Source: "Insee", Year: 2021, Counts: []surveys.CensusCount{count("1", 1), count("2", 1), count("3", .5)}}},
	}, c
}

func TestResidentsAreWeightedToTheCensus(t *testing.T) {
	r := build(t, weighed(t, 800), Work)
	chapter, ok := r.Chapter(ChapterRepresentation)
	if !ok || !strings.Contains(chapter.Lead, "redressées") {
		t.Fatalf("the chapter says %q", chapter.Lead)
	}
	t.Run("each margin is met after weighting", func(t *testing.T) {
		margins := 0
		for _, table := range chapter.Tables {
			if !strings.HasPrefix(table.ID, "marge.") {
				continue
			}
			margins++
			for i, row := range table.Rows {
				population, after := cellAt(table, i, populationShareKey), cellAt(table, i, "weighted")
				if math.Abs(population.Number-after.Number) > 0.01 {
					t.Errorf("%s, %s: %.3f of the population, %.3f after weighting", table.ID, row.Key, population.Number, after.Number)
				}
			}
		}
		if margins != 3 {
			t.Errorf("%d margins, want sector, age and sex", margins)
		}
	})
	t.Run("a share goes by weight, with the raw one beside", func(t *testing.T) {
		habitants, _ := r.Chapter("habitants")
		table := tableOf(t, habitants, "trouve")
		share, raw := cellAt(table, 0, shareKey).Number, cellAt(table, 0, "raw").Number
		n, base := cellAt(table, 0, nKey).Number, cellAt(table, 0, baseKey).Number
		if raw != n/base {
			t.Errorf("raw share %v, want %v of %v", raw, n, base)
		}
		if share <= raw+.01 { // the young, who found, weigh more
			t.Errorf("weighted share %.3f, raw %.3f", share, raw)
		}
	})
	t.Run("the interval is wider than without weights", func(t *testing.T) {
		habitants, _ := r.Chapter("habitants")
		table := tableOf(t, habitants, "trouve")
		low, high := weights.Wilson(cellAt(table, 0, shareKey).Number, cellAt(table, 0, baseKey).Number)
		if got := cellAt(table, 0, highKey).Number - cellAt(table, 0, lowKey).Number; got <= high-low {
			t.Errorf("width %.4f, want more than %.4f", got, high-low)
		}
	})
}

func TestWhoIsMissingIsSaidToTheTeamAlone(t *testing.T) {
	in := weighed(t, 800)
	in.Now = time.Date(2026, 11, 10, 0, 0, 0, 0, time.UTC)
	in.Diagnostic.Closes = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	chapter, _ := build(t, in, Work).Chapter(ChapterRepresentation)
	said := strings.Join(chapter.Paragraphs, "\n")
	if !strings.Contains(said, "il manque surtout des hommes de 15–29 ans") {
		t.Errorf("the young men are not named:\n%s", said)
	}
	if want := "environ 1" + narrow + "600 réponses"; !strings.Contains(said, want) { // 800 in two weeks, two weeks left
		t.Errorf("no forecast of %s:\n%s", want, said)
	}
	table := tableOf(t, chapter, "manque")
	if first := cellAt(table, 0, "need").Number; first < cellAt(table, 1, "need").Number || first < leastNeed {
		t.Errorf("the group that lacks most is not first: %v", table.Rows)
	}
	shared, _ := build(t, in, Restitution).Chapter(ChapterRepresentation)
	for _, table := range shared.Tables {
		if table.ID == "manque" {
			t.Error("small groups are named in the restitution")
		}
	}
}

func TestWhenResidentsAreNotWeighted(t *testing.T) {
	for _, c := range []struct {
		name string
		in   func() Input
		says string
	}{
		{"too few answers", func() Input { return weighed(t, 60) }, "il en faut au moins 100"},
		{"no census", func() Input {
			in := weighed(t, 300)
			in.Dossier = surveys.Dossier{}
			return in
		}, "aucun recensement"},
		{"nobody answered", func() Input { return weighed(t, 0) }, "pas encore de réponse"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := build(t, c.in(), Work)
			chapter, _ := r.Chapter(ChapterRepresentation)
			habitants, _ := r.Chapter("habitants")
			if !strings.Contains(chapter.Lead, c.says) {
				t.Errorf("the chapter says %q", chapter.Lead)
			}
			for _, table := range habitants.Tables {
				for _, column := range table.Columns {
					if column.Key == "raw" {
						t.Errorf("%s has a raw share beside a share that is raw", table.ID)
					}
				}
			}
		})
	}
	t.Run("a population that is negative is told, and nothing is weighted", func(t *testing.T) {
		in := weighed(t, 300)
		in.Dossier.Census.Counts[0].Men[1] = -40000
		r := build(t, in, Work)
		chapter, _ := r.Chapter(ChapterRepresentation)
		if !strings.Contains(chapter.Lead, "population") {
			t.Errorf("the chapter says %q", chapter.Lead)
		}
	})
}

// Sentences do not go through the ledger: what may be shared says no number of
// people in them.
func TestSentencesOfTheRestitutionTellNoExactNumber(t *testing.T) {
	for _, n := range []int{4, 37, 803} {
		r := build(t, weighed(t, n), Restitution)
		representation, _ := r.Chapter(ChapterRepresentation)
		method, _ := r.Chapter(ChapterMethod)
		said := strings.Join(append(append([]string{representation.Lead, method.Lead}, representation.Paragraphs...), method.Paragraphs...), " ")
		for _, word := range strings.FieldsFunc(said, func(r rune) bool { return r < '0' || r > '9' }) {
			if word == strconv.Itoa(n) && n != 4 { // "4 et 9 %" is said of no crowd
				t.Errorf("%d answers are told: %s", n, said)
			}
		}
		if strings.Contains(said, "atteint par") || strings.Contains(said, "il y a "+strconv.Itoa(n)) {
			t.Errorf("%d answers: %s", n, said)
		}
	}
}

func TestTheWeightedRestitutionIsProtectedToo(t *testing.T) {
	for _, n := range []int{120, 300, 800} {
		in := weighed(t, n)
		in.View = Restitution
		l := released(t, in)
		for g, group := range l.groups {
			if small(group.n) && !group.aside && l.unknown(g) && l.exposed(g) {
				t.Errorf("%d answers: %q can be found", n, group.who)
			}
		}
	}
}

// endless is a collection whose answers come again and again under other
// identifiers: as many as asked, in no memory of its own.
type endless struct {
	*collected
	n int
}

func (e endless) Responses(_ context.Context, _ string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	return func(yield func(surveys.Arrival, error) bool) {
		from, _ := strconv.Atoi(string(after))
		for i := from; i < e.n; i++ {
			a := e.arrivals[i%len(e.arrivals)]
			a.ID, a.Position = fmt.Sprintf("%08x-0000-7000-8000-%012x", i, i), surveys.Position(strconv.Itoa(i+1))
			if !yield(a, nil) {
				return
			}
		}
	}
}

// The whole report of a small questionnaire, weighted to the census on sex, age
// and sector, with every answer in memory.
func BenchmarkBuildWeighted(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			in, c := weighedFrom(b, 2000)
			source := endless{c, n}
			in.Table = tally.NewTable("pays")
			if err := in.Table.(*tally.Table).Follow(context.Background(), source, source); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				source.n++ // what was counted no longer serves
				if err := in.Table.(*tally.Table).Follow(context.Background(), source, source); err != nil {
					b.Fatal(err)
				}
				if _, err := Build(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestProfessionalsAreWeightedWhereTheirNumberIsKnown(t *testing.T) {
	in := sample(t, 450, 1) // 150 professionals
	in.View = Work
	members := func(n ...int) *surveys.Members {
		return &surveys.Members{Question: "x_acces_dentiste", Source: "Rpps", Groups: []surveys.MemberGroup{
			{Name: "À l’aise", Codes: []string{"tf", "pf"}, N: n[0]}, {Name: "En peine", Codes: []string{"pd", "td"}, N: n[1]}}}
	}
	for _, c := range []struct {
		name     string
		members  *surveys.Members
		want     string
		weighted bool
	}{
		{"known", members(900, 300), "Réponses redressées sur « profession »", true},
		{"not known", members(900, 0), "le nombre de personnes n’est pas connu pour « En peine »", false},
		{"fewer than answered", members(900, 3), "pour une population de 3", false},
		{"nobody counted", nil, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			in.Dossier.Members = c.members
			r := build(t, in, Work)
			profile := chapterOf(t, r, ChapterRepresentation)
			if said := profile.Lead + strings.Join(profile.Paragraphs, " "); !strings.Contains(strings.ReplaceAll(said, fixed, " "), c.want) {
				t.Errorf("the profile says %q, want %q", said, c.want)
			}
			table := tableOf(t, chapterOf(t, r, string(surveys.Professionnels)), "c_suite")
			if got := table.Columns[atShare].Title == "Part redressée"; got != c.weighted {
				t.Errorf("shares by weight: %v, want %v", got, c.weighted)
			}
		})
	}
}
