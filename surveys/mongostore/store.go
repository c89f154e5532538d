// Package mongostore keeps a site in a MongoDB database: one node, a replica
// set or a sharded cluster.
//
// It needs no transaction and no change stream: every method changes one
// document at a time, and what fails half-way may be asked again. Every write
// is acknowledged by a majority of the nodes, from their journals. Documents
// are the BSON of the surveys types, the same that package boltstore keeps;
// responses have one more field, seq.
//
//	collection   _id               indexes besides _id
//	site         "secret"
//	diagnostics  ID
//	dossiers     diagnostic
//	surveys      ID                diagnostic: the surveys of a diagnostic
//	versions     survey/number     survey, number: in the order of numbers
//	manuscripts  survey
//	releases     diagnostic/number
//	reviews      diagnostic/response/question
//	                               diagnostic, response: withdrawals
//	accounts     login
//	tokens       ID                login: those of an account
//	sessions     key               until: those whose time is over
//	events       ID                diagnostic, at, _id: newest first
//	responses    response ID       diagnostic, seq (unique): the stream
//	                               diagnostic, receipt: withdrawals
//
// # Order of arrival
//
// The arrivals of a diagnostic are numbered without a gap: each takes the
// number after the highest there is. The unique index refuses a number that
// somebody else took first, and the store then looks again; so no arrival can
// appear behind one that was already read, and following never misses
// any. (A counter with $inc would not promise that: a slow writer could use its
// number after a reader has passed it.) To make this fast, the responses that
// wait for the same diagnostic are inserted together. Streams are read with
// majority read concern where there is a replica set, so that what was read is
// never rolled back.
//
// A withdrawn response becomes a document without answers, digest or receipt,
// under a new number.
//
// # Sharding
//
// Only responses are worth sharding. MongoDB allows a unique index besides _id
// only when it begins with the shard key, so the key is diagnostic:
//
//	sh.shardCollection("diapason.responses", {diagnostic: 1})
//
// Diagnostics spread over the shards and each lives whole on one, which a
// million responses (about 2 GB) do not trouble. MongoDB keeps _id unique
// within a shard only; as a response stays in its diagnostic, the promises of
// the store hold, except that an ID used again in another diagnostic, which a
// device never does, may be accepted there instead of refused. The key
// (diagnostic, _id) would spread one diagnostic over several shards, but
// could not keep arrival numbers unique, and streams would miss arrivals.
package mongostore

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"diapason/surveys"
)

// Store is a [surveys.Store] in a MongoDB database: its methods do what that
// one says.
type Store struct {
	client *mongo.Client

	site, diagnostics, dossiers, surveys *mongo.Collection
	versions, manuscripts                *mongo.Collection
	releases, reviews                    *mongo.Collection
	accounts, tokens, sessions, events   *mongo.Collection
	responses                            *mongo.Collection
	arrived                              *mongo.Collection // responses, read as streams are

	mu    sync.Mutex
	lines map[string]*line // by diagnostic
}

const (
	// selectionTime is how long a server is looked for.
	selectionTime = 5 * time.Second
	// operationTime is how long an operation may take in all, unless the
	// address says timeoutMS.
	operationTime = 20 * time.Second
)

// defaultDatabase is used when the address names none.
const defaultDatabase = "diapason"

// Open connects to the server of a mongodb:// address and makes the indexes.
// The database is the one the address names, or "diapason".
func Open(ctx context.Context, uri string) (*Store, error) {
	client, err := mongo.Connect(clientOptions(uri))
	if err != nil {
		return nil, fmt.Errorf("adresse de la base MongoDB : %w", err)
	}
	s, err := open(ctx, client, client.Database(databaseOf(uri)))
	if err != nil {
		client.Disconnect(context.WithoutCancel(ctx))
		return nil, fmt.Errorf("ouverture de la base MongoDB : %w", err)
	}
	return s, nil
}

// clientOptions are those of the address, except what the store promises.
func clientOptions(uri string) *options.ClientOptions {
	journaled := true
	return options.Client().
		SetServerSelectionTimeout(selectionTime).
		SetTimeout(operationTime).
		ApplyURI(uri).
		SetAppName("diapason").
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journaled}).
		SetReadPreference(readpref.Primary())
}

// databaseOf is the path of an address: mongodb://hosts/path?options.
func databaseOf(uri string) string {
	_, rest, _ := strings.Cut(uri, "://")
	rest, _, _ = strings.Cut(rest, "?")
	if _, name, _ := strings.Cut(rest, "/"); name != "" {
		return name
	}
	return defaultDatabase
}

func open(ctx context.Context, client *mongo.Client, db *mongo.Database) (*Store, error) {
	replicated, err := isReplicated(ctx, db)
	if err != nil {
		return nil, err
	}
	streaming := options.Collection()
	if replicated {
		streaming.SetReadConcern(readconcern.Majority())
	}
	s := &Store{
		client:      client,
		site:        db.Collection("site"),
		diagnostics: db.Collection("diagnostics"),
		dossiers:    db.Collection("dossiers"),
		surveys:     db.Collection("surveys"),
		versions:    db.Collection("versions"),
		manuscripts: db.Collection("manuscripts"),
		releases:    db.Collection("releases"),
		reviews:     db.Collection("reviews"),
		accounts:    db.Collection("accounts"),
		tokens:      db.Collection("tokens"),
		sessions:    db.Collection("sessions"),
		events:      db.Collection("events"),
		responses:   db.Collection("responses"),
		arrived:     db.Collection("responses", streaming),
		lines:       map[string]*line{},
	}
	return s, s.makeIndexes(ctx)
}

// isReplicated asks whether there is a replica set or a sharded cluster; a
// node alone has no majority to read from.
func isReplicated(ctx context.Context, db *mongo.Database) (bool, error) {
	var hello struct {
		SetName string `bson:"setName"`
		Message string `bson:"msg"` // of a router of a sharded cluster
	}
	err := db.RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
	return hello.SetName != "" || hello.Message == "isdbgrid", reached(ctx, err)
}

func (s *Store) makeIndexes(ctx context.Context) error {
	for _, index := range []struct {
		of     *mongo.Collection
		keys   bson.D
		unique bool
	}{
		{s.surveys, bson.D{{Key: "diagnostic", Value: 1}}, false},
		{s.versions, bson.D{{Key: "survey", Value: 1}, {Key: "number", Value: 1}}, false},
		{s.reviews, bson.D{{Key: "diagnostic", Value: 1}, {Key: "response", Value: 1}}, false},
		{s.tokens, bson.D{{Key: "login", Value: 1}}, false},
		{s.sessions, bson.D{{Key: "until", Value: 1}}, false},
		{s.events, bson.D{{Key: "diagnostic", Value: 1}, {Key: "at", Value: -1}, {Key: "_id", Value: -1}}, false},
		{s.responses, bson.D{{Key: "diagnostic", Value: 1}, {Key: "seq", Value: 1}}, true},
		{s.responses, bson.D{{Key: "diagnostic", Value: 1}, {Key: "receipt", Value: 1}}, false},
	} {
		model := mongo.IndexModel{Keys: index.keys}
		if index.unique {
			model.Options = options.Index().SetUnique(true)
		}
		if _, err := index.of.Indexes().CreateOne(ctx, model); err != nil {
			return fmt.Errorf("index %v of %s: %w", index.keys, index.of.Name(), reached(ctx, err))
		}
	}
	return nil
}

// Ping reports whether the server can be reached.
func (s *Store) Ping(ctx context.Context) error {
	return reached(ctx, s.client.Ping(ctx, readpref.Primary()))
}

// Close ends the connections.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), selectionTime)
	defer cancel()
	return s.client.Disconnect(ctx)
}

var _ surveys.Store = (*Store)(nil)
