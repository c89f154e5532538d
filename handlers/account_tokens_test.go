package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

var shownSecret = regexp.MustCompile(`id="secret" value="(diapason_[a-z2-7]{10}_[A-Z2-7]{26})"`)

// token makes one on its page and returns the secret.
func (v *visitor) token(label, scope, days string) string {
	v.site.t.Helper()
	got := v.submit("/compte/jetons", "/compte/jetons", url.Values{"nom": {label}, "portee": {scope}, "jours": {days}})
	got.expect(v.site.t, http.StatusOK, "il ne sera plus jamais montré")
	found := shownSecret.FindStringSubmatch(got.body)
	if found == nil {
		v.site.t.Fatalf("no secret is shown:\n%s", got.body)
	}
	return found[1]
}

func TestATokenIsMadeShownOnceAndDeleted(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	alice := s.as("alice")
	alice.get("/compte/jetons").expect(t, http.StatusOK, "Vous n’avez aucun jeton", "Travail et réponses")
	secret := alice.token("Tableau <b>", "travail", "30")

	t.Run("its secret is never shown again, nor kept", func(t *testing.T) {
		got := alice.get("/compte/jetons")
		got.expect(t, http.StatusOK, "Tableau &lt;b&gt;", "Jamais utilisé", "22 décembre 2026")
		if strings.Contains(got.body, secret) {
			t.Error("it is shown again")
		}
		kept, err := s.store.Tokens(context.Background(), "alice")
		s.must(err)
		if len(kept) != 1 || strings.Contains(string(kept[0].Hash), secret[20:]) || len(kept[0].Hash) != 32 {
			t.Errorf("%+v", kept)
		}
	})
	t.Run("the day of its last use is told", func(t *testing.T) {
		s.read(secret, "/api/v1/diagnostics").expect(t, http.StatusOK)
		alice.get("/compte/jetons").expect(t, http.StatusOK, "Utilisé pour la dernière fois le 22 novembre 2026")
	})
	t.Run("nobody else sees or deletes it", func(t *testing.T) {
		bob := s.as("bob")
		if got := bob.get("/compte/jetons"); strings.Contains(got.body, "Tableau") {
			t.Error("bob sees alice's token")
		}
		bob.submit("/compte/jetons", "/compte/jetons/"+strings.Split(secret, "_")[1]+"/supprimer", url.Values{}).expect(t, http.StatusSeeOther)
		s.read(secret, "/api/v1/diagnostics").expect(t, http.StatusOK)
	})
	t.Run("a form without its token of the page changes nothing", func(t *testing.T) {
		alice.post("/compte/jetons/"+strings.Split(secret, "_")[1]+"/supprimer", url.Values{}).expect(t, http.StatusForbidden)
		s.read(secret, "/api/v1/diagnostics").expect(t, http.StatusOK)
	})
	t.Run("deleted, it opens nothing", func(t *testing.T) {
		path := "/compte/jetons/" + strings.Split(secret, "_")[1] + "/supprimer"
		alice.submit("/compte/jetons", path, url.Values{}).expect(t, http.StatusSeeOther)
		alice.get("/compte/jetons?supprime=1").expect(t, http.StatusOK, "Le jeton est supprimé", "Vous n’avez aucun jeton")
		s.read(secret, "/api/v1/diagnostics").expect(t, http.StatusUnauthorized, `"code":"token"`)
		alice.submit("/compte/jetons", path, url.Values{}).expect(t, http.StatusSeeOther)
	})
	t.Run("who is not signed in is sent to sign in", func(t *testing.T) {
		s.visitor().get("/compte/jetons").expect(t, http.StatusSeeOther)
	})
}

func TestWhatIsWrongWithATokenIsToldBesideWhatWasTyped(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	bob := s.as("bob")
	if got := bob.get("/compte/jetons"); strings.Contains(got.body, `value="travail"`) {
		t.Error("a reader is offered the working view")
	}
	ask := func(name, scope, days string) answer {
		return bob.submit("/compte/jetons", "/compte/jetons", url.Values{"nom": {name}, "portee": {scope}, "jours": {days}})
	}
	ask("", "travail", "x").expect(t, http.StatusUnprocessableEntity, "Il reste 3 choses à corriger", `href="#nom"`, `href="#portee"`, `href="#jours"`)
	ask("Agence", "travail", "30").expect(t, http.StatusUnprocessableEntity, `value="Agence"`, "parmi ce que votre compte peut lire")
	bob.token("Agence", "restitution", "30")
	ask("agence", "restitution", "30").expect(t, http.StatusUnprocessableEntity, "porte déjà ce nom")
	s.must(s.store.AddAccount(context.Background(), s.account("erwan", "saisie")))
	s.as("erwan").get("/compte/jetons").expect(t, http.StatusOK, "un jeton ne lirait rien")
}

func TestATokenEndsWithItsTime(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	secret := s.as("alice").token("Un mois", "restitution", "30")
	s.clock = s.clock.Add(30*24*time.Hour - time.Second)
	s.read(secret, "/api/v1/diagnostics").expect(t, http.StatusOK)
	s.clock = s.clock.Add(time.Second)
	s.read(secret, "/api/v1/diagnostics").expect(t, http.StatusUnauthorized)
	s.as("alice").get("/compte/jetons").expect(t, http.StatusOK, "Expiré")
}
