package weights

import "math"

// bounds are the least and the greatest weight allowed.
type bounds struct{ low, high float64 }

// loose only keeps weights away from zero and infinity, where contradictory
// margins would push them.
var loose = bounds{1e-9, 1e9}

func (b bounds) cut(weight float64) float64 { return min(b.high, max(b.low, weight)) }

// hold reports whether all the weights are within the bounds.
func (b bounds) hold(weights []float64) bool {
	for _, w := range weights {
		if w < b.low || w > b.high {
			return false
		}
	}
	return true
}

// A search is for the factor that brings one group to its total.
type search struct {
	factor     float64
	low, high  float64 // the factor is between them
	sum, speed float64 // total at this factor, and how fast it grows with it
	found      bool
}

const (
	steps   = 200   // of a search: each halves the interval at worst
	precise = 1e-10 // of a total: a sum of a million weights is hardly surer
)

// A balancing multiplies the weights of each group by a factor of its own and
// cuts them to the bounds, the factor being such that the group adds up to a
// given total. Among all the weights within the bounds that do, these are the
// closest to those before in Kullback's distance.
type balancing struct {
	bounds
	weight, size []float64 // of each kind of answer
	group        []uint8   // of each kind; those beyond the totals are left as they are
	searches     []search  // one for each group
}

func (b bounds) balance(weight, size []float64, group []uint8, groups int) *balancing {
	s := &balancing{bounds: b, weight: weight, size: size, group: group, searches: make([]search, groups)}
	for i := range s.searches {
		s.searches[i] = search{factor: 1, high: math.Inf(1)}
	}
	s.measure()
	return s
}

// measure adds each group up at its factor. No min or max here: this is where
// the time goes, and they are slow on numbers that may be NaN.
func (s *balancing) measure() {
	for i := range s.searches {
		s.searches[i].sum, s.searches[i].speed = 0, 0
	}
	for i, g := range s.group {
		one := &s.searches[g]
		w, size := s.weight[i], s.size[i]
		switch cut := w * one.factor; {
		case cut >= s.high:
			one.sum += size * s.high
		case cut <= s.low:
			one.sum += size * s.low
		default:
			one.sum += size * cut
			one.speed += size * w
		}
	}
}

// to brings each group to its total, which must be within reach of the bounds,
// and writes the weights.
func (s *balancing) to(totals []float64) {
	for range steps {
		done := true
		for i, total := range totals {
			done = s.searches[i].step(total) && done
		}
		if done {
			break
		}
		s.measure()
	}
	for i, g := range s.group {
		if int(g) < len(totals) {
			s.weight[i] = s.cut(s.weight[i] * s.searches[g].factor)
		}
	}
}

// step moves the factor: by Newton, since the total grows piece by piece in a
// straight line, or by halves when Newton would leave the interval. It reports
// whether the search is over.
func (s *search) step(total float64) bool {
	if s.found || math.Abs(s.sum-total) <= precise*total {
		s.found = true
		return true
	}
	if s.sum < total {
		s.low = s.factor
	} else {
		s.high = s.factor
	}
	next := s.factor + (total-s.sum)/s.speed
	if s.speed == 0 || next <= s.low || next >= s.high {
		next = s.middle()
	}
	s.factor = next
	return false
}

func (s *search) middle() float64 {
	switch {
	case math.IsInf(s.high, 1):
		return 2 * s.low
	case s.low == 0:
		return s.high / 2
	}
	return s.low + (s.high-s.low)/2
}

// reach shares a sum out among groups in proportion to shares, as far as the
// bounds allow: what one group cannot take goes to the others.
func (b bounds) reach(shares, sizes []float64, sum float64) []float64 {
	all := 0.0
	for _, size := range sizes {
		all += size
	}
	sum = min(max(sum, b.low*all), b.high*all)
	mean := make([]float64, len(shares)) // weight that each group would have
	for i, share := range shares {
		mean[i] = share * sum / sizes[i]
	}
	if !b.hold(mean) {
		b.balance(mean, sizes, make([]uint8, len(mean)), 1).to([]float64{sum})
	}
	for i := range mean {
		mean[i] *= sizes[i]
	}
	return mean
}
