package verbatims

import "strings"

// titles come before a name. Those marked true are so seldom followed by
// anything else that a name in small letters is taken for one too.
var titles = map[string]bool{
	"m": true, "mm": true, "mr": true, "mrs": true, "mme": true, "mmes": true, "mlle": true, "mlles": true, "dr": true, "drs": true, "dre": true, "pr": true,
	"monsieur": false, "madame": false, "mademoiselle": false, "docteur": false, "docteure": false, "docteurs": false, "professeur": false, "professeure": false, "maitre": false,
}

// trades may come before a name: "le kiné Durand", "la pharmacie Petit".
var trades = setOf(`kine kinesitherapeute dentiste medecin infirmier infirmiere pharmacien pharmacienne pharmacie cabinet gynecologue ophtalmo ophtalmologue
pediatre psychiatre psychologue orthophoniste osteopathe dermatologue cardiologue podologue chez voisin voisine famille`)

// grounds come before the name of a place that bears somebody's name.
var grounds = setOf(`rue avenue boulevard place square quai chemin allee impasse route pont quartier cite residence ecole college lycee hopital clinique centre maison ehpad foyer
institut fondation salle stade gymnase piscine parc jardin saint sainte st ste gare mont espace`)

// particles stand inside names.
var particles = setOf("de du des d la le les el al ben bin van von der den di da dos do")

// familyToo are ordinary words that are family names as well, after a first one.
var familyToo = setOf("petit grand bas vieux marche pont parc")

// reading is a text whose names are looked for.
type reading struct {
	text  string
	words []word
	loud  bool // most words have a capital: capitals tell nothing
}

// names masks likely names of people.
func (m *masking) names(text string) string {
	r := reading{text: text, words: wordsOf(text)}
	m.known.mark(text, r.words)
	r.loud = loud(r.words)
	var b strings.Builder
	at := 0
	for i := 0; i < len(r.words); {
		from, to := r.nameAt(i)
		if to == from {
			i++
			continue
		}
		b.WriteString(text[at:r.words[from].start])
		b.WriteString(Name.Mark())
		at = r.words[to-1].end
		m.found = append(m.found, Name)
		i = to
	}
	b.WriteString(text[at:])
	return b.String()
}

// loud reports whether a text is written with a capital at most words.
func loud(words []word) bool {
	capitals, count := 0, 0
	for _, w := range words {
		if w.masked || w.known || len(w.text) < 2 {
			continue
		}
		if count++; w.capital {
			capitals++
		}
	}
	return count >= 4 && capitals*2 > count
}

// nameAt finds the words, from one to another, of a name that begins at a word
// or that it announces; none when there is none.
func (r *reading) nameAt(i int) (from, to int) {
	w := r.words[i]
	if w.masked {
		return i, i
	}
	for _, rule := range []func(int) (int, int){r.afterTitle, r.afterTrade, r.inStreet, r.first, r.initial, r.pair} {
		if from, to = rule(i); to > from {
			return from, to
		}
	}
	return i, i
}

// gap is what stands between a word and the next.
func (r *reading) gap(i int) string { return r.text[r.words[i].end:r.words[i+1].start] }

// follows reports whether a word comes right after another, and is no mark.
func (r *reading) follows(i int) bool {
	return i+1 < len(r.words) && !r.words[i+1].masked && joined(r.gap(i))
}

func (w word) ordinary() bool { return w.masked || plain[w.folded] }

// afterTitle: M. Dupont, le docteur Jean Petit, mme durand.
func (r *reading) afterTitle(i int) (from, to int) {
	smallToo, ok := titles[r.words[i].folded]
	if !ok || i+1 >= len(r.words) || r.words[i+1].masked {
		return i, i
	}
	gap := strings.TrimLeft(r.gap(i), ".")
	if dotted := gap != r.gap(i); gap != "" && !joined(gap) || gap == "" && !dotted || gap == "-" || gap == "'" || gap == "’" {
		return i, i
	} else if r.words[i].folded == "m" && !dotted && !(r.words[i].text == "M" && r.words[i+1].capital) {
		return i, i // "m" is also a metre, and "m'" a person
	}
	next := r.words[i+1]
	switch {
	case next.capital && particles[next.folded] && r.run(i+1) > i+2: // Dr De La Tour
		return i + 1, r.run(i + 1)
	case next.ordinary() && !(next.capital && familyToo[next.folded]), next.known && next.shouted:
		return i, i
	case next.capital:
		return i + 1, r.run(i + 1)
	case smallToo && len(next.folded) > 1, firstNames[next.folded] == surelyFirst:
		return i + 1, i + 2
	}
	return i, i
}

// afterTrade: le kiné Durand, chez Martin.
func (r *reading) afterTrade(i int) (from, to int) {
	if !trades[r.words[i].folded] || r.loud || !r.follows(i) || r.gap(i) == "-" {
		return i, i
	}
	if next := r.words[i+1]; !next.capital || next.known || next.shouted || next.ordinary() || grounds[next.folded] {
		return i, i
	}
	return i + 1, r.run(i + 1)
}

// inStreet: after the number of a house, which is masked already.
func (r *reading) inStreet(i int) (from, to int) {
	if i == 0 || !r.words[i-1].masked || r.words[i-1].text != string(Number) || !grounds[r.words[i].folded] {
		return i, i
	}
	for j := i + 1; j < len(r.words) && joined(r.gap(j-1)) && !r.words[j].masked; j++ {
		if r.words[j].capital && !r.words[j].known && !plain[r.words[j].folded] {
			return j, r.run(j)
		}
		if !particles[r.words[j].folded] && r.words[j].folded != "l" {
			break
		}
	}
	return i, i
}

// first: a first name, with the family name beside it.
func (r *reading) first(i int) (from, to int) {
	w := r.words[i]
	sure := firstNames[w.folded]
	if sure == notFirst || w.known || r.ofPlace(i) || w.shouted && !r.loud && len(w.text) < 3 {
		return i, i
	}
	end := i + 1
	if w.capital {
		end = r.run(i)
	} else if r.follows(i) && r.gap(i) == "-" && firstNames[r.words[i+1].folded] != notFirst {
		end = i + 2
	}
	with := end > i+1 && (r.words[end-1].capital || firstNames[r.words[end-1].folded] != notFirst)
	if sure == maybeFirst && !with && (!w.capital || w.begins || r.loud) {
		return i, i
	}
	if sure == maybeFirst && r.loud {
		return i, i
	}
	// The family name came first: DUPONT Jean.
	if i > 0 && r.words[i-1].shouted && !r.loud && !r.words[i-1].ordinary() && !r.words[i-1].known && len(r.words[i-1].text) > 2 && r.follows(i-1) && w.capital {
		return i - 1, end
	}
	return i, end
}

// initial: J. Dupont.
func (r *reading) initial(i int) (from, to int) {
	if i+1 >= len(r.words) || !r.words[i].capital || len(r.words[i].text) != 1 {
		return i, i
	}
	if gap := r.gap(i); gap != "." && gap != ". " && gap != ".\u00a0" {
		return i, i
	}
	next := r.words[i+1]
	if !next.capital || len(next.text) < 3 || next.shouted && len(next.text) < 4 || next.known || next.ordinary() {
		return i, i
	}
	return i, r.run(i + 1)
}

// pair: two words with a capital inside a sentence, that are of no place and no
// service.
func (r *reading) pair(i int) (from, to int) {
	if w := r.words[i]; r.loud || w.begins || !r.nameLike(i) || r.ofPlace(i) || w.shouted && len(w.text) < 6 {
		return i, i
	}
	end := r.run(i)
	for j := i + 1; j < end; j++ {
		if r.words[j].capital && (!r.words[j].shouted || len(r.words[j].text) > 3) {
			return i, end
		}
	}
	return i, i
}

func (r *reading) nameLike(i int) bool {
	w := r.words[i]
	return w.capital && !w.known && !w.ordinary() && !grounds[w.folded] && len(w.text) > 1
}

// ofPlace reports whether a word belongs to the name of a place: rue Jean
// Jaurès, Saint-Martin. After the number of a house it does not count.
func (r *reading) ofPlace(i int) bool {
	for j := i - 1; j >= 0 && joined(r.gap(j)) && !r.words[j].masked; j-- {
		w := r.words[j]
		if grounds[w.folded] {
			return j == 0 || !r.words[j-1].masked || r.words[j-1].text != string(Number)
		}
		if !particles[w.folded] && w.folded != "l" && firstNames[w.folded] == notFirst {
			return false
		}
	}
	return false
}

// run is the end of the name that begins at a word: what follows with a
// capital, across particles.
func (r *reading) run(i int) int {
	end := i + 1
	for j := end; j < len(r.words) && !r.words[j].masked; {
		gap := r.gap(j - 1)
		if !joined(gap) && !(len(r.words[j-1].text) == 1 && (gap == "." || gap == ". ")) {
			break
		}
		w := r.words[j]
		switch {
		case w.capital && !w.known && (!plain[w.folded] || familyToo[w.folded]), gap == "-" && firstNames[w.folded] != notFirst:
			end = j + 1
			j++
		case particles[w.folded] && j+1 < len(r.words): // only when a capital follows
			j++
		default:
			return end
		}
	}
	return end
}
