package surveys

import "time"

// A Release (publication) is how far the answers of a diagnostic count in what
// everybody is shown, until there is another one. It never changes. Without
// releases, two readings a few answers apart could be subtracted.
type Release struct {
	Diagnostic string    `bson:"diagnostic"`
	Number     int       `bson:"number"` // 1, 2, …
	At         time.Time `bson:"at"`
	// Surveys are those that were published at this moment.
	Surveys []ReleasedSurvey `bson:"surveys"`
	Hidden  int              `bson:"hidden"` // groups of people whose number is withheld
	// Memory is which groups of people were told and which hidden, and how
	// they add up, as package report writes it. It has small numbers in it.
	Memory []byte `bson:"memory"`
}

// A ReleasedSurvey is how far the answers to a survey are in a release.
type ReleasedSurvey struct {
	Survey string `bson:"survey"`
	Last   int64  `bson:"last"`   // number of the last arrival that counts
	People int    `bson:"people"` // who counted when the release was made
	// Gone is how many people of the release before had taken their answers
	// back.
	Gone  int       `bson:"gone"`
	Until time.Time `bson:"until"` // when these answers were taken in
}

// Survey is a survey in the release; the zero value when it was not in it.
func (r Release) Survey(id string) ReleasedSurvey {
	for _, s := range r.Surveys {
		if s.Survey == id {
			return s
		}
	}
	return ReleasedSurvey{}
}
