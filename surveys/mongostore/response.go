package mongostore

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"diapason/surveys"
)

func (s *Store) AddResponse(ctx context.Context, r surveys.Response) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	document, err := r.MarshalBSON()
	if err != nil {
		return false, err
	}
	return s.wait(ctx, r.Diagnostic, &addition{
		id: r.ID, digest: r.Digest, document: document, done: make(chan outcome, 1),
	})
}

func (s *Store) WithdrawResponse(ctx context.Context, diagnostic string, receipt [32]byte) error {
	if receipt == ([32]byte{}) {
		return fmt.Errorf("withdrawal: %w", surveys.ErrNotFound)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	l := s.line(diagnostic, nil)
	select {
	case l.turn <- struct{}{}: // nobody here takes the number meanwhile
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		err := s.forget(ctx, diagnostic, receipt)
		switch {
		case mongo.IsDuplicateKeyError(err): // another process took the number
			continue
		case errors.Is(err, surveys.ErrNotFound):
			return err
		}
		return reached(ctx, err)
	}
}

// forget puts a document without answers in the place of the response with a
// receipt, under the next number, and takes the reviews of its texts away. The
// receipt goes last: whoever was interrupted may begin again with it.
func (s *Store) forget(ctx context.Context, diagnostic string, receipt [32]byte) error {
	withReceipt := append(ofDiagnostic(diagnostic), bson.E{Key: "receipt", Value: receipt[:]})
	var found struct {
		ID string `bson:"_id"`
	}
	err := s.responses.FindOne(ctx, withReceipt, options.FindOne().SetProjection(bson.D{{Key: "_id", Value: 1}})).Decode(&found)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return fmt.Errorf("withdrawal: %w", surveys.ErrNotFound)
	}
	if err != nil {
		return err
	}
	last, err := s.lastNumber(ctx, diagnostic)
	if err != nil {
		return err
	}
	replaced, err := s.responses.ReplaceOne(ctx, append(withReceipt, bson.E{Key: "_id", Value: found.ID}),
		withdrawn{ID: found.ID, Diagnostic: diagnostic, Withdrawn: true, Number: last + 1, Receipt: receipt[:]})
	if err == nil && replaced.MatchedCount == 0 {
		return fmt.Errorf("withdrawal: %w", surveys.ErrNotFound)
	}
	if err != nil {
		return err
	}
	if err := s.forgetReviews(ctx, diagnostic, found.ID); err != nil {
		return err
	}
	_, err = s.responses.UpdateOne(ctx, append(withReceipt, bson.E{Key: "_id", Value: found.ID}),
		bson.D{{Key: "$unset", Value: bson.D{{Key: "receipt", Value: ""}}}})
	return err
}

// withdrawn is the document that takes the place of a withdrawn response.
type withdrawn struct {
	ID         string `bson:"_id"`
	Diagnostic string `bson:"diagnostic"`
	Withdrawn  bool   `bson:"withdrawn"`
	Number     int64  `bson:"seq"`
	// Receipt is there until the withdrawal is complete.
	Receipt []byte `bson:"receipt,omitempty"`
}
