package report

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/tally"
)

type million struct {
	*collected
	n int
}

func (m million) Responses(_ context.Context, _ string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	return func(yield func(surveys.Arrival, error) bool) {
		if after != "" {
			a := m.arrivals[0]
			a.ID = fmt.Sprintf("again-%d", time.Now().UnixNano())
			a.Position = "x"
			yield(a, nil)
			return
		}
		id := []byte("019ab3f0-0000-7000-8000-000000000000")
		for i := range m.n {
			a := m.arrivals[i%len(m.arrivals)]
			x := i
			for k := 35; k > 28; k-- {
				id[k] = "0123456789abcdef"[x&15]
				x >>= 4
			}
			a.ID, a.Position = string(id), "x"
			if !yield(a, nil) {
				return
			}
		}
	}
}

func TestTmp(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	d, _ := library.DemoDiagnostic("creusot", now)
	c := &collected{forms: map[string]*surveys.Form{}}
	var ss []surveys.Survey
	for _, a := range surveys.Audiences() {
		q, _ := library.Questionnaire(a)
		f, _ := surveys.Compile(surveys.WithCommunes(*q, d.Territory))
		id := string(a)
		c.forms[id] = f
		ss = append(ss, surveys.Survey{ID: id, Audience: a, Title: a.Label(), Current: 1})
		for _, x := range library.DemoAnswers(f, a, d, 1, 3000) {
			c.answer(t, id, surveys.DayOf(x.At), x.Answers)
		}
		fmt.Println(id, len(f.Questions))
	}
	m := million{c, 1_000_000}
	var b0, b1 runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&b0)
	table := tally.NewTable("creusot")
	at := time.Now()
	if err := table.Follow(context.Background(), m, m); err != nil {
		t.Fatal(err)
	}
	fmt.Println("load", time.Since(at))
	runtime.GC()
	runtime.ReadMemStats(&b1)
	fmt.Println("bytes", (b1.HeapAlloc-b0.HeapAlloc)/1_000_000)
	in := Input{Diagnostic: d, Surveys: ss, Forms: c.forms, Table: table, Now: now}
	for range 4 {
		table.Follow(context.Background(), m, m)
		at = time.Now()
		table.Counts()
		fmt.Println("count", time.Since(at))
		at = time.Now()
		build(t, in, Restitution)
		fmt.Println("build", time.Since(at))
	}
}
