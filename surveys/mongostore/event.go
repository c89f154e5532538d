package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func (s *Store) AddEvent(ctx context.Context, e surveys.Event) error {
	if e.ID == "" {
		// It grows with time, so that events of the same moment keep the
		// order they came in.
		e.ID = bson.NewObjectID().Hex()
	}
	return insert(ctx, s.events, e)
}

func (s *Store) Events(ctx context.Context, diagnostic string, limit int) ([]surveys.Event, error) {
	if limit <= 0 {
		return nil, ctx.Err() // 0 means no limit to the server
	}
	newest := bson.D{{Key: "at", Value: -1}, {Key: "_id", Value: -1}}
	return list[surveys.Event](ctx, s.events, ofDiagnostic(diagnostic), newest, limit)
}
