package handlers

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/library"
)

// BenchmarkResponses takes residents' answers in as HTTP does, without the
// network: read, checked, on disk. 256 are on their way at once.
func BenchmarkResponses(b *testing.B) {
	store, err := boltstore.Open(filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	now := time.Now()
	answers := benchSurvey(b, store, now)
	server, err := New(Config{Store: store})
	if err != nil {
		b.Fatal(err)
	}
	handle := server.App().Handler()
	b.SetParallelism(128)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			var ctx fasthttp.RequestCtx
			ctx.Request.SetRequestURI("/r/h/reponses")
			ctx.Request.Header.SetMethod(fasthttp.MethodPost)
			ctx.Request.Header.SetContentType("application/json")
			ctx.Request.SetBody(fmt.Appendf(nil, `{"id":%q,"version":1,"language":"fr","mode":"web","consent":%q,"seconds":300,"answers":%s}`,
				surveys.NewResponseID(now), pages.NoticeVersion, answers[i%len(answers)]))
			if handle(&ctx); ctx.Response.StatusCode() != fasthttp.StatusCreated {
				b.Errorf("%d %s", ctx.Response.StatusCode(), ctx.Response.Body())
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "responses/s")
}

// benchSurvey opens the library's residents' survey under the ID "h" and
// returns invented answers to it.
func benchSurvey(b *testing.B, store surveys.Store, now time.Time) []json.RawMessage {
	b.Helper()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	d, err := library.DemoDiagnostic("bench", now)
	must(err)
	must(store.AddDiagnostic(b.Context(), d))
	must(store.AddSurvey(b.Context(), surveys.Survey{ID: "h", Diagnostic: "bench", Audience: surveys.Habitants, State: surveys.Open}))
	q, err := library.Questionnaire(surveys.Habitants)
	must(err)
	forms := surveys.NewForms(store)
	_, problems, err := surveys.Publish(b.Context(), forms, now, surveys.Publication{Survey: "h", Questionnaire: *q})
	must(err)
	must(problems.Err())
	form, err := forms.Form(b.Context(), "h", 1)
	must(err)
	var all []json.RawMessage
	for _, a := range library.DemoAnswers(form, surveys.Habitants, d, 1, 500) {
		data, err := json.Marshal(a.Answers)
		must(err)
		all = append(all, data)
	}
	return all
}
