package tally

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"diapason/surveys"
)

const people = 100_000

// hundredThousand is a stream of answers to forty questions.
var hundredThousand = sync.OnceValue(func() *stream {
	rng := rand.New(rand.NewPCG(1, 1))
	form, _ := surveys.Compile(residents())
	s := &stream{forms: map[string]*surveys.Form{"h1": form}}
	sample := make([]surveys.Response, 2000)
	for i := range sample {
		sample[i] = randomResponse(rng, form, "h", 1)
	}
	b := new(testing.B)
	for i := range people {
		r := sample[i%len(sample)]
		r.ID = surveys.NewResponseID(time.Unix(int64(i)*86400, 0))
		s.add(b, r)
	}
	return s
})

func BenchmarkLoad(b *testing.B) {
	s := hundredThousand()
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		table := NewTable("d")
		follow(b, table, s)
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(table)
	}
	b.ReportMetric(float64(people)*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/people, "bytes/answer")
}

func BenchmarkCountEverything(b *testing.B) { benchmarkSplit(b, nil) }

// Weights by sector and two scales, as by age and sex.
func BenchmarkCountByStratum(b *testing.B) {
	benchmarkSplit(b, func(form *surveys.Form) []By {
		return []By{
			{questionOf(form, "q00"), []Group{{"nord", codes(10)}, {"sud", codes(40)}}},
			{questionOf(form, "q01"), nil}, {questionOf(form, "q02"), nil},
		}
	})
}

func benchmarkSplit(b *testing.B, of func(*surveys.Form) []By) {
	s := hundredThousand()
	table := NewTable("d")
	follow(b, table, s)
	form, _ := surveys.Compile(residents())
	var by []By
	if of != nil {
		by = of(form)
	}
	for b.Loop() {
		table.splits = nil // nothing counted before serves
		split, err := table.Split("h", by...)
		if err != nil {
			b.Fatal(err)
		}
		survey := split.Survey(func(Stratum) float64 { return 1.5 }, nil)
		for _, q := range form.Questions {
			survey.Question(q)
		}
	}
}

// many is a stream of as many answers as asked, the same sample again and again
// under other identifiers: it takes no memory of its own.
type many struct {
	sample *stream
	n      int
}

func (m many) Form(ctx context.Context, survey string, version int) (*surveys.Form, error) {
	return m.sample.Form(ctx, survey, version)
}

func (m many) Responses(_ context.Context, _ string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	return func(yield func(surveys.Arrival, error) bool) {
		from, _ := strconv.Atoi(string(after))
		for i := from; i < m.n; i++ {
			a := m.sample.entries[i%len(m.sample.entries)]
			a.ID = fmt.Sprintf("%08x-0000-7000-8000-%012x", i, i)
			a.Position = surveys.Position(strconv.Itoa(i + 1))
			if !yield(a, nil) {
				return
			}
		}
	}
}

// Loading and counting grow with the number of answers and with nothing else:
// from ten thousand, a large town, to ten million.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			source := many{hundredThousand(), n}
			form := source.sample.forms["h1"]
			by := []By{{questionOf(form, "q01"), nil}, {questionOf(form, "q02"), nil}}
			var loading, counting time.Duration
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				began := time.Now()
				table := NewTable("d")
				if err := table.Follow(context.Background(), source, source); err != nil {
					b.Fatal(err)
				}
				loaded := time.Now()
				split, err := table.Split("h", by...)
				if err != nil {
					b.Fatal(err)
				}
				survey := split.Survey(func(Stratum) float64 { return 1.5 }, nil)
				for _, q := range form.Questions {
					survey.Question(q)
				}
				loading, counting = loading+loaded.Sub(began), counting+time.Since(loaded)
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(table)
			}
			b.ReportMetric(loading.Seconds()/float64(b.N), "s/load")
			b.ReportMetric(counting.Seconds()*1000/float64(b.N), "ms/count")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "bytes/answer")
		})
	}
}

// residents is made like the residents' questionnaire: forty questions, most
// of them one choice out of a few, four asked under a condition.
func residents() *surveys.Questionnaire {
	q := &surveys.Questionnaire{Lists: []surveys.List{list("communes", codes(40)...), list("scale", codes(5)...), list("long", codes(14)...)}}
	add := func(n int, item surveys.Item) {
		for range n {
			item.Name = fmt.Sprintf("q%02d", len(q.Items))
			q.Items = append(q.Items, item)
		}
	}
	add(1, surveys.Item{Kind: surveys.SelectOne, List: "communes", Profile: surveys.ProfileCommune})
	add(23, surveys.Item{Kind: surveys.SelectOne, List: "scale"})
	add(2, surveys.Item{Kind: surveys.SelectOne, List: "scale", Relevant: "${q05} = 'c1' or ${q06} = 'c2'"})
	add(2, surveys.Item{Kind: surveys.SelectMultiple, List: "long", Relevant: "${q07} = 'c1'"})
	add(8, surveys.Item{Kind: surveys.SelectMultiple, List: "long"})
	add(1, surveys.Item{Kind: surveys.Rank, List: "long"})
	add(2, surveys.Item{Kind: surveys.Range})
	add(1, surveys.Item{Kind: surveys.TextKind})
	return q
}
