package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

func TestFormPage(t *testing.T) {
	site := newRespondentSite(t)
	t.Run("missing: no survey, or a draft", func(t *testing.T) {
		site.get("/r/nulle-part").is(t, 404).has(t, "Cette page n’existe pas")
		site.get("/r/brouillon").is(t, 404)
	})
	t.Run("not allowed: the survey is over", func(t *testing.T) {
		site.get("/r/finie").is(t, 410).has(t, "Cette enquête est terminée", "/r/finie/retrait", "Données de démonstration")
	})
	t.Run("not allowed: the last day has passed", func(t *testing.T) {
		late := newRespondentSite(t, func(c *Config) { c.Now = func() time.Time { return respondentNow.AddDate(0, 2, 0) } })
		late.get("/r/ville").is(t, 410)
	})
	t.Run("right: notice, consent and every question", func(t *testing.T) {
		a := site.get("/r/ville").is(t, 200)
		a.has(t, "CC d’essai", "dpo@exemple.fr", "cnil.fr", "J’accepte que mes réponses sur la santé", "Je ne souhaite pas répondre",
			`name="age"`, `name="freins"`, `name="ordre[1]"`, `name="ordre[3]"`, `name="note"`, `name="jour"`, `name="acces_medecin"`,
			`maxlength="500"`, `name="enfant[1].surnom"`, "Données de démonstration", `lang="fr"`)
		if strings.Contains(a.text, `name="ordre[4]"`) {
			t.Error("more places than the ranking takes")
		}
		if strings.Contains(a.text, "checked") {
			t.Error("something is ticked beforehand")
		}
		if a.Header.Get("Set-Cookie") != "" {
			t.Error("a respondent got a cookie")
		}
	})
	t.Run("nothing the content policy would refuse", func(t *testing.T) {
		text := site.get("/r/ville").text
		if m := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script>|(src|href)="https?://[^"]*\.(js|css)`).FindString(text); m != "" {
			t.Errorf("found %q", m)
		}
	})
	t.Run("hostile labels are shown as they are", func(t *testing.T) {
		site.get("/r/ville").has(t, "Quel âge &lt;b&gt;avez-vous&lt;/b&gt;", "Votre santé &lt;ici&gt;")
	})
	t.Run("in the language of the address, then of the browser", func(t *testing.T) {
		site.get("/r/ville?langue=ar").has(t, `lang="ar" dir="rtl"`, "كم عمرك")
		request := httptest.NewRequest(http.MethodGet, "/r/ville", nil)
		request.Header.Set("Accept-Language", "ar-TN,fr;q=0.5")
		site.do(request).has(t, `lang="ar"`)
	})
	t.Run("a relay and a mode go along, odd ones do not", func(t *testing.T) {
		site.get("/r/ville?relais=pharmacie-3&mode=kiosque").has(t, `name=":relais" value="pharmacie-3"`, `name=":mode" value="kiosque"`)
		site.get("/r/ville?relais=%22%3E&mode=x").has(t, `name=":relais" value=""`, `name=":mode" value="web"`)
	})
}

// typedForm is a form as a browser without script posts it.
func typedForm(id string) url.Values {
	return url.Values{
		":id": {id}, ":version": {"1"}, ":langue": {"fr"}, ":mode": {"web"}, ":relais": {"mairie"}, ":consent": {"2026-11"},
		"age": {"65plus"}, "enfants": {"2"}, "km": {"1 234,5"}, "freins": {"cher", "loin"},
		"ordre[1]": {"loin"}, "ordre[2]": {""}, "ordre[3]": {"cher"}, "note": {"7"}, "mot": {" Merci "},
		"enfant[1].surnom": {"Zoé"}, "enfant[2].surnom": {""}, "enfant[3].surnom": {"Noé"},
	}
}

func TestPostingTheFormWithoutScript(t *testing.T) {
	site := newRespondentSite(t)
	id := surveys.NewResponseID(respondentNow)
	t.Run("wrong: everything typed is kept, the problems stand beside", func(t *testing.T) {
		typed := typedForm(id)
		typed.Set("enfants", "beaucoup")
		typed.Del("age")
		typed.Del(":consent")
		typed.Set("mot", `"><script>alert(1)</script>`)
		a := site.post("/r/ville", typed).is(t, 422)
		a.has(t, "Il y a un problème", `href="#q-age"`, `href="#q-enfants"`, `href="#consent"`, "Choisissez votre âge.", "Écrivez un nombre en chiffres.",
			"Cochez la case d’accord", `value="beaucoup"`, `value="1 234,5"`, `value="cher" checked`, `<option value="loin" selected>`, `>Zoé</textarea>`,
			"&#34;&gt;&lt;script&gt;", `value="`+id+`"`, `value="mairie"`, `<title>Erreur`)
		if site.kept() != 0 {
			t.Error("a refused form was stored")
		}
	})
	t.Run("a page of an older version stays of that version when it comes back", func(t *testing.T) {
		newer := newRespondentSite(t)
		q := everyKind()
		q.Title = "Essai, corrigé"
		if _, problems, err := surveys.Publish(t.Context(), newer.forms, respondentNow, surveys.Publication{Survey: "ville", Questionnaire: q}); err != nil || problems.Refusals() != nil {
			t.Fatal(err, problems)
		}
		typed := typedForm(id)
		typed.Del(":consent")
		newer.post("/r/ville", typed).is(t, 422).has(t, `name=":version" value="1"`)
	})
	t.Run("right: thanks, and the code", func(t *testing.T) {
		first := site.post("/r/ville", typedForm(id)).is(t, 201)
		code := regexp.MustCompile(`id="code" lang="fr">([^<]+)<`)
		words := code.FindStringSubmatch(first.text)
		if words == nil || len(strings.Fields(words[1])) != 4 {
			t.Fatalf("no code of four words in %s", first.text)
		}
		again := site.post("/r/ville", typedForm(id)).is(t, 200)
		if m := code.FindStringSubmatch(again.text); m == nil || m[1] != words[1] {
			t.Error("posting twice does not show the same code")
		}
		if site.kept() != 1 {
			t.Errorf("%d responses kept", site.kept())
		}
	})
	t.Run("another content under the same identifier keeps what was typed and says why", func(t *testing.T) {
		typed := typedForm(id)
		typed.Set("mot", "Autre chose")
		a := site.post("/r/ville", typed).is(t, 409)
		a.has(t, "Une première réponse est déjà enregistrée", "Autre chose")
		if strings.Contains(a.text, `name=":id" value="`+id+`"`) || site.kept() != 1 {
			t.Error("the second person is given the identifier of the first, or was stored")
		}
	})
	t.Run("a version nobody published keeps what was typed", func(t *testing.T) {
		typed := typedForm(surveys.NewResponseID(respondentNow))
		typed.Set(":version", "99")
		site.post("/r/ville", typed).is(t, 422).has(t, "Ce questionnaire a changé", `name=":version" value="1"`, "Merci")
	})
	t.Run("what was typed became answers", func(t *testing.T) {
		for arrival, err := range site.store.Responses(t.Context(), "essai", "") {
			if err != nil {
				t.Fatal(err)
			}
			r, err := arrival.Response()
			want := surveys.Answers{
				"age": surveys.TextValue("65plus"), "enfants": surveys.NumberValue(2), "km": surveys.NumberValue(1234.5),
				"freins": surveys.CodesValue("cher", "loin"), "ordre": surveys.CodesValue("loin", "cher"), "note": surveys.NumberValue(7),
				"mot":    surveys.TextValue("Merci"),
				"enfant": surveys.RowsValue(surveys.Answers{"surnom": surveys.TextValue("Zoé")}, surveys.Answers{"surnom": surveys.TextValue("Noé")}),
			}
			if err != nil || !r.Answers.Equal(want) || r.Relay != "mairie" || r.Day != "2026-11-22" {
				t.Errorf("%v %+v", err, r)
			}
		}
	})
	t.Run("somebody outside the field is told so", func(t *testing.T) {
		site.post("/r/ville", url.Values{":id": {surveys.NewResponseID(respondentNow)}, ":version": {"1"}, ":langue": {"fr"}, ":mode": {"web"},
			":consent": {"2026-11"}, "age": {"moins15"}}).is(t, 200).has(t, "Réservé aux plus de 15 ans.", "Aucune réponse n’a été gardée")
	})
	t.Run("declining stores nothing", func(t *testing.T) {
		site.get("/r/ville/au-revoir").is(t, 200).has(t, "Rien n’a été enregistré")
	})
}

func TestWithdrawing(t *testing.T) {
	site := newRespondentSite(t)
	sent := site.send(reponses, envelope(surveys.NewResponseID(respondentNow), `{"age":"65plus"}`)).is(t, 201)
	code := sent.decode(t).Withdrawal
	const retrait = "/r/ville/retrait"
	t.Run("missing: no code", func(t *testing.T) {
		site.get(retrait).is(t, 200)
		site.post(retrait, url.Values{"code": {" "}}).is(t, 422).has(t, "Écrivez les quatre mots")
	})
	t.Run("wrong: a code nobody has", func(t *testing.T) {
		site.post(retrait, url.Values{"code": {"un deux trois quatre"}, "confirmer": {"oui"}}).is(t, 422).has(t, "Nous ne trouvons pas")
	})
	t.Run("right: asked once more, then erased, however it is typed", func(t *testing.T) {
		site.post(retrait, url.Values{"code": {code}}).is(t, 200).has(t, "pour toujours", code)
		if site.kept() != 1 {
			t.Fatal("erased before it was confirmed")
		}
		shouted := strings.ToUpper(strings.ReplaceAll(code, " ", " - "))
		site.post(retrait, url.Values{"code": {shouted}, "confirmer": {"oui"}}).is(t, 200).has(t, "Votre réponse est effacée")
		if site.kept() != 0 {
			t.Error("still there")
		}
	})
	t.Run("guessing is held back", func(t *testing.T) {
		for range withdrawTries {
			site.post(retrait, url.Values{"code": {"a b c d"}, "confirmer": {"oui"}})
		}
		site.post(retrait, url.Values{"code": {"a b c d"}, "confirmer": {"oui"}}).is(t, 429)
	})
}

func TestPublicPages(t *testing.T) {
	site := newRespondentSite(t)
	site.get("/").is(t, 200).has(t, `href="/r/ville"`, `href="/connexion"`, "Habitants")
	if text := site.get("/").text; strings.Contains(text, "/r/brouillon") || strings.Contains(text, "/r/finie") {
		t.Error("the front page shows surveys that take no answers")
	}
	site.get("/confidentialite").is(t, 200).has(t, "CC d’essai", "CNIL")
	site.get("/accessibilite").is(t, 200).has(t, "non conforme", "sante@exemple.fr")
}

func TestEveryPageSaysItsLanguage(t *testing.T) {
	site := newRespondentSite(t)
	for _, address := range []string{"/", "/confidentialite", "/accessibilite", "/r/ville", "/r/ville/retrait", "/r/ville/au-revoir", "/r/nulle-part", "/r/finie"} {
		site.get(address).has(t, `<html lang="fr" dir="ltr"`)
	}
	site.get("/r/ville/retrait?langue=ar").has(t, `<html lang="ar" dir="rtl"`)
}
