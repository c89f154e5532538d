package pages

import (
	"math"
	"strconv"
	"strings"
	"time"

	"diapason/surveys/report"
)

// narrow is the space that French typography puts between thousands and
// before a percent sign; it never breaks.
const narrow = "\u202f"

// number writes a value the way its column is read aloud.
func number(kind report.ColumnKind, v float64) string {
	switch kind {
	case report.Share, report.Low, report.High:
		return percent(v, kind == report.Share)
	case report.Gap:
		return points(v)
	case report.Mean, report.Rate:
		return decimal(v)
	case report.Score:
		return strconv.Itoa(int(math.Round(v)))
	case report.Rank:
		return rank(int(math.Round(v)))
	case report.Quantity:
		if v != math.Trunc(v) {
			return decimal(v)
		}
	}
	return thousands(int(math.Round(v)))
}

// percent has no decimals: the bases of a local survey do not carry any. A
// share that is not nothing does not read « 0 % ».
func percent(share float64, exact bool) string {
	whole := int(math.Round(share * 100))
	if exact && whole == 0 && share > 0 {
		return "<" + narrow + "1" + narrow + "%"
	}
	return strconv.Itoa(whole) + narrow + "%"
}

func points(gap float64) string {
	whole := int(math.Round(gap * 100))
	text := strings.Replace(strconv.Itoa(whole), "-", "−", 1)
	if whole >= -1 && whole <= 1 {
		return text + narrow + "point"
	}
	return text + narrow + "points"
}

func decimal(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', 1, 64), ".", ",", 1)
}

func rank(n int) string {
	if n == 1 {
		return "1er"
	}
	return strconv.Itoa(n) + "e"
}

// thousands writes 34183 as « 34 183 ».
func thousands(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, groups...), narrow)
}

// france is the zone of every hour shown; winter time where the machine has
// no zone database.
var france = func() *time.Location {
	if zone, err := time.LoadLocation("Europe/Paris"); err == nil {
		return zone
	}
	return time.FixedZone("CET", 3600)
}()

// frenchDay writes « 22 novembre 2026 », and "" for no date.
func frenchDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(france)
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return day + " " + frenchMonth(t.Month()) + " " + strconv.Itoa(t.Year())
}

func frenchMonth(m time.Month) string {
	return [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre"}[m-1]
}

// hourMinute writes « 14 h 05 ».
func hourMinute(t time.Time) string {
	return t.In(france).Format("15" + narrow + "h" + narrow + "04")
}

// Clock writes « 22 novembre 2026 à 14 h 05 », French time.
func Clock(t time.Time) string { return frenchDay(t) + " à " + hourMinute(t) }
