package mongostore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/mongo"

	"diapason/surveys"
)

// passing are the server's codes for "not now": it shuts down, it is not or no
// longer the primary, or it could not tell a majority in time.
var passing = []int{64, 91, 189, 10107, 11600, 11602, 13435, 13436}

// reached tells the errors of a server that cannot be reached, which match
// ErrUnavailable, and of a caller who has left, from all others, which it
// returns as they are.
func reached(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case unreachable(err):
		return fmt.Errorf("%w: %w", surveys.ErrUnavailable, err)
	}
	return err
}

func unreachable(err error) bool {
	var server mongo.ServerError
	if !errors.As(err, &server) {
		return true // no server said it: there is none, or the way is cut
	}
	return unconfirmed(err) || mongo.IsNetworkError(err) || mongo.IsTimeout(err) || server.HasErrorLabel("RetryableWriteError") ||
		slices.ContainsFunc(passing, server.HasErrorCode)
}

// unconfirmed tells a write that the primary did and a majority did not
// confirm: it may be lost.
func unconfirmed(err error) bool {
	var one mongo.WriteException
	var many mongo.BulkWriteException
	return errors.As(err, &one) && one.WriteConcernError != nil || errors.As(err, &many) && many.WriteConcernError != nil
}
