package handlers

import (
	"bytes"
	"context"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/library"
	"diapason/surveys/verbatims"
)

// benchAnswers are how many people answered before the pages are opened: twenty
// thousand residents, and the others in the demonstration's proportions.
var benchAnswers = map[surveys.Audience]int{surveys.Habitants: 20_000, surveys.Professionnels: 600, surveys.Associations: 200}

// BenchmarkPages opens the pages of a coordinator, as HTTP does without the
// network: session, report, disclosure control, drawing, compression. "new" are
// those opened just after an answer arrived, when everything is counted again.
func BenchmarkPages(b *testing.B) {
	store, err := boltstore.Open(filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	now := time.Now()
	sector, more := benchDiagnostic(b, store, now)
	server, err := New(Config{Store: store})
	if err != nil {
		b.Fatal(err)
	}
	cookies := benchSignin(b, server, store)
	open := func(b *testing.B, address string) {
		ctx := benchRequest(fasthttp.MethodGet, address, cookies)
		if server.App().Handler()(ctx); ctx.Response.StatusCode() != fasthttp.StatusOK {
			b.Fatalf("%s: %d %s", address, ctx.Response.StatusCode(), ctx.Response.Body())
		}
	}
	for _, path := range []string{"", "/resultats/habitants", "/regards-croises", "/publics-fragiles", "/themes", "/themes/T01", "/verbatims", "/paroles"} {
		for _, query := range []string{"", "?vue=restitution"} {
			b.Run("d"+path+query, func(b *testing.B) {
				for b.Loop() {
					open(b, "/d/bench"+path+query)
				}
			})
		}
	}
	for _, query := range []string{"", "?vue=restitution", "?secteur=" + sector} {
		b.Run("new/resultats/habitants"+query, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				more()
				b.StartTimer()
				open(b, "/d/bench/resultats/habitants"+query)
			}
		})
	}
}

// benchDiagnostic fills the store with the demonstration, larger. It returns one
// of its sectors, and what brings one more answer.
func benchDiagnostic(b *testing.B, store surveys.Store, now time.Time) (sector string, more func()) {
	b.Helper()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	d, err := library.DemoDiagnostic("bench", now)
	must(err)
	must(store.AddDiagnostic(b.Context(), d))
	must(store.AddDossier(b.Context(), library.DemoDossier(d)))
	forms := surveys.NewForms(store)
	submit := func(survey surveys.Survey, a library.DemoAnswer) error {
		_, err := surveys.Submit(context.Background(), forms, a.Response(survey, pages.NoticeVersion), a.At)
		return err
	}
	for _, audience := range surveys.Audiences() {
		q, err := library.Questionnaire(audience)
		must(err)
		must(store.AddSurvey(b.Context(), surveys.Survey{ID: string(audience), Diagnostic: "bench", Audience: audience, State: surveys.Open}))
		_, problems, err := surveys.Publish(b.Context(), forms, now, surveys.Publication{Survey: string(audience), Questionnaire: *q})
		must(err)
		must(problems.Err())
		form, err := forms.Form(b.Context(), string(audience), 1)
		must(err)
		survey, err := store.Survey(b.Context(), string(audience))
		must(err)
		answers := library.DemoAnswers(form, audience, d, 1, benchAnswers[audience])
		var work sync.WaitGroup
		for at := range 64 {
			work.Go(func() {
				for i := at; i < len(answers); i += 64 {
					if err := submit(survey, answers[i]); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		work.Wait()
		if audience == surveys.Habitants {
			more = func() { must(submit(survey, answers[0])) }
		}
	}
	benchReviews(b, store, forms, d, now)
	return d.Territory.Sectors[0].ID, more
}

// benchReviews makes a team read 1,500 of the texts.
func benchReviews(b *testing.B, store surveys.Store, forms *surveys.Forms, d surveys.Diagnostic, now time.Time) {
	b.Helper()
	texts, err := verbatims.NewBooks(store, forms, 0).Texts(b.Context(), d)
	if err != nil {
		b.Fatal(err)
	}
	var work sync.WaitGroup
	for at := range 64 {
		work.Go(func() {
			for i := at; i < 1500; i += 64 {
				r, _ := library.DemoReview(surveys.NewReview(d.ID, texts[i].Response, texts[i].Question), texts[i].Masked, i%100, now)
				if err := store.AddReview(context.Background(), r); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	work.Wait()
	b.Logf("%d texts", len(texts))
}

func benchRequest(method, address, cookies string) *fasthttp.RequestCtx {
	ctx := &fasthttp.RequestCtx{}
	ctx.Request.SetRequestURI(address)
	ctx.Request.Header.SetMethod(method)
	ctx.Request.Header.SetHost("localhost")
	ctx.Request.Header.Set("Accept", "text/html")
	ctx.Request.Header.Set("Accept-Encoding", "br")
	if cookies != "" {
		ctx.Request.Header.Set("Cookie", cookies)
	}
	return ctx
}

var benchToken = regexp.MustCompile(`name="_csrf" value="([^"]+)"`)

// benchSignin opens a session as a coordinator does, and returns its cookies.
func benchSignin(b *testing.B, server *Server, store surveys.Store) string {
	b.Helper()
	hash, err := HashPassword("quatre mots bien à moi")
	if err != nil {
		b.Fatal(err)
	}
	err = store.AddAccount(b.Context(), surveys.Account{Login: "alice", Name: "Alice", Role: surveys.Coordinator, Diagnostics: []string{"bench"}, Password: hash})
	if err != nil {
		b.Fatal(err)
	}
	ask := benchRequest(fasthttp.MethodGet, "/connexion", "")
	ask.Request.Header.Del("Accept-Encoding")
	server.App().Handler()(ask)
	found := benchToken.FindSubmatch(ask.Response.Body())
	if found == nil {
		b.Fatalf("no form to sign in: %s", ask.Response.Body())
	}
	enter := benchRequest(fasthttp.MethodPost, "/connexion", cookiesOf(ask))
	enter.Request.Header.SetContentType("application/x-www-form-urlencoded")
	enter.Request.SetBodyString(url.Values{"login": {"alice"}, "password": {"quatre mots bien à moi"}, "_csrf": {string(found[1])}}.Encode())
	if server.App().Handler()(enter); enter.Response.StatusCode() != fasthttp.StatusSeeOther {
		b.Fatalf("signing in answered %s", strconv.Itoa(enter.Response.StatusCode()))
	}
	return cookiesOf(enter)
}

func cookiesOf(ctx *fasthttp.RequestCtx) string {
	var all []string
	for _, value := range ctx.Response.Header.Cookies() {
		pair, _, _ := bytes.Cut(value, []byte(";"))
		all = append(all, string(pair))
	}
	return strings.Join(all, "; ")
}
