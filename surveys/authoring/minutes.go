package authoring

import (
	"math"
	"slices"

	"diapason/surveys"
)

// How long people take. Adults read 184 words a minute aloud, over 17
// languages (S. Trauzettel-Klosinski, K. Dietz, "Standardized assessment of
// reading performance: the new International Reading Speed Texts IReST",
// Investigative Ophthalmology & Visual Science 53, 2012), and 238 in silence
// in English (M. Brysbaert, "How many words do we read per minute?", Journal of
// Memory and Language 109, 2019): 200 lies between, as questions are read with
// care. The slow reader and the seconds below are the house's own: set them
// right with the durations that responses tell.
const (
	wordsPerMinute     = 200
	slowWordsPerMinute = 100
	slowFactor         = 2 // on the seconds to answer
)

// answerSeconds is the time to think and answer once everything is read.
var answerSeconds = map[surveys.Kind]float64{
	surveys.SelectOne: 4, surveys.SelectMultiple: 8, surveys.Rank: 20, surveys.Range: 5,
	surveys.Integer: 7, surveys.Decimal: 8, surveys.Date: 10, surveys.Time: 8, surveys.DateTime: 15,
	surveys.TextKind: 15, surveys.Acknowledge: 3,
}

// longTextSeconds is the time to write a few sentences.
const longTextSeconds = 40

// Minutes is about how long answering takes half of the people, in whole
// minutes, at least 1: what the editor says, and what respondents are told.
func Minutes(q *surveys.Questionnaire) int {
	median, _ := durations(q)
	return max(1, int(math.Round(median)))
}

// durations estimates how long the questionnaire takes, in minutes: for half of
// the people, questions that are not for everybody at half their weight; and
// for somebody who reads slowly and is asked everything.
func durations(q *surveys.Questionnaire) (median, long float64) {
	language, last, passed := MainLanguage(q), "", Passed(q)
	q.Walk(func(item *surveys.Item, sections []*surveys.Item) {
		if item.Kind == surveys.Calculate || item.Kind == surveys.Hidden || item.HasProfile(surveys.ProfileEnd) {
			return
		}
		n := wordCount(item.Label, language) + wordCount(item.Hint, language)
		if item.List != last { // the rows of a matrix repeat the same choices
			n += choiceWords(q, item, language)
		}
		last = item.List
		seconds := answerSeconds[item.Kind]
		if item.Kind == surveys.TextKind && item.Appears("multiline") {
			seconds = longTextSeconds
		}
		median += weight(q, passed, item, sections) * (n/wordsPerMinute + seconds/60)
		long += n/slowWordsPerMinute + slowFactor*seconds/60
	})
	return median, long
}

func wordCount(t surveys.Text, language string) float64 {
	return float64(len(readWords(t.In(language, surveys.NoLanguage))))
}

// mostRead is how many choices one reads; in a longer list one looks for one's
// own.
const mostRead = 30

// choiceWords are those of the choices one reads: not of a list where one looks
// for one's own (communes, professions).
func choiceWords(q *surveys.Questionnaire, item *surveys.Item, language string) float64 {
	all := choices(q, item)
	if searched(item) || item.List == surveys.CommunesList || len(all) > mostRead {
		return 0
	}
	n := 0.0
	for _, c := range all {
		n += wordCount(c.Label, language)
	}
	return n
}

// searched reports whether the choices are found by typing, or in a menu.
func searched(item *surveys.Item) bool {
	return item.Appears("minimal") || item.Appears("autocomplete") || item.Appears("search")
}

// weight is how much of the people answer an item: half of them when it, or a
// section above, has a condition, unless the condition only says that the
// questionnaire has not ended.
func weight(q *surveys.Questionnaire, passed map[Clause]bool, item *surveys.Item, sections []*surveys.Item) float64 {
	for _, i := range append(sections[:len(sections):len(sections)], item) {
		if i.Relevant != "" && !passes(q, passed, i.Relevant) {
			return 0.5
		}
	}
	return 1
}

// passes reports whether a condition asks nothing more than to go to the end.
func passes(q *surveys.Questionnaire, passed map[Clause]bool, relevant string) bool {
	c, ok := ReadCondition(q, relevant)
	return ok && !c.Any && !slices.ContainsFunc(c.Clauses, func(clause Clause) bool { return !passed[clause] })
}

// Passed are the clauses that whoever goes to the end has met: the opposites of
// the conditions of the notes that end the questionnaire.
func Passed(q *surveys.Questionnaire) map[Clause]bool {
	passed := map[Clause]bool{}
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if !item.HasProfile(surveys.ProfileEnd) {
			return
		}
		if end, ok := ReadCondition(q, item.Relevant); ok && len(end.Clauses) == 1 {
			if opposite, ok := end.Clauses[0].opposite(true); ok {
				passed[opposite] = true
			}
		}
	})
	return passed
}
