package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v3"

	"diapason/surveys"
	"diapason/surveys/library"
	"diapason/surveys/xlsform"
)

func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "publier des questionnaires XLSForm dans un diagnostic",
		ArgsUsage: "FORM.xlsx …",
		Description: "Chaque classeur devient la prochaine version de l’enquête d’un public. Si le diagnostic\n" +
			"n’existe pas encore, --territory le crée sur une intercommunalité (numéro SIREN).",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.StringFlag{Name: "diagnostic", Required: true, Usage: "identifiant du diagnostic"},
			&cli.StringFlag{Name: "audience", Usage: "public : habitants, professionnels ou associations (sinon, le nom du fichier)"},
			&cli.StringFlag{Name: "survey", Usage: "adresse publique de l’enquête (sinon, DIAGNOSTIC-PUBLIC)"},
			&cli.StringFlag{Name: "territory", Usage: "SIREN de l’intercommunalité, pour créer le diagnostic"},
			&cli.StringFlag{Name: "title", Usage: "titre du diagnostic à créer"},
			&cli.BoolFlag{Name: "open", Usage: "ouvrir la collecte tout de suite"},
		},
		Action: withStore(importForms),
	}
}

func importForms(ctx context.Context, c *cli.Command, store surveys.Store) error {
	if c.NArg() == 0 {
		return errors.New("donnez au moins un classeur : diapason import FORM.xlsx --diagnostic …")
	}
	if c.NArg() > 1 && (c.String("audience") != "" || c.String("survey") != "") {
		return errors.New("--audience et --survey ne valent que pour un classeur à la fois")
	}
	now := time.Now()
	if err := ensureDiagnostic(ctx, c, store, now); err != nil {
		return err
	}
	forms := surveys.NewForms(store)
	var failures []error
	for _, path := range c.Args().Slice() {
		if err := importForm(ctx, c, forms, path, now); err != nil {
			failures = append(failures, fmt.Errorf("%s :\n%w", path, err))
		}
	}
	return errors.Join(failures...)
}

// ensureDiagnostic creates the diagnostic when it is new and a territory says
// where it is.
func ensureDiagnostic(ctx context.Context, c *cli.Command, store surveys.Store, now time.Time) error {
	id := c.String("diagnostic")
	_, err := store.Diagnostic(ctx, id)
	if !errors.Is(err, surveys.ErrNotFound) {
		return err
	}
	if c.String("territory") == "" {
		return fmt.Errorf("le diagnostic « %s » n’existe pas : ajoutez --territory SIREN pour le créer", id)
	}
	territory, err := library.Territory(c.String("territory"))
	if err != nil {
		return err
	}
	title := c.String("title")
	if title == "" {
		title = "Diagnostic partagé de santé – " + territory.Name
	}
	d := surveys.Diagnostic{
		ID: id, Title: title, Edition: now.Format("2006"), Territory: territory, Frame: library.Frame(),
		State: surveys.Open, Opens: now, Closes: now.AddDate(0, 2, 0),
		Notice: surveys.Notice{Controller: territory.Name},
	}
	if problems := d.Check(); problems != nil {
		return problems
	}
	return store.AddDiagnostic(ctx, d)
}

func importForm(ctx context.Context, c *cli.Command, forms *surveys.Forms, path string, now time.Time) error {
	q, err := readForm(c.Root().ErrWriter, path)
	if err != nil {
		return err
	}
	audience := surveys.Audience(c.String("audience"))
	if audience == "" {
		base := filepath.Base(path)
		audience = surveys.Audience(base[:len(base)-len(filepath.Ext(base))])
	}
	id := c.String("survey")
	if id == "" {
		id = c.String("diagnostic") + "-" + string(audience)
	}
	survey := surveys.Survey{ID: id, Diagnostic: c.String("diagnostic"), Audience: audience, Title: q.Title, State: surveys.Draft}
	return publish(ctx, c.Root().Writer, forms, survey, q, c.Bool("open"), now)
}

// readForm reads a workbook and says what is only a warning.
func readForm(w io.Writer, path string) (*surveys.Questionnaire, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	q, problems := xlsform.Read(file, filepath.Base(path))
	for _, warning := range problems.Warnings() {
		fmt.Fprintln(w, "attention :", warning)
	}
	return q, problems.Err()
}

// publish makes the survey when it is new, publishes the questionnaire in it,
// and opens it when asked.
func publish(ctx context.Context, w io.Writer, forms *surveys.Forms, survey surveys.Survey, q *surveys.Questionnaire, open bool, now time.Time) error {
	if problems := survey.Check(); problems != nil {
		return problems
	}
	if err := forms.Store.AddSurvey(ctx, survey); err != nil && !errors.Is(err, surveys.ErrExists) {
		return err
	}
	v, problems, err := surveys.Publish(ctx, forms, survey.ID, *q, now)
	if err != nil {
		return err
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if open {
		if _, err := surveys.SetState(ctx, forms.Store, survey.ID, surveys.Open, now); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "%s : version %d publiée\n", survey.ID, v.Number)
	return nil
}
