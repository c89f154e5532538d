package mongostore

import (
	"context"
	"crypto/rand"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	fresh := make([]byte, 32)
	rand.Read(fresh) // never fails
	var kept struct {
		Value []byte `bson:"value"`
	}
	once := bson.D{{Key: "$setOnInsert", Value: bson.D{{Key: "value", Value: fresh}}}}
	err := repeat(func() error {
		return s.site.FindOneAndUpdate(ctx, byID("secret"), once,
			options.FindOneAndUpdate().SetUpsert(true).SetReturnDocument(options.After)).Decode(&kept)
	})
	return kept.Value, reached(ctx, err)
}
