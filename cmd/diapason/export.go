package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"diapason/exports"
	"diapason/surveys"
	"diapason/surveys/report"
)

func exportCommand() *cli.Command {
	return &cli.Command{
		Name:  "export",
		Usage: "écrire le classeur ou le document d’un diagnostic",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.StringFlag{Name: "diagnostic", Required: true, Usage: "identifiant du diagnostic"},
			&cli.StringFlag{Name: "out", Required: true, Usage: "fichier à écrire : .xlsx pour le classeur, .docx pour le document Word"},
			&cli.StringFlag{Name: "view", Value: string(report.Restitution),
				Usage: "restitution (protégé, à partager) ou travail (tous les chiffres et les réponses, à ne pas diffuser)"},
			&cli.StringFlag{Name: "login", Value: "ligne de commande", Usage: "nom noté au journal pour un export de travail"},
		},
		Action: withStore(export),
	}
}

func export(ctx context.Context, c *cli.Command, store surveys.Store) error {
	view := report.View(c.String("view"))
	if view != report.Restitution && view != report.Work {
		return fmt.Errorf("la vue « %s » n’existe pas : restitution ou travail", view)
	}
	kind, err := exportKind(c.String("out"))
	if err != nil {
		return err
	}
	diagnostic, err := store.Diagnostic(ctx, c.String("diagnostic"))
	if errors.Is(err, surveys.ErrNotFound) {
		return fmt.Errorf("le diagnostic « %s » n’existe pas dans ce magasin", c.String("diagnostic"))
	}
	if err != nil {
		return err
	}
	now := time.Now()
	detail, err := writeExport(ctx, c, store, diagnostic, kind, view, now)
	if err != nil {
		return err
	}
	event := surveys.Event{Diagnostic: diagnostic.ID, Login: c.String("login"), Action: kind, Detail: detail, At: now}
	if err := store.AddEvent(ctx, event); err != nil {
		return err
	}
	fmt.Fprintf(c.Root().Writer, "%s écrit (%s)\n", c.String("out"), view)
	return nil
}

// exportKind is what the journal calls the file, which the end of its name says.
func exportKind(out string) (string, error) {
	switch strings.ToLower(filepath.Ext(out)) {
	case ".xlsx":
		return surveys.WorkbookDownloaded, nil
	case ".docx":
		return surveys.DocumentDownloaded, nil
	}
	return "", fmt.Errorf("--out %s : le nom du fichier finit par .xlsx (classeur) ou .docx (document Word)", out)
}

// writeExport writes beside the file and renames at the end: a failed export
// never looks successful, and never costs the file that was there.
func writeExport(ctx context.Context, c *cli.Command, store surveys.Store, d surveys.Diagnostic, kind string, view report.View, now time.Time) (detail string, err error) {
	out := c.String("out")
	file, err := os.CreateTemp(filepath.Dir(out), ".diapason-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(file.Name()) // nothing is left there once renamed
	source := report.NewSource(surveys.NewForms(store))
	if kind == surveys.DocumentDownloaded {
		detail, err = exports.DiagnosticDocument(ctx, file, source, d, view, c.String("login"), now)
	} else {
		detail, err = exports.Diagnostic(ctx, file, source, d, view, c.String("login"), now, exportProgress(c))
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	return detail, os.Rename(file.Name(), out)
}

// exportProgress draws a bar once the total is known.
func exportProgress(c *cli.Command) func(done, total int) {
	var advance func(int)
	last := 0
	return func(done, total int) {
		if advance == nil {
			advance = newProgress(c.Root().ErrWriter, total, "réponses")
		}
		advance(done - last)
		last = done
	}
}
