package weights

import (
	"math"
	"math/rand/v2"
	"testing"
)

// million is a million answers on five margins: sex and age, sector, diploma,
// housing, household. The answers lean away from the population as volunteers
// do, and one in twenty is unknown.
func million(lean float64) []Margin {
	rng := rand.New(rand.NewPCG(1, 1))
	var margins []Margin
	for _, cells := range []int{10, 12, 6, 4, 5} {
		m := Margin{Name: "marge"}
		for range cells {
			m.Cells = append(m.Cells, Cell{Label: "case", Population: 1000 / float64(cells)})
		}
		m.Codes = make([]uint8, 1_000_000)
		for i := range m.Codes {
			m.Codes[i] = uint8(float64(cells) * math.Pow(rng.Float64(), lean))
			if rng.IntN(20) == 0 {
				m.Codes[i] = Unknown
			}
		}
		margins = append(margins, m)
	}
	return margins
}

// The budget is one second.
func BenchmarkRakeAMillionAnswersOnFiveMargins(b *testing.B) {
	for name, lean := range map[string]float64{"free": 1.1, "trimmed": 1.4} {
		b.Run(name, func(b *testing.B) {
			margins := million(lean)
			for b.Loop() {
				r, err := Rake(1_000_000, margins, Usual())
				if err != nil || r.Rounds == 0 || (r.Trimmed > 0) != (name == "trimmed") {
					b.Fatal(r.Sentence, r.Trimmed, err)
				}
				b.ReportMetric(float64(r.Rounds), "rounds")
			}
		})
	}
}
