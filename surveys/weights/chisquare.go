package weights

import "math"

// An Association is how far two questions go together.
type Association struct {
	ChiSquare float64
	Freedom   int     // degrees of freedom
	P         float64 // how often chance alone would do as much
	V         float64 // Cramér's, from 0 (nothing) to 1 (one tells the other)
}

// Independence tests a table of weighted counts, row by row, that stand for an
// effective number of people: Pearson's chi-square of the shares times that
// number (the first-order correction of J. N. K. Rao, A. J. Scott, "On
// chi-squared tests for multiway contingency tables", Annals of Statistics 12,
// 1984, with Kish's design effect), its p-value, and V (H. Cramér,
// Mathematical Methods of Statistics, 1946). Rows and columns without anybody
// are left out; ok is false when fewer than two of either remain.
func Independence(table [][]float64, effective float64) (a Association, ok bool) {
	rows, columns, all, ok := tableSums(table)
	if !ok || !(effective > 0 && effective <= mostPeople) {
		return Association{}, false
	}
	least := min(positive(rows), positive(columns)) - 1
	if least < 1 {
		return Association{}, false
	}
	sum := 0.0
	for i, row := range table {
		for j, n := range row {
			if expected := rows[i] / all * (columns[j] / all); expected > 0 {
				difference := n/all - expected
				sum += difference * difference / expected
			}
		}
	}
	a.Freedom = (positive(rows) - 1) * (positive(columns) - 1)
	a.ChiSquare = effective * sum
	a.P = chiSquareTail(a.ChiSquare, a.Freedom)
	a.V = math.Sqrt(min(1, sum/float64(least)))
	return a, true
}

// tableSums adds up a table; ok is false when it is not one of counts.
func tableSums(table [][]float64) (rows, columns []float64, all float64, ok bool) {
	if len(table) == 0 {
		return nil, nil, 0, false
	}
	rows, columns = make([]float64, len(table)), make([]float64, len(table[0]))
	for i, row := range table {
		if len(row) != len(columns) {
			return nil, nil, 0, false
		}
		for j, n := range row {
			if !(n >= 0) {
				return nil, nil, 0, false
			}
			rows[i] += n
			columns[j] += n
			all += n
		}
	}
	return rows, columns, all, all > 0 && finite(all)
}

func positive(sums []float64) int {
	n := 0
	for _, sum := range sums {
		if sum > 0 {
			n++
		}
	}
	return n
}
