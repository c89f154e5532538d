package xlsform

// closest returns the candidate a person most likely meant by word, or "" when
// none is near: one slip for a short word, two for a longer one.
func closest(word string, candidates []string) string {
	best, least := "", 3
	for _, c := range candidates {
		if c == word {
			continue
		}
		if d := distance([]rune(word), []rune(c)); d < least && d <= allowed(c) {
			best, least = c, d
		}
	}
	return best
}

func allowed(word string) int {
	if len(word) < 7 {
		return 1
	}
	return 2
}

// distance counts the slips between two words: a letter missing, added or
// changed, or two neighbours swapped (Damerau-Levenshtein, each letter slipping
// once). Words too different to matter are simply far.
func distance(a, b []rune) int {
	const far = 100
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 || len(a) > far {
		return far
	}
	before, line := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range line {
		line[j] = j
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			next[j+1] = min(line[j+1], next[j]) + 1
			if a[i] == b[j] {
				next[j+1] = min(next[j+1], line[j])
			} else {
				next[j+1] = min(next[j+1], line[j]+1)
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, line = line, next
	}
	return line[len(b)]
}
