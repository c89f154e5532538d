package surveys

import (
	"context"
	"iter"
)

// A Gatherer is a store that can put alike responses together by itself, for
// diagnostics with more answers than one process holds: what is read is then a
// count for each kind of answers, not the answers. A [Store] may be one.
type Gatherer interface {
	// Arrived is the number of the last arrival of a diagnostic, 0 before any, and
	// how many arrivals there are; a response that was withdrawn is one of them, or
	// two. It costs as much as finding one document.
	Arrived(ctx context.Context, diagnostic string) (last int64, n int, err error)
	// WithdrawnSince reports whether a response was withdrawn after an arrival.
	// What was counted until that one then counts somebody too many.
	WithdrawnSince(ctx context.Context, diagnostic string, after int64) (bool, error)
	// Gather puts together the responses that are alike in what a gathering looks
	// at, and tells how many each group holds, in no order. Withdrawn responses
	// are in none.
	Gather(ctx context.Context, g Gathering) iter.Seq2[Alike, error]
}

// A Gathering says which responses are looked at, and what makes two of them
// alike: their version, and the answers named here. No name is given twice.
type Gathering struct {
	Diagnostic, Survey string
	// Until is the number after which arrivals are passed over.
	Until int64
	// Versions are the versions looked at, all when it is nil.
	Versions []int
	// ByDay tells days apart.
	ByDay bool
	// Answers are told apart by all they hold, the order of codes included.
	Answers []string
	// Answered are told apart only by whether there is an answer: what people
	// wrote stays in the store.
	Answered []string
	// Each, when it is not empty, names an answer with several codes: a
	// response counts once for each, as if it had chosen that one alone, and
	// not at all when it has none.
	Each string
	// Rows, when it is not empty, names a repeat: responses are told apart by
	// how many rows it has, and those without any are passed over. A gathering
	// has no Each and Rows together.
	Rows string
}

// Alike is a group of responses.
type Alike struct {
	Version int
	Day     Day // empty when days are not told apart
	// Answers are what the responses have in common: a BSON document like that
	// of a response, by name. An answer of Gathering.Answered is true, one of
	// Each an array of one code, and one of Rows a number. It is only good until
	// the next group.
	Answers []byte
	N       int
}
