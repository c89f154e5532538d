package storetest

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"time"

	"diapason/surveys"
)

// RandomQuestionnaire has one question of each kind several times, half of
// them conditional on earlier ones, some in conditional groups.
func RandomQuestionnaire(rng *rand.Rand, questions int) *surveys.Questionnaire {
	q := &surveys.Questionnaire{Lists: []surveys.List{
		List("communes", "94001", "94002", "94003", "ailleurs"),
		List("short", "a", "b", "nsp"),
		List("long", Codes(300)...), // more than a byte of codes, more than 64 bits
		List("mid", Codes(13)...),
	}}
	q.Items = append(q.Items, surveys.Item{Kind: surveys.SelectOne, Name: "commune", List: "communes", Profile: surveys.ProfileCommune})
	kinds := []surveys.Kind{surveys.SelectOne, surveys.SelectMultiple, surveys.Rank, surveys.Integer, surveys.TextKind, surveys.Date, surveys.Range}
	earlier := []string{}
	for i := range questions {
		kind := kinds[rng.IntN(len(kinds))]
		item := surveys.Item{Kind: kind, Name: fmt.Sprintf("q%02d", i)}
		if kind.HasChoices() {
			item.List = []string{"short", "long", "mid"}[rng.IntN(3)]
		}
		if len(earlier) > 0 && rng.IntN(2) == 0 {
			item.Relevant = fmt.Sprintf("${%s} = 'a'", earlier[rng.IntN(len(earlier))])
		}
		if kind == surveys.SelectOne {
			item.List = "short"
			earlier = append(earlier, item.Name)
		}
		if item.Relevant != "" && rng.IntN(2) == 0 {
			group := surveys.Item{Kind: surveys.Group, Name: "g" + item.Name, Relevant: item.Relevant}
			item.Relevant = ""
			group.Items = []surveys.Item{item}
			item = group
		}
		q.Items = append(q.Items, item)
	}
	return q
}

// List is a list of choices with these codes.
func List(name string, codes ...string) surveys.List {
	l := surveys.List{Name: name}
	for _, c := range codes {
		l.Choices = append(l.Choices, surveys.Choice{Name: c})
	}
	return l
}

// Codes are n codes, the last « nsp ».
func Codes(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	names[n-1] = "nsp"
	return names
}

// RandomResponse answers three questions in four in the diagnostic "d", and drops
// what is off the path, as Submit does.
func RandomResponse(rng *rand.Rand, form *surveys.Form, survey string, version int) surveys.Response {
	answers := surveys.Answers{}
	for _, q := range form.Questions {
		if rng.IntN(4) == 0 {
			continue
		}
		answers[q.Name] = randomValue(rng, q)
	}
	day := time.Date(2026, 11, 1+rng.IntN(20), 12, 0, 0, 0, time.UTC)
	path := form.Path(answers, day)
	kept := surveys.Answers{}
	for name, v := range answers {
		if path.On(name) {
			kept[name] = v
		}
	}
	r := surveys.Response{
		ID: surveys.NewResponseID(day), Diagnostic: "d", Survey: survey, Version: version,
		Day: surveys.DayOf(day), Answers: kept,
		Mode:     []surveys.Mode{surveys.Web, surveys.Kiosk, surveys.Paper}[rng.IntN(3)],
		Language: []string{"fr", "ar"}[rng.IntN(2)], Relay: []string{"", "pharmacie", "mairie"}[rng.IntN(3)], Seconds: rng.IntN(900),
	}
	r.Receipt = sha256.Sum256([]byte(r.ID))
	r.Seal()
	return r
}

func randomValue(rng *rand.Rand, q *surveys.Question) surveys.Value {
	chosen := func(n int) []string {
		var names []string
		for _, i := range rng.Perm(len(q.Choices))[:n] {
			names = append(names, q.Choices[i].Name)
		}
		return names
	}
	switch q.Kind {
	case surveys.SelectOne:
		return surveys.TextValue(chosen(1)[0])
	case surveys.SelectMultiple:
		return surveys.CodesValue(chosen(1 + rng.IntN(3))...)
	case surveys.Rank:
		return surveys.CodesValue(chosen(len(q.Choices))...)
	case surveys.Integer, surveys.Range:
		return surveys.NumberValue(float64(rng.IntN(400)))
	case surveys.Date:
		return surveys.TextValue("2026-01-01")
	}
	return surveys.TextValue("quelque chose")
}
