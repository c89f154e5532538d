package surveys

import (
	"context"
	"time"
)

// An Opening says since when the restitution of a diagnostic is open to
// everybody, and by whose decision.
type Opening struct {
	Since time.Time `bson:"since"` // UTC, cut to milliseconds
	By    string    `bson:"by"`    // login
}

// OpenRestitution opens the restitution of a diagnostic to everybody. Changed
// is false when it was open already: who opened it first, and when, stays.
func OpenRestitution(ctx context.Context, store Store, diagnostic, login string, now time.Time) (changed bool, err error) {
	_, err = store.UpdateDiagnostic(ctx, diagnostic, func(d *Diagnostic) error {
		if changed = d.Restitution == nil; changed {
			d.Restitution = &Opening{Since: now.UTC().Truncate(time.Millisecond), By: login}
		}
		return nil
	})
	return changed && err == nil, err
}

// CloseRestitution takes the restitution of a diagnostic back. Changed is false
// when it was not open.
func CloseRestitution(ctx context.Context, store Store, diagnostic string) (changed bool, err error) {
	_, err = store.UpdateDiagnostic(ctx, diagnostic, func(d *Diagnostic) error {
		changed = d.Restitution != nil
		d.Restitution = nil
		return nil
	})
	return changed && err == nil, err
}
