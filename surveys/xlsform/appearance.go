package xlsform

import "regexp"

// appearances are the looks XLSForm defines for a form on the web; others are
// kept, never refused.
var appearances = []string{
	"field-list", "no-calendar", "year", "month-year", "minimal", "autocomplete", "quick", "quickcompact", "compact",
	"multiline", "numbers", "thousands-sep", "bearing", "decimal", "columns", "columns-pack", "horizontal",
	"horizontal-compact", "likert", "label", "list-nolabel", "no-label", "nolabel", "table-list", "picker", "rating",
	"vertical", "no-ticks", "new", "new-front", "signature", "draw", "annotate", "placement-map", "maps", "map",
	"hidden-answer", "masked", "url", "hidden", "image-map", "counter", "distress", "ethiopian", "coptic", "islamic",
	"bikram-sambat", "myanmar", "persian", "buddhist", "selfie", "textarea", "comment", "streets", "satellite",
}

var sizedAppearance = regexp.MustCompile(`^(w\d+|columns-\d+|h\d+|compact-\d+|quickcompact-\d+)$`)
