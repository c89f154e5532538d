package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func (s *Store) AddResponse(ctx context.Context, r surveys.Response) (bool, error) {
	if err := checkKeys(r); err != nil {
		return false, err
	}
	document, err := r.MarshalBSON()
	if err != nil {
		return false, err
	}
	return s.commit(ctx, &addition{
		id: []byte(r.ID), diagnostic: []byte(r.Diagnostic),
		digest: r.Digest, receipt: r.Receipt, document: document,
	})
}

// checkKeys refuses what bbolt would refuse in the middle of a transaction
// that is shared with others.
func checkKeys(r surveys.Response) error {
	for _, key := range []string{r.ID, r.Diagnostic} {
		if key == "" || len(key) > bbolt.MaxKeySize {
			return fmt.Errorf("response %.40q of diagnostic %.40q: an identifier has between 1 and %d bytes", r.ID, r.Diagnostic, bbolt.MaxKeySize)
		}
	}
	return nil
}

// add stores a response unless its identifier is known; refused tells why it
// cannot be. Any other error ends the transaction.
func (a *addition) add(tx *bbolt.Tx) error {
	identifiers := tx.Bucket(identifiersBucket)
	if known := identifiers.Get(a.id); known != nil {
		a.refused = refusal(known, a.digest)
		return nil
	}
	arrivals, receipts, err := makeDiagnostic(tx, a.diagnostic)
	if err != nil {
		return err
	}
	number, err := appendArrival(arrivals, a.document)
	if err != nil {
		return err
	}
	if err := identifiers.Put(a.id, append(number, a.digest[:]...)); err != nil {
		return err
	}
	a.added = true
	if a.receipt == ([32]byte{}) {
		return nil // not one that can be withdrawn
	}
	return receipts.Put(append(a.receipt[:], number...), nil)
}

// refusal is why an identifier that is known is not added again; nil when the
// response is the same.
func refusal(known []byte, digest [32]byte) error {
	switch known = known[8:]; {
	case len(known) == 0:
		return surveys.ErrWithdrawn
	case !bytes.Equal(known, digest[:]):
		return surveys.ErrConflict
	}
	return nil
}

// makeDiagnostic returns the buckets of a diagnostic's responses.
func makeDiagnostic(tx *bbolt.Tx, diagnostic []byte) (arrivals, receipts *bbolt.Bucket, err error) {
	b, err := tx.Bucket(responsesBucket).CreateBucketIfNotExists(diagnostic)
	if err != nil {
		return nil, nil, err
	}
	if arrivals, err = b.CreateBucketIfNotExists(arrivalsBucket); err != nil {
		return nil, nil, err
	}
	receipts, err = b.CreateBucketIfNotExists(receiptsBucket)
	return arrivals, receipts, err
}

// appendArrival stores a document under the next number.
func appendArrival(arrivals *bbolt.Bucket, document []byte) (number []byte, err error) {
	n, err := arrivals.NextSequence()
	if err != nil {
		return nil, err
	}
	// Numbers only grow: pages may be filled, nothing comes in between.
	arrivals.FillPercent = 0.95
	number = binary.BigEndian.AppendUint64(nil, n)
	return number, arrivals.Put(number, document)
}

func (s *Store) WithdrawResponse(ctx context.Context, diagnostic string, receipt [32]byte) error {
	err := s.update(ctx, func(tx *bbolt.Tx) error {
		b := tx.Bucket(responsesBucket).Bucket([]byte(diagnostic))
		if b == nil {
			return fmt.Errorf("withdrawal: %w", surveys.ErrNotFound)
		}
		key, _ := b.Bucket(receiptsBucket).Cursor().Seek(receipt[:])
		if !bytes.HasPrefix(key, receipt[:]) {
			return fmt.Errorf("withdrawal: %w", surveys.ErrNotFound)
		}
		key = bytes.Clone(key)
		if err := b.Bucket(receiptsBucket).Delete(key); err != nil {
			return err
		}
		return forget(tx, b.Bucket(arrivalsBucket), key[len(receipt):], diagnostic)
	})
	if err != nil {
		return err
	}
	return s.erase(context.WithoutCancel(ctx))
}

// forget replaces the arrival of a number by a withdrawn one at the end.
func forget(tx *bbolt.Tx, arrivals *bbolt.Bucket, number []byte, diagnostic string) error {
	id, _, err := identity(arrivals.Get(number))
	if err != nil {
		return fmt.Errorf("arrival %x: %w", number, err)
	}
	document, err := bson.Marshal(withdrawn{ID: id, Diagnostic: diagnostic, Withdrawn: true})
	if err != nil {
		return err
	}
	if err := tx.Bucket(siteBucket).Put(eraseKey, []byte{1}); err != nil {
		return err
	}
	if err := arrivals.Delete(number); err != nil {
		return err
	}
	if err := forgetReviews(tx, diagnostic, id); err != nil {
		return err
	}
	last, err := appendArrival(arrivals, document)
	if err != nil {
		return err
	}
	return tx.Bucket(identifiersBucket).Put([]byte(id), last)
}

// withdrawn is the document that takes the place of a withdrawn response.
type withdrawn struct {
	ID         string `bson:"_id"`
	Diagnostic string `bson:"diagnostic"`
	Withdrawn  bool   `bson:"withdrawn"`
}
