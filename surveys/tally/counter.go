package tally

import "diapason/surveys"

// A Counter counts the answers of one diagnostic: a [Table] in memory, or
// [Stored] where they are stored. Both give the same numbers; only the order of
// strata, and of codes that no version knows, is each one's own.
type Counter interface {
	// Split counts a survey by the answers to some questions. It fails when
	// there would be more than 65,534 strata. A question the survey does not ask
	// tells nobody apart.
	Split(survey string, by ...By) (*Split, error)
	// Cross is a Split that counts some questions only, all when of is nil: it
	// costs as much as it counts.
	Cross(survey string, of []*surveys.Question, by ...By) (*Split, error)
	// Grouped splits a survey like Split and counts in it one multiple choice
	// alone, by groups of codes: the people who chose at least one code of each
	// group, which no sum of the codes can tell.
	Grouped(survey string, q *surveys.Question, groups []Group, by ...By) (*Split, error)
	// Until counts as far as a reach goes, whatever arrived afterwards; people
	// who take their answers back count in it no more.
	Until(reach Reach) Counter
	// Last is the number of the last arrival that is counted, 0 before any,
	// whatever the reach.
	Last() int64
	// People are how many responses to a survey there are up to an arrival, and
	// after it, withdrawn ones left out, whatever the reach.
	People(survey string, until int64) (before, after int, err error)
}

var _ Counter = (*Table)(nil)
