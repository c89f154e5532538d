package tally

// A Mass is some people: how many they are, and what they weigh together with
// the weights of a survey. Without weights each weighs 1.
type Mass struct {
	N  int
	W  float64 // sum of the weights
	W2 float64 // sum of their squares
}

// People are n people without weights.
func People(n int) Mass { return Mass{N: n, W: float64(n), W2: float64(n)} }

// Minus is the mass without some of its people.
func (m Mass) Minus(o Mass) Mass { return Mass{m.N - o.N, m.W - o.W, m.W2 - o.W2} }

// Plus is the mass with other people.
func (m Mass) Plus(o Mass) Mass { return Mass{m.N + o.N, m.W + o.W, m.W2 + o.W2} }

// Effective is how many people without weights would tell as much (L. Kish,
// Survey Sampling, 1965): the square of the sum of the weights over the sum of
// their squares; 0 of nobody.
func (m Mass) Effective() float64 {
	if m.W2 <= 0 {
		return 0
	}
	return m.W * m.W / m.W2
}

func sum(masses []Mass) Mass {
	var all Mass
	for _, m := range masses {
		all = all.Plus(m)
	}
	return all
}
