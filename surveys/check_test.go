package surveys_test

import (
	"fmt"
	"strings"
	"testing"

	"diapason/surveys"
)

const checkForm = `
	select_one on     | mt       | required=yes
	text              | trajet   | relevant=${mt} = 'oui' | required=yes
	select_multiple l | freins   | constraint=count-selected(.) <= 2
	rank l            | prio     | constraint=count-selected(.) = 3
	integer           | refus    | constraint=. >= 0 and . <= 200
	range             | note     | start=0 | end=10
	text              | action   | constraint=string-length(.) <= 500
	date              | depuis`

func TestCheck(t *testing.T) {
	f := form(t, checkForm, list("on", "oui", "non"), list("l", "a", "b", "c", "d"))
	ok := surveys.Answers{"mt": text("non")}
	for name, tt := range map[string]struct {
		answers surveys.Answers
		want    string // "question code" of each problem
	}{
		"good answers have no problem": {surveys.Answers{
			"mt": text("oui"), "trajet": text("20 min"), "freins": codes("a", "d"), "prio": codes("c", "a", "b"),
			"refus": number(3), "note": number(10), "action": text("Plus de médecins 🙂 شكرا"), "depuis": text("2024-02-29")}, ""},
		"what is required must be answered":                  {surveys.Answers{}, "mt answer.required"},
		"what is required is required on the path only":      {surveys.Answers{"mt": text("oui")}, "trajet answer.required"},
		"an answer off the path is not held against anybody": {surveys.Answers{"mt": text("non"), "trajet": codes("x")}, ""},
		"a question nobody asked":                            {with(ok, "taille", number(3)), "taille question.unknown"},
		"a choice that is not in the list":                   {surveys.Answers{"mt": text("peut-être")}, "mt choice.unknown"},
		"a list where one choice is expected":                {surveys.Answers{"mt": codes("non")}, "mt answer.type"},
		"a word where a number is expected":                  {with(ok, "refus", text("beaucoup")), "refus answer.type"},
		"too many choices":                                   {with(ok, "freins", codes("a", "b", "c")), "freins choice.max"},
		"the same choice twice in a ranking":                 {with(ok, "prio", codes("a", "b", "a")), "prio choice.twice"},
		"two of three priorities":                            {with(ok, "prio", codes("a", "b")), "prio choice.exact"},
		"half a person":                                      {with(ok, "refus", number(2.5)), "refus number.integer"},
		"a constraint that fails":                            {with(ok, "refus", number(201)), "refus answer.invalid"},
		"a mark above the scale":                             {with(ok, "note", number(11)), "note number.range"},
		"a text above the author's limit":                    {with(ok, "action", text(strings.Repeat("é", 501))), "action answer.invalid"},
		"a text above any limit":                             {with(ok, "action", text(strings.Repeat("é", 10_001))), "action text.max"},
		"a day that does not exist":                          {with(ok, "depuis", text("2023-02-29")), "depuis date.invalid"},
		"every problem is told at once": {surveys.Answers{"mt": text("?"), "prio": codes("z", "z"), "note": number(-1)},
			"mt choice.unknown, prio choice.unknown, prio choice.unknown, prio choice.twice, prio choice.exact, note number.range"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := codesOf(f.Check(tt.answers, now)); got != tt.want {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func with(a surveys.Answers, name string, v surveys.Value) surveys.Answers {
	b := surveys.Answers{name: v}
	for k, w := range a {
		b[k] = w
	}
	return b
}

func TestKeepDropsWhatIsOffThePath(t *testing.T) {
	f := form(t, checkForm, list("on", "oui", "non"), list("l", "a", "b", "c", "d"))
	kept := f.Keep(surveys.Answers{"mt": text("non"), "trajet": text("20 min"), "note": number(4)}, now)
	if want := (surveys.Answers{"mt": text("non"), "note": number(4)}); !kept.Equal(want) {
		t.Errorf("kept %v, want %v", kept, want)
	}
}

func BenchmarkCheckAFortyQuestionResponse(b *testing.B) {
	var table strings.Builder
	answers := surveys.Answers{}
	for i := range 40 {
		name := "q" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		table.WriteString("select_one on | " + name)
		if i%5 == 4 {
			table.WriteString(" | relevant=${qaa} = 'oui'")
		}
		table.WriteString("\n")
		answers[name] = text("oui")
	}
	f, problems := surveys.Compile(questionnaire(&testing.T{}, table.String(), list("on", "oui", "non")))
	if f == nil {
		b.Fatal(problems)
	}
	for b.Loop() {
		if f.Check(answers, now) != nil {
			b.Fatal("problems")
		}
	}
}

// BenchmarkFiveHundredQuestions follows and checks a long form: 300 of its
// questions have a condition, 50 a constraint, and 50 are calculations.
func BenchmarkFiveHundredQuestions(b *testing.B) {
	var table strings.Builder
	answers := surveys.Answers{}
	for i := range 500 {
		switch {
		case i%10 == 9:
			fmt.Fprintf(&table, "calculate | q%d | calculation=${q%d} + ${q%d}\n", i, i-1, i-2)
			continue
		case i%10 == 8:
			fmt.Fprintf(&table, "integer | q%d | constraint=. >= 0 and . <= 120\n", i)
			answers[fmt.Sprint("q", i)] = number(float64(i % 100))
			continue
		case i%10 >= 2:
			fmt.Fprintf(&table, "select_one on | q%d | relevant=selected(${q%d}, 'oui') and ${q%d} != 'non'\n", i, i-i%10, i-i%10+1)
		default:
			fmt.Fprintf(&table, "select_one on | q%d | required=yes\n", i)
		}
		answers[fmt.Sprint("q", i)] = text("oui")
	}
	f, problems := surveys.Compile(questionnaire(&testing.T{}, table.String(), list("on", "oui", "non")))
	if f == nil {
		b.Fatal(problems)
	}
	for b.Loop() {
		if problems := f.Check(answers, now); problems != nil {
			b.Fatal(problems)
		}
	}
}
