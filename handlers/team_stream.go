package handlers

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/session"

	"diapason/surveys"
	"diapason/surveys/report"
)

// streamLife is how long a stream of events lasts before the browser opens the
// next: less than a server may take to write an answer.
const streamLife = 9 * time.Minute

// stream tells an open dashboard, by server-sent events, that the numbers it
// shows have changed: "change", and the page asks for itself again. "end" says
// that the session is over. The mark of what the page shows comes in as
// "depuis", so that nothing is missed between the page and the stream.
func (s *Server) stream(c fiber.Ctx, v visit) error {
	asked, err := view(c, v)
	if err != nil {
		return err
	}
	marks, leave, err := s.pulses.listen(topic{v.diagnostic.ID, asked})
	if err != nil {
		return err
	}
	// Nothing of Fiber's may be used once this returns: its buffers serve again.
	shown := strings.Clone(cmp.Or(c.Get("Last-Event-ID"), c.Query("depuis")))
	listens := s.listens(c, v, asked)
	c.Set(fiber.HeaderContentType, eventStream)
	c.Set(fiber.HeaderCacheControl, "no-store, no-transform")
	c.Set("X-Accel-Buffering", "no") // nginx would keep the events to itself
	return c.SendStreamWriter(func(w *bufio.Writer) {
		defer leave()
		s.pulses.write(w, marks, shown, listens)
	})
}

// eventStream is the media type of server-sent events.
const eventStream = "text/event-stream"

// write sends events until the reader is gone, may no longer listen, or the
// server stops.
func (p *pulses) write(w *bufio.Writer, marks <-chan string, shown string, listens func() bool) {
	beat, end := time.NewTicker(p.beat), time.NewTimer(streamLife)
	defer beat.Stop()
	defer end.Stop()
	event := "retry: 3000\n\n"
	for {
		if _, err := w.WriteString(event); err != nil {
			return
		}
		if w.Flush() != nil {
			return
		}
		event = ": \n\n" // a sign of life: proxies close what is silent
		select {
		case mark, open := <-marks:
			if !open {
				return
			}
			if mark != shown {
				shown, event = mark, "id: "+mark+"\nevent: change\ndata: 1\n\n"
			}
		case <-beat.C:
			if !listens() {
				_, _ = w.WriteString("event: end\ndata: 1\n\n")
				_ = w.Flush()
				return
			}
		case <-end.C:
			return
		}
	}
}

// listens returns what reports whether the one who opened a stream may still
// read it: signed in, with the same password and the same rights.
func (s *Server) listens(c fiber.Ctx, v visit, asked report.View) func() bool {
	memory := session.FromContext(c)
	key, mark := sessionKey(strings.Clone(memory.ID())), passwordMark(v.account)
	since, _ := memory.Get(sinceKey).(int64)
	login, diagnostic, needs := v.account.Login, v.diagnostic.ID, surveys.SeeProtected
	if asked == report.Work {
		needs = surveys.SeeWork
	}
	return func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if s.now().Sub(time.Unix(since, 0)) > sessionLife {
			return false
		}
		if _, err := s.store.Session(ctx, key, s.now()); errors.Is(err, surveys.ErrNotFound) {
			return false
		}
		account, err := s.store.Account(ctx, login)
		if errors.Is(err, surveys.ErrUnavailable) {
			return true // asked again at the next beat
		}
		return err == nil && passwordMark(account) == mark && surveys.May(account, needs, diagnostic)
	}
}
