package handlers

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/csrf"
	"github.com/gofiber/fiber/v3/middleware/session"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// signin is the door: it asks who somebody is.
type signin struct {
	*Server
	passwords *passwords
	attempts  *attempts
}

// home is where signing in leads when nothing else was asked for.
const home = "/diagnostics"

func (d *signin) ask(c fiber.Ctx) error {
	next := safeNext(c.Query("suite"))
	if _, err := d.account(c); err == nil {
		return c.Redirect().Status(fiber.StatusSeeOther).To(next)
	}
	session.FromContext(c).Session.SetIdleTimeout(signinIdle)
	return d.render(c, pages.TeamSignin{TeamFrame: pages.TeamFrame{CSRF: csrf.TokenFromContext(c)}, Next: next})
}

func (d *signin) enter(c fiber.Ctx) error {
	login := strings.Clone(strings.ToLower(strings.TrimSpace(c.FormValue("login"))))
	next := safeNext(c.FormValue("suite"))
	key := login + "\x00" + c.IP()
	if wait := d.attempts.begin(key, d.now()); wait > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		return d.refuse(c, fiber.StatusTooManyRequests, login, next, fmt.Sprintf(
			"Trop d’essais avec cet identifiant. Attendez %s, puis réessayez : l’accès n’est pas bloqué.", inWords(wait)))
	}
	account, err := d.store.Account(c.Context(), login)
	if err != nil && !errors.Is(err, surveys.ErrNotFound) {
		return err
	}
	if !d.passwords.match(c.FormValue("password"), account.Password) {
		return d.refuse(c, fiber.StatusUnauthorized, login, next,
			"L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les majuscules, puis réessayez.")
	}
	d.attempts.succeed(key)
	if err := open(c, account, d.now()); err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(next)
}

// refuse shows the form again, without the password.
func (d *signin) refuse(c fiber.Ctx, status int, login, next, problem string) error {
	session.FromContext(c).Session.SetIdleTimeout(signinIdle)
	c.Status(status)
	return d.render(c, pages.TeamSignin{
		TeamFrame: pages.TeamFrame{CSRF: csrf.TokenFromContext(c)}, Next: next, Login: login, Problem: problem,
	})
}

// open makes a new session: the key from before somebody signed in, which
// another person may have planted, is worth nothing.
func open(c fiber.Ctx, account surveys.Account, now time.Time) error {
	memory := session.FromContext(c)
	if err := memory.Reset(); err != nil {
		return fmt.Errorf("sign in %s: %w", account.Login, err)
	}
	memory.Set(loginKey, account.Login)
	memory.Set(sinceKey, now.Unix())
	memory.Set(passwordKey, passwordMark(account))
	return nil
}

func (d *signin) leave(c fiber.Ctx) error {
	if err := session.FromContext(c).Destroy(); err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	c.ClearCookie(csrfCookie)
	return c.Redirect().Status(fiber.StatusSeeOther).To("/connexion")
}

// safeNext is a path of this site, or the home of the team: an address that
// came with a link must not lead elsewhere.
func safeNext(next string) string {
	next = strings.Clone(next)
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil {
		return home
	}
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\t\r\n") {
		return home
	}
	if u.Path == "/connexion" || strings.HasPrefix(u.Path, "//") {
		return home
	}
	return next
}

// inWords rounds a wait up to what a person would say.
func inWords(wait time.Duration) string {
	if wait <= time.Minute {
		return strconv.Itoa(int(math.Ceil(wait.Seconds()))) + " secondes"
	}
	return strconv.Itoa(int(math.Ceil(wait.Minutes()))) + " minutes"
}
