package authoring

import (
	"testing"
)

func TestPublishedFormsGetHintsWithoutHarm(t *testing.T) {
	for name, q := range published(t) {
		codes := map[string]int{}
		for _, h := range Hints(q, []Sibling{{Title: name, Questionnaire: q}}) {
			codes[h.Code]++
			if h.Message == "" {
				t.Errorf("%s, %s: %s says nothing", name, h.Question, h.Code)
			}
			if h.Code == "crossing.kind" || h.Code == "crossing.choices" {
				t.Errorf("%s does not agree with itself: %s", name, h.Message)
			}
			t.Logf("%s | %s | %s", h.Question, h.Code, h.Message)
		}
		median, long := durations(q)
		if median < 0 || long < median {
			t.Errorf("%s takes %.1f to %.1f minutes", name, median, long)
		}
		for _, l := range languages(q) {
			if done, total := Translated(q, l); done > total {
				t.Errorf("%s, %s: %d of %d", name, l, done, total)
			}
		}
		t.Logf("%s: %.0f minutes, %v", name, median, codes)
	}
}
