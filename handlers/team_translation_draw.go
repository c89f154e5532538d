package handlers

import (
	"cmp"
	"fmt"
	"strings"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// drawTexts groups texts by section, and counts those that are translated
// elsewhere.
func drawTexts(t translation, asked translationAsked) (groups []pages.TranslationGroup, known int) {
	d := textDrawing{onlyMissing: asked.onlyMissing, refused: map[string]typedText{}}
	for _, r := range asked.refused {
		d.refused[r.place.String()] = r
	}
	for _, block := range t.blocks() {
		group := t.group(block.section)
		if n := len(groups); n == 0 || groups[n-1].ID != group.ID {
			groups = append(groups, group)
		}
		d.block(&groups[len(groups)-1], t, block)
	}
	return withTexts(groups), d.known
}

// textDrawing is the drawing of all texts: what it is for, and how far it is.
type textDrawing struct {
	onlyMissing  bool
	refused      map[string]typedText
	known, shown int
}

func (d *textDrawing) block(into *pages.TranslationGroup, t translation, block textBlock) {
	drawn := pages.TranslationBlock{Choices: block.list != nil, Shared: t.sharedBy(block)}
	for _, text := range block.texts {
		done := strings.TrimSpace(text.Text) != ""
		into.Total++
		if done {
			into.Done++
		}
		if text.Known != "" {
			d.known++
		}
		r, conflict := d.refused[text.Place]
		if done && d.onlyMissing && !conflict {
			continue
		}
		if conflict {
			text.Text, text.Conflict = r.now, true
		}
		d.shown++
		text.ID = fmt.Sprintf("t%d", d.shown)
		drawn.Texts = append(drawn.Texts, text.TranslationText)
	}
	if len(drawn.Texts) > 0 {
		into.Blocks = append(into.Blocks, drawn)
	}
}

// withTexts are the groups that show something.
func withTexts(groups []pages.TranslationGroup) []pages.TranslationGroup {
	var shown []pages.TranslationGroup
	for _, g := range groups {
		if len(g.Blocks) > 0 {
			shown = append(shown, g)
		}
	}
	return shown
}

func (t translation) group(section *surveys.Item) pages.TranslationGroup {
	if section == nil {
		return pages.TranslationGroup{ID: "partie", Title: "Hors des sections"}
	}
	return pages.TranslationGroup{ID: "partie-" + section.Key, Title: cmp.Or(section.Label[t.from], section.Name, "Section sans titre")}
}

// sharedBy says which questions offer the choices of a block, when they are
// several: a translation then serves them all.
func (t translation) sharedBy(block textBlock) string {
	if block.list == nil {
		return ""
	}
	var asked []string
	t.questionnaire.Walk(func(i *surveys.Item, _ []*surveys.Item) {
		if i.List == block.list.Name && i.Kind.HasChoices() {
			asked = append(asked, "« "+strings.TrimRight(cmp.Or(i.Label[t.from], i.Name), "  :")+" »")
		}
	})
	const named = 3
	switch {
	case len(asked) < 2:
		return ""
	case len(asked) > named:
		return fmt.Sprintf("Choix communs à %d questions : %s… Ils se traduisent une fois.", len(asked), strings.Join(asked[:named], ", "))
	}
	return fmt.Sprintf("Choix communs à %d questions : %s. Ils se traduisent une fois.", len(asked), strings.Join(asked, ", "))
}
