package report

import (
	"fmt"
	"math"
	"testing"
	"time"

	"diapason/surveys"
)

// fragileInput is residents of whom some have no doctor, some are alone and few
// live with an illness: by public, people and those of them who gave up care.
func fragileInput(t *testing.T, without, others, alone [2]int) Input {
	t.Helper()
	flag := func(l surveys.List, codes ...string) surveys.List {
		for i := range l.Choices {
			for _, code := range codes {
				if l.Choices[i].Name == code {
					l.Choices[i].Extra = map[string]string{surveys.FlagColumn: "yes"}
				}
			}
		}
		return l
	}
	marked := func(item surveys.Item, profile string) surveys.Item {
		item.Profile = profile
		return item
	}
	form, problems := surveys.Compile(&surveys.Questionnaire{
		DefaultLanguage: "Français (fr)", Languages: []string{"Français (fr)"},
		Items: []surveys.Item{
			marked(ask(surveys.SelectOne, "mt", "mt", "Avez-vous un médecin ?"), surveys.ProfileVulnerable),
			marked(ask(surveys.SelectOne, "seul", "seul", "Vous sentez-vous seul ?"), surveys.ProfileVulnerable),
			marked(ask(surveys.SelectOne, "renonce", "renonce", "Avez-vous renoncé ?"), surveys.ProfileOutcome),
		},
		Lists: []surveys.List{
			flag(choices("mt", "oui", "Oui", "non", "Non", "nsp", "Je ne sais pas"), "non"),
			flag(choices("seul", "souvent", "Souvent", "jamais", "Jamais"), "souvent"),
			flag(choices("renonce", "plusieurs", "Plusieurs fois", "une", "Une fois", "non", "Non", "nsp", "Je ne sais pas"), "plusieurs", "une"),
		},
	})
	if form == nil {
		t.Fatal(problems)
	}
	c := &collected{forms: map[string]*surveys.Form{"h": form}}
	add := func(group [2]int, a surveys.Answers) {
		for i := range group[0] {
			answers := surveys.Answers{"renonce": surveys.TextValue([]string{"plusieurs", "une"}[i%2])}
			if i >= group[1] {
				answers["renonce"] = surveys.TextValue("non")
			}
			for name, v := range a {
				answers[name] = v
			}
			c.answer(t, "h", "2026-11-02", answers)
		}
	}
	add(without, surveys.Answers{"mt": surveys.TextValue("non"), "seul": surveys.TextValue("jamais")})
	add(others, surveys.Answers{"mt": surveys.TextValue("oui"), "seul": surveys.TextValue("jamais")})
	add(alone, surveys.Answers{"mt": surveys.TextValue("oui"), "seul": surveys.TextValue("souvent")})
	return Input{
		Diagnostic: surveys.Diagnostic{ID: "pays"}, View: Work, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		Surveys: []surveys.Survey{{ID: "h", Audience: surveys.Habitants, Title: "Votre santé", Current: 1}},
		Forms:   map[string]*surveys.Form{"h": form}, Table: c.table(t),
	}
}

func TestPublicsFragiles(t *testing.T) {
	in := fragileInput(t, [2]int{100, 60}, [2]int{280, 56}, [2]int{20, 4})
	chapter, _ := build(t, in, Work).Chapter(ChapterFragile)
	table := tableOf(t, chapter, "fragile.renonce")
	at := func(row int, column string) Cell { return cellAt(table, row, column) }

	t.Run("those without a doctor give up three times as often", func(t *testing.T) {
		if n, base := at(0, nKey).Number, at(0, baseKey).Number; n != 60 || base != 100 {
			t.Errorf("%v of %v", n, base)
		}
		if r := at(0, "ratio").Number; math.Abs(r-3) > 1e-9 {
			t.Errorf("ratio %v", r)
		}
		// exp(ln 3 ± 1.96·√(1/60 − 1/100 + 1/60 − 1/300))
		half := 1.959963984540054 * math.Sqrt(1.0/60-1.0/100+1.0/60-1.0/300)
		if low := at(0, "ratio.low").Number; math.Abs(low-3*math.Exp(-half)) > 1e-9 {
			t.Errorf("low %v", low)
		}
		if v := at(0, "verdict").Text; v != MoreOften {
			t.Errorf("verdict %q", v)
		}
	})
	t.Run("twenty people alone are too few to be compared", func(t *testing.T) {
		if v := at(1, "verdict").Text; v != TooSmall || at(1, "ratio").State == Shown {
			t.Errorf("verdict %q, ratio %+v", v, at(1, "ratio"))
		}
	})
	t.Run("a gap that chance explains is not called one", func(t *testing.T) {
		in := fragileInput(t, [2]int{60, 15}, [2]int{280, 56}, [2]int{0, 0})
		chapter, _ := build(t, in, Work).Chapter(ChapterFragile)
		if v := cellAt(tableOf(t, chapter, "fragile.renonce"), 0, "verdict").Text; v != Unproven {
			t.Errorf("verdict %q", v)
		}
	})
	t.Run("choices of one mark are one public under its name, and two marks are two", func(t *testing.T) {
		form := &surveys.Questionnaire{}
		list := choices("situation", "emploi", "En emploi", "chomage", "Au chômage", "radie", "Radié", "invalidite", "En invalidité", "npr", "Je préfère ne pas répondre")
		for code, mark := range map[int]string{1: "Sans emploi", 2: "Sans emploi", 3: "En invalidité"} {
			list.Choices[code].Extra = map[string]string{surveys.FlagColumn: mark}
		}
		flags := flagsOf(&surveys.Question{Item: &surveys.Item{Name: "situation"}, Choices: list.Choices}, form)
		if got := fmt.Sprint(flags); got != "[{Sans emploi Sans emploi [chomage radie] [emploi invalidite]} {En invalidité En invalidité [invalidite] [emploi chomage radie]}]" {
			t.Error(got)
		}
	})
	t.Run("a diagnostic without such questions says so", func(t *testing.T) {
		chapter, _ := build(t, sample(t, 50, 1), Work).Chapter(ChapterFragile)
		if len(chapter.Tables) != 0 || chapter.Lead == "" {
			t.Errorf("%+v", chapter)
		}
	})
}

func TestPublicsFragilesAreProtected(t *testing.T) {
	for _, groups := range [][3][2]int{{{100, 60}, {280, 56}, {20, 4}}, {{40, 38}, {60, 7}, {35, 3}}, {{31, 9}, {300, 12}, {12, 12}}} {
		in := fragileInput(t, groups[0], groups[1], groups[2])
		in.View = Restitution
		l := released(t, in)
		for g, group := range l.groups {
			if small(group.n) && !group.aside && l.unknown(g) && l.exposed(g) {
				t.Errorf("%v: %q counts %d people and can be found", groups, group.who, group.n)
			}
		}
	}
}
