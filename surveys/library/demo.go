package library

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"diapason/surveys"
)

// demoDays is how long the demonstration's collection has been open.
const demoDays = 28

// DemoDiagnostic is the Communauté urbaine Creusot Montceau with its real
// communes, marked as a demonstration, open since four weeks before now.
func DemoDiagnostic(id string, now time.Time) (surveys.Diagnostic, error) {
	territory, err := CreusotMontceau()
	if err != nil {
		return surveys.Diagnostic{}, err
	}
	return surveys.Diagnostic{
		ID: id, Title: "Diagnostic partagé de santé – Creusot Montceau", Edition: now.Format("2006"),
		Territory: territory, Frame: creusotMontceauFrame(), State: surveys.Open,
		Opens: now.AddDate(0, 0, -demoDays), Closes: now.AddDate(0, 0, 21), Demo: true,
		Notice: surveys.Notice{
			Controller: "Communauté urbaine Creusot Montceau (démonstration)",
			Contact:    "sante@exemple.fr",
			DPO:        "dpo@exemple.fr",
			Hosting:    "sur cet ordinateur",
		},
	}, nil
}

// demoYears is how long a contract lasts: the demonstration updates an edition
// of as long ago.
const demoYears = 5

// DemoPrevious is the edition that the demonstration's diagnostic updates, with
// its own ID: closed long ago, over as many days.
func DemoPrevious(d surveys.Diagnostic, id string) surveys.Diagnostic {
	d.ID, d.Updates, d.State = id, "", surveys.Closed
	d.Opens, d.Closes = d.Opens.AddDate(-demoYears, 0, 0), d.Opens.AddDate(-demoYears, 0, demoDays)
	d.Edition = d.Opens.Format("2006")
	return d
}

// AsBefore is a questionnaire as that edition asked it: in one question the
// wording was another, so that its two answers do not compare.
func AsBefore(q *surveys.Questionnaire) {
	for i := range q.Items {
		for j := range q.Items[i].Items {
			if item := &q.Items[i].Items[j]; item.Name == "h_numerique" {
				for language := range item.Label {
					item.Label[language] = "Savez-vous prendre un rendez-vous de santé par Internet ?"
				}
			}
		}
	}
}

// A DemoAnswer is one invented person's answers, and when they came.
type DemoAnswer struct {
	Answers surveys.Answers
	At      time.Time
	Seconds int
	Mode    surveys.Mode
	Relay   string
}

// Response is the answer as a phone sends it to a survey, agreeing to a
// version of the notice.
func (a DemoAnswer) Response(s surveys.Survey, notice string) surveys.Response {
	return surveys.Response{
		ID: surveys.NewResponseID(a.At), Survey: s.ID, Version: s.Current, Language: "fr",
		Mode: a.Mode, Relay: a.Relay, Consent: notice, Seconds: a.Seconds, Answers: a.Answers,
	}
}

// DemoAnswers invents n people of an audience who answer a form: the same for
// the same seed. They are plausible and nothing more: young men and small
// communes are missing, access is worse in the country, and the audiences
// agree on some subjects and not on others (see demoHabits).
func DemoAnswers(form *surveys.Form, audience surveys.Audience, d surveys.Diagnostic, seed uint64, n int) []DemoAnswer {
	rng := rand.New(rand.NewPCG(seed, uint64(len(audience))))
	all := make([]DemoAnswer, n)
	for i := range all {
		p := newPersona(rng, form, audience, d.Territory)
		p.before = d.State == surveys.Closed
		all[i] = DemoAnswer{Answers: p.answer(), At: demoMoment(rng, d.Opens), Seconds: 240 + rng.IntN(600), Mode: surveys.Web}
	}
	ways := rand.New(rand.NewPCG(seed, uint64(n))) // apart: the answers stay what they were
	for i := range all {
		all[i].Mode, all[i].Relay = demoWay(ways, audience)
	}
	slices.SortStableFunc(all, func(a, b DemoAnswer) int { return a.At.Compare(b.At) })
	return all
}

// demoWay is how an invented answer comes in: most from a phone, some of the
// residents' on paper or with somebody beside them, half of those through a relay.
func demoWay(rng *rand.Rand, audience surveys.Audience) (surveys.Mode, string) {
	if audience != surveys.Habitants {
		return surveys.Web, ""
	}
	relays := []string{"", "", "", "pharmacie-centre", "mediatheque", "france-services", "centre-social"}
	relay := relays[rng.IntN(len(relays))]
	switch {
	case relay == "":
		return surveys.Web, ""
	case rng.IntN(5) == 0:
		return surveys.Interviewer, relay
	case rng.IntN(5) == 0:
		return surveys.Paper, relay
	case relay == "mediatheque" && rng.IntN(3) == 0:
		return surveys.Kiosk, relay
	}
	return surveys.Web, relay
}

// demoMoment falls in the four weeks after opening: a rush in the first days,
// and one in the third week, after a reminder.
func demoMoment(rng *rand.Rand, opens time.Time) time.Time {
	day := rng.ExpFloat64() * 6
	if rng.Float64() < 0.4 {
		day = 14 + rng.ExpFloat64()*4
	}
	day = math.Min(math.Floor(day), demoDays-1)
	return opens.AddDate(0, 0, int(day)).Truncate(24 * time.Hour).Add(time.Duration(7+rng.IntN(14)) * time.Hour)
}

// A persona is somebody invented, with what makes some answers likelier.
type persona struct {
	rng      *rand.Rand
	form     *surveys.Form
	audience surveys.Audience
	commune  string
	traits   traits
	before   bool // answers the edition before, when care was easier to get
	answers  surveys.Answers
}

// traits are the circumstances that habits are tilted by.
type traits uint8

const (
	rural traits = 1 << iota
	young
	old
	poor
)

// ruralBelow is the population under which a commune counts as rural here.
const ruralBelow = 2500

func newPersona(rng *rand.Rand, form *surveys.Form, audience surveys.Audience, t surveys.Territory) *persona {
	p := &persona{rng: rng, form: form, audience: audience, answers: surveys.Answers{}}
	weights := make([]float64, len(t.Communes))
	for i, c := range t.Communes {
		// People in small communes hear of the survey less.
		weights[i] = math.Pow(float64(c.Population), 1.25)
	}
	home := t.Communes[draw(rng, weights)]
	p.commune = home.Code
	if home.Population < ruralBelow {
		p.traits |= rural
	}
	if rng.Float64() < 0.24 {
		p.traits |= poor
	}
	return p
}

// answer goes through the form as the person would: what a question asks
// depends on what was answered before.
func (p *persona) answer() surveys.Answers {
	for _, q := range p.form.Questions {
		path := p.form.Path(p.answers, time.Time{})
		if !q.Kind.Asked() || !path.On(q.Name) {
			continue
		}
		if !path.Required(q) && p.rng.Float64() < 0.025 {
			continue
		}
		if v := p.reply(q, path.Choices(q)); !v.IsBlank() {
			p.answers[q.Name] = v
		}
		p.learn(q)
	}
	return p.answers
}

// learn draws traits from the answers that tell them.
func (p *persona) learn(q *surveys.Question) {
	if !q.HasProfile(surveys.ProfileAge) {
		return
	}
	switch at := slices.IndexFunc(q.Choices, func(c surveys.Choice) bool { return c.Name == p.answers[q.Name].Text() }); {
	case at <= 2:
		p.traits |= young
	case at >= 5:
		p.traits |= old
	}
}

func (p *persona) reply(q *surveys.Question, offered []surveys.Choice) surveys.Value {
	switch q.Kind {
	case surveys.SelectOne:
		if q.List == surveys.CommunesList {
			return surveys.TextValue(p.commune)
		}
		return surveys.TextValue(offered[draw(p.rng, p.weights(q, offered))].Name)
	case surveys.SelectMultiple:
		return p.several(q, offered)
	case surveys.Rank:
		return surveys.CodesValue(p.distinct(offered, p.weights(q, offered), q.Limit)...)
	case surveys.Range:
		low, high, _ := q.Bounds()
		return surveys.NumberValue(math.Round(min(max(p.mark(q)+p.rng.NormFloat64()*2, low), high)))
	case surveys.Integer:
		return surveys.NumberValue(math.Floor(min(p.rng.ExpFloat64()*8, 120)))
	case surveys.TextKind:
		return p.sentence(q)
	}
	return surveys.Value{}
}

// several draws some choices, or an exclusive one alone.
func (p *persona) several(q *surveys.Question, offered []surveys.Choice) surveys.Value {
	weights := p.weights(q, offered)
	first := draw(p.rng, weights)
	if exclusive(offered[first].Name) {
		return surveys.CodesValue(offered[first].Name)
	}
	for i, c := range offered {
		if exclusive(c.Name) {
			weights[i] = 0
		}
	}
	most := q.Limit
	switch {
	case q.Name == "p_5ans": // people have one plan, or two
		most = 2
	case most == 0:
		most = 5
	}
	count := 1 + p.rng.IntN(most)
	if p.rng.Float64() < 0.5 {
		count = most
	}
	chosen := p.distinct(offered, weights, count)
	var inOrder []string // a phone sends them in the order of the list
	for _, c := range offered {
		if slices.Contains(chosen, c.Name) {
			inOrder = append(inOrder, c.Name)
		}
	}
	return surveys.CodesValue(inOrder...)
}

// exclusive reports whether a choice excludes the others.
func exclusive(code string) bool {
	return slices.Contains([]string{"nsp", "npr", "rien", "aucun", "aucune", "non", "personne", "tout"}, code)
}

func (p *persona) distinct(offered []surveys.Choice, weights []float64, n int) []string {
	weights = slices.Clone(weights)
	var chosen []string
	for len(chosen) < min(n, len(offered)) && slices.Max(weights) > 0 {
		i := draw(p.rng, weights)
		chosen = append(chosen, offered[i].Name)
		weights[i] = 0
	}
	return chosen
}

// weights are how likely each offered choice is for this person.
func (p *persona) weights(q *surveys.Question, offered []surveys.Choice) []float64 {
	all := p.fullWeights(q)
	weights := make([]float64, len(offered))
	for i, c := range offered {
		weights[i] = all[slices.IndexFunc(q.Choices, func(o surveys.Choice) bool { return o.Name == c.Name })]
	}
	return weights
}

// draw picks an index with a probability in proportion to its weight.
func draw(rng *rand.Rand, weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	at := rng.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}
