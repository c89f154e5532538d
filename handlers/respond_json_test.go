package handlers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
)

const (
	reponses = "/r/ville/reponses"
	// someID is dated of 22 November 2026 at midnight UTC.
	someID = "019aa8ca-6400-7123-8abc-0123456789ab"
)

// envelope is a response around answers, by a device that follows the rules.
func envelope(id, answers string) string {
	return fmt.Sprintf(`{"id":%q,"version":1,"language":"fr","mode":"web","consent":"2026-11","seconds":120,"answers":%s}`, id, answers)
}

func TestSendingAResponse(t *testing.T) {
	site := newRespondentSite(t)
	id := surveys.NewResponseID(respondentNow)

	t.Run("missing: a survey that does not exist", func(t *testing.T) {
		site.send("/r/nulle-part/reponses", envelope(id, `{}`)).is(t, 404)
	})
	t.Run("not allowed: a survey that is closed", func(t *testing.T) {
		a := site.send("/r/finie/reponses", envelope(id, `{"age":"65plus"}`)).is(t, 410)
		if a.Header.Get(receiptHeader) != id {
			t.Error("a device would not believe this answer: its receipt header is missing")
		}
	})
	t.Run("right: stored once, with a code of four words", func(t *testing.T) {
		a := site.send(reponses, envelope(id, `{"age":"65plus","freins":["cher","loin"],"enfants":2,"enfant":[{"surnom":"Zoé"}]}`)).is(t, 201)
		if a.Header.Get(receiptHeader) != id {
			t.Error("no receipt header")
		}
		if words := strings.Fields(a.decode(t).Withdrawal); len(words) != 4 {
			t.Errorf("code %q", words)
		}
		if a.Header.Get("Set-Cookie") != "" {
			t.Error("a respondent got a cookie")
		}
	})
	t.Run("the same again is the same", func(t *testing.T) {
		first := site.send(reponses, envelope(surveys.NewResponseID(respondentNow), `{"age":"65plus"}`))
		again := site.send(reponses, strings.Replace(envelope(id, `{"age":"65plus","freins":["cher","loin"],"enfants":2,"enfant":[{"surnom":"Zoé"}]}`), "120", "999", 1)).is(t, 200)
		if first.decode(t).Withdrawal == again.decode(t).Withdrawal || again.decode(t).Withdrawal == "" {
			t.Error("two responses share a code, or the second time has none")
		}
		if site.kept() != 2 {
			t.Errorf("%d responses kept", site.kept())
		}
	})
	t.Run("the same identifier with other content is a conflict", func(t *testing.T) {
		site.send(reponses, envelope(id, `{"age":"15_64"}`)).is(t, 409)
	})
	t.Run("an agreement or a language nobody was shown is refused", func(t *testing.T) {
		odd := strings.NewReplacer("2026-11", "nimporte", `"fr"`, `"klingon"`).Replace(envelope(surveys.NewResponseID(respondentNow), `{"age":"autre"}`))
		got := site.send(reponses, odd).is(t, 422).decode(t)
		var at []string
		for _, p := range got.Problems {
			at = append(at, p.Question)
		}
		if strings.Join(at, " ") != "consent language age" {
			t.Errorf("problems at %q", at)
		}
	})
	t.Run("a device can tell a closed survey from a withdrawn answer", func(t *testing.T) {
		if got := site.send("/r/finie/reponses", envelope(id, `{"age":"65plus"}`)).decode(t); got.Code != "closed" {
			t.Errorf("code %q", got.Code)
		}
	})
	t.Run("somebody outside the field is thanked and not kept", func(t *testing.T) {
		before := site.kept()
		a := site.send(reponses, envelope(surveys.NewResponseID(respondentNow), `{"age":"moins15"}`)).is(t, 200)
		if got := a.decode(t); got.Ended != "Réservé aux plus de 15 ans." || got.Withdrawal != "" || site.kept() != before {
			t.Errorf("%+v, %d kept", got, site.kept())
		}
	})
	t.Run("off-path answers are dropped", func(t *testing.T) {
		site.send(reponses, envelope(surveys.NewResponseID(respondentNow), `{"age":"65plus","enfants":0,"enfant":[{"surnom":"Zoé"}]}`)).is(t, 201)
	})
}

func TestRefusedResponses(t *testing.T) {
	site := newRespondentSite(t)
	id := surveys.NewResponseID(respondentNow)
	long := strings.Repeat("a", 501)
	for name, c := range map[string]struct {
		body  string
		codes []string
	}{
		"malformed JSON":              {`{"id":`, []string{"envelope.json"}},
		"nothing at all":              {``, []string{"envelope.json"}},
		"a field nobody knows":        {strings.Replace(envelope(id, `{}`), `"mode"`, `"ip":"1.2.3.4","mode"`, 1), []string{"envelope.json"}},
		"something after it":          {envelope(id, `{"age":"65plus"}`) + `{}`, []string{"envelope.json"}},
		"an answer that is an object": {envelope(id, `{"age":{"a":1}}`), []string{"envelope.json"}},
		"far too big":                 {envelope(id, `{"mot":"`+strings.Repeat("a", maxResponse)+`"}`), []string{"envelope.json"}},
		"a question not asked":        {envelope(id, `{"age":"65plus","religion":"x"}`), []string{"question.unknown"}},
		"a choice not in the list":    {envelope(id, `{"age":"centenaire"}`), []string{"choice.unknown"}},
		"a text too long":             {envelope(id, `{"age":"65plus","mot":"`+long+`"}`), []string{"answer.invalid"}},
		"a ranking that repeats":      {envelope(id, `{"age":"65plus","ordre":["cher","cher"]}`), []string{"choice.twice"}},
		"too many choices":            {envelope(id, `{"age":"65plus","freins":["cher","loin","attente","langue"]}`), []string{"choice.max"}},
		"half a child":                {envelope(id, `{"age":"65plus","enfants":1.5}`), []string{"number.integer"}},
		"a version that never was":    {strings.Replace(envelope(id, `{}`), `"version":1`, `"version":9`, 1), []string{"envelope.version"}},
		"an identifier with the hour": {envelope("019aa8d1-0000-7123-8abc-0123456789ab", `{"age":"65plus"}`), []string{"envelope.id"}},
		"every problem at once": {
			strings.Replace(envelope(id, `{"enfants":99,"note":11}`), `"2026-11"`, `""`, 1),
			[]string{"envelope.consent", "answer.required", "answer.invalid", "number.range"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := site.send(reponses, c.body).is(t, 422).decode(t)
			var codes []string
			for _, p := range got.Problems {
				codes = append(codes, p.Code)
				if p.Message == "" {
					t.Errorf("%s says nothing", p.Code)
				}
			}
			if !slices.Equal(codes, c.codes) {
				t.Errorf("problems %v, want %v", codes, c.codes)
			}
		})
	}
	if site.kept() != 0 {
		t.Errorf("%d refused responses were stored", site.kept())
	}
}

func TestProblemsAreToldInTheAuthorsWords(t *testing.T) {
	site := newRespondentSite(t)
	got := site.send(reponses, envelope(surveys.NewResponseID(respondentNow), `{"enfants":99}`)).is(t, 422).decode(t)
	if len(got.Problems) != 2 || got.Problems[0].Message != "Choisissez votre âge." || got.Problems[1].Message != "20 au plus." {
		t.Errorf("%+v", got.Problems)
	}
}

func TestTheStoreIsDown(t *testing.T) {
	site := newRespondentSite(t)
	if err := site.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, a := range []answer{site.send(reponses, envelope(someID, `{}`)), site.get("/r/ville")} {
		a.is(t, 503)
		if a.Header.Get("Retry-After") == "" {
			t.Error("nobody is told when to try again")
		}
	}
}

func TestTooManyResponsesFromOneAddress(t *testing.T) {
	site := newRespondentSite(t, func(c *Config) { c.SubmissionRate = 2 })
	for range 2 {
		site.send(reponses, envelope(surveys.NewResponseID(respondentNow), `{"age":"65plus"}`)).is(t, 201)
	}
	a := site.send(reponses, envelope(surveys.NewResponseID(respondentNow), `{"age":"65plus"}`)).is(t, 429)
	if a.Header.Get("Retry-After") == "" || !strings.Contains(a.text, "patientez") {
		t.Errorf("not a polite answer: %s", a.text)
	}
	site.post("/r/ville", nil).is(t, 429).has(t, "<h1>", "patientez")
	site.get("/r/ville").is(t, 200)
}
