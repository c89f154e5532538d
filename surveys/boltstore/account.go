package boltstore

import (
	"context"

	"diapason/surveys"
)

func (s *Store) AddAccount(ctx context.Context, a surveys.Account) error {
	return s.insert(ctx, accountsBucket, []byte(a.Login), a)
}

func (s *Store) Account(ctx context.Context, login string) (surveys.Account, error) {
	return find[surveys.Account](ctx, s, accountsBucket, []byte(login))
}

func (s *Store) Accounts(ctx context.Context) ([]surveys.Account, error) {
	return list(ctx, s, accountsBucket, nil, all[surveys.Account])
}

func (s *Store) UpdateAccount(ctx context.Context, login string, do func(*surveys.Account) error) (surveys.Account, error) {
	return change(ctx, s, accountsBucket, login, do, func(a *surveys.Account) (*string, *int64) { return &a.Login, &a.Revision })
}
