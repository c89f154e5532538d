package surveys_test

import (
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
	} {
		t.Run(name, func(t *testing.T) {
			if _, problems := surveys.Compile(questionnaire(t, table)); !strings.Contains(codesOf(problems), "expression.cycle") {
				t.Errorf("got %q", codesOf(problems))
			}
		})
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
