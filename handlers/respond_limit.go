package handlers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/limiter"
)

// errTooMany: this network address sent too much in too little time.
var errTooMany = errors.New("too many requests")

// Withdrawals: guessing a code of 44 bits must stay hopeless, typing one wrong
// must not matter.
const (
	withdrawTries  = 10
	withdrawWindow = 10 * time.Minute
)

// submissionLimit holds back an address that sends more responses than the
// configuration allows; no limit when it says 0.
func (s *Server) submissionLimit() fiber.Handler {
	if s.config.SubmissionRate <= 0 {
		return func(c fiber.Ctx) error { return c.Next() }
	}
	return s.limit(s.config.SubmissionRate, time.Minute, nil)
}

// withdrawLimit counts the tries to erase, not the page that asks to confirm.
func (s *Server) withdrawLimit() fiber.Handler {
	return s.limit(withdrawTries, withdrawWindow, func(c fiber.Ctx) bool { return c.FormValue(fieldConfirm) == "" })
}

// limit counts requests by network address. The address itself is kept
// nowhere, not even in memory: only a hash under a key that this process made
// and never shows.
func (s *Server) limit(count int, window time.Duration, skip func(fiber.Ctx) bool) fiber.Handler {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return limiter.New(limiter.Config{
		Max: count, Expiration: window, Next: skip, DisableHeaders: true,
		KeyGenerator: func(c fiber.Ctx) string {
			mac := hmac.New(sha256.New, key)
			mac.Write([]byte(s.visitor(c)))
			return string(mac.Sum(nil))
		},
		LimitReached: func(fiber.Ctx) error { return errTooMany },
	})
}

// visitor is the network address a request comes from. A trusted proxy names
// it last; what stands before may have been written by anybody.
func (s *Server) visitor(c fiber.Ctx) string {
	if len(s.config.Proxies) > 0 && c.IsProxyTrusted() {
		hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
		if last := strings.TrimSpace(hops[len(hops)-1]); last != "" {
			return last
		}
	}
	return c.IP()
}
