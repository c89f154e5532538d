package surveys

import (
	"context"
	"fmt"
)

// Rehearse finds what [Publish] would say of these questionnaires, warnings
// included, and publishes nothing.
func Rehearse(ctx context.Context, forms *Forms, drafts ...Publication) (Problems, error) {
	p := publisher{forms: forms, byID: map[string]*Form{}, titles: map[string]string{}}
	for _, d := range drafts {
		if err := p.add(ctx, d); err != nil {
			return nil, fmt.Errorf("rehearse %s: %w", d.Survey, err)
		}
	}
	p.crossing()
	return p.problems, nil
}
