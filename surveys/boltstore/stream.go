package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"strconv"

	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

// pageSize is how many arrivals one read transaction copies: a long one would
// keep bbolt from using pages again.
const pageSize = 512

// A page is a run of arrivals, copied out of the file. Its memory serves for
// every page of a stream.
type page struct {
	documents []byte
	arrivals  []place
}

// A place is where the document of an arrival ends in its page.
type place struct {
	number uint64
	end    int
}

func (s *Store) Responses(ctx context.Context, diagnostic string, after surveys.Position) iter.Seq2[surveys.Arrival, error] {
	return func(yield func(surveys.Arrival, error) bool) {
		last, err := number(after)
		var p page
		for err == nil {
			if err = s.fill(ctx, &p, diagnostic, last); err != nil || len(p.arrivals) == 0 {
				break
			}
			for a, wrong := range p.all() {
				if err = wrong; err == nil {
					err = ctx.Err()
				}
				if err != nil {
					break
				}
				if !yield(a, nil) {
					return
				}
			}
			last = p.arrivals[len(p.arrivals)-1].number
		}
		if err != nil {
			yield(surveys.Arrival{}, fmt.Errorf("responses of %q: %w", diagnostic, err))
		}
	}
}

// number reads a position.
func number(p surveys.Position) (uint64, error) {
	if p == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(string(p), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("position %q was not given by this store", p)
	}
	return n, nil
}

// fill reads the page after a number.
func (s *Store) fill(ctx context.Context, p *page, diagnostic string, last uint64) error {
	p.documents, p.arrivals = p.documents[:0], p.arrivals[:0]
	return s.view(ctx, func(tx *bbolt.Tx) error {
		b := tx.Bucket(responsesBucket).Bucket([]byte(diagnostic))
		if b == nil {
			return nil
		}
		c := b.Bucket(arrivalsBucket).Cursor()
		for k, v := c.Seek(binary.BigEndian.AppendUint64(nil, last+1)); k != nil && len(p.arrivals) < pageSize; k, v = c.Next() {
			p.documents = append(p.documents, v...)
			p.arrivals = append(p.arrivals, place{binary.BigEndian.Uint64(k), len(p.documents)})
		}
		return nil
	})
}

// all gives the arrivals of a page; their documents point into it.
func (p *page) all() iter.Seq2[surveys.Arrival, error] {
	return func(yield func(surveys.Arrival, error) bool) {
		start := 0
		for _, at := range p.arrivals {
			document := p.documents[start:at.end:at.end]
			start = at.end
			id, withdrawn, err := identity(document)
			if err != nil {
				err = fmt.Errorf("arrival %d: %w", at.number, err)
			}
			a := surveys.Arrival{
				Position: surveys.Position(strconv.FormatUint(at.number, 10)),
				Number:   int64(at.number), ID: id, Withdrawn: withdrawn,
			}
			if !withdrawn {
				a.Document = document
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// identity reads the identifier of an arrival's document, and whether it was
// withdrawn, which its third field tells; the rest is not looked at.
func identity(document bson.Raw) (id string, withdrawn bool, err error) {
	value, err := document.LookupErr("_id")
	if err != nil {
		return "", false, err
	}
	id, ok := value.StringValueOK()
	if !ok {
		return "", false, fmt.Errorf("an _id of type %s", value.Type)
	}
	third, err := document.IndexErr(2)
	if err != nil {
		return "", false, err
	}
	return id, third.Key() == "withdrawn", nil
}
