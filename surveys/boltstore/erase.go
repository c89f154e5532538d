package boltstore

import (
	"context"
	"encoding/binary"
	"errors"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// bbolt never writes over a page in use: it writes the changed page elsewhere
// and the old one becomes free, with its content, until it is used again. So
// that withdrawn answers are gone from the disk, erase makes it use every free
// page at once, for zeros.
//
// It happens alone: no reader may be left on an old page. A backup, which
// reads for long, is not waited for; it erases when it ends. What a crash or a
// backup puts off is remembered in the file under eraseKey.

// fillerBucket holds the zeros while they are being written.
var fillerBucket = []byte("filler")

// eraseKey, in the site bucket, is there while something has to be erased.
var eraseKey = []byte("erase")

// erase writes zeros over every free page, if something has to be erased.
func (s *Store) erase(ctx context.Context) error {
	s.erasing.Lock()
	defer s.erasing.Unlock()
	if !s.reading.TryLock() {
		return nil // the one who reads for long will do it
	}
	defer s.reading.Unlock()
	if pending, err := s.toErase(ctx); err != nil || !pending {
		return err
	}
	s.readers.Lock()
	defer s.readers.Unlock()
	if err := s.update(ctx, s.fillFreePages); err != nil {
		return err
	}
	return s.update(ctx, emptyFiller)
}

func (s *Store) toErase(ctx context.Context) (pending bool, err error) {
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		pending = tx.Bucket(siteBucket).Get(eraseKey) != nil
		return nil
	})
	return pending, err
}

// fillFreePages puts two values on every page that is free now, as a page
// cannot have fewer, and on a few more, as the last values may share a run of
// pages and leave single ones free.
func (s *Store) fillFreePages(tx *bbolt.Tx) error {
	if err := dropFiller(tx); err != nil {
		return err
	}
	filler, err := tx.CreateBucket(fillerBucket)
	if err != nil {
		return err
	}
	filler.FillPercent = 1
	stats := s.db.Stats() // as the last transaction left it
	zeros := make([]byte, s.db.Info().PageSize*2/5)
	for i := range 2 * (stats.FreePageN + stats.PendingPageN + 4) {
		if err := filler.Put(binary.BigEndian.AppendUint64(nil, uint64(i)), zeros); err != nil {
			return err
		}
	}
	return nil
}

// emptyFiller gives the pages back.
func emptyFiller(tx *bbolt.Tx) error {
	if err := dropFiller(tx); err != nil {
		return err
	}
	return tx.Bucket(siteBucket).Delete(eraseKey)
}

func dropFiller(tx *bbolt.Tx) error {
	if err := tx.DeleteBucket(fillerBucket); !errors.Is(err, bolterrors.ErrBucketNotFound) {
		return err
	}
	return nil
}

// longView reads in a transaction that may last, beside writers and other
// readers.
func (s *Store) longView(ctx context.Context, read func(*bbolt.Tx) error) error {
	s.reading.Lock()
	err := s.view(ctx, read)
	s.reading.Unlock()
	return errors.Join(err, s.erase(context.WithoutCancel(ctx)))
}
