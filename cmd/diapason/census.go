package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/urfave/cli/v3"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/territory"
)

// importCensus puts the census of a file in the dossier of the diagnostic, when
// a file is given: the communes of the territory, all of them or none.
func importCensus(ctx context.Context, c *cli.Command, store surveys.Store, now time.Time) error {
	name := c.String("census")
	if name == "" {
		return nil
	}
	d, err := store.Diagnostic(ctx, c.String("diagnostic"))
	if err != nil {
		return err
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	var wanted []territory.Commune
	for _, commune := range d.Territory.Communes {
		wanted = append(wanted, territory.Commune{Code: commune.Code, Name: commune.Name})
	}
	read, err := territory.ReadMargins(file, wanted)
	if err != nil {
		return fmt.Errorf("%s : %w", name, err)
	}
	census := library.Census(read, c.String("census-source"))
	if err := putCensus(ctx, store, d.ID, census, now); err != nil {
		return err
	}
	fmt.Fprintf(c.Root().Writer, "Recensement de %d : %d communes. Les réponses des habitants seront redressées dès qu’elles seront assez nombreuses.\n", census.Year, len(census.Counts))
	return nil
}

func putCensus(ctx context.Context, store surveys.Store, diagnostic string, census surveys.Census, now time.Time) error {
	err := store.AddDossier(ctx, surveys.Dossier{Diagnostic: diagnostic, Updated: now.UTC()})
	if err != nil && !errors.Is(err, surveys.ErrExists) {
		return err
	}
	_, err = store.UpdateDossier(ctx, diagnostic, func(d *surveys.Dossier) error {
		d.Census, d.Updated = census, now.UTC()
		return nil
	})
	return err
}
