package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp"
)

// Levels of compression for what is made at each request. Measured on the page
// of 35 questions (79 kB): brotli 5 gives 12.7 kB in 2.5 ms, 4 gives 13.5 kB
// in as long, 6 and above take three times as long for 50 bytes.
const (
	brotliLevel = 5
	gzipLevel   = 6
)

// compress makes answers smaller on their way out; those that are small, or
// compressed already, go as they are.
func compress() fiber.Handler {
	press := fasthttp.CompressHandlerBrotliLevel(func(*fasthttp.RequestCtx) {}, brotliLevel, gzipLevel)
	return func(c fiber.Ctx) error {
		if err := c.Next(); err != nil {
			return err
		}
		c.Vary(fiber.HeaderAcceptEncoding)
		// Events must leave one by one; compressed, they would wait for each other.
		// A zip is compressed already, and the compressor would end it well when
		// its making fails.
		kind := c.GetRespHeader(fiber.HeaderContentType)
		asItIs := strings.HasPrefix(kind, eventStream) || kind == zipType
		if !asItIs && c.GetRespHeader(fiber.HeaderContentEncoding) == "" && c.Method() != fiber.MethodHead {
			press(c.RequestCtx())
		}
		return nil
	}
}
