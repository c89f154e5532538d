package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

// manuscript is the document of a manuscript, its content bytes for the same
// reason as those of a version.
type manuscript struct {
	ID       string `bson:"_id"`
	Revision int64  `bson:"revision"`
	Content  []byte `bson:"content"`
}

func (m manuscript) open() (surveys.Manuscript, error) {
	var opened surveys.Manuscript
	if err := bson.Unmarshal(m.Content, &opened); err != nil {
		return opened, fmt.Errorf("manuscript %s: %w", m.ID, err)
	}
	opened.Survey, opened.Revision = m.ID, m.Revision
	return opened, nil
}

func closed(m surveys.Manuscript) (manuscript, error) {
	content, err := bson.Marshal(m)
	return manuscript{m.Survey, m.Revision, content}, err
}

func (s *Store) AddManuscript(ctx context.Context, m surveys.Manuscript) error {
	document, err := closed(m)
	if err != nil {
		return err
	}
	return insert(ctx, s.manuscripts, document)
}

func (s *Store) Manuscript(ctx context.Context, survey string) (surveys.Manuscript, error) {
	m, err := find[manuscript](ctx, s.manuscripts, survey)
	if err != nil {
		return surveys.Manuscript{}, err
	}
	return m.open()
}

func (s *Store) UpdateManuscript(ctx context.Context, survey string, do func(*surveys.Manuscript) error) (surveys.Manuscript, error) {
	write := func(m *manuscript) error {
		opened, err := m.open()
		if err != nil {
			return err
		}
		if err := do(&opened); err != nil {
			return err
		}
		*m, err = closed(opened)
		return err
	}
	m, err := change(ctx, s.manuscripts, survey, write, func(m *manuscript) (*string, *int64) { return &m.ID, &m.Revision })
	if err != nil {
		return surveys.Manuscript{}, err
	}
	return m.open()
}
