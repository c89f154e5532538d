// Package handlers is the only room that knows HTTP: routes, sessions, forms,
// JSON and downloads, over Fiber. A handler reads its input, asks
// surveys.May, calls the domain and renders a page; it decides no rule.
package handlers

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/recover"

	"diapason/surveys"
	"diapason/surveys/report"
)

// Config is what whoever starts the server decides.
type Config struct {
	Store surveys.Store
	// URL is the public address, without a slash at its end, for printed
	// addresses and QR codes; "" takes it from each request.
	URL string
	// SubmissionRate is how many responses one network address may send per
	// minute; 0 sets no limit. A town hall is one address for many people.
	SubmissionRate int
	// Proxies are the addresses, or ranges, of the servers in front of this
	// one: only their word is taken for whom a request comes from.
	Proxies []string
	Log     *slog.Logger
	// Now tells the time; nil is the clock.
	Now func() time.Time
}

// Server answers requests for one store.
type Server struct {
	config Config
	store  surveys.Store
	forms  *surveys.Forms
	source report.Source
	log    *slog.Logger
	now    func() time.Time
	pulses *pulses
	shelf  *shelf
	app    *fiber.App
}

// maxBody is far above any questionnaire and far below what hurts.
const maxBody = 4 << 20

// New makes a server; Start or App().Test use it.
func New(config Config) (*Server, error) {
	forms := surveys.NewForms(config.Store)
	s := &Server{
		config: config, store: config.Store, forms: forms,
		source: report.NewSource(forms), log: config.Log, now: config.Now,
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.pulses, s.shelf = newPulses(s), newShelf(s)
	s.app = fiber.New(fiber.Config{
		AppName:      "Diapason",
		BodyLimit:    maxBody,
		ReadTimeout:  30 * time.Second,
		WriteTimeout: 10 * time.Minute, // a large export on a slow line
		IdleTimeout:  60 * time.Second,
		ErrorHandler: s.fail,

		// Without a proxy in front, the header is anybody's word.
		TrustProxy:         len(config.Proxies) > 0,
		TrustProxyConfig:   fiber.TrustProxyConfig{Proxies: config.Proxies},
		ProxyHeader:        fiber.HeaderXForwardedFor,
		EnableIPValidation: true,
	})
	s.app.Use(recover.New(), s.secure, compress())
	if err := s.routes(); err != nil {
		return nil, err
	}
	return s, nil
}

// App is the Fiber application, for tests.
func (s *Server) App() *fiber.App { return s.app }

// Listen serves on an address until ctx ends, then lets running requests end.
// Ready is called once the address is bound, with the address.
func (s *Server) Listen(ctx context.Context, address string, ready func(bound string)) error {
	defer context.AfterFunc(ctx, s.pulses.end)()
	return s.app.Listen(address, fiber.ListenConfig{
		DisableStartupMessage: true,
		GracefulContext:       ctx,
		ShutdownTimeout:       10 * time.Second,
		ListenerAddrFunc:      func(addr net.Addr) { ready(addr.String()) },
	})
}
