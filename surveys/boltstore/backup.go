package boltstore

import (
	"context"
	"io"

	"go.etcd.io/bbolt"
)

// Backup writes a copy of the file as it is at this moment, while others go on
// writing, and returns its length in bytes. What arrives meanwhile makes the
// file grow instead of using pages again.
func (s *Store) Backup(ctx context.Context, w io.Writer) (int64, error) {
	var n int64
	err := s.longView(ctx, func(tx *bbolt.Tx) (err error) {
		n, err = tx.WriteTo(writer{ctx, w})
		if ctx.Err() != nil {
			return ctx.Err() // bbolt keeps only the words of what the writer said
		}
		return err
	})
	return n, err
}

// A writer stops when its context ends.
type writer struct {
	ctx context.Context
	w   io.Writer
}

func (w writer) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}
