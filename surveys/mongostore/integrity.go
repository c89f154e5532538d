package mongostore

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

// CheckIntegrity reads every response: it can be decoded, it has a number that
// no other of its diagnostic has, and a withdrawn one has nothing left. It
// tells all it finds.
func (s *Store) CheckIntegrity(ctx context.Context) error {
	cursor, err := s.arrived.Find(ctx, bson.D{})
	if err != nil {
		return reached(ctx, err)
	}
	defer cursor.Close(ctx)
	type place struct {
		diagnostic string
		position   surveys.Position
	}
	var faults []error
	taken := map[place]string{}
	for cursor.Next(ctx) {
		a, err := arrival(cursor.Current)
		if err == nil {
			err = checkDocument(a, cursor.Current)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("response %s: %w", a.ID, err))
			continue
		}
		at := place{cursor.Current.Lookup("diagnostic").StringValue(), a.Position}
		if other, ok := taken[at]; ok {
			faults = append(faults, fmt.Errorf("responses %s and %s of %q have the number %s", other, a.ID, at.diagnostic, at.position))
		}
		taken[at] = a.ID
	}
	return errors.Join(append(faults, reached(ctx, cursor.Err()), s.checkReviews(ctx))...)
}

func checkDocument(a surveys.Arrival, document bson.Raw) error {
	if !a.Withdrawn {
		_, err := a.Response()
		return err
	}
	elements, err := document.Elements()
	if err != nil {
		return err
	}
	for _, e := range elements {
		switch e.Key() {
		case "_id", "diagnostic", "withdrawn", "seq":
		default:
			return fmt.Errorf("it was withdrawn and still has the field %q", e.Key())
		}
	}
	return nil
}
