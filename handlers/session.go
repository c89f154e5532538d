package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/extractors"
	"github.com/gofiber/fiber/v3/middleware/csrf"
	"github.com/gofiber/fiber/v3/middleware/session"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// How long a session lives: eight hours without a request sign out, and so does
// the next day whatever happened. Before anybody signed in there is little to
// keep.
const (
	sessionIdle = 8 * time.Hour
	sessionLife = 24 * time.Hour
	signinIdle  = 30 * time.Minute
)

// Names of the cookies and of the form field that holds the token.
const (
	sessionCookie = "diapason_session"
	csrfCookie    = "diapason_csrf"
	csrfField     = "_csrf"
)

// sessions is the session middleware over the store.
func (s *Server) sessions() (fiber.Handler, *session.Store) {
	return session.NewWithStore(session.Config{
		Storage:        &sessionStorage{store: s.store, now: s.now},
		Extractor:      extractors.FromCookie(sessionCookie),
		IdleTimeout:    sessionIdle,
		CookiePath:     "/",
		CookieSecure:   s.secureCookies(),
		CookieHTTPOnly: true,
		// Lax and not Strict: a link in an e-mail must find the person signed in.
		CookieSameSite:    fiber.CookieSameSiteLaxMode,
		CookieSessionOnly: true,
		ErrorHandler: func(c fiber.Ctx, err error) {
			c.Response().ResetBody()
			_ = s.fail(c, err) // what fail cannot draw, it has logged
		},
	})
}

// csrf refuses a change that does not come from one of our own pages, read in
// this session.
func (s *Server) csrf(store *session.Store) fiber.Handler {
	config := csrf.Config{
		Session:           store,
		Extractor:         extractors.FromForm(csrfField),
		IdleTimeout:       sessionIdle,
		CookieName:        csrfCookie,
		CookiePath:        "/",
		CookieSecure:      s.secureCookies(),
		CookieHTTPOnly:    true,
		CookieSameSite:    fiber.CookieSameSiteLaxMode,
		CookieSessionOnly: true,
		ErrorHandler:      s.failCSRF,
	}
	if s.config.URL != "" {
		// Behind a proxy that speaks TLS, the origin is the public address and
		// not the one this process hears.
		config.TrustedOrigins = []string{origin(s.config.URL)}
	}
	return csrf.New(config)
}

// secureCookies is true unless whoever starts the server gave a public address
// without TLS: a browser would then never send the cookies back.
func (s *Server) secureCookies() bool { return !strings.HasPrefix(s.config.URL, "http://") }

// origin is the scheme and host of an address.
func origin(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.ToLower(scheme + "://" + host)
}

// failCSRF answers a form that is too old, or not ours.
func (s *Server) failCSRF(c fiber.Ctx, err error) error {
	if errors.Is(err, csrf.ErrOriginNoMatch) || errors.Is(err, csrf.ErrRefererNoMatch) {
		s.log.Warn("a form came from another origin; if it was yours, set the public address of the site",
			"origin", c.Get(fiber.HeaderOrigin), "host", c.Host(), "public", s.config.URL)
	}
	c.Status(fiber.StatusForbidden)
	if c.Cookies(csrfCookie) == "" {
		return s.render(c, noCookie)
	}
	return s.render(c, staleForm)
}

// What a person is told whose form was refused.
var (
	noCookie = pages.Failure{
		Title:   "Votre navigateur n’a pas gardé votre session",
		Message: "Rien n’a été changé. Ouvrez Diapason par son adresse en https et acceptez les cookies de ce site, puis rechargez la page et recommencez.",
	}
	staleForm = pages.Failure{
		Title:   "Cette page est restée ouverte trop longtemps",
		Message: "Par sécurité, rien n’a été changé. Revenez à la page précédente, rechargez-la, puis recommencez.",
	}
)

// sessionStorage keeps Fiber's sessions in the store. Keys are hashed: whoever
// reads the file cannot take a session over.
type sessionStorage struct {
	store surveys.Store
	now   func() time.Time

	mu    sync.Mutex
	swept time.Time
}

// sweepEvery is how often sessions whose time is over are forgotten.
const sweepEvery = time.Hour

func sessionKey(key string) string {
	sum := sha256.Sum256([]byte("session\x00" + key))
	return hex.EncodeToString(sum[:])
}

// GetWithContext returns nil for a key that is not there, as Fiber asks.
func (st *sessionStorage) GetWithContext(ctx context.Context, key string) ([]byte, error) {
	data, err := st.store.Session(ctx, sessionKey(key), st.now())
	if errors.Is(err, surveys.ErrNotFound) {
		return nil, nil
	}
	return data, err
}

// SetWithContext keeps bytes for a time.
func (st *sessionStorage) SetWithContext(ctx context.Context, key string, data []byte, life time.Duration) error {
	if key == "" || len(data) == 0 {
		return nil
	}
	now := st.now()
	if err := st.sweep(ctx, now); err != nil {
		return err
	}
	return st.store.PutSession(ctx, sessionKey(key), data, now.Add(life))
}

func (st *sessionStorage) sweep(ctx context.Context, now time.Time) error {
	st.mu.Lock()
	due := now.Sub(st.swept) >= sweepEvery
	if due {
		st.swept = now
	}
	st.mu.Unlock()
	if !due {
		return nil
	}
	return st.store.DeleteSessions(ctx, now)
}

// DeleteWithContext forgets a key.
func (st *sessionStorage) DeleteWithContext(ctx context.Context, key string) error {
	return st.store.DeleteSession(ctx, sessionKey(key))
}

// ResetWithContext would sign everybody out. Nothing here asks for it.
func (st *sessionStorage) ResetWithContext(context.Context) error {
	return errors.New("sessions are ended one by one")
}

// Get is GetWithContext for callers without a context.
func (st *sessionStorage) Get(key string) ([]byte, error) {
	return st.GetWithContext(context.Background(), key)
}

// Set is SetWithContext for callers without a context.
func (st *sessionStorage) Set(key string, data []byte, life time.Duration) error {
	return st.SetWithContext(context.Background(), key, data, life)
}

// Delete is DeleteWithContext for callers without a context.
func (st *sessionStorage) Delete(key string) error {
	return st.DeleteWithContext(context.Background(), key)
}

// Reset refuses like ResetWithContext.
func (st *sessionStorage) Reset() error { return st.ResetWithContext(context.Background()) }

// Close leaves the store to whoever opened it.
func (st *sessionStorage) Close() error { return nil }
