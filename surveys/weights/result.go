package weights

// A Result is the weights of some answers and what they are worth.
type Result struct {
	// Weights has the weight of each answer: mean 1, all 1 when not Applied.
	Weights []float64
	Applied bool
	Reason  Reason // why the weights are not applied, "" when they are
	// Sentence says it in French: what was done, or why nothing was.
	Sentence string

	N int
	// Design is Kish's design effect of the weights found, even of those that
	// are not applied; 1 when none were.
	Design float64
	// Effective is how many unweighted answers would be as sure: N/Design, or
	// N when not Applied.
	Effective float64

	Used    []string // margins that were tried
	Dropped []string // margins left aside, all their cells being merged into one
	Merged  []Merge  // cells of the margins that were tried

	Rounds    int     // passes over the margins, before and after trimming
	Gap       float64 // greatest difference left, as a share of the people known on the margin
	Converged bool    // the gap is at most 0.1 point
	Trimmed   int     // answers whose weight was cut to a limit

	// Balance sets the answers beside the census, margin by margin.
	Balance []Balance

	worst spot
}

// A Reason is why weights are not applied.
type Reason string

// The reasons not to weight.
const (
	NoAnswers     Reason = "no-answers"
	NoMargins     Reason = "no-margins"
	FewAnswers    Reason = "few-answers"     // fewer than [Limits.Answers]
	SmallCells    Reason = "small-cells"     // no margin has two cells of [Limits.Cell] answers
	Contradiction Reason = "contradiction"   // the margins cannot be met together
	TooFar        Reason = "gap"             // above [Limits.Gap], once the weights are trimmed
	Costly        Reason = "design-effect"   // above [Limits.Design]
	NotCounted    Reason = "population-open" // the population is not known
)

// A Balance is one margin of the answers beside the census.
type Balance struct {
	Margin  string
	Unknown int // answers of no known cell, outside the shares
	Cells   []CellBalance
}

// A CellBalance is one cell: shares are from 0 to 1, among the answers and the
// people known on the margin.
type CellBalance struct {
	Label      string
	N          int
	Sample     float64 // share of the answers
	Population float64 // share of the people
	Weighted   float64 // share of the weighted answers; Sample when not applied
}

// unweighted is the result of n answers that all count the same.
func unweighted(n int) Result {
	r := Result{Weights: make([]float64, n), N: n, Design: 1, Effective: float64(n)}
	for i := range r.Weights {
		r.Weights[i] = 1
	}
	return r
}

// settle says what the weights found come to.
func (r *Result) settle(n int, margins []Margin, counts [][]int, targets []target, limits Limits) {
	if r.Reason == "" {
		r.Applied, r.Effective = true, float64(n)/r.Design
	}
	for i := range margins {
		r.Balance = append(r.Balance, r.balance(&margins[i], counts[i]))
	}
	r.Sentence = r.sentence(margins, targets, limits)
}

func (r *Result) balance(m *Margin, counts []int) Balance {
	var byCode [256]float64
	for row, code := range m.Codes {
		byCode[code] += r.Weights[row]
	}
	unknown := len(m.Cells)
	known := float64(r.N - counts[unknown])
	weighted := float64(0)
	for _, sum := range byCode[:len(m.Cells)] {
		weighted += sum
	}
	b := Balance{Margin: m.Name, Unknown: counts[unknown]}
	for i, c := range m.Cells {
		cell := CellBalance{Label: c.Label, N: counts[i], Population: c.Population / m.total()}
		if known > 0 {
			cell.Sample, cell.Weighted = float64(counts[i])/known, byCode[i]/weighted
		}
		b.Cells = append(b.Cells, cell)
	}
	return b
}
