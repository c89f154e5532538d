package xlsform

import (
	"regexp"
	"slices"
	"strings"

	"diapason/surveys"
)

var (
	triggerList = regexp.MustCompile(`^\$\{[^{}]+\}([ ,]*,[ ,]*\$\{[^{}]+\})*[ ,]*$`)
	reference   = regexp.MustCompile(`\$\{([^{}]+)\}`)
)

// checkTrigger looks at the questions that start a calculation: they exist,
// and a person can change them. A place taken in the background is started the
// same way and calculates nothing.
func (r *reader) checkTrigger(item *surveys.Item, questions map[string]*surveys.Item) {
	if item.Kind == "background-geopoint" && item.Calculation != "" {
		r.refuse(r.place(item, "calculation"), "xlsform.trigger.calculation", item.Kind)
	}
	trigger := tidyExpression(item.Extra["trigger"])
	if trigger == "" {
		return
	}
	at := r.place(item, "trigger")
	if !triggerList.MatchString(trigger) {
		r.refuse(at, "xlsform.trigger.form", trigger)
		return
	}
	for _, m := range reference.FindAllStringSubmatch(trigger, -1) {
		q := questions[strings.TrimSpace(m[1])]
		switch {
		case q == nil:
			r.refuse(at, "xlsform.trigger.unknown", m[1])
		case !visible(q):
			r.refuse(at, "xlsform.trigger.hidden", q.Name)
		}
	}
}

// visible reports whether a person sees the question and can change it.
func visible(q *surveys.Item) bool {
	if !q.Kind.Asked() && !slices.Contains(shownKinds, q.Kind) {
		return false
	}
	return q.Calculation == "" || !q.Label.Empty() || !q.Hint.Empty()
}
