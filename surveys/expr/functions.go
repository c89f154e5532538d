package expr

import (
	"math"
	"slices"
)

// function is one row of the table: what a call may be and what it gives.
type function struct {
	name string
	min  int
	max  int // many when there is no limit
	// eval gets its arguments unevaluated, so that if() and once() stay lazy.
	eval func(s Scope, args []*node) Value
	// check looks at arguments that must be written in a certain way.
	check func(c *checker, call *node)
	web   bool // ODK Collect does not know it: worth a warning
}

const many = math.MaxInt

func (f *function) takes(n int) bool { return n >= f.min && n <= f.max }

// functions is the whole language; static/expr.js has the same names.
var functions = []function{
	{name: "abs", min: 1, max: 1, eval: unary(math.Abs)},
	{name: "acos", min: 1, max: 1, eval: unary(math.Acos)},
	{name: "asin", min: 1, max: 1, eval: unary(math.Asin)},
	{name: "atan", min: 1, max: 1, eval: unary(math.Atan)},
	{name: "atan2", min: 2, max: 2, eval: binary(math.Atan2)},
	{name: "boolean", min: 1, max: 1, eval: toBoolean},
	{name: "boolean-from-string", min: 1, max: 1, eval: booleanFromString},
	{name: "ceiling", min: 1, max: 1, eval: unary(math.Ceil), web: true},
	{name: "checklist", min: 3, max: many, eval: checklist},
	{name: "coalesce", min: 2, max: 2, eval: coalesce},
	{name: "concat", min: 1, max: many, eval: concat},
	{name: "contains", min: 2, max: 2, eval: contains},
	{name: "cos", min: 1, max: 1, eval: unary(math.Cos)},
	{name: "count", min: 1, max: 1, eval: count, check: checkReference},
	{name: "count-non-empty", min: 1, max: 1, eval: countNonEmpty, check: checkReference},
	{name: "count-selected", min: 1, max: 1, eval: countSelected},
	{name: "current", min: 0, max: 0, eval: current},
	{name: "date", min: 1, max: 1, eval: date, check: checkDate},
	{name: "date-time", min: 1, max: 1, eval: dateTime, check: checkDate},
	{name: "decimal-date-time", min: 1, max: 1, eval: decimalDateTime, check: checkDate},
	{name: "decimal-time", min: 1, max: 1, eval: decimalTime},
	{name: "ends-with", min: 2, max: 2, eval: endsWith},
	{name: "exp", min: 1, max: 1, eval: unary(math.Exp)},
	{name: "exp10", min: 1, max: 1, eval: unary(func(x float64) float64 { return power(10, x) })},
	{name: "false", min: 0, max: 0, eval: func(Scope, []*node) Value { return Boolean(false) }},
	{name: "floor", min: 1, max: 1, eval: unary(math.Floor), web: true},
	{name: "format-date", min: 2, max: 2, eval: formatDate, check: checkFormat},
	{name: "format-date-time", min: 2, max: 2, eval: formatDate, check: checkFormat},
	{name: "if", min: 3, max: 3, eval: ifElse},
	{name: "indexed-repeat", min: 3, max: 7, eval: indexedRepeat, check: checkIndexed},
	{name: "int", min: 1, max: 1, eval: unary(math.Trunc)},
	{name: "join", min: 1, max: many, eval: join},
	{name: "jr:choice-name", min: 2, max: 2, eval: choiceName, check: checkChoiceName},
	{name: "log", min: 1, max: 1, eval: unary(math.Log)},
	{name: "log10", min: 1, max: 1, eval: unary(math.Log10)},
	{name: "max", min: 1, max: many, eval: maximum},
	{name: "min", min: 1, max: many, eval: minimum},
	{name: "normalize-space", min: 1, max: 1, eval: normalizeSpace},
	{name: "not", min: 1, max: 1, eval: not},
	{name: "now", min: 0, max: 0, eval: now},
	{name: "number", min: 1, max: 1, eval: unary(func(x float64) float64 { return x })},
	{name: "once", min: 1, max: 1, eval: once},
	{name: "pi", min: 0, max: 0, eval: func(Scope, []*node) Value { return Number(math.Pi) }},
	{name: "position", min: 1, max: 1, eval: position, check: checkPosition},
	{name: "pow", min: 2, max: 2, eval: binary(power)},
	{name: "pulldata", min: 4, max: 4, eval: pulldata},
	{name: "random", min: 0, max: 0, eval: random},
	{name: "regex", min: 2, max: 2, eval: regex, check: checkRegex},
	{name: "round", min: 1, max: 2, eval: round, check: checkRound},
	{name: "selected", min: 2, max: 2, eval: selected, check: checkSelected},
	{name: "selected-at", min: 2, max: 2, eval: selectedAt, check: checkRound},
	{name: "sin", min: 1, max: 1, eval: unary(math.Sin)},
	{name: "sqrt", min: 1, max: 1, eval: unary(math.Sqrt)},
	{name: "starts-with", min: 2, max: 2, eval: startsWith},
	{name: "string", min: 1, max: 1, eval: toString},
	{name: "string-length", min: 1, max: 1, eval: stringLength},
	{name: "substr", min: 2, max: 3, eval: substr, check: checkRound},
	{name: "substring", min: 2, max: 3, eval: substring, check: checkRound, web: true},
	{name: "substring-after", min: 2, max: 2, eval: substringAfter},
	{name: "substring-before", min: 2, max: 2, eval: substringBefore},
	{name: "sum", min: 1, max: 1, eval: sum},
	{name: "tan", min: 1, max: 1, eval: unary(math.Tan)},
	{name: "today", min: 0, max: 0, eval: today},
	{name: "translate", min: 3, max: 3, eval: translate},
	{name: "true", min: 0, max: 0, eval: func(Scope, []*node) Value { return Boolean(true) }},
	{name: "uuid", min: 0, max: 0, eval: uuid},
	{name: "weighted-checklist", min: 4, max: many, eval: weightedChecklist, check: checkPairs},
}

var byName = indexFunctions()

func indexFunctions() map[string]*function {
	index := make(map[string]*function, len(functions))
	for i := range functions {
		index[functions[i].name] = &functions[i]
	}
	return index
}

// Functions lists the names of all functions, sorted.
func Functions() []string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.name
	}
	slices.Sort(names)
	return names
}

// unsupported are functions people may write and this house refuses, with
// what to do instead.
var unsupported = map[string]string{
	"area":                 "elle mesure un tracé géographique",
	"base64-decode":        "préparez la valeur avant l’import",
	"choice-label":         "écrivez jr:choice-name(valeur, '${question}')",
	"de-duplicate":         "elle n’existe que dans SurveyCTO",
	"device-info":          "aucune information sur l’appareil n’est recueillie",
	"digest":               "aucune empreinte n’est calculée dans le questionnaire",
	"distance":             "elle mesure un tracé géographique",
	"duration":             "elle n’existe que dans SurveyCTO",
	"enclosed-area":        "elle mesure un tracé géographique",
	"extract-signed":       "préparez la valeur avant l’import",
	"geofence":             "elle mesure un tracé géographique",
	"id":                   "écrivez la référence sous la forme « ${nom} »",
	"index":                "écrivez position(..)",
	"instance":             "filtrez les choix dans choice_filter, ou écrivez pulldata(…)",
	"intersects":           "elle mesure un tracé géographique",
	"jr:itext":             "écrivez le libellé dans la colonne label de chaque langue",
	"last":                 "écrivez count(${repetition})",
	"property":             "aucune information sur l’appareil n’est recueillie",
	"randomize":            "écrivez « randomize=true » dans la colonne parameters de la question",
	"search":               "mettez les choix dans la feuille choices et filtrez-les avec choice_filter",
	"add-date":             "elle n’existe que dans CHT ; ajoutez des jours : date(${jour} + 7)",
	"difference-in-months": "elle n’existe que dans CHT ; comptez des jours : ${fin} - ${debut}",
}
