package mongostore

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"diapason/surveys"
)

// A line is where the responses of one diagnostic wait for a number. Who has
// the turn inserts everybody who waits.
type line struct {
	diagnostic string
	turn       chan struct{} // holds one
	waiting    []*addition   // under Store.mu
}

// An addition is a response that waits.
type addition struct {
	id       string
	digest   [32]byte
	document []byte
	done     chan outcome
}

type outcome struct {
	added bool
	err   error
}

// line returns the line of a diagnostic, with one more who waits there unless
// a is nil.
func (s *Store) line(diagnostic string, a *addition) *line {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lines[diagnostic]
	if l == nil {
		l = &line{diagnostic: diagnostic, turn: make(chan struct{}, 1)}
		s.lines[diagnostic] = l
	}
	if a != nil {
		l.waiting = append(l.waiting, a)
	}
	return l
}

// maxGroup bounds what is inserted together.
const maxGroup = 1000

// take empties the line, up to maxGroup.
func (s *Store) take(l *line) []*addition {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := min(len(l.waiting), maxGroup)
	group := l.waiting[:n:n]
	l.waiting = l.waiting[n:]
	return group
}

// wait queues an addition until it is done, by whoever has the turn.
func (s *Store) wait(ctx context.Context, diagnostic string, a *addition) (bool, error) {
	l := s.line(diagnostic, a)
	for {
		select {
		case o := <-a.done:
			return o.added, o.err
		case <-ctx.Done():
			return false, ctx.Err() // it may be stored: asking again tells
		case l.turn <- struct{}{}:
			// Whoever leaves meanwhile, the others are served.
			go func() {
				s.insertAll(context.WithoutCancel(ctx), l)
				<-l.turn
			}()
		}
	}
}

// insertAll inserts everybody who waits.
func (s *Store) insertAll(ctx context.Context, l *line) {
	ctx, cancel := context.WithTimeout(ctx, operationTime)
	defer cancel()
	group := s.take(l)
	for len(group) > 0 {
		rest, err := s.insertSome(ctx, l.diagnostic, group)
		if err != nil {
			finish(rest, outcome{err: unavailableAfter(ctx, err)})
			return
		}
		group = rest
	}
}

// unavailableAfter names the error of work whose time is over.
func unavailableAfter(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", surveys.ErrUnavailable, err)
	}
	return reached(ctx, err)
}

func finish(group []*addition, o outcome) {
	for _, a := range group {
		a.done <- o
	}
}

// insertSome gives the next numbers to a group and inserts it in order. What
// stops at a name that is taken goes on with the rest, when it is known whose
// it is: an identifier's, or a number that another process took first.
func (s *Store) insertSome(ctx context.Context, diagnostic string, group []*addition) (rest []*addition, err error) {
	last, err := s.lastNumber(ctx, diagnostic)
	if err != nil {
		return group, err
	}
	documents := make([]bson.Raw, len(group))
	for i, a := range group {
		documents[i] = numbered(a.document, last+1+int64(i))
	}
	_, err = s.responses.InsertMany(ctx, documents)
	inserted := len(group)
	if err != nil {
		if inserted, err = insertedBefore(err); err != nil {
			return group, err
		}
	}
	finish(group[:inserted], outcome{added: true})
	if inserted == len(group) {
		return nil, nil
	}
	return s.settle(ctx, group[inserted:])
}

// insertedBefore is how many documents an ordered insertion stored before it
// met a name that is taken; any other error comes back.
func insertedBefore(err error) (int, error) {
	var bulk mongo.BulkWriteException
	if !errors.As(err, &bulk) || len(bulk.WriteErrors) != 1 || unconfirmed(err) || !mongo.IsDuplicateKeyError(err) {
		return 0, err
	}
	return bulk.WriteErrors[0].Index, nil
}

// lastNumber is the highest number of a diagnostic, 0 when it has none.
func (s *Store) lastNumber(ctx context.Context, diagnostic string) (int64, error) {
	return lastIn(ctx, s.responses, diagnostic)
}

func lastIn(ctx context.Context, responses *mongo.Collection, diagnostic string) (int64, error) {
	var last struct {
		Number int64 `bson:"seq"`
	}
	err := responses.FindOne(ctx, ofDiagnostic(diagnostic), options.FindOne().
		SetSort(bson.D{{Key: "seq", Value: -1}}).SetProjection(bson.D{{Key: "seq", Value: 1}})).Decode(&last)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return 0, nil
	}
	return last.Number, err
}

// numbered is the document with its number.
func numbered(document []byte, number int64) bson.Raw {
	open := append(make([]byte, 0, len(document)+16), document[:len(document)-1]...)
	open = bsoncore.AppendInt64Element(open, "seq", number)
	closed, err := bsoncore.AppendDocumentEnd(open, 0)
	if err != nil {
		panic(err) // only when it has no beginning
	}
	return closed
}

// settle answers those of a group whose identifier is stored, and returns the
// others.
func (s *Store) settle(ctx context.Context, group []*addition) (rest []*addition, err error) {
	known, err := s.known(ctx, group)
	if err != nil {
		return group, err
	}
	for _, a := range group {
		document, ok := known[a.id]
		if !ok {
			rest = append(rest, a)
			continue
		}
		a.done <- outcome{err: refusal(document, a.digest)}
	}
	return rest, nil
}

// known finds the stored digests of a group.
func (s *Store) known(ctx context.Context, group []*addition) (map[string]stored, error) {
	ids := make([]string, len(group))
	for i, a := range group {
		ids[i] = a.id
	}
	filter := bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}}
	cursor, err := s.responses.Find(ctx, filter, options.Find().
		SetProjection(bson.D{{Key: "digest", Value: 1}, {Key: "withdrawn", Value: 1}}))
	if err != nil {
		return nil, err
	}
	var documents []stored
	if err := cursor.All(ctx, &documents); err != nil {
		return nil, err
	}
	known := make(map[string]stored, len(documents))
	for _, d := range documents {
		known[d.ID] = d
	}
	return known, nil
}

// stored is what a response is recognised by.
type stored struct {
	ID        string `bson:"_id"`
	Digest    []byte `bson:"digest"`
	Withdrawn bool   `bson:"withdrawn"`
}

// refusal is why an identifier that is stored is not added again; nil when the
// response is the same.
func refusal(s stored, digest [32]byte) error {
	switch {
	case s.Withdrawn:
		return surveys.ErrWithdrawn
	case string(s.Digest) != string(digest[:]):
		return surveys.ErrConflict
	}
	return nil
}
