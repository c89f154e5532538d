package mongostore

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"diapason/surveys"
)

type session struct {
	Key   string    `bson:"_id"`
	Data  []byte    `bson:"data"`
	Until time.Time `bson:"until"`
}

func (s *Store) PutSession(ctx context.Context, key string, data []byte, until time.Time) error {
	err := repeat(func() error {
		_, err := s.sessions.ReplaceOne(ctx, byID(key), session{key, data, until}, options.Replace().SetUpsert(true))
		return err
	})
	return reached(ctx, err)
}

func (s *Store) Session(ctx context.Context, key string, now time.Time) ([]byte, error) {
	found, err := find[session](ctx, s.sessions, key)
	if err != nil {
		return nil, err
	}
	if found.Until.UnixMilli() <= now.UnixMilli() {
		return nil, fmt.Errorf("session: %w", surveys.ErrNotFound)
	}
	return found.Data, nil
}

func (s *Store) DeleteSession(ctx context.Context, key string) error {
	_, err := s.sessions.DeleteOne(ctx, byID(key))
	return reached(ctx, err)
}

func (s *Store) DeleteSessions(ctx context.Context, now time.Time) error {
	over := bson.D{{Key: "until", Value: bson.D{{Key: "$lte", Value: now}}}}
	_, err := s.sessions.DeleteMany(ctx, over)
	return reached(ctx, err)
}
