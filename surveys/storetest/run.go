// Package storetest checks that a store keeps every promise of
// [surveys.Store]. A store's own test calls [Run] and adds only what is
// particular to it:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) surveys.Store { … })
//	}
//
// There is one file for each thing a store keeps, one for streams, one for
// races, and the fixtures, which other tests may use too.
package storetest

import (
	"context"
	"testing"

	"diapason/surveys"
)

// Open gives a new, empty store; what it puts in the world it removes with
// t.Cleanup. The suite closes the store.
type Open func(t *testing.T) surveys.Store

// An Inspector is a store that can look itself over: its indexes agree with
// its documents, nothing is damaged. Run asks it after every test.
type Inspector interface {
	CheckIntegrity(ctx context.Context) error
}

// Run checks a kind of store, each test on a store of its own.
func Run(t *testing.T, open func(t *testing.T) surveys.Store) {
	chapters := []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"secret", testSecret},
		{"diagnostics", testDiagnostics},
		{"dossiers", testDossiers},
		{"surveys", testSurveys},
		{"versions", testVersions},
		{"manuscripts", testManuscripts},
		{"responses", testResponses},
		{"withdrawals", testWithdrawals},
		{"reviews", testReviews},
		{"streams", testStreams},
		{"releases", testReleases},
		{"accounts", testAccounts},
		{"tokens", testTokens},
		{"sessions", testSessions},
		{"events", testEvents},
		{"updates", testUpdates},
		{"contexts", testContexts},
		{"races", testRaces},
	}
	for _, c := range chapters {
		t.Run(c.name, func(t *testing.T) { c.run(t, inspected(open)) })
	}
}

// inspected opens stores that are looked over and closed when their test ends.
func inspected(open Open) Open {
	return func(t *testing.T) surveys.Store {
		t.Helper()
		store := open(t)
		t.Cleanup(func() {
			if i, ok := store.(Inspector); ok {
				if err := i.CheckIntegrity(context.Background()); err != nil {
					t.Errorf("integrity after the test: %v", err)
				}
			}
			if err := store.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
		return store
	}
}
