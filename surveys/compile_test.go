package surveys_test

import (
	"fmt"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestCompileNamesEveryFaultAtOnce(t *testing.T) {
	_, problems := surveys.Compile(questionnaire(t, `
		text            | nom
		text            | nom
		select_one pays | pays
		integer         | age   | relevant=${aeg} > 3
		integer         | poids | constraint=. > (
		note            | a     | relevant=${b} = 'x'
		calculate       | b     | calculation=nosuch(1)`))
	got := codesOf(problems)
	for _, want := range []string{"nom name.twice", "pays list.missing", "age expression.fault", "poids expression.syntax", "b expression.fault"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q among %s", want, got)
		}
	}
	if !strings.Contains(problems.Error(), "age") {
		t.Errorf("the misspelt ${aeg} is not met with a guess: %v", problems)
	}
}

func TestCompileRefusesConditionsThatWaitForEachOther(t *testing.T) {
	for name, table := range map[string]string{
		"two questions": `
			text | a | relevant=${b} = 'x'
			text | b | relevant=${a} = 'x'`,
		"a question and its own section": `
			group | s | relevant=${a} = 'x'
			text | a
			end`,
		"a calculation of itself": `
			calculate | a | calculation=${a} + 1`,
		"a repeat that counts its own answers": `
			repeat | r | repeat_count=count(${x})
			text | x
			end`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, problems := surveys.Compile(questionnaire(t, table)); !strings.Contains(codesOf(problems), "expression.cycle") {
				t.Errorf("got %q", codesOf(problems))
			}
		})
	}
}

func TestACycleIsToldAllTheWayRound(t *testing.T) {
	_, problems := surveys.Compile(questionnaire(t, `
		text      | debut
		calculate | a | calculation=${c} + 1
		text      | b | relevant=${a} = 'x'
		integer   | c | relevant=${b} = 'x'`))
	const want = "« a » dépend de « c », qui dépend de « b », qui dépend de « a » : retirez l’une de ces conditions."
	if len(problems) != 1 || problems[0].Message != want || problems[0].Place.Column != "calculation" {
		t.Errorf("got %v", problems)
	}
}

func TestWhatWaitsForNobodyIsNoCycle(t *testing.T) {
	form(t, `
		integer   | age     | constraint=. > 0 and ${age} < 120 | default=${suite} + 1
		calculate | compte  | calculation=${compte} + 1 | trigger=${age}
		text      | suite   | relevant=${age} > 0
		calculate | passage | calculation=once(random())`)
}

func TestDeciders(t *testing.T) {
	f := form(t, `
		text         | dep
		integer      | n
		date         | ne
		group        | g | relevant=${dep} != ''
		select_one l | ville | filter=dep = ${dep}
		end
		repeat       | r | repeat_count=${n}
		text         | prenom | relevant=../../n > 1
		end
		select_one ${prenom} | choisi
		calculate    | age | calculation=today() - ${ne}`, surveys.List{Name: "l", Choices: []surveys.Choice{
		{Name: "dole", Extra: map[string]string{"dep": "39"}}}})
	for name, want := range map[string]string{
		"dep": "", "ville": "dep", "r": "n prenom", "prenom": "n r", "choisi": "prenom", "age": "ne clock", "personne": "",
	} {
		names, clock := f.Deciders(name)
		if clock {
			names = append(names, "clock")
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s is decided by %q, want %q", name, got, want)
		}
	}
}

func TestNamesInTextsAreQuestions(t *testing.T) {
	l := list("l", "a")
	l.Choices[0].Row, l.Choices[0].Label = 3, surveys.Text{surveys.NoLanguage: "Comme ${prenm}"}
	q := questionnaire(t, `
		text         | prenom
		select_one l | choix  | label=Bonjour ${prenom}, ${personne}`, l)
	q.Items[1].Row = 7
	_, problems := surveys.Compile(q)
	const want = "feuille « survey », ligne 7, colonne « label », question « choix » : ${personne} ne désigne aucune question : vérifiez le nom dans la colonne name.\n" +
		"feuille « choices », ligne 3, colonne « label » : ${prenm} ne désigne aucune question. Vouliez-vous dire ${prenom} ?"
	if problems.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", problems, want)
	}
}

func TestComparisonsThatCannotBeTrueAreWarned(t *testing.T) {
	f, problems := surveys.Compile(questionnaire(t, `
		select_multiple l | freins
		select_one l      | frein
		note              | a | relevant=${freins} = 'transport'
		note              | b | relevant=selected(${freins}, 'transports')
		note              | c | relevant=${frein} = 'transport'`, list("l", "transport", "argent")))
	if f == nil || len(problems) != 2 {
		t.Fatalf("got %v", problems)
	}
	for i, want := range []string{"selected(${freins}, 'transport'). (caractère 1", "'transport' ? (caractère 21"} {
		if !problems[i].Warning || !strings.Contains(problems[i].Message, want) {
			t.Errorf("got %v, want %q", problems[i], want)
		}
	}
}

func TestAWordThatIsNeitherYesNorNoIsANo(t *testing.T) {
	f, problems := surveys.Compile(questionnaire(t, "text | a | required=T"))
	if f == nil || codesOf(problems) != "a condition.word" || f.Check(nil, now) != nil {
		t.Errorf("got %v", problems)
	}
}

func TestAnExpressionTooDeepIsRefused(t *testing.T) {
	deep := strings.Repeat("(", 1000) + "1" + strings.Repeat(")", 1000)
	_, problems := surveys.Compile(questionnaire(t, "text | a | relevant="+deep))
	if len(problems) != 1 || !strings.Contains(problems[0].Message, "trop imbriquée") {
		t.Errorf("got %v", problems)
	}
}

// BenchmarkCompileFiveThousandItems: each depends on the one before, so that
// the way round is as deep as the form is long.
func BenchmarkCompileFiveThousandItems(b *testing.B) {
	var table strings.Builder
	table.WriteString("integer | q0\n")
	for i := 1; i < 5000; i++ {
		deep := strings.Repeat("(", 99) + fmt.Sprintf("${q%d} > 1", i-1) + strings.Repeat(")", 99)
		fmt.Fprintf(&table, "integer | q%d | relevant=%s | constraint=. > ${q%d}\n", i, deep, i-1)
	}
	q := questionnaire(&testing.T{}, table.String())
	for b.Loop() {
		if f, problems := surveys.Compile(q); f == nil {
			b.Fatal(problems)
		}
	}
}

func TestAConditionThatOnlyFollowsAnEndIsForEverybodyLeft(t *testing.T) {
	f := form(t, `
		select_one communes | commune
		note                | fin     | relevant=${commune} = 'ailleurs' | profile=end
		group               | suite   | relevant=${commune} != 'ailleurs'
		text                | a
		text                | b       | relevant=${a} = 'x'
		end
		text                | c       | relevant=${commune} != 'ailleurs' and ${a} = 'x'`, list("communes", "71153", "ailleurs"))
	for name, want := range map[string]bool{"commune": false, "a": false, "b": true, "c": true} {
		if q, _ := f.Question(name); q.Conditional != want {
			t.Errorf("%s conditional: %v, want %v", name, q.Conditional, want)
		}
	}
}

func TestCompileReadsTheLimitOfAChoice(t *testing.T) {
	f := form(t, `
		select_multiple l | deux  | constraint=count-selected(.) <= 2
		rank l            | trois | constraint=count-selected(.) = 3
		select_multiple l | libre`, list("l", "a", "b", "c", "d"))
	for name, want := range map[string]struct {
		limit int
		exact bool
	}{"deux": {2, false}, "trois": {3, true}, "libre": {0, false}} {
		q, _ := f.Question(name)
		if q.Limit != want.limit || q.Exact != want.exact {
			t.Errorf("%s: limit %d exact %v, want %d %v", name, q.Limit, q.Exact, want.limit, want.exact)
		}
	}
}
