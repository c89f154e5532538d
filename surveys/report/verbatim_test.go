package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/verbatims"
)

// spoken is a sample whose texts were read: all quotable, four in five coded
// with one or two of three themes and a code the team added.
func spoken(t testing.TB, n int, seed uint64) Input {
	t.Helper()
	in, c := collect(t, n, seed)
	in.Diagnostic.Frame.Themes = []surveys.Theme{{Code: "T01", Name: "Accès aux soins"}, {Code: "T07", Name: "Santé mentale"}, {Code: "T10", Name: "Cadre de vie"}}
	in.Dossier.Codes = []surveys.TextCode{{Code: "T01.1", Theme: "T01", Label: "Délais"}}
	rng := rand.New(rand.NewPCG(seed, 9))
	for i, a := range c.arrivals {
		r, err := a.Response()
		if err != nil {
			t.Fatal(err)
		}
		if r.Answers["x_action"].IsBlank() {
			continue
		}
		v := Verbatim{Survey: r.Survey, Question: "x_action", Commune: r.Answers["h_commune"].Text(), Quote: fmt.Sprintf("Parole %d", i)}
		if v.Coded = rng.IntN(5) > 0; v.Coded {
			for _, code := range []string{"T01", "T01.1", "T07", "T10"} {
				if rng.IntN(4) == 0 {
					v.Codes = append(v.Codes, code)
				}
			}
		}
		in.Verbatims = append(in.Verbatims, v)
	}
	return in
}

func paroles(t *testing.T, in Input, view View) *Chapter {
	t.Helper()
	c, ok := build(t, in, view).Chapter(ChapterVerbatims)
	if !ok {
		t.Fatal("the report has no such chapter")
	}
	return c
}

func quotesIn(c *Chapter) (lines []string) {
	for _, table := range c.Tables {
		if !strings.HasPrefix(table.ID, "citations.") {
			continue
		}
		for _, row := range table.Rows {
			lines = append(lines, row.Cells[2].Text+" | "+row.Cells[0].Text+" | "+row.Cells[1].Text)
		}
	}
	return lines
}

func TestParoles(t *testing.T) {
	t.Run("nothing that was not read is told", func(t *testing.T) {
		in := sample(t, 60, 1)
		in.Verbatims = []Verbatim{{Survey: "h", Question: "x_action"}}
		c := paroles(t, in, Work)
		if len(c.Tables) > 0 || !strings.HasPrefix(c.Lead, "Aucun texte n’a encore été relu") {
			t.Errorf("%+v", c)
		}
	})
	t.Run("subjects are counted, and a subject counts for its theme", func(t *testing.T) {
		in := sample(t, 60, 1)
		in.Diagnostic.Frame.Themes = []surveys.Theme{{Code: "T01", Name: "Accès aux soins"}}
		in.Dossier.Codes = []surveys.TextCode{{Code: "T01.1", Theme: "T01", Label: "Délais"}}
		for _, codes := range [][]string{{"T01.1"}, {"T01"}, {"T01", "T01.1"}, nil} {
			in.Verbatims = append(in.Verbatims, Verbatim{Survey: "h", Question: "x_action", Coded: true, Codes: codes})
		}
		for _, table := range paroles(t, in, Work).Tables {
			if table.ID != "sujets.x_action" {
				continue
			}
			var got []string
			for _, row := range table.Rows {
				got = append(got, fmt.Sprintf("%s %s %v", row.Key, row.Cells[0].Text, row.Cells[1].Number))
			}
			if want := "T01 Accès aux soins 3, T01.1 – Délais 2, codes Textes codés 4"; strings.Join(got, ", ") != want {
				t.Errorf("got %q, want %q", got, want)
			}
			return
		}
		t.Error("no table of subjects")
	})
	t.Run("at most twelve quotes a subject, with the audience", func(t *testing.T) {
		subjects := map[string]int{}
		for _, line := range quotesIn(paroles(t, spoken(t, 300, 1), Work)) {
			subject, rest, _ := strings.Cut(line, " | ")
			subjects[subject]++
			if !strings.Contains(rest, "| Habitants") && !strings.Contains(rest, "| Professionnels") && !strings.Contains(rest, "| Associations") {
				t.Error(line)
			}
		}
		for subject, n := range subjects {
			if n > mostQuotes {
				t.Errorf("%d quotes about %s", n, subject)
			}
		}
		if len(subjects) != 4 {
			t.Errorf("subjects %v", subjects)
		}
	})
}

func TestTheSameWordsAreQuotedOnce(t *testing.T) {
	in := spoken(t, 300, 1)
	for i := range in.Verbatims {
		in.Verbatims[i].Coded, in.Verbatims[i].Codes, in.Verbatims[i].Quote = true, []string{"T01"}, "Plus de dentistes"
	}
	lines := quotesIn(paroles(t, in, Restitution))
	want := []string{
		"Accès aux soins | Plus de dentistes | Associations", "Accès aux soins | Plus de dentistes | Habitants", "Accès aux soins | Plus de dentistes | Professionnels",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("quoted:\n%s", strings.Join(lines, "\n"))
	}
}

func TestQuotesStayAboveTheFloor(t *testing.T) {
	for _, view := range []View{Restitution, Work} {
		t.Run(string(view)+": nobody is quoted of an audience of ten", func(t *testing.T) {
			for _, line := range quotesIn(paroles(t, spoken(t, 60, 2), view)) { // six associations
				if strings.Contains(line, "Associations") {
					t.Error(line)
				}
			}
		})
		t.Run(string(view)+": the sector is named from thirty texts", func(t *testing.T) {
			in := spoken(t, 300, 1)
			texts := map[string]int{}
			for _, v := range in.Verbatims {
				if v.Survey == "h" {
					texts[map[string]string{"1": "Aubeville", "2": "L’Est", "3": "L’Est"}[v.Commune]]++
				}
			}
			kept := in.Verbatims[:0]
			left := 29 // residents of Aubeville
			for _, v := range in.Verbatims {
				if v.Survey == "h" && v.Commune == "1" {
					if left == 0 {
						continue
					}
					left--
				}
				kept = append(kept, v)
			}
			in.Verbatims = kept
			lines := strings.Join(quotesIn(paroles(t, in, view)), "\n")
			if strings.Contains(lines, "Aubeville") {
				t.Error("a sector of 29 texts is named")
			}
			if texts["L’Est"] < 30 || !strings.Contains(lines, "Habitants, L’Est") {
				t.Errorf("the sector of %d texts is not named", texts["L’Est"])
			}
		})
	}
	t.Run("a sensitive question names no sector", func(t *testing.T) {
		in := spoken(t, 300, 1)
		for _, form := range in.Forms {
			q, _ := form.Question("x_action")
			q.Sensitive = true
		}
		for _, line := range quotesIn(paroles(t, in, Work)) {
			if strings.Contains(line, "L’Est") || strings.Contains(line, "Aubeville") {
				t.Error(line)
			}
		}
	})
	t.Run("the restitution names a subject only where eleven texts have it", func(t *testing.T) {
		in := spoken(t, 300, 1)
		rare := 0
		for i := range in.Verbatims {
			v := &in.Verbatims[i]
			if v.Codes = []string{"T01"}; v.Survey == "h" && rare < 10 {
				v.Coded, v.Codes = true, []string{"T07"}
				rare++
			}
		}
		shared, own := quotesIn(paroles(t, in, Restitution)), quotesIn(paroles(t, in, Work))
		if strings.Contains(strings.Join(shared, "\n"), "Santé mentale") || !strings.Contains(strings.Join(own, "\n"), "Santé mentale") {
			t.Errorf("shared:\n%s", strings.Join(shared, "\n"))
		}
	})
}

// Somebody who knows all that is told, exactly, finds no number of 1 to 10
// people among the subjects either.
func TestSubjectsAreProtectedLikeAnswers(t *testing.T) {
	attacked := 0
	for seed := range uint64(12) {
		in := spoken(t, []int{40, 90, 160, 300}[seed%4], seed)
		in.View = Restitution
		l := released(t, in)
		l.free = make([]freedom, len(l.groups)) // nothing is taken on trust
		for g, group := range l.groups {
			if !small(group.n) || group.aside || !l.unknown(g) || !strings.Contains(group.who, "coded") {
				continue
			}
			attacked++
			if l.exposed(g) {
				t.Errorf("seed %d: %q counts %d people, and can be found", seed, group.who, group.n)
			}
		}
	}
	if attacked < 50 {
		t.Errorf("only %d hidden counts were attacked", attacked)
	}
}

func TestVerbatimsOfLetsOutOnlyWhatWasAllowed(t *testing.T) {
	d := surveys.Diagnostic{ID: "d"}
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	texts := []verbatims.Text{{Response: "1", Survey: "h", Question: "x"}, {Response: "2", Survey: "h", Question: "x"}, {Response: "3", Survey: "h", Question: "x"}, {Response: "4", Survey: "h", Question: "x"}}
	review := func(response string, state surveys.ReviewState, text string) surveys.Review {
		r := surveys.NewReview("d", response, "x")
		r.State, r.Text = state, text
		return r
	}
	coded := review("3", surveys.Unread, "")
	coded.Code("zoe", []string{"T07"}, at.Add(time.Hour))
	coded.Code("ali", []string{"T01"}, at)
	all := VerbatimsOf(d, texts, []surveys.Review{
		review("1", surveys.Quotable, "Un bus, dit Mme Durand"), review("2", surveys.KeptBack, "Un secret"), coded, review("9", surveys.Quotable, "Celui de personne"),
	})
	if len(all) != 4 || all[0].Quote != "Un bus, dit Mme [nom]" || all[1].Quote != "" || all[3].Quote != "" {
		t.Errorf("%+v", all)
	}
	if !all[2].Coded || strings.Join(all[2].Codes, " ") != "T01" || all[0].Coded {
		t.Errorf("the first reader's codes count: %+v", all[2])
	}
}
