package handlers

import (
	_ "embed"

	"github.com/gofiber/fiber/v3"
)

// openAPIDocument describes, for machines, every address that programs may ask
// (OpenAPI 3.1); a test holds it against the routes and their answers.
//
//go:embed openapi.json
var openAPIDocument []byte

func (s *Server) openAPI(c fiber.Ctx) error {
	return sendTagged(c, openAPIDocument, fiber.MIMEApplicationJSONCharsetUTF8, apiFresh, tagOf(openAPIDocument))
}
