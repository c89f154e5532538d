package handlers

import (
	"slices"
	"strings"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// lines makes the questions of a matrix those of the lines that were typed. A
// line that stays keeps its question; one that is changed in its place keeps
// it too, with its new words; the others are added or taken away.
func (e *edition) lines() {
	item := e.item()
	old := pages.LineLabels(e.now, item)
	if current := strings.Join(old, "\n"); e.seen("lignes", current) != current {
		e.refuse("lignes", surveys.Problem{Code: surveys.MoveConflict, Args: []any{current}})
		return
	}
	typed := typedLines(e.value("lignes"))
	if len(typed) == 0 {
		e.problem("lignes", "Un tableau a au moins une ligne. Pour l’enlever, supprimez-le.")
		return
	}
	e.try("lignes", lineMoves(e.now, item, old, typed)...)
}

func typedLines(text string) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// lineMoves lead from the old lines to the new ones.
func lineMoves(q *surveys.Questionnaire, matrix *surveys.Item, old, typed []string) []surveys.Move {
	var questions []*surveys.Item
	after := ""
	for i := range matrix.Items {
		if matrix.Items[i].Kind == surveys.SelectOne {
			questions = append(questions, &matrix.Items[i])
		} else if len(questions) == 0 {
			after = matrix.Items[i].Key // a note at the head stays there
		}
	}
	language, taken := authoring.MainLanguage(q), q.Clone()
	keys := newKeys(q)
	var moves []surveys.Move
	kept := pairLines(old, typed)
	for i, question := range questions {
		if !slices.Contains(kept, i) {
			moves = append(moves, surveys.Move{Do: surveys.Remove, Key: question.Key})
		}
	}
	for n, label := range typed {
		if kept[n] < 0 {
			line := newLine(taken, matrix.Name, questions[0].List, language, label)
			line.Theme, line.Key = questions[0].Theme, keys()
			moves = append(moves, surveys.Move{Do: surveys.Insert, Into: matrix.Key, After: after, Item: &line})
			after = line.Key
			continue
		}
		question := questions[kept[n]]
		if label != old[kept[n]] {
			moves = append(moves, surveys.Move{Do: surveys.SetField, Key: question.Key, Field: "label", Language: language, Was: question.Label[language], Now: label})
		}
		moves = append(moves, surveys.Move{Do: surveys.PlaceItem, Key: question.Key, Into: matrix.Key, After: after})
		after = question.Key
	}
	return moves
}

// newKeys gives keys that no item has, so that a line can be placed after one
// that is added in the same step.
func newKeys(q *surveys.Questionnaire) func() string {
	fresh := q.Clone()
	return func() string {
		fresh.Items = append(fresh.Items, surveys.Item{Kind: surveys.Note})
		fresh = fresh.Keyed(nil)
		return fresh.Items[len(fresh.Items)-1].Key
	}
}

// pairLines tells for each new line which old one it is, -1 for none: the same
// words first, then those left at the same place between two that stay.
func pairLines(old, typed []string) []int {
	pairs := make([]int, len(typed))
	used := make([]bool, len(old))
	for n, label := range typed {
		pairs[n] = -1
		if at := slices.Index(old, label); at >= 0 {
			pairs[n], used[at] = at, true
		}
	}
	for n := range typed {
		if pairs[n] >= 0 {
			continue
		}
		next := 0
		if n > 0 {
			next = pairs[n-1] + 1
		}
		if next < len(old) && !used[next] {
			pairs[n], used[next] = next, true
		}
	}
	return pairs
}
