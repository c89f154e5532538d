package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"diapason/handlers"
	"diapason/surveys"
)

func TestSigningIn(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")

	t.Run("the right password leads where one wanted to go", func(t *testing.T) {
		got := s.visitor().trySignin(" Alice ", password, "/d/vallee?vue=restitution")
		got.expect(t, http.StatusSeeOther)
		if to := got.Header.Get("Location"); to != "/d/vallee?vue=restitution" {
			t.Errorf("leads to %s", to)
		}
	})
	t.Run("a wrong password and an unknown login get the same words", func(t *testing.T) {
		wrong := s.visitor().trySignin("alice", "pas le bon", "")
		wrong.expect(t, http.StatusUnauthorized, "n’est pas le bon")
		s.visitor().trySignin("personne", "pas le bon", "").expect(t, http.StatusUnauthorized, "n’est pas le bon")
		if strings.Contains(wrong.body, "pas le bon\"") {
			t.Error("the password comes back in the page")
		}
	})
	t.Run("an address elsewhere is not followed", func(t *testing.T) {
		for _, next := range []string{
			"https://mechant.example/", "//mechant.example/", `/\mechant.example`, "/\t/mechant.example", "javascript:alert(1)",
			"d/vallee", "%2f%2fmechant.example", "/connexion?suite=/connexion", "/%2fmechant.example",
		} {
			if to := s.visitor().trySignin("alice", password, next).Header.Get("Location"); to != "/diagnostics" {
				t.Errorf("%q leads to %q", next, to)
			}
		}
	})
	t.Run("without the page's token nobody gets in", func(t *testing.T) {
		v := s.visitor()
		v.post("/connexion", url.Values{"login": {"alice"}, "password": {password}}).expect(t, http.StatusForbidden, "rechargez")
		v.get("/d/vallee").expect(t, http.StatusSeeOther)
	})
	t.Run("a form from another site is refused, token or not", func(t *testing.T) {
		v := s.visitor()
		token := tokenField.FindStringSubmatch(v.get("/connexion").body)[1]
		r, _ := http.NewRequest(http.MethodPost, "/connexion", strings.NewReader(url.Values{"_csrf": {token}, "login": {"alice"}, "password": {password}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "https://mechant.example")
		r.Host = "diapason.example"
		v.do(r).expect(t, http.StatusForbidden)
	})
	t.Run("somebody signed in does not sign in again", func(t *testing.T) {
		s.as("alice").get("/connexion?suite=/d/vallee").expect(t, http.StatusSeeOther)
	})
}

func TestTheSession(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")

	t.Run("its cookies are secure, hidden from scripts, and stay on this site", func(t *testing.T) {
		v := s.as("alice")
		v.get("/d/vallee")
		for _, name := range []string{"diapason_session", "diapason_csrf"} {
			c := v.cookies[name]
			if c == nil || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("%s: %+v", name, c)
			}
		}
	})
	t.Run("signing in changes its key, and the old one opens nothing", func(t *testing.T) {
		v := s.visitor()
		v.get("/connexion")
		before := *v.cookies["diapason_session"]
		v.trySignin("alice", password, "")
		if v.cookies["diapason_session"].Value == before.Value {
			t.Error("the key of before signing in is still good")
		}
		thief := s.visitor()
		thief.cookies["diapason_session"] = &before
		thief.get("/d/vallee").expect(t, http.StatusSeeOther)
	})
	t.Run("signing out ends it for every copy of the cookie", func(t *testing.T) {
		v := s.as("alice")
		v.get("/d/vallee")
		copied := s.visitor()
		c := *v.cookies["diapason_session"]
		copied.cookies["diapason_session"] = &c
		v.submit("/d/vallee", "/deconnexion", url.Values{}).expect(t, http.StatusSeeOther)
		v.get("/d/vallee").expect(t, http.StatusSeeOther)
		copied.get("/d/vallee").expect(t, http.StatusSeeOther)
	})
	t.Run("signing out needs the page's token", func(t *testing.T) {
		v := s.as("alice")
		v.post("/deconnexion", url.Values{}).expect(t, http.StatusForbidden)
		v.get("/d/vallee").expect(t, http.StatusOK)
	})
	t.Run("a new password ends sessions opened with the old one", func(t *testing.T) {
		v := s.as("bob")
		hash, err := handlers.HashPassword("un autre")
		s.must(err)
		_, err = s.store.UpdateAccount(context.Background(), "bob", func(a *surveys.Account) error { a.Password = hash; return nil })
		s.must(err)
		v.get("/d/vallee").expect(t, http.StatusSeeOther)
	})
	t.Run("eight hours of quiet end it", func(t *testing.T) {
		v := s.as("alice")
		s.clock = s.clock.Add(7 * time.Hour)
		v.get("/d/vallee").expect(t, http.StatusOK)
		s.clock = s.clock.Add(8*time.Hour + time.Minute)
		v.get("/d/vallee").expect(t, http.StatusSeeOther)
	})
	t.Run("a day ends it, however busy", func(t *testing.T) {
		v := s.as("alice")
		for range 4 {
			v.get("/d/vallee").expect(t, http.StatusOK)
			s.clock = s.clock.Add(6*time.Hour + time.Minute)
		}
		v.get("/d/vallee").expect(t, http.StatusSeeOther)
	})
}

func TestGuessingPasswordsIsSlow(t *testing.T) {
	s := newSite(t)
	s.vallee("Diagnostic de la Vallée")
	guess := func() answer { return s.visitor().trySignin("alice", "au hasard", "") }
	for range 5 {
		guess().expect(t, http.StatusUnauthorized)
	}

	t.Run("after five tries one waits, and is told how long", func(t *testing.T) {
		refused := guess()
		refused.expect(t, http.StatusTooManyRequests, "Attendez 15 secondes")
		if seconds, _ := strconv.Atoi(refused.Header.Get("Retry-After")); seconds != 15 {
			t.Errorf("Retry-After is %d", seconds)
		}
		s.visitor().trySignin("alice", password, "").expect(t, http.StatusTooManyRequests)
	})
	t.Run("a colleague behind the same address is not held up", func(t *testing.T) {
		s.visitor().trySignin("bob", password, "").expect(t, http.StatusSeeOther)
	})
	t.Run("the wait doubles", func(t *testing.T) {
		s.clock = s.clock.Add(16 * time.Second)
		guess().expect(t, http.StatusUnauthorized)
		guess().expect(t, http.StatusTooManyRequests, "Attendez 30 secondes")
	})
	t.Run("the right password after the wait forgets the tries", func(t *testing.T) {
		s.clock = s.clock.Add(31 * time.Second)
		s.visitor().trySignin("alice", password, "").expect(t, http.StatusSeeOther)
		for range 5 {
			guess().expect(t, http.StatusUnauthorized)
		}
	})
}
