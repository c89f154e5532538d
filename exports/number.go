package exports

import (
	"math"
	"strconv"
	"strings"

	"diapason/surveys/report"
)

// narrow is the space French puts between thousands and before a percent sign;
// it never breaks.
const narrow = "\u202f"

// figure is a number as a French reader finds it in a picture or a document:
// « 42 % », « −6 pts », « 2,4 », « 34 183 ». A share that is not nothing does
// not read « 0 % ».
func figure(c report.Column, v float64) string {
	switch c.Kind {
	case report.Share, report.Low, report.High:
		if strings.HasPrefix(c.Key, "ratio") {
			return decimal(v)
		}
		whole := math.Round(v * 100)
		if c.Kind == report.Share && whole == 0 && v > 0 {
			return "<" + narrow + "1" + narrow + "%"
		}
		return signed(whole) + narrow + "%"
	case report.Gap:
		return signed(math.Round(v*100)) + narrow + "pts"
	case report.Mean, report.Rate:
		return decimal(v)
	case report.Quantity:
		if v != math.Trunc(v) {
			return decimal(v)
		}
	}
	return signed(math.Round(v))
}

// signed is a whole number with a true minus and its thousands apart.
func signed(v float64) string {
	if v < 0 {
		return "−" + thousands(int(-v))
	}
	return thousands(int(v))
}

func decimal(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', 1, 64)
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return s // no table has numbers this long
	}
	sign := ""
	if v < 0 && s != "0.0" {
		sign = "−"
	}
	return sign + thousands(n) + "," + part
}

// spaced gives the words of a spreadsheet cell the spaces of print.
var spaced = strings.NewReplacer(" %", narrow+"%", "< ", "<"+narrow, "> ", ">"+narrow)

// written is what a reader finds in a cell: its text, its number, or the word
// that stands for what is not shown.
func written(column report.Column, c report.Cell) string {
	switch {
	case c.State == report.Empty:
		return ""
	case c.State != report.Shown:
		return spaced.Replace(visible(c.State))
	case column.Kind == report.Label || column.Kind == report.Verdict:
		return cleanText(c.Text)
	}
	return figure(column, c.Number)
}
