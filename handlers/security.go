package handlers

import "github.com/gofiber/fiber/v3"

// ownPolicy lets a page load only what this server gives, and run no script or
// style written inside a page.
const ownPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; " +
	"base-uri 'none'; "

// Nobody may show our pages in a frame, except the editor, which shows the
// preview of what it edits.
const (
	contentPolicy = ownPolicy + "frame-ancestors 'none'"
	framingPolicy = ownPolicy + "frame-src 'self'; frame-ancestors 'none'"
	framedPolicy  = ownPolicy + "frame-ancestors 'self'"
)

// secure sets the headers every answer carries.
func (s *Server) secure(c fiber.Ctx) error {
	c.Set("Content-Security-Policy", contentPolicy)
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "no-referrer")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
	// By this the service worker tells our pages from a hotel's sign-in page.
	c.Set("Diapason", "page")
	return c.Next()
}
