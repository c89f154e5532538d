package authoring

import "slices"

// moved lists what changes place between two orders of partly the same keys,
// in the new order: the fewest keys that, taken out and put back elsewhere,
// give one order from the other. Keys that only one order has do not count.
func moved(before, after []string) []string {
	was := map[string]int{}
	for i, key := range before {
		was[key] = i
	}
	var common []string
	var places []int
	for _, key := range after {
		if i, ok := was[key]; ok {
			common, places = append(common, key), append(places, i)
		}
	}
	stays := longestIncreasing(places)
	var out []string
	for i, key := range common {
		if !stays[i] {
			out = append(out, key)
		}
	}
	return out
}

// longestIncreasing marks the members of a longest increasing subsequence
// (patience sorting: n log n). Of keys each seen once, this is their longest
// common subsequence.
func longestIncreasing(places []int) []bool {
	var tails []int // tails[k]: where the best run of k+1 members ends
	previous := make([]int, len(places))
	for i, place := range places {
		k, _ := slices.BinarySearchFunc(tails, place, func(tail, place int) int { return places[tail] - place })
		previous[i] = -1
		if k > 0 {
			previous[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	in := make([]bool, len(places))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = previous[i] {
			in[i] = true
		}
	}
	return in
}
