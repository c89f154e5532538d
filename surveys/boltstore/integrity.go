package boltstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"diapason/surveys"
)

// CheckIntegrity reads the whole file: its pages hold together, every arrival
// can be decoded and every index agrees with it. It tells all it finds.
func (s *Store) CheckIntegrity(ctx context.Context) error {
	return s.longView(ctx, func(tx *bbolt.Tx) error {
		var faults []error
		for err := range tx.Check() {
			faults = append(faults, err)
		}
		found := 0
		responses := tx.Bucket(responsesBucket)
		err := responses.ForEachBucket(func(diagnostic []byte) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			n, err := checkDiagnostic(tx, diagnostic)
			found += n
			faults = append(faults, err)
			return nil
		})
		faults = append(faults, checkReviews(tx))
		if known := count(tx.Bucket(identifiersBucket)); known != found {
			faults = append(faults, fmt.Errorf("%d identifiers for %d arrivals", known, found))
		}
		return errors.Join(append(faults, err)...)
	})
}

// checkDiagnostic holds each arrival against the indexes and returns how many
// there are.
func checkDiagnostic(tx *bbolt.Tx, diagnostic []byte) (arrivals int, err error) {
	b := tx.Bucket(responsesBucket).Bucket(diagnostic)
	identifiers, receipts := tx.Bucket(identifiersBucket), b.Bucket(receiptsBucket)
	var faults []error
	withReceipt := 0
	err = b.Bucket(arrivalsBucket).ForEach(func(number, document []byte) error {
		arrivals++
		receipt, err := checkArrival(identifiers, receipts, number, document)
		if err != nil {
			faults = append(faults, fmt.Errorf("diagnostic %q, arrival %x: %w", diagnostic, number, err))
		}
		if receipt {
			withReceipt++
		}
		return nil
	})
	if n := count(receipts); n != withReceipt {
		faults = append(faults, fmt.Errorf("diagnostic %q: %d receipts for %d responses that have one", diagnostic, n, withReceipt))
	}
	return arrivals, errors.Join(append(faults, err)...)
}

// checkArrival tells whether the arrival has a receipt.
func checkArrival(identifiers, receipts *bbolt.Bucket, number, document []byte) (receipt bool, err error) {
	id, gone, err := identity(document)
	if err != nil {
		return false, err
	}
	want := bytes.Clone(number)
	var r surveys.Response
	if !gone {
		if err := r.UnmarshalBSON(document); err != nil {
			return false, err
		}
		want = append(want, r.Digest[:]...)
	}
	if known := identifiers.Get([]byte(id)); !bytes.Equal(known, want) {
		return false, fmt.Errorf("the index of identifiers says %x, the document %x", known, want)
	}
	if r.Receipt == ([32]byte{}) {
		return false, nil
	}
	if receipts.Get(append(r.Receipt[:], number...)) == nil {
		return true, errors.New("its receipt is not in the index")
	}
	return true, nil
}

func count(b *bbolt.Bucket) int { return b.Stats().KeyN }
