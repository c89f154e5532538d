package weights

// Unknown is the code of an answer whose cell is not known: the person did not
// say, or said something the census does not count. The margin leaves its
// weight as it is.
const Unknown = 255

// maxCells is the most cells a margin has: the codes below [Unknown].
const maxCells = Unknown

// A Margin is one thing the census counts: people by sex and age, by sector.
type Margin struct {
	Name  string // as a sentence names it: "sexe et âge"
	Cells []Cell
	// Codes has the index of the cell of each answer, or Unknown.
	Codes []uint8
	// Ordered cells follow one another, as ages do: a small one is merged with
	// a neighbour. Otherwise it is merged with the smallest other.
	Ordered bool
	// SharesOnly says that the people counted are only a part of those the
	// other margins count, as diplomas are known of those who left school:
	// its total is not held against theirs.
	SharesOnly bool
}

// A Cell is one class of people.
type Cell struct {
	Label string
	// Group is shared by the cells to be merged together first: the ages of
	// one sex. Empty is a group as any other.
	Group string
	// Population is how many people the census counts; its counts have
	// decimals. NaN says that the number is not known.
	Population float64
}

// total is the population of all the cells.
func (m *Margin) total() float64 {
	sum := 0.0
	for _, c := range m.Cells {
		sum += c.Population
	}
	return sum
}

// count is how many answers are in each cell, the last number being those of
// no known cell.
func (m *Margin) count() []int {
	var byCode [256]int
	for _, code := range m.Codes {
		byCode[code]++
	}
	counts := make([]int, len(m.Cells)+1)
	copy(counts, byCode[:len(m.Cells)])
	counts[len(m.Cells)] = byCode[Unknown]
	return counts
}

// Cross gives the codes of a margin that crosses two columns, sex and age
// say: those of the cell (a, b) are a*width+b, where width is the number of
// codes of the second column. What is unknown in either is unknown.
func Cross(first, second []uint8, width int) ([]uint8, error) {
	var problems Problems
	if len(first) != len(second) {
		problems.add("cross.rows", "Les deux colonnes à croiser n’ont pas le même nombre de réponses (%s et %s) : donnez-en une valeur par réponse.", whole(len(first)), whole(len(second)))
		return nil, problems
	}
	codes := make([]uint8, len(first))
	for i, a := range first {
		b := second[i]
		at := int(a)*width + int(b)
		switch {
		case a == Unknown || b == Unknown:
			codes[i] = Unknown
		case int(b) >= width || at >= maxCells:
			problems.add("cross.code", "Réponse %s : les codes %d et %d ne tiennent pas dans une marge croisée de largeur %d. Une marge a %d cases au plus.", whole(i+1), a, b, width, maxCells)
			return nil, problems
		default:
			codes[i] = uint8(at)
		}
	}
	return codes, nil
}
