package report

// placesOf are the ranks a reader sees: 1 is the greatest value, equal values
// share the best place.
func placesOf(values []float64) []int {
	places := make([]int, len(values))
	for i, v := range values {
		places[i] = 1
		for _, w := range values {
			if w > v {
				places[i]++
			}
		}
	}
	return places
}
