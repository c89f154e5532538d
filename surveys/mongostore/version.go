package mongostore

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

// version is the document of a version. The questionnaire is bytes, its BSON:
// it has names that come from workbooks, and servers that speak MongoDB do not
// agree about dots and dollars in names, nor about lists in lists.
type version struct {
	ID            string    `bson:"_id"`
	Survey        string    `bson:"survey"`
	Number        int       `bson:"number"`
	Published     time.Time `bson:"published"`
	Questionnaire []byte    `bson:"questionnaire"`
}

func (v version) open() (surveys.Version, error) {
	opened := surveys.Version{Survey: v.Survey, Number: v.Number, Published: v.Published}
	if err := bson.Unmarshal(v.Questionnaire, &opened.Questionnaire); err != nil {
		return surveys.Version{}, fmt.Errorf("version %s: %w", v.ID, err)
	}
	return opened, nil
}

func versionID(survey string, number int) string { return fmt.Sprintf("%s/%d", survey, number) }

func (s *Store) AddVersion(ctx context.Context, v surveys.Version) error {
	questionnaire, err := bson.Marshal(v.Questionnaire)
	if err != nil {
		return err
	}
	return insert(ctx, s.versions, version{versionID(v.Survey, v.Number), v.Survey, v.Number, v.Published, questionnaire})
}

func (s *Store) Version(ctx context.Context, survey string, number int) (surveys.Version, error) {
	v, err := find[version](ctx, s.versions, versionID(survey, number))
	if err != nil {
		return surveys.Version{}, err
	}
	return v.open()
}

func (s *Store) Versions(ctx context.Context, survey string) ([]surveys.Version, error) {
	found, err := list[version](ctx, s.versions, bson.D{{Key: "survey", Value: survey}}, bson.D{{Key: "number", Value: 1}}, 0)
	if err != nil {
		return nil, err
	}
	versions := make([]surveys.Version, len(found))
	for i, v := range found {
		if versions[i], err = v.open(); err != nil {
			return nil, err
		}
	}
	return versions, nil
}
