package surveys

import (
	"cmp"
	"slices"
	"time"
)

// A Survey is what one audience is asked in one diagnostic.
type Survey struct {
	ID         string    `bson:"_id"` // public address: /r/<ID>
	Diagnostic string    `bson:"diagnostic"`
	Audience   Audience  `bson:"audience"`
	Title      string    `bson:"title"`
	State      State     `bson:"state"`
	Current    int       `bson:"current"`  // number of the version now served; 0 before the first
	Revision   int64     `bson:"revision"` // kept by the store
	Updated    time.Time `bson:"updated"`
}

// A Version is a published questionnaire. It never changes, so what was asked
// can always be told from an answer.
type Version struct {
	Survey        string        `bson:"survey"`
	Number        int           `bson:"number"` // 1, 2, 3…
	Published     time.Time     `bson:"published"`
	Questionnaire Questionnaire `bson:"questionnaire"`
}

// InOrder returns the surveys as they are shown: the common audiences first,
// in their order, then those a diagnostic added, by ID.
func InOrder(all []Survey) []Survey {
	place := func(s Survey) int {
		if i := slices.Index(Audiences(), s.Audience); i >= 0 {
			return i
		}
		return len(Audiences())
	}
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b Survey) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.ID, b.ID))
	})
	return sorted
}
