package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
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
			"n’existe pas encore, --territory le crée sur une intercommunalité (son nom ou son SIREN).",
		Flags: []cli.Flag{
			storeFlag(),
			&cli.StringFlag{Name: "diagnostic", Required: true, Usage: "identifiant du diagnostic"},
			&cli.StringFlag{Name: "audience", Usage: "public : habitants, professionnels ou associations (sinon, le nom du fichier)"},
			&cli.StringFlag{Name: "survey", Usage: "adresse publique de l’enquête (sinon, DIAGNOSTIC-PUBLIC)"},
			&cli.StringFlag{Name: "territory", Usage: "nom ou SIREN de l’intercommunalité, pour créer le diagnostic"},
			&cli.StringFlag{Name: "title", Usage: "titre du diagnostic à créer"},
			&cli.StringFlag{Name: "controller", Usage: "responsable de traitement du diagnostic à créer (sinon, l’intercommunalité)"},
			&cli.StringFlag{Name: "contact", Usage: "adresse de l’équipe, pour la notice (obligatoire avec --territory)"},
			&cli.StringFlag{Name: "dpo", Usage: "délégué à la protection des données, pour la notice (obligatoire avec --territory)"},
			&cli.StringFlag{Name: "hosting", Usage: "où les réponses sont gardées, pour la notice (obligatoire avec --territory)"},
			&cli.BoolFlag{Name: "open", Usage: "ouvrir la collecte tout de suite"},
			&cli.StringFlag{Name: "census", Usage: "fichier du recensement par commune, sexe et âge (Insee, csv), pour le redressement"},
			&cli.StringFlag{Name: "census-source", Value: "Insee, Évolution et structure de la population", Usage: "qui a publié ce fichier"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			if c.String("territory") != "" { // may begin in a new store
				return withNewStore(importForms)(ctx, c)
			}
			return withStore(importForms)(ctx, c)
		},
	}
}

func importForms(ctx context.Context, c *cli.Command, store surveys.Store) error {
	if c.NArg() == 0 && c.String("census") == "" {
		return errors.New("donnez au moins un classeur : diapason import FORM.xlsx --diagnostic …")
	}
	if c.NArg() > 1 && (c.String("audience") != "" || c.String("survey") != "") {
		return errors.New("--audience et --survey ne valent que pour un classeur à la fois")
	}
	now := time.Now()
	if err := ensureDiagnostic(ctx, c, store, now); err != nil {
		return err
	}
	if err := importCensus(ctx, c, store, now); err != nil {
		return err
	}
	forms := surveys.NewForms(store)
	asked, err := readForms(c)
	if err != nil {
		return err
	}
	return publish(ctx, c.Root().Writer, forms, c.Bool("open"), now, asked...)
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
	title := cmp.Or(c.String("title"), "Diagnostic partagé de santé – "+territory.Name)
	d := surveys.Diagnostic{
		ID: id, Title: title, Edition: now.Format("2006"), Territory: territory, Frame: library.Frame(),
		State: surveys.Open, Opens: now, Closes: now.AddDate(0, 2, 0),
		Notice: surveys.Notice{
			Controller: cmp.Or(c.String("controller"), territory.Name),
			Contact:    c.String("contact"), DPO: c.String("dpo"), Hosting: c.String("hosting"),
		},
	}
	if problems := d.Check(); problems != nil {
		return problems
	}
	return store.AddDiagnostic(ctx, d)
}

// asked is a survey and what it is about to ask.
type asked struct {
	survey        surveys.Survey
	questionnaire *surveys.Questionnaire
}

// readForms reads every workbook of the command line; the faults of all of
// them come back together.
func readForms(c *cli.Command) ([]asked, error) {
	var all []asked
	var failures []error
	for _, path := range c.Args().Slice() {
		q, err := readForm(c.Root().ErrWriter, path)
		if err != nil {
			failures = append(failures, fmt.Errorf("%s :\n%w", path, err))
			continue
		}
		all = append(all, asked{surveyOf(c, path, q.Title), q})
	}
	return all, errors.Join(failures...)
}

// surveyOf is the survey a workbook belongs to: its file may be named after
// its audience.
func surveyOf(c *cli.Command, path, title string) surveys.Survey {
	base := filepath.Base(path)
	audience := cmp.Or(c.String("audience"), strings.TrimSuffix(base, filepath.Ext(base)))
	return surveys.Survey{
		ID:         cmp.Or(c.String("survey"), c.String("diagnostic")+"-"+audience),
		Diagnostic: c.String("diagnostic"), Audience: surveys.Audience(audience), Title: title, State: surveys.Draft,
	}
}

// readForm reads a workbook and says what is only a warning.
func readForm(w io.Writer, path string) (*surveys.Questionnaire, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("ce fichier n’existe pas")
	}
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

// publish makes the surveys that are new, publishes their questionnaires
// together, and opens them when asked.
func publish(ctx context.Context, w io.Writer, forms *surveys.Forms, open bool, now time.Time, all ...asked) error {
	var publications []surveys.Publication
	for _, a := range all {
		if problems := a.survey.Check(); problems != nil {
			return problems
		}
		if err := addSurvey(ctx, forms.Store, a.survey); err != nil {
			return err
		}
		publications = append(publications, surveys.Publication{Survey: a.survey.ID, Questionnaire: *a.questionnaire})
	}
	versions, problems, err := surveys.Publish(ctx, forms, now, publications...)
	if err == nil {
		err = problems.Err()
	}
	if err != nil {
		return err
	}
	for _, v := range versions {
		if open {
			if _, err := surveys.SetState(ctx, forms.Store, v.Survey, surveys.Open, now); err != nil {
				return err
			}
		}
		fmt.Fprintf(w, "%s : version %d publiée\n", v.Survey, v.Number)
	}
	return nil
}

// addSurvey makes a survey when it is new. Its address may not belong to
// another diagnostic or another audience.
func addSurvey(ctx context.Context, store surveys.Store, s surveys.Survey) error {
	err := store.AddSurvey(ctx, s)
	if !errors.Is(err, surveys.ErrExists) {
		return err
	}
	there, err := store.Survey(ctx, s.ID)
	if err == nil && (there.Diagnostic != s.Diagnostic || there.Audience != s.Audience) {
		return fmt.Errorf("l’adresse « %s » sert déjà à l’enquête « %s » du diagnostic « %s » : choisissez-en une autre avec --survey", s.ID, there.Audience, there.Diagnostic)
	}
	return err
}
