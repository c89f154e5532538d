package main

import (
	"context"
	"fmt"
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
	for i, t := range book.Texts() {
		if i%3 == 2 {
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
