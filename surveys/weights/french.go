package weights

import (
	"math"
	"strconv"
	"strings"
)

// narrow is the space French puts between thousands.
const narrow = "\u202f"

// whole writes a whole number with its thousands apart.
func whole(n int) string {
	digits, sign := strconv.Itoa(n), ""
	if n < 0 {
		digits, sign = digits[1:], "−"
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + narrow + digits[at:]
	}
	return sign + digits
}

// decimal writes a number with a comma, rounded to some digits, without
// needless zeros.
func decimal(f float64, digits int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "nombre inconnu"
	}
	s := strconv.FormatFloat(f, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return strings.NewReplacer("-", "−", ".", ",").Replace(s)
}

// people writes a population as a whole number of persons.
func people(f float64) string { return whole(int(math.Round(f))) }

// points writes a difference of shares in points: "0,4 point".
func points(share float64) string {
	f := 100 * share
	if math.Abs(f) < 2 {
		return decimal(f, 1) + " point"
	}
	return decimal(f, 1) + " points"
}

// plural writes a number and its noun, which takes an s above one.
func plural(n int, noun string) string {
	if n > 1 {
		noun += "s"
	}
	return whole(n) + " " + noun
}

// quoted names things between French quotes: « sexe et âge » et « secteur ».
func quoted(names []string) string {
	marked := make([]string, len(names))
	for i, name := range names {
		marked[i] = "« " + name + " »"
	}
	if len(marked) < 2 {
		return strings.Join(marked, "")
	}
	last := len(marked) - 1
	return strings.Join(marked[:last], ", ") + " et " + marked[last]
}
