package boltstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func (s *Store) AddReview(ctx context.Context, r surveys.Review) error {
	if err := surveys.CheckReviewID(r); err != nil {
		return err
	}
	document, err := bson.Marshal(r)
	if err != nil {
		return err
	}
	return s.update(ctx, func(tx *bbolt.Tx) error {
		if err := present(tx, r.Diagnostic, r.Response); err != nil {
			return fmt.Errorf("review of %q: %w", r.Response, err)
		}
		if err := putNew(tx.Bucket(reviewsBucket), []byte(r.ID), document); err != nil {
			return fmt.Errorf("review %q: %w", r.ID, err)
		}
		return nil
	})
}

// present reports why a response of a diagnostic is not there.
func present(tx *bbolt.Tx, diagnostic, response string) error {
	known := tx.Bucket(identifiersBucket).Get([]byte(response))
	if known == nil {
		return surveys.ErrNotFound
	}
	if len(known) == 8 { // a number and no digest
		return surveys.ErrWithdrawn
	}
	b := tx.Bucket(responsesBucket).Bucket([]byte(diagnostic))
	if b == nil {
		return surveys.ErrNotFound
	}
	// The same number may be another response's in this diagnostic.
	if id, _, err := identity(b.Bucket(arrivalsBucket).Get(known[:8])); err != nil || id != response {
		return errors.Join(surveys.ErrNotFound, err)
	}
	return nil
}

func (s *Store) Reviews(ctx context.Context, diagnostic string) ([]surveys.Review, error) {
	return list(ctx, s, reviewsBucket, []byte(diagnostic+"/"), all[surveys.Review])
}

func (s *Store) UpdateReview(ctx context.Context, id string, do func(*surveys.Review) error) (surveys.Review, error) {
	keep := func(r *surveys.Review) error {
		diagnostic, response, question := r.Diagnostic, r.Response, r.Question
		err := do(r)
		r.Diagnostic, r.Response, r.Question = diagnostic, response, question
		return err
	}
	return change(ctx, s, reviewsBucket, id, keep, func(r *surveys.Review) (*string, *int64) { return &r.ID, &r.Revision })
}

// forgetReviews takes away what was made of the texts of a response.
func forgetReviews(tx *bbolt.Tx, diagnostic, response string) error {
	prefix := []byte(surveys.ReviewID(diagnostic, response, ""))
	b := tx.Bucket(reviewsBucket)
	var keys [][]byte // a cursor may not be deleted under while it walks
	c := b.Cursor()
	for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// checkReviews finds the reviews whose response is not there.
func checkReviews(tx *bbolt.Tx) error {
	var faults []error
	err := tx.Bucket(reviewsBucket).ForEach(func(k, document []byte) error {
		r, err := decode[surveys.Review](document)
		if err == nil {
			err = present(tx, r.Diagnostic, r.Response)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("review %q: %w", k, err))
		}
		return nil
	})
	return errors.Join(append(faults, err)...)
}
