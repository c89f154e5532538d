package boltstore

import (
	"context"
	"errors"

	"go.etcd.io/bbolt"

	"diapason/surveys"
)

// errClosed is the answer of a store that is closed or closing.
var errClosed = unavailable(errors.New("store closed"))

// An addition is a response on its way to the disk.
type addition struct {
	id, diagnostic  []byte
	digest, receipt [32]byte
	document        []byte

	added   bool
	refused error
	done    chan error
}

// commit hands an addition to the committer and waits until it is on disk.
func (s *Store) commit(ctx context.Context, a *addition) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	a.done = make(chan error, 1)
	select {
	case s.additions <- a:
	case <-s.closing:
		return false, errClosed
	case <-ctx.Done():
		return false, ctx.Err()
	}
	select {
	case err := <-a.done:
		if err != nil {
			return false, unavailable(err)
		}
		return a.added, a.refused
	case <-ctx.Done():
		return false, ctx.Err() // it may be stored: asking again tells
	}
}

// maxGroup bounds the work of one transaction.
const maxGroup = 1024

// commitAdditions stores what is waiting, in one transaction and so with one
// wait for the disk, again and again.
//
// bbolt's own Batch does the same after a fixed delay or number, which must be
// tuned to the load. Measured with responses of 40 answers on 2 cores, per
// second: with 64 writers 20,000 here, 4,800 with Batch as it comes, 8,000 to
// 23,000 tuned; with 256 writers 30,000 here, 14,500 as it comes, 24,000 to
// 30,000 tuned, and no setting was good for both. Alone, a writer waits for the
// disk only.
func (s *Store) commitAdditions() {
	for {
		select {
		case a := <-s.additions:
			s.commitGroup(s.waiting([]*addition{a}))
		case <-s.closing:
			return
		}
	}
}

// waiting adds to a group everybody who waits now.
func (s *Store) waiting(group []*addition) []*addition {
	for len(group) < maxGroup {
		select {
		case a := <-s.additions:
			group = append(group, a)
		default:
			return group
		}
	}
	return group
}

func (s *Store) commitGroup(group []*addition) {
	err := s.db.Update(func(tx *bbolt.Tx) error {
		for _, a := range group {
			if err := a.add(tx); err != nil {
				return err
			}
		}
		return nil
	})
	for _, a := range group {
		a.done <- err
	}
}

var _ surveys.Store = (*Store)(nil)
