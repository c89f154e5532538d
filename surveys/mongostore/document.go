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

func byID(id string) bson.D { return bson.D{{Key: "_id", Value: id}} }

// insert stores a document whose _id must be free.
func insert(ctx context.Context, in *mongo.Collection, value any) error {
	document, err := bson.Marshal(value)
	if err != nil {
		return err
	}
	_, err = in.InsertOne(ctx, bson.Raw(document))
	if mongo.IsDuplicateKeyError(err) {
		return fmt.Errorf("%s %v: %w", in.Name(), bson.Raw(document).Lookup("_id"), surveys.ErrExists)
	}
	return reached(ctx, err)
}

// find returns the document with an ID.
func find[T any](ctx context.Context, in *mongo.Collection, id string) (value T, err error) {
	document, err := in.FindOne(ctx, byID(id)).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return value, fmt.Errorf("%s %q: %w", in.Name(), id, surveys.ErrNotFound)
	}
	if err != nil {
		return value, reached(ctx, err)
	}
	err = bson.Unmarshal(document, &value)
	return value, err
}

// list returns the documents that match, in an order, at most limit of them
// unless it is 0.
func list[T any](ctx context.Context, in *mongo.Collection, filter, order bson.D, limit int) ([]T, error) {
	cursor, err := in.Find(ctx, filter, options.Find().SetSort(order).SetLimit(int64(limit)))
	if err != nil {
		return nil, reached(ctx, err)
	}
	defer cursor.Close(ctx)
	var values []T
	for cursor.Next(ctx) {
		var value T
		if err := bson.Unmarshal(cursor.Current, &value); err != nil {
			return nil, fmt.Errorf("%s %v: %w", in.Name(), cursor.Current.Lookup("_id"), err)
		}
		values = append(values, value)
	}
	return values, reached(ctx, cursor.Err())
}

// change stores what a function makes of the document with an ID, as long as
// nobody else has changed its revision meanwhile; else it begins again. Owned
// points to the ID and the revision, which belong to the store.
func change[T any](ctx context.Context, in *mongo.Collection, id string, do func(*T) error, owned func(*T) (*string, *int64)) (T, error) {
	var none T
	for {
		value, err := find[T](ctx, in, id)
		if err != nil {
			return none, err
		}
		key, revision := owned(&value)
		found := *revision
		if err := do(&value); err != nil {
			return none, err
		}
		*key, *revision = id, found+1
		document, err := bson.Marshal(value)
		if err != nil {
			return none, err
		}
		stored, err := in.ReplaceOne(ctx, append(byID(id), bson.E{Key: "revision", Value: found}), bson.Raw(document))
		if err != nil {
			return none, reached(ctx, err)
		}
		if stored.MatchedCount == 1 {
			// What is returned is what is stored: its own copy, times cut.
			var result T
			err := bson.Unmarshal(document, &result)
			return result, err
		}
	}
}

// repeat does an upsert again when two meet: the second finds what the first
// has made.
func repeat(upsert func() error) error {
	for {
		if err := upsert(); !mongo.IsDuplicateKeyError(err) {
			return err
		}
	}
}
