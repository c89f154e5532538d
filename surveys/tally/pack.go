package tally

import (
	"maps"
	"slices"

	"diapason/surveys"
)

// A piece is what one gathering tells of a question: all its answers, each code of
// a multiple choice or the rows of a repeat, or only who answered it.
type piece struct {
	key   key
	asked map[int]*surveys.Question // by version
	open  bool                      // who answered, and nothing else: it is counted like a text
	each  bool                      // the codes of a multiple choice one by one, or how many rows a repeat has
	needs surveys.Gathering         // what decides who is asked
}

// column is the one its heap has.
func (p piece) column() key {
	if p.open {
		return key{name: p.key.name, shape: written}
	}
	return p.key
}

func (p piece) versions() []int { return slices.Sorted(maps.Keys(p.asked)) }

func (s *sorting) piece(k key, asked map[int]*surveys.Question) piece {
	p := piece{key: k, asked: asked}
	_, p.needs = s.heap([]piece{p})
	return p
}

// opened is who was asked a multiple choice or a repeat and who answered it, as
// if it were a text: lists have too many combinations to be told apart.
func (s *sorting) opened(p piece) piece {
	open := map[int]*surveys.Question{}
	for version, q := range p.asked {
		open[version] = &surveys.Question{
			Item: &surveys.Item{Kind: surveys.TextKind, Name: q.Name}, Sections: q.Sections, Conditional: q.Conditional,
		}
	}
	return piece{key: p.key, asked: open, open: true, needs: p.needs}
}

// each is the codes of a multiple choice or the rows of a repeat. Whoever has one
// was asked.
func (s *sorting) each(p piece) piece {
	always := map[int]*surveys.Question{}
	for version, q := range p.asked {
		chosen := *q
		chosen.Conditional = false
		always[version] = &chosen
	}
	return piece{key: p.key, asked: always, each: true, needs: surveys.Gathering{Versions: p.needs.Versions}}
}

// A pack is pieces that one gathering tells together. Each gathering costs the
// store a pass over the answers, and tells about as many groups as its answers
// have combinations.
type pack struct {
	pieces []piece
	sizes  map[string]int // of the answers told apart, how many there may be
	whole  []string       // those told apart by all they hold
	byDay  bool
}

// mostCombinations is how many the answers of a pack may have: with a hundred
// strata, a hundred thousand groups.
const mostCombinations = 1 << 10

// unlisted is the size of answers nobody can list.
const unlisted = mostCombinations + 1

// packs are the gatherings that count some questions.
func (s *sorting) packs(keys []key, asked map[key]map[int]*surveys.Question) []*pack {
	var packs []*pack
	add := func(p piece, whole bool) {
		made := newPack(p, whole)
		made.measure(s)
		for _, other := range packs {
			if other.takes(made) {
				return
			}
		}
		packs = append(packs, made)
	}
	for _, k := range keys {
		p := s.piece(k, asked[k])
		switch told := slices.Contains(s.names(), k.name) || slices.Contains(p.needs.Answers, k.name); {
		case (k.shape == set || k.shape == rowCount) && !told:
			add(s.opened(p), false)
			add(s.each(p), false)
		default:
			add(p, told || k.shape != written)
		}
	}
	return packs
}

// newPack is a pack of one piece, whose answers are told apart by all they hold,
// or only by whether there is one.
func newPack(p piece, whole bool) *pack {
	made := &pack{pieces: []piece{p}, sizes: map[string]int{}, byDay: p.needs.ByDay, whole: slices.Clone(p.needs.Answers)}
	if whole && !slices.Contains(made.whole, p.key.name) {
		made.whole = append(made.whole, p.key.name)
	}
	return made
}

// measure finds how many combinations the answers of a new pack may have.
func (p *pack) measure(s *sorting) {
	const yesOrNo = 2
	p.sizes[p.pieces[0].key.name] = yesOrNo
	for _, name := range p.whole {
		p.sizes[name] = 0
		for _, version := range p.pieces[0].versions() {
			p.sizes[name] = max(p.sizes[name], sizeOf(s.forms[version], name))
		}
	}
	if p.byDay || p.pieces[0].each {
		p.sizes[p.pieces[0].key.name] = unlisted
	}
}

// sizeOf is how many answers a question of a form may have, none included.
func sizeOf(form *surveys.Form, name string) int {
	q, ok := form.Question(name)
	switch {
	case circumstanceSizes[name] > 0:
		return circumstanceSizes[name]
	case !ok || repeated(q):
		return unlisted
	case q.Kind == surveys.SelectOne:
		return len(q.Choices) + 1
	case q.Kind == surveys.Range:
		low, high, step := q.Bounds()
		if n := (high - low) / step; n >= 0 && n < unlisted {
			return int(n) + 2
		}
	}
	return unlisted
}

// circumstanceSizes are about how many languages, modes and relays a survey has:
// few enough to be counted together.
var circumstanceSizes = map[string]int{"@language": 16, "@mode": 4, "@relay": 16}

// takes puts the piece of another pack in this one, unless they would tell too
// many groups together. Only questions of the same versions go together, for a
// name may be that of another question in another version.
func (p *pack) takes(other *pack) bool {
	if !slices.Equal(p.pieces[0].versions(), other.pieces[0].versions()) {
		return false
	}
	sizes := maps.Clone(p.sizes)
	for name, n := range other.sizes {
		sizes[name] = max(sizes[name], n)
	}
	combinations := 1
	for _, n := range sizes {
		if combinations *= n; combinations > mostCombinations {
			return false
		}
	}
	p.sizes = sizes
	p.pieces = append(p.pieces, other.pieces...)
	for _, name := range other.whole {
		if !slices.Contains(p.whole, name) {
			p.whole = append(p.whole, name)
		}
	}
	return true
}

// gathering is what the store is asked, when the questions with these names tell
// people apart.
func (p *pack) gathering(apart []string) surveys.Gathering {
	g := surveys.Gathering{Versions: p.pieces[0].versions(), ByDay: p.byDay, Answers: slices.Clone(apart)}
	for _, name := range p.whole {
		if !slices.Contains(g.Answers, name) {
			g.Answers = append(g.Answers, name)
		}
	}
	for _, piece := range p.pieces {
		switch {
		case piece.each && piece.key.shape == rowCount:
			g.Rows = piece.key.name
		case piece.each:
			g.Each = piece.key.name
		case !slices.Contains(g.Answers, piece.key.name):
			g.Answered = append(g.Answered, piece.key.name)
		}
	}
	return g
}
