package xlsform

import (
	"math"
	"strconv"

	"diapason/surveys"
)

// A scale is the numbers of a range question. A range may run downwards.
type scale struct{ start, end, step float64 }

func parameter(item *surveys.Item, key string, otherwise float64) float64 {
	if f, err := strconv.ParseFloat(item.Parameters[key], 64); err == nil {
		return f
	}
	return otherwise
}

func (s scale) holds(f float64) bool { return f >= min(s.start, s.end) && f <= max(s.start, s.end) }

// falls reports whether f is a whole number of steps away from origin.
func falls(f, origin, step float64) bool {
	n := (f - origin) / step
	return step != 0 && math.Abs(n-math.Round(n)) < 1e-9
}

// checkRange holds the parameters of a range against one another.
func (r *reader) checkRange(item *surveys.Item) {
	s := scale{parameter(item, "start", 1), parameter(item, "end", 10), parameter(item, "step", 1)}
	span := math.Abs(s.end - s.start)
	if s.step == 0 || math.Abs(s.step) > span {
		r.refuseRange(item, "step", "un pas plus petit que l’écart entre start et end, et pas zéro")
		return
	}
	if interval, ok := item.Parameters["tick_interval"]; ok && interval != "" {
		f := parameter(item, "tick_interval", 0)
		if math.Abs(f) > span || f == 0 || !falls(f, 0, s.step) {
			r.refuseRange(item, "tick_interval", "un multiple de step, plus petit que l’écart entre start et end")
		}
	}
	if _, ok := item.Parameters["placeholder"]; ok {
		f := parameter(item, "placeholder", 0)
		if !s.holds(f) || !falls(f, s.start, s.step) {
			r.refuseRange(item, "placeholder", "une valeur de l’échelle")
		}
	}
	r.checkTicks(item, s)
}

func (r *reader) refuseRange(item *surveys.Item, key, want string) {
	r.refuse(r.place(item, "parameters"), "xlsform.parameters.range", key, want)
}

// checkTicks looks at what is written under the scale: only a plain one has
// room for it, and each word stands under a value.
func (r *reader) checkTicks(item *surveys.Item, s scale) {
	for _, key := range []string{"tick_interval", "placeholder", "tick_labelset"} {
		if _, ok := item.Parameters[key]; ok && !plainScale(item) {
			r.refuseRange(item, key, "une apparence vide, vertical ou no-ticks")
			return
		}
	}
	set := item.Parameters["tick_labelset"]
	if set == "" {
		return
	}
	list, ok := r.q.List(set)
	if !ok {
		r.refuse(r.place(item, "parameters"), "xlsform.list.unknown", set, choicesSheet)
		return
	}
	if item.Appears("no-ticks") && len(list.Choices) > 2 {
		r.refuseRange(item, "tick_labelset", "deux choix au plus quand l’apparence est no-ticks")
	}
	step := parameter(item, "tick_interval", s.step)
	for _, c := range list.Choices {
		f, err := strconv.ParseFloat(c.Name, 64)
		if err != nil || !s.holds(f) || !falls(f, s.start, step) {
			r.refuseRange(item, "tick_labelset", "des choix dont les codes sont des valeurs de l’échelle")
			return
		}
	}
}

func plainScale(item *surveys.Item) bool {
	for _, a := range item.Appearance {
		if a != "vertical" && a != "no-ticks" {
			return false
		}
	}
	return true
}
