// Package boltstore keeps a site in one file, with bbolt: a B+ tree whose
// transactions are on disk when they return. One process opens the file at a
// time.
//
// The file holds these buckets; documents are the BSON of the surveys types,
// the same that package mongostore keeps:
//
//	site         "secret" → 32 bytes; "erase" while something has to be erased
//	diagnostics  ID → document
//	dossiers     ID of the diagnostic → document
//	surveys      ID → document
//	versions     survey, 0, number (4 bytes, big end first) → document
//	manuscripts  survey → document
//	releases     diagnostic, 0, number (4 bytes, big end first) → document
//	reviews      diagnostic/response/question → document
//	accounts     login → document
//	tokens       ID → document
//	sessions     key → end (milliseconds, 8 bytes), bytes
//	events       diagnostic → bucket: milliseconds, ID → document
//	identifiers  response ID → arrival number, digest; a withdrawn one has no digest
//	responses    diagnostic → two buckets
//	               arrivals: number (8 bytes, big end first) → document
//	               receipts: receipt, number → nothing
//
// Arrival numbers are given in the transaction that stores the arrival, so
// their order is the order of commits, and a [surveys.Position] is one of
// them. A withdrawal takes the document out of its place, adds a document
// without answers at the end, and writes over every page that is free, see
// erase.go.
package boltstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"diapason/surveys"
)

// The buckets at the root of the file.
var (
	siteBucket        = []byte("site")
	diagnosticsBucket = []byte("diagnostics")
	dossiersBucket    = []byte("dossiers")
	surveysBucket     = []byte("surveys")
	versionsBucket    = []byte("versions")
	manuscriptsBucket = []byte("manuscripts")
	releasesBucket    = []byte("releases")
	reviewsBucket     = []byte("reviews")
	accountsBucket    = []byte("accounts")
	tokensBucket      = []byte("tokens")
	sessionsBucket    = []byte("sessions")
	eventsBucket      = []byte("events")
	identifiersBucket = []byte("identifiers")
	responsesBucket   = []byte("responses")
)

// The buckets of a diagnostic's responses.
var (
	arrivalsBucket = []byte("arrivals")
	receiptsBucket = []byte("receipts")
)

// Store is a [surveys.Store] in a file: its methods do what that one says.
type Store struct {
	db        *bbolt.DB
	additions chan *addition
	closing   chan struct{}
	close     func() error

	readers sync.RWMutex // held for writing by who needs no reader to be there
	reading sync.Mutex   // held by one who reads for long
	erasing sync.Mutex
}

// lockWait is how long Open waits for another process to let go of the file:
// long enough for a restart, short enough to read the error.
const lockWait = time.Second

// Open opens the file, and makes it, with its folder, when there is none. The
// folder and the file are for this user only.
func Open(path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("création du dossier de données : %w", err)
	}
	db, err := bbolt.Open(path, 0o600, options())
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, openElsewhere(path)
	}
	if err != nil {
		return nil, fmt.Errorf("ouverture du fichier de données %s : %w", path, err)
	}
	if err := db.Update(makeBuckets); err != nil {
		return nil, errors.Join(fmt.Errorf("préparation du fichier de données %s : %w", path, err), db.Close())
	}
	s := start(db)
	if err := s.erase(context.Background()); err != nil {
		return nil, errors.Join(fmt.Errorf("effacement des réponses retirées dans %s : %w", path, err), s.Close())
	}
	return s, nil
}

// openElsewhere is the path of a file that another process holds.
type openElsewhere string

func (path openElsewhere) Error() string {
	return fmt.Sprintf("le fichier %s est déjà ouvert par un autre Diapason : arrêtez-le, ou donnez un autre fichier à celui-ci", string(path))
}

func (openElsewhere) Unwrap() error { return surveys.ErrUnavailable }

func options() *bbolt.Options {
	return &bbolt.Options{
		Timeout: lockWait,
		// The list of free pages is looked up on every commit.
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mapping(),
	}
}

// mapping is how much address space is reserved for the file at once, in
// bytes: growing it later waits for every reader, and a backup reads for long.
// Only on Windows would it take room on the disk.
func mapping() int {
	if runtime.GOOS == "windows" {
		return 0
	}
	return min(16<<30, math.MaxInt/4)
}

func makeBuckets(tx *bbolt.Tx) error {
	for _, name := range [][]byte{
		siteBucket, diagnosticsBucket, dossiersBucket, surveysBucket, versionsBucket,
		manuscriptsBucket, releasesBucket, reviewsBucket, accountsBucket, tokensBucket, sessionsBucket, eventsBucket,
		identifiersBucket, responsesBucket,
	} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

func start(db *bbolt.DB) *Store {
	s := &Store{db: db, additions: make(chan *addition), closing: make(chan struct{})}
	var committer sync.WaitGroup
	committer.Go(s.commitAdditions)
	s.close = sync.OnceValue(func() error {
		close(s.closing)
		committer.Wait()
		return db.Close()
	})
	return s
}

// Close waits for what is being written, and gives the file back.
func (s *Store) Close() error { return s.close() }

// Ping reports whether the file is open.
func (s *Store) Ping(ctx context.Context) error {
	return s.view(ctx, func(*bbolt.Tx) error { return nil })
}

// view reads in a transaction.
func (s *Store) view(ctx context.Context, read func(*bbolt.Tx) error) error {
	s.readers.RLock()
	defer s.readers.RUnlock()
	return s.run(ctx, s.db.View, read)
}

// update writes in a transaction; when it returns without error, what it wrote
// is on disk.
func (s *Store) update(ctx context.Context, write func(*bbolt.Tx) error) error {
	return s.run(ctx, s.db.Update, write)
}

// run tells the errors of the work, which it returns as they are, from those
// of the file, which are ErrUnavailable.
func (s *Store) run(ctx context.Context, transaction func(func(*bbolt.Tx) error) error, work func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var failed error
	err := transaction(func(tx *bbolt.Tx) error {
		failed = work(tx)
		return failed
	})
	if err != nil && failed == nil {
		return unavailable(err)
	}
	return err
}

func unavailable(err error) error {
	return fmt.Errorf("%w: %w", surveys.ErrUnavailable, err)
}
