package storetest

import (
	"context"
	"slices"
	"testing"

	"diapason/surveys"
)

// many is more arrivals than any store reads in one page.
const many = 700

func testStreams(t *testing.T, open Open) {
	t.Run("a stream of many pages gives every response once", func(t *testing.T) {
		store := open(t)
		addTogether(t, store, many)
		got := ids(read(t, store, DiagnosticID, ""))
		slices.Sort(got)
		equal(t, got, allIDs(many))
	})

	t.Run("what one person adds after another arrives after it", func(t *testing.T) {
		store := open(t)
		const writers, each = 8, 10
		together(t, writers, func(w int) error {
			for i := range each {
				if _, err := store.AddResponse(t.Context(), Response(w*each+i)); err != nil {
					return err
				}
			}
			return nil
		})
		got := ids(read(t, store, DiagnosticID, ""))
		for n := range writers * each {
			if n%each > 0 && slices.Index(got, ResponseID(n-1)) > slices.Index(got, ResponseID(n)) {
				t.Fatalf("response %d arrived before response %d", n, n-1)
			}
		}
	})

	t.Run("reading from a position gives what came after it", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2), Response(3))
		all := read(t, store, DiagnosticID, "")
		for i, s := range all {
			rest := ids(read(t, store, DiagnosticID, s.Position))
			// Something near the position may come again; nothing may lack.
			for _, later := range all[i+1:] {
				if !slices.Contains(rest, later.ID) {
					t.Fatalf("after %s, %s is missing", s.ID, later.ID)
				}
			}
		}
	})

	t.Run("a reader may stop in the middle and go on writing", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		for a, err := range store.Responses(t.Context(), DiagnosticID, "") {
			noError(t, err)
			equal(t, a.ID, ResponseID(1))
			add(t, store, Response(3)) // no transaction is held while a reader thinks
			break
		}
		equal(t, len(read(t, store, DiagnosticID, "")), 3)
	})

	t.Run("a position of nobody's is refused", func(t *testing.T) {
		_, err := collect(t.Context(), open(t), DiagnosticID, "la semaine dernière")
		if err == nil {
			t.Fatal("no error")
		}
	})

	t.Run("a follower misses nothing while others write and withdraw", testFollower(open))
}

func testFollower(open Open) func(t *testing.T) {
	return func(t *testing.T) {
		store := open(t)
		const writers, each = 8, 20
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		written := make(chan struct{})
		var writing error
		go func() {
			defer close(written)
			writing = atOnce(writers, func(w int) error { return writeAndWithdraw(ctx, store, w*each, each) })
		}()
		last := follow(t, store, written)
		noError(t, writing)
		for n := range writers * each {
			withdrawn, seen := last[ResponseID(n)]
			if !seen || withdrawn != (n%10 == 9) {
				t.Fatalf("response %d: seen %v, withdrawn %v", n, seen, withdrawn)
			}
		}
	}
}

// writeAndWithdraw adds n responses and withdraws one in ten.
func writeAndWithdraw(ctx context.Context, store surveys.Store, from, n int) error {
	for i := from; i < from+n; i++ {
		if _, err := store.AddResponse(ctx, Response(i)); err != nil {
			return err
		}
		if i%10 == 9 {
			if err := store.WithdrawResponse(ctx, DiagnosticID, ReceiptOf(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow reads from position to position until a read that began after done
// has ended, and tells whether each response it saw was withdrawn at last.
func follow(t *testing.T, store surveys.Store, done <-chan struct{}) map[string]bool {
	t.Helper()
	last := map[string]bool{}
	position := surveys.Position("")
	for ended := false; !ended; {
		select {
		case <-done:
			ended = true
		default:
		}
		for _, s := range read(t, store, DiagnosticID, position) {
			last[s.ID], position = s.Withdrawn, s.Position
		}
	}
	return last
}

// allIDs are the identifiers of the first n responses, sorted.
func allIDs(n int) []string {
	var list []string
	for i := range n {
		list = append(list, ResponseID(i))
	}
	slices.Sort(list)
	return list
}
