package handlers

import (
	"io"

	"github.com/gofiber/fiber/v3"
)

// A page draws itself; package pages has one struct for each.
type page interface {
	Render(w io.Writer) error
}

// render answers with a page. It is drawn before anything is sent, so a page
// that fails becomes an error and not half an answer.
func (s *Server) render(c fiber.Ctx, p page) error {
	c.Type("html", "utf-8")
	return p.Render(c.Response().BodyWriter())
}
