package xlsform

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
)

// A parameterRule says what a value must be, and how to say so.
type parameterRule struct {
	valid func(string) bool
	what  string
}

var (
	wantNumber  = parameterRule{isNumber, "un nombre"}
	wantInteger = parameterRule{matching(`^\d+$`), "un nombre entier"}
	wantBool    = parameterRule{matching(`^(true|false|yes|no)$`), "true ou false"}
	wantTruth   = parameterRule{matching(`^(true|false)$`), "true ou false"}
	wantSeed    = parameterRule{func(s string) bool { return isNumber(s) || bareReference.MatchString(s) }, "un nombre ou une question ${nom}"}
	wantName    = parameterRule{validName.MatchString, "un nom de colonne, sans espace"}
	wantPackage = parameterRule{matching(`^[A-Za-z]\w*(\.[A-Za-z]\w*)+$`), "le nom d’une application, comme org.exemple.photo"}
	wantAny     = parameterRule{func(string) bool { return true }, ""}
)

// parameterRules are the parameters of the kinds that have some; the other
// kinds keep what they are given.
var parameterRules = map[surveys.Kind]map[string]parameterRule{
	surveys.Range: {
		"start": wantNumber, "end": wantNumber, "step": wantNumber,
		"tick_interval": wantNumber, "placeholder": wantNumber, "tick_labelset": wantAny,
	},
	surveys.SelectOne:      {"randomize": wantBool, "seed": wantSeed},
	surveys.SelectMultiple: {"randomize": wantBool, "seed": wantSeed},
	surveys.Rank:           {"randomize": wantBool, "seed": wantSeed},
	"select_one_external":  {"randomize": wantBool, "seed": wantSeed},
	surveys.TextKind:       {"rows": wantInteger},
	"select_one_from_file": {"randomize": wantBool, "seed": wantSeed, "value": wantName, "label": wantName},
	"select_multiple_from_file": {
		"randomize": wantBool, "seed": wantSeed, "value": wantName, "label": wantName,
	},
	"image": {"max-pixels": wantInteger, "app": wantPackage},
	"audio": {"quality": wantAny},
	"geopoint": {
		"capture-accuracy": wantNumber, "warning-accuracy": wantNumber, "allow-mock-accuracy": wantTruth,
		"reference-geometry": wantAny,
	},
	"geotrace": {"allow-mock-accuracy": wantTruth, "incremental": wantBool, "reference-geometry": wantAny},
	"geoshape": {"allow-mock-accuracy": wantTruth, "incremental": wantBool, "reference-geometry": wantAny},
}

func matching(pattern string) func(string) bool { return regexp.MustCompile(pattern).MatchString }

func isNumber(s string) bool {
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
}

func (r *reader) checkParameters(item *surveys.Item, questions map[string]*surveys.Item) {
	rules, ok := parameterRules[item.Kind]
	if !ok {
		return
	}
	at := r.place(item, "parameters")
	right := true
	for _, key := range slices.Sorted(maps.Keys(item.Parameters)) {
		value := item.Parameters[key]
		rule, known := rules[key]
		switch {
		case !known:
			r.refuse(at, "xlsform.parameters.key", key, strings.Join(slices.Sorted(maps.Keys(rules)), ", "))
		case !rule.valid(value):
			r.refuse(at, "xlsform.parameters.value", value, key, rule.what)
			right = false
		}
	}
	if source := item.Parameters["reference-geometry"]; source != "" && !r.hasSource(source, questions) {
		r.refuse(at, "xlsform.parameters.source", "reference-geometry", source)
	}
	if item.Kind == surveys.Range && right {
		r.checkRange(item)
	}
}

// hasSource reports whether something of this form can be drawn on a map under
// this name: a list, an attached file, or a repeat.
func (r *reader) hasSource(source string, questions map[string]*surveys.Item) bool {
	if m := reference.FindStringSubmatch(source); m != nil {
		q := questions[m[1]]
		return q != nil && q.Kind == surveys.Repeat
	}
	if slices.Contains(r.inChoices, source) {
		return true
	}
	for _, q := range questions {
		base, _, _ := strings.Cut(q.List, ".")
		external := q.Kind == "csv-external" || q.Kind == "xml-external"
		if base == source && base != q.List || external && q.Name == source {
			return true
		}
	}
	return false
}
