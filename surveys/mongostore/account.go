package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func (s *Store) AddAccount(ctx context.Context, a surveys.Account) error {
	return insert(ctx, s.accounts, a)
}

func (s *Store) Account(ctx context.Context, login string) (surveys.Account, error) {
	return find[surveys.Account](ctx, s.accounts, login)
}

func (s *Store) Accounts(ctx context.Context) ([]surveys.Account, error) {
	return list[surveys.Account](ctx, s.accounts, bson.D{}, inOrder, 0)
}

func (s *Store) UpdateAccount(ctx context.Context, login string, do func(*surveys.Account) error) (surveys.Account, error) {
	return change(ctx, s.accounts, login, do, func(a *surveys.Account) (*string, *int64) { return &a.Login, &a.Revision })
}
