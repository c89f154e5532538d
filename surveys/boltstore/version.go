package boltstore

import (
	"context"
	"encoding/binary"

	"diapason/surveys"
)

// versionKey sorts the versions of a survey by number. The zero byte, which no
// ID has, keeps a survey's versions apart from those of a longer ID.
func versionKey(survey string, number int) []byte {
	return binary.BigEndian.AppendUint32(versionPrefix(survey), uint32(number))
}

func versionPrefix(survey string) []byte { return append([]byte(survey), 0) }

func (s *Store) AddVersion(ctx context.Context, v surveys.Version) error {
	return s.insert(ctx, versionsBucket, versionKey(v.Survey, v.Number), v)
}

func (s *Store) Version(ctx context.Context, survey string, number int) (surveys.Version, error) {
	return find[surveys.Version](ctx, s, versionsBucket, versionKey(survey, number))
}

func (s *Store) Versions(ctx context.Context, survey string) ([]surveys.Version, error) {
	return list(ctx, s, versionsBucket, versionPrefix(survey), all[surveys.Version])
}
