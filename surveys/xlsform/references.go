package xlsform

import (
	"maps"
	"path"
	"slices"
	"strings"

	"diapason/surveys"
)

// checkReferences looks at ${…} where no rule of the survey reads it: in the
// columns and settings that are only kept.
func (r *reader) checkReferences(questions map[string]*surveys.Item) {
	r.q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		for _, key := range slices.Sorted(maps.Keys(item.Extra)) {
			if isMedia(key) {
				r.checkReference(r.place(item, key), item.Extra[key], questions)
			}
		}
	})
	for _, l := range listsIn(r.q, choicesSheet) {
		for _, c := range l.Choices {
			for _, key := range slices.Sorted(maps.Keys(c.Extra)) {
				if isMedia(key) {
					at := surveys.Place{Sheet: r.choices.sheet, Row: c.Row, Column: r.choices.written(key)}
					r.checkReference(at, c.Extra[key], questions)
				}
			}
		}
	}
	if len(r.settings.rows) > 0 {
		at := surveys.Place{Sheet: r.settings.sheet, Row: r.settings.rows[0].number, Column: "instance_name"}
		r.checkReference(at, r.setting("instance_name"), questions)
	}
}

func isMedia(key string) bool {
	base, _, _ := strings.Cut(key, "::")
	return slices.Contains(media, base)
}

func (r *reader) checkReference(at surveys.Place, text string, questions map[string]*surveys.Item) {
	for _, m := range reference.FindAllStringSubmatch(text, -1) {
		name := strings.TrimPrefix(strings.TrimSpace(m[1]), "last-saved#")
		if questions[name] != nil {
			continue
		}
		if guess := closest(name, slices.Sorted(maps.Keys(questions))); guess != "" {
			r.refuse(at, "xlsform.reference.guess", name, guess)
		} else {
			r.refuse(at, "xlsform.reference.unknown", name)
		}
	}
}

// written is a kept column as its author wrote it.
func (t table) written(key string) string {
	for _, h := range t.headings {
		if h.extra == key {
			return h.written
		}
	}
	return key
}

// checkTables refuses two files that expressions could not tell apart: they
// name them without their ending.
func (r *reader) checkTables() {
	uses := fileUses(r.q)
	files := map[string]string{}
	r.q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		for _, name := range slices.Sorted(maps.Keys(uses)) {
			if uses[name].by != item {
				continue
			}
			base := strings.TrimSuffix(name, path.Ext(name))
			if other, taken := files[base]; taken && other != name {
				r.refuse(r.place(item, "type"), "xlsform.csv.same", name, other)
				continue
			}
			files[base] = name
		}
	})
}
