package report

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
	"diapason/surveys/tally"
	"diapason/surveys/weights"
)

// A weighting is how the answers of an audience are weighted, and what to tell
// of it.
type weighting struct {
	weights.Result
	by      []tally.By
	weights map[string]float64 // by stratum
}

// weigh gives the weight of each person of a stratum; nil when none is
// weighted.
func (w *weighting) weigh() func(tally.Stratum) float64 {
	if w == nil || !w.Applied {
		return nil
	}
	return func(s tally.Stratum) float64 { return w.weights[stratumName(s.Groups[:len(w.by)])] }
}

func stratumName(groups []string) string { return strings.Join(groups, "\x00") }

// weightingOf rakes the residents' answers on sex and age, and on sectors, as
// far as the census and the questionnaire allow, and post-stratifies those of
// the professionals where their numbers are known. Associations never are.
func (b *builder) weightingOf(p *public) (*weighting, error) {
	w := &weighting{weights: map[string]float64{}}
	var margins []margin
	fit := weights.Rake
	switch {
	case p.Audience == surveys.Habitants:
		margins = b.margins(p)
	case p.Audience == surveys.Professionnels && b.counted(p):
		margins = []margin{b.memberMargin(p)}
		fit = func(n int, margins []weights.Margin, limits weights.Limits) (weights.Result, error) {
			return weights.PostStratify(n, margins[0], limits)
		}
	default:
		return nil, nil
	}
	for _, m := range margins {
		w.by = append(w.by, m.by)
	}
	split, err := b.Table.Split(p.ID, w.by...)
	if err != nil {
		return nil, err
	}
	people := 0
	for _, s := range split.Strata {
		people += s.N
	}
	if faults := b.censusFaults(); len(margins) > 0 && faults != nil {
		w.Result = weights.Result{Sentence: "Pas de redressement : le recensement de ce diagnostic est à compléter ou à corriger. " + strings.Join(faults, " ")}
		return w, nil
	}
	raked := make([]weights.Margin, len(margins))
	for i, m := range margins {
		raked[i] = weights.Margin{Name: m.name, Cells: m.cells, Ordered: m.ordered, Codes: make([]uint8, 0, people)}
		for _, s := range split.Strata {
			code := m.code(s.Groups[i])
			for range s.N {
				raked[i].Codes = append(raked[i].Codes, code)
			}
		}
	}
	w.Result, err = fit(people, raked, weights.Usual())
	if faults := (weights.Problems)(nil); errors.As(err, &faults) { // of numbers that a person entered
		w.Result = weights.Result{Sentence: "Pas de redressement : les effectifs de population de ce diagnostic sont à corriger. " + strings.ReplaceAll(faults.Error(), "\n", " ")}
		return w, nil
	}
	if err != nil {
		return nil, err
	}
	at := 0
	for _, s := range split.Strata {
		if s.N > 0 {
			w.weights[stratumName(s.Groups)] = w.Weights[at]
			at += s.N
		}
	}
	return w, nil
}

// A margin is a question whose answers the census counts too.
type margin struct {
	name    string
	by      tally.By
	cells   []weights.Cell
	ordered bool
}

// code is the cell of a group of answers.
func (m margin) code(group string) uint8 {
	for i, g := range m.by.Groups {
		if g.Code == group {
			return uint8(i)
		}
	}
	return weights.Unknown
}

// margins are those of sex, age and sector that the questionnaire asks and the
// census of the dossier counts.
func (b *builder) margins(p *public) []margin {
	if len(b.Dossier.Census.Counts) == 0 {
		return nil
	}
	var margins []margin
	for _, q := range p.form.Questions {
		if q.Kind != surveys.SelectOne {
			continue
		}
		switch {
		case q.HasProfile(surveys.ProfileSex):
			margins = append(margins, b.sexMargin(q))
		case q.HasProfile(surveys.ProfileAge):
			margins = append(margins, b.ageMargin(q))
		case q.HasProfile(surveys.ProfileCommune) && len(b.Diagnostic.Territory.Sectors) > 1:
			margins = append(margins, b.sectorMargin(q))
		}
	}
	return margins
}

// The sexes the census counts.
const (
	women = iota
	men
)

var sexLabels = [...]string{"Femmes", "Hommes"}

// sexOf reads a choice as one of the sexes of the census.
func sexOf(c surveys.Choice) (sex int, ok bool) {
	switch strings.ToLower(c.Name) {
	case "femme", "femmes", "f", "female", "woman", "feminin":
		return women, true
	case "homme", "hommes", "h", "m", "male", "man", "masculin":
		return men, true
	}
	return 0, false
}

func (b *builder) sexMargin(q *surveys.Question) margin {
	m := margin{name: "sexe", by: tally.By{Question: q}}
	for sex, label := range sexLabels {
		group := tally.Group{Code: label}
		for _, c := range q.Choices {
			if s, ok := sexOf(c); ok && s == sex {
				group.Codes = append(group.Codes, c.Name)
			}
		}
		m.by.Groups = append(m.by.Groups, group)
		m.cells = append(m.cells, weights.Cell{Label: label, Population: b.census(func(c surveys.CensusCount) float64 {
			if sex == women {
				return from15(c.Women)
			}
			return from15(c.Men)
		})})
	}
	return m
}

// The age bands of the census from 15 years on, as tables show them, with the
// first age of each.
var (
	bandLabels = [...]string{"15–29 ans", "30–44 ans", "45–59 ans", "60–74 ans", "75 ans ou plus"}
	bandStarts = [...]int{15, 30, 45, 60, 75}
)

// years finds the ages in a code or a label: "15_17", "75 ans ou plus".
var years = regexp.MustCompile(`\d{1,3}`)

// bandOf reads a choice as one of the bands of the census: the one that holds
// its first and its last age.
func bandOf(c surveys.Choice) (band int, ok bool) {
	found := years.FindAllString(c.Name, 2)
	if len(found) == 0 {
		return 0, false
	}
	first, err := strconv.Atoi(found[0])
	if err != nil || first < bandStarts[0] {
		return 0, false
	}
	for i, start := range slices.Backward(bandStarts[:]) {
		if first < start {
			continue
		}
		if i == len(bandStarts)-1 {
			return i, true
		}
		if len(found) == 1 {
			return 0, false
		}
		last, err := strconv.Atoi(found[1])
		return i, err == nil && last < bandStarts[i+1]
	}
	return 0, false
}

func (b *builder) ageMargin(q *surveys.Question) margin {
	m := margin{name: "âge", ordered: true, by: tally.By{Question: q}}
	for band, label := range bandLabels {
		group := tally.Group{Code: label}
		for _, c := range q.Choices {
			if at, ok := bandOf(c); ok && at == band {
				group.Codes = append(group.Codes, c.Name)
			}
		}
		m.by.Groups = append(m.by.Groups, group)
		m.cells = append(m.cells, weights.Cell{Label: label, Population: b.census(func(c surveys.CensusCount) float64 {
			return c.Men[band+1] + c.Women[band+1]
		})})
	}
	return m
}

func (b *builder) sectorMargin(q *surveys.Question) margin {
	m := margin{name: "secteur", by: tally.By{Question: q}}
	for i, s := range b.Diagnostic.Territory.Sectors {
		m.by.Groups = append(m.by.Groups, tally.Group{Code: s.ID, Codes: s.Communes})
		m.cells = append(m.cells, weights.Cell{Label: s.Name, Population: b.census(func(c surveys.CensusCount) float64 {
			if at, ok := b.sectors[c.Commune]; !ok || at != i {
				return 0
			}
			return from15(c.Men) + from15(c.Women)
		})})
	}
	return m
}

// counted reports whether the dossier knows how many professionals there are, by
// a question of their survey.
func (b *builder) counted(p *public) bool {
	if b.Dossier.Members == nil || len(b.Dossier.Members.Groups) == 0 {
		return false
	}
	q, asked := p.form.Question(b.Dossier.Members.Question)
	return asked && q.Kind == surveys.SelectOne
}

func (b *builder) memberMargin(p *public) margin {
	q, _ := p.form.Question(b.Dossier.Members.Question)
	m := margin{name: "profession", by: tally.By{Question: q}}
	for _, g := range b.Dossier.Members.Groups {
		n := float64(g.N)
		if g.N == 0 {
			n = math.NaN()
		}
		m.by.Groups = append(m.by.Groups, tally.Group{Code: g.Name, Codes: g.Codes})
		m.cells = append(m.cells, weights.Cell{Label: g.Name, Population: n})
	}
	return m
}

// census adds up a number over the communes of the territory.
func (b *builder) census(of func(surveys.CensusCount) float64) float64 {
	sum := 0.0
	for _, c := range b.Dossier.Census.Counts {
		if b.communes[c.Commune] {
			sum += of(c)
		}
	}
	return sum
}

// from15 is the people the residents' survey is for.
func from15(bands [surveys.CensusBands]float64) float64 {
	sum := 0.0
	for _, n := range bands[1:] {
		sum += n
	}
	return sum
}
