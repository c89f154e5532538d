package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/verbatims"
)

// reviewDemo makes the demonstration's team read some of the texts its invented
// people wrote, unless somebody has begun to.
func reviewDemo(ctx context.Context, store surveys.Store, d surveys.Diagnostic, now time.Time) error {
	if begun, err := store.Reviews(ctx, d.ID); err != nil || len(begun) > 0 {
		return err
	}
	book := verbatims.NewBook(d.ID, verbatims.NamesOf(d.Territory))
	if err := book.Follow(ctx, store, surveys.NewForms(store)); err != nil {
		return err
	}
	come := 0
	for i, t := range inTurn(book.Texts()) {
		if i%4 == 3 {
			continue // left for whoever looks at the demonstration
		}
		r, reviewed := library.DemoReview(surveys.NewReview(d.ID, t.Response, t.Question), t.Masked, come, now)
		if !reviewed {
			break
		}
		come++
		if err := store.AddReview(ctx, r); err != nil {
			return fmt.Errorf("relire les textes de la démonstration : %w", err)
		}
	}
	return nil
}

// inTurn takes a text of each survey in turn: the team of the demonstration
// hears every public from the start.
func inTurn(texts []verbatims.Text) []verbatims.Text {
	type ticket struct {
		place int // in its survey
		text  verbatims.Text
	}
	come, tickets := map[string]int{}, make([]ticket, len(texts))
	for i, t := range texts {
		tickets[i] = ticket{come[t.Survey], t}
		come[t.Survey]++
	}
	slices.SortStableFunc(tickets, func(a, b ticket) int { return cmp.Compare(a.place, b.place) })
	for i, t := range tickets {
		texts[i] = t.text
	}
	return texts
}
