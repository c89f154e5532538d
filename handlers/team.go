package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/csrf"
	"github.com/gofiber/fiber/v3/middleware/session"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// teamRoutes is the map of the pages for those who sign in.
func (s *Server) teamRoutes() error {
	passwords, err := newPasswords()
	if err != nil {
		return err
	}
	door := &signin{Server: s, passwords: passwords, attempts: newAttempts()}
	sessions, store := s.sessions()
	s.app.Use([]string{"/connexion", "/deconnexion", "/diagnostics", "/d", "/compte"}, s.private, sessions, s.csrf(store))

	s.app.Get("/connexion", door.ask)
	s.app.Post("/connexion", door.enter)
	s.app.Post("/deconnexion", door.leave)
	s.app.Get("/diagnostics", s.inside(s.diagnostics))

	s.accountRoutes()
	for _, r := range slices.Concat([]route{
		{fiber.MethodGet, "", surveys.SeeProtected, s.participation},
		{fiber.MethodGet, "/participation/flux", surveys.SeeProtected, s.stream},
		{fiber.MethodGet, "/resultats/:audience", surveys.SeeProtected, s.results},
		{fiber.MethodGet, "/regards-croises", surveys.SeeProtected, s.crossed},
		{fiber.MethodGet, "/methode", surveys.SeeProtected, s.method},
		{fiber.MethodGet, "/telecharger", surveys.SeeProtected, s.downloads},
		{fiber.MethodGet, "/classeur.xlsx", surveys.SeeProtected, s.workbook},
		{fiber.MethodGet, "/affiche/:survey", surveys.SeeProtected, s.poster},
		{fiber.MethodGet, "/qr/:survey.svg", surveys.SeeProtected, s.qr},
		{fiber.MethodPost, "/enquetes/:survey/etat", surveys.RunSurveys, s.changeState},
	}, s.chapterRoutes(), s.verbatimRoutes(), s.documentRoutes(), s.dataRoutes(), s.openingRoutes(), s.groupingRoutes(), s.questionnaireRoutes(), s.editorRoutes(), s.translationRoutes()) {
		s.app.Add([]string{r.method}, "/d/:diagnostic"+r.path, s.visiting(r.action, r.handle))
	}
	return nil
}

// private keeps the team's pages out of every cache. The referrer stays inside
// the site: with none at all browsers hide the origin of a form, which the
// check against forged forms reads.
func (s *Server) private(c fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	return c.Next()
}

// What a session remembers: who signed in and when (Unix seconds), a digest of
// the password hash they signed in with, so that a new password ends old
// sessions, and where the working view was opened, so that it is noted once.
const (
	loginKey    = "login"
	sinceKey    = "since"
	passwordKey = "password"
	workKey     = "work:"
)

// A visit is somebody signed in, in a diagnostic.
type visit struct {
	account    surveys.Account
	diagnostic surveys.Diagnostic
	surveys    []surveys.Survey // in the order of their audiences
}

func (v visit) may(do surveys.Action) bool { return surveys.May(v.account, do, v.diagnostic.ID) }

// inside lets signed-in people through and sends the others to sign in.
func (s *Server) inside(handle func(fiber.Ctx, surveys.Account) error) fiber.Handler {
	return func(c fiber.Ctx) error {
		account, err := s.account(c)
		if errors.Is(err, errSignedOut) {
			return c.Redirect().Status(fiber.StatusSeeOther).To(signinAddress(c))
		}
		if err != nil {
			return err
		}
		return handle(c, account)
	}
}

// visiting lets those through who may do this in the diagnostic of the address.
func (s *Server) visiting(do surveys.Action, handle func(fiber.Ctx, visit) error) fiber.Handler {
	return s.inside(func(c fiber.Ctx, account surveys.Account) error {
		diagnostic, err := s.store.Diagnostic(c.Context(), strings.Clone(c.Params("diagnostic")))
		if err != nil {
			return err
		}
		v := visit{account: account, diagnostic: diagnostic}
		if !v.may(do) {
			return errForbidden
		}
		asked, err := s.store.Surveys(c.Context(), diagnostic.ID)
		if err != nil {
			return err
		}
		v.surveys = surveys.InOrder(asked)
		return handle(c, v)
	})
}

// errSignedOut: nobody is signed in.
var errSignedOut = errors.New("signed out")

// account is who signed in. It is read anew each time, so that an account that
// is removed or given another password is out at once.
func (s *Server) account(c fiber.Ctx) (surveys.Account, error) {
	memory := session.FromContext(c)
	login, _ := memory.Get(loginKey).(string)
	since, _ := memory.Get(sinceKey).(int64)
	if login == "" || s.now().Sub(time.Unix(since, 0)) > sessionLife {
		return surveys.Account{}, errSignedOut
	}
	account, err := s.store.Account(c.Context(), login)
	if errors.Is(err, surveys.ErrNotFound) || err == nil && memory.Get(passwordKey) != passwordMark(account) {
		return surveys.Account{}, errSignedOut
	}
	return account, err
}

func passwordMark(a surveys.Account) string {
	sum := sha256.Sum256([]byte(a.Password))
	return hex.EncodeToString(sum[:8])
}

// signinAddress is the sign-in page that leads back to what was asked for.
func signinAddress(c fiber.Ctx) string {
	if c.Method() != fiber.MethodGet {
		return "/connexion"
	}
	return "/connexion?suite=" + url.QueryEscape(c.OriginalURL())
}

// frame is what every page of a visit shares.
func (s *Server) frame(c fiber.Ctx, v visit, as report.View) pages.TeamFrame {
	d := v.diagnostic
	return pages.TeamFrame{
		Layout: pages.Layout{Demo: d.Demo},
		Person: v.account.Name, CSRF: csrf.TokenFromContext(c),
		ID: d.ID, Diagnostic: d.Title, Edition: d.Edition, Territory: d.Territory.Name,
		MayWork: v.may(surveys.SeeWork), Moments: navigation(c, v, as),
	}
}
