package mongostore

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"diapason/surveys"
)

// pageSize is how many arrivals one query reads: about a megabyte.
const pageSize = 512

func (s *Store) Responses(ctx context.Context, diagnostic string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	return func(yield func(surveys.Arrival, error) bool) {
		last, err := number(after)
		for err == nil {
			read := 0
			for a, wrong := range s.page(ctx, diagnostic, last) {
				if err = wrong; err != nil {
					break
				}
				read++
				if last, err = number(a.Position); err != nil {
					break
				}
				if !yield(a, nil) {
					return
				}
			}
			if err == nil && read < pageSize {
				return
			}
		}
		yield(surveys.Arrival{}, fmt.Errorf("responses of %q: %w", diagnostic, err))
	}
}

// number reads a position.
func number(p surveys.Position) (int64, error) {
	if p == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(string(p), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("position %q was not given by this store", p)
	}
	return n, nil
}

// page gives the arrivals after a number, at most pageSize.
func (s *Store) page(ctx context.Context, diagnostic string, last int64) iter.Seq2[surveys.Arrival, error] {
	return func(yield func(surveys.Arrival, error) bool) {
		after := append(ofDiagnostic(diagnostic), bson.E{Key: "seq", Value: bson.D{{Key: "$gt", Value: last}}})
		cursor, err := s.arrived.Find(ctx, after, options.Find().
			SetSort(bson.D{{Key: "seq", Value: 1}}).SetLimit(pageSize).SetBatchSize(pageSize))
		if err != nil {
			yield(surveys.Arrival{}, reached(ctx, err))
			return
		}
		defer cursor.Close(context.WithoutCancel(ctx))
		for cursor.Next(ctx) {
			if a, err := arrival(cursor.Current); !yield(a, err) {
				return
			}
		}
		err = cursor.Err()
		if err == nil {
			err = ctx.Err() // what was read before the reader left is still given
		}
		if err != nil {
			yield(surveys.Arrival{}, reached(ctx, err))
		}
	}
}

// arrival reads the fields the stream is about.
func arrival(document bson.Raw) (surveys.Arrival, error) {
	id, ok := document.Lookup("_id").StringValueOK()
	if !ok {
		return surveys.Arrival{}, fmt.Errorf("a response whose _id is not a text: %v", document.Lookup("_id"))
	}
	number, ok := document.Lookup("seq").AsInt64OK()
	if !ok {
		return surveys.Arrival{}, fmt.Errorf("response %s has no number", id)
	}
	a := surveys.Arrival{ID: id, Number: number, Position: surveys.Position(strconv.FormatInt(number, 10))}
	if a.Withdrawn, _ = document.Lookup("withdrawn").BooleanOK(); !a.Withdrawn {
		a.Document = document
	}
	return a, nil
}
