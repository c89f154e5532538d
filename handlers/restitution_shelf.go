package handlers

import (
	"bytes"
	"context"
	"sync"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/surveys"
	"diapason/surveys/report"
)

// shelfLife is how long a public page is served before its report is made
// again: many visitors must not make many reports.
const shelfLife = time.Minute

// A shelf keeps the public pages ready: a report of each diagnostic, and what
// was drawn from it.
type shelf struct {
	make func(ctx context.Context, d surveys.Diagnostic) (*report.Report, error)
	now  func() time.Time

	mu sync.Mutex
	by map[string]*shelved
}

// A shelved is what is kept of one diagnostic.
type shelved struct {
	mu       sync.Mutex // held while a report is made: the others wait for it
	revision int64      // of the diagnostic it was made from
	made     time.Time
	report   *report.Report
	pages    map[string]*ready
	former   map[string]*ready // drawn from the report before
}

// A ready page is drawn, named and pressed.
type ready struct {
	tag string
	asset
}

func newShelf(s *Server) *shelf {
	return &shelf{
		make: func(ctx context.Context, d surveys.Diagnostic) (*report.Report, error) {
			return s.source.Report(ctx, d, report.Restitution, s.now())
		},
		now: s.now, by: map[string]*shelved{},
	}
}

func (s *shelf) of(diagnostic string) *shelved {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[diagnostic] == nil {
		s.by[diagnostic] = &shelved{}
	}
	return s.by[diagnostic]
}

// report is the restitution of a diagnostic, at most shelfLife old. It is
// shared: nobody changes it.
func (s *shelf) report(ctx context.Context, d surveys.Diagnostic) (*report.Report, error) {
	kept := s.of(d.ID)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	return s.renew(ctx, kept, d)
}

func (s *shelf) renew(ctx context.Context, kept *shelved, d surveys.Diagnostic) (*report.Report, error) {
	now := s.now()
	age := now.Sub(kept.made)
	if kept.report != nil && kept.revision == d.Revision && age >= 0 && age < shelfLife {
		return kept.report, nil
	}
	made, err := s.make(ctx, d)
	if err != nil {
		return nil, err
	}
	kept.report, kept.revision, kept.made = made, d.Revision, now
	kept.pages, kept.former = map[string]*ready{}, kept.pages
	return made, nil
}

// page is what stands at an address under a diagnostic's restitution, drawn
// once from each report. Addresses are few: the caller knows them all.
func (s *shelf) page(ctx context.Context, d surveys.Diagnostic, address, mediaType string, draw func(*report.Report) ([]byte, error)) (*ready, error) {
	kept := s.of(d.ID)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	r, err := s.renew(ctx, kept, d)
	if err != nil {
		return nil, err
	}
	if p := kept.pages[address]; p != nil {
		return p, nil
	}
	body, err := draw(r)
	if err != nil {
		return nil, err
	}
	p := &ready{tagOf(body), asset{mediaType: mediaType, plain: body}}
	if same := kept.former[address]; same != nil && same.tag == p.tag {
		p = same // pressed already
	} else if mediaType != pngType && mediaType != zipType {
		p.press()
	}
	kept.pages[address] = p
	return p, nil
}

// drawn is a page as bytes.
func drawn(p page) ([]byte, error) {
	var b bytes.Buffer
	err := p.Render(&b)
	return b.Bytes(), err
}

// restitutionCaching lets caches between us and visitors keep a page as long as
// we do: a restitution that is taken back is gone everywhere a minute later.
const restitutionCaching = "public, max-age=60"

// sendReady answers in the smallest form the browser reads.
func sendReady(c fiber.Ctx, p *ready) error {
	body := p.plain
	if p.brotli != nil && c.Get(fiber.HeaderAcceptEncoding) != "" && !matches(c.Get(fiber.HeaderIfNoneMatch), p.tag) {
		switch { // one by one: browsers name gzip first, whatever they would rather have
		case c.AcceptsEncodings("br") != "":
			c.Set(fiber.HeaderContentEncoding, "br")
			body = p.brotli()
		case c.AcceptsEncodings("gzip") != "":
			c.Set(fiber.HeaderContentEncoding, "gzip")
			body = p.gzip()
		}
	}
	return sendTagged(c, body, p.mediaType, restitutionCaching, p.tag)
}
