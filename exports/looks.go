package exports

import (
	"diapason/surveys"
	"diapason/surveys/report"

	"github.com/xuri/excelize/v2"
)

// Design tokens of the workbook. Arial is on every machine that opens a
// workbook, or has a metric twin there: widths hold.
const (
	typeface = "Arial"

	sizeTitle   = 18
	sizeSection = 13
	sizeTable   = 11
	sizeText    = 10
	sizeSmall   = 8.5

	ink       = "1F2933"
	muted     = "55626E"
	faint     = "6B7783" // for what repeats
	rule      = "C9D1D9"
	hairline  = "E4E8EC"
	headFill  = "EDF1F5"
	totalFill = "F6F8FA"
	link      = "0B5394"
	demoFill  = "FFF3CD"
	demoInk   = "5C4400"
	limitFill = "FBE3E0"
	limitInk  = "7A1F14"
	neutral   = "44596E"

	agreeFill, agreeInk   = "DDF1E7", "00513A"
	differFill, differInk = "FBE5D6", "7A3300"
	blindFill, blindInk   = "EBE1F3", "4F2270"
	scaleHigh             = "8FBCE0"
)

// colour is the colour of an audience, from the palette of Okabe and Ito,
// which people who are colour-blind can tell apart; neutral for no audience.
func colour(a surveys.Audience) string {
	switch a {
	case surveys.Habitants:
		return "0072B2"
	case surveys.Professionnels:
		return "D55E00"
	case surveys.Associations:
		return "009E73"
	case "":
		return neutral
	}
	return "8A5A00" // an audience this diagnostic added
}

// A look is how a cell appears. Equal looks share one style of the workbook.
type look struct {
	size           float64
	bold, italic   bool
	ink, fill      string
	format         string
	across         string // left, center, right; "" lets the value decide
	wrap, shrink   bool
	indent         int
	under, grid    bool // thick line below; hairlines around
	underline, top bool
}

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font: &excelize.Font{Family: typeface, Size: l.size, Bold: l.bold, Italic: l.italic, Color: l.ink},
		Alignment: &excelize.Alignment{
			Horizontal: l.across, Vertical: "center", WrapText: l.wrap, ShrinkToFit: l.shrink, Indent: l.indent,
		},
		Border: l.borders(),
	}
	if s.Font.Size == 0 {
		s.Font.Size = sizeText
	}
	if s.Font.Color == "" {
		s.Font.Color = ink
	}
	if l.underline {
		s.Font.Underline = "single"
	}
	if l.top {
		s.Alignment.Vertical = "top"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	return s
}

func (l look) borders() []excelize.Border {
	if l.under {
		return []excelize.Border{{Type: "bottom", Color: rule, Style: 2}}
	}
	if l.grid {
		return []excelize.Border{{Type: "bottom", Color: hairline, Style: 1}}
	}
	return nil
}

// A mark says what follows a number, inside its format, so that the cell
// stays a number.
type mark string

const (
	bare mark = ""
	// careful numbers stand on a small base. An asterisk, because a warning
	// sign is missing from the fonts of some printers' drivers.
	careful mark = `" *"`
	// aligned numbers leave the asterisk's room, under careful ones.
	aligned mark = `"  "`
)

// carefulNote explains the mark under a table that has one.
const carefulNote = "* Base de 30 à 49 personnes : à lire avec prudence."

// format is the number format of a kind of column.
func format(k report.ColumnKind, m mark) string {
	suffix := string(m)
	switch k {
	case report.Share, report.Low, report.High:
		return "0 %" + suffix
	case report.Gap:
		return `0" pts"` + suffix + `;-0" pts"` + suffix
	case report.Mean:
		return `0.0` + suffix
	case report.Rate:
		return `0.0" ‰"` + suffix
	}
	return `#,##0` + suffix
}

// visible is the French word for a cell that does not show its number.
func visible(s report.State) string {
	switch s {
	case report.Hidden:
		return "masqué"
	case report.TooFew:
		return "effectif trop faible"
	case report.BlurLow:
		return "< 5 %"
	case report.BlurHigh:
		return "> 95 %"
	}
	return ""
}
