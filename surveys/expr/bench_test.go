package expr

import (
	"testing"
	"time"
)

const typicalRelevance = "selected(${a}, 'x') and ${age} >= 18"

// typicalScope looks an answer up by name, as a questionnaire does.
type typicalScope struct {
	Bare
	answers map[string]Value
}

func (s typicalScope) Value(name string) Value { return s.answers[name] }

func typicalAnswers() Scope {
	return typicalScope{answers: map[string]Value{"a": Choices([]string{"w", "x"}), "age": Number(34)}}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(typicalRelevance); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEval(b *testing.B) {
	e, s := mustParse(b, typicalRelevance), typicalAnswers()
	b.ReportAllocs()
	for b.Loop() {
		if !e.Eval(s).Bool() {
			b.Fatal("want true")
		}
	}
}

// Budget: 2 µs for both.
func BenchmarkParseAndEval(b *testing.B) {
	s := typicalAnswers()
	b.ReportAllocs()
	for b.Loop() {
		e, err := Parse(typicalRelevance)
		if err != nil || !e.Eval(s).Bool() {
			b.Fatal("want true")
		}
	}
}

func TestTypicalRelevancesDoNotAllocate(t *testing.T) {
	s := typicalAnswers().(typicalScope)
	s.answers["b"], s.answers["born"] = Text("u v x"), Date("1990-05-01", time.Time{})
	for _, source := range []string{typicalRelevance, "selected(${b}, 'x') or ${age} < 18", "not(${b} = 'x')",
		"if(${age} > 3, count-selected(${b}), 0) = 3", "${born} < '2000-01-01'", "regex(${b}, '[a-z ]+')", "int(${age} div 2) mod 3 = 2"} {
		e := mustParse(t, source)
		if n := testing.AllocsPerRun(100, func() { e.Eval(s) }); n > 0 {
			t.Errorf("%s: %v allocations", source, n)
		}
	}
}
