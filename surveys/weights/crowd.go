package weights

// A crowd is the answers by kind: those in the same lot of every margin have
// one weight, so that a pass goes over a few thousand kinds and not over a
// million answers.
type crowd struct {
	kindOf []uint32  // answer → kind
	size   []float64 // answers of each kind
	weight []float64 // of one answer of each kind
	lot    [][]uint8 // for each target, the lot of each kind
}

func gather(n int, margins []Margin, targets []target) *crowd {
	c := &crowd{kindOf: make([]uint32, n)}
	kinds := 1
	for i := range targets {
		t := &targets[i]
		kinds = split(c.kindOf, kinds, margins[t.at].Codes, &t.lotOf, len(t.lots)+1)
	}
	c.size, c.weight = make([]float64, kinds), make([]float64, kinds)
	example := make([]int, kinds)
	for row, kind := range c.kindOf {
		c.size[kind]++
		example[kind] = row
	}
	for i := range targets {
		lots, codes := make([]uint8, kinds), margins[targets[i].at].Codes
		for kind, row := range example {
			lots[kind] = targets[i].lotOf[codes[row]]
		}
		c.lot = append(c.lot, lots)
	}
	for kind := range c.weight {
		c.weight[kind] = 1
	}
	return c
}

// densest is the largest table of kinds by lot; beyond, a map takes its place.
const densest = 1 << 22

// split parts the kinds by one more column, renumbers them in order of first
// answer, and returns how many there are.
func split(kindOf []uint32, kinds int, codes []uint8, lotOf *[256]uint8, width int) int {
	if kinds*width > densest {
		return splitSparse(kindOf, codes, lotOf, width)
	}
	number := make([]uint32, kinds*width) // 0 is none yet
	next := uint32(0)
	for row, kind := range kindOf {
		key := int(kind)*width + int(lotOf[codes[row]])
		if number[key] == 0 {
			next++
			number[key] = next
		}
		kindOf[row] = number[key] - 1
	}
	return int(next)
}

func splitSparse(kindOf []uint32, codes []uint8, lotOf *[256]uint8, width int) int {
	number := map[uint64]uint32{}
	for row, kind := range kindOf {
		key := uint64(kind)*uint64(width) + uint64(lotOf[codes[row]])
		known, ok := number[key]
		if !ok {
			known = uint32(len(number))
			number[key] = known
		}
		kindOf[row] = known
	}
	return len(number)
}

// sums are the weighted answers of each lot of a target, and of all of them:
// answers of unknown lot are left out.
func (c *crowd) sums(at, lots int) (byLot []float64, all float64) {
	byLot = make([]float64, lots+1)
	for kind, lot := range c.lot[at] {
		byLot[lot] += c.size[kind] * c.weight[kind]
	}
	byLot = byLot[:lots]
	for _, sum := range byLot {
		all += sum
	}
	return byLot, all
}
