package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func (s *Store) AddToken(ctx context.Context, t surveys.Token) error {
	return insert(ctx, s.tokens, t)
}

func (s *Store) Token(ctx context.Context, id string) (surveys.Token, error) {
	return find[surveys.Token](ctx, s.tokens, id)
}

func (s *Store) Tokens(ctx context.Context, login string) ([]surveys.Token, error) {
	return list[surveys.Token](ctx, s.tokens, bson.D{{Key: "login", Value: login}}, inOrder, 0)
}

func (s *Store) UpdateToken(ctx context.Context, id string, do func(*surveys.Token) error) (surveys.Token, error) {
	return change(ctx, s.tokens, id, do, func(t *surveys.Token) (*string, *int64) { return &t.ID, &t.Revision })
}

func (s *Store) DeleteToken(ctx context.Context, id string) error {
	_, err := s.tokens.DeleteOne(ctx, byID(id))
	return reached(ctx, err)
}
