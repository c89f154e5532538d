package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v3"

	"diapason/handlers"
	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/library"
	"diapason/surveys/xlsform"
)

const (
	demoDiagnostic = "creusot-montceau"
	demoPrevious   = "creusot-montceau-avant"
	demoLogin      = "demo"
	demoSeed       = 71
)

// demoSlugs are the public addresses of the demonstration's surveys.
var demoSlugs = map[surveys.Audience]string{
	surveys.Habitants: "habitants", surveys.Professionnels: "professionnels", surveys.Associations: "associations",
}

// demoSizes are how many people of each public answer in the demonstration, two
// thirds of them in the edition before.
var demoSizes = map[surveys.Audience]int{
	surveys.Habitants: 600, surveys.Professionnels: 90, surveys.Associations: 40,
}

func demoCommand() *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "une démonstration vivante : un vrai territoire, des réponses inventées",
		Flags: append(serverFlags(),
			&cli.StringFlag{Name: "data", Value: "data", Usage: "dossier où la démonstration garde ses données"},
			&cli.BoolFlag{Name: "fresh", Usage: "repartir de zéro"},
		),
		Action: demo,
	}
}

func demo(ctx context.Context, c *cli.Command) (err error) {
	path := filepath.Join(c.String("data"), "demo.db")
	if c.Bool("fresh") {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := makeDemo(ctx, path, c.Root().ErrWriter); err != nil {
		return fmt.Errorf("préparer la démonstration : %w", err)
	}
	store, err := boltstore.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := completeDemo(ctx, store); err != nil {
		return err
	}
	password, err := demoAccount(ctx, store)
	if err != nil {
		return err
	}
	return listen(ctx, c, store, func(url string) { announce(c.Root().Writer, url, password) })
}

// completeDemo gives a demonstration made by an earlier version what it lacks.
func completeDemo(ctx context.Context, store surveys.Store) error {
	diagnostic, err := store.Diagnostic(ctx, demoDiagnostic)
	if err != nil {
		return err
	}
	if err := store.AddDossier(ctx, library.DemoDossier(diagnostic)); err != nil && !errors.Is(err, surveys.ErrExists) {
		return err
	}
	return reviewDemo(ctx, store, diagnostic, time.Now())
}

func announce(w io.Writer, url, password string) {
	fmt.Fprintf(w, "\nDiapason – démonstration\n\n")
	for _, a := range surveys.Audiences() {
		fmt.Fprintf(w, "  %-15s %s/r/%s\n", a.Label(), url, demoSlugs[a])
	}
	fmt.Fprintf(w, "  %-15s %s/d/%s\n", "Coordination", url, demoDiagnostic)
	fmt.Fprintf(w, "\n  compte : %s\n  mot de passe : %s\n", demoLogin, password)
	fmt.Fprintf(w, "\nDonnées de démonstration. Ctrl-C pour arrêter.\n")
}

// makeDemo makes the demonstration's file when there is none. It is filled
// under another name, so that a start that is interrupted leaves no half of it.
func makeDemo(ctx context.Context, path string, progress io.Writer) error {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	draft := path + ".new"
	if err := os.Remove(draft); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	store, err := boltstore.Open(draft)
	if err != nil {
		return err
	}
	err = seedDemo(ctx, store, progress, time.Now())
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	return os.Rename(draft, path)
}

// seedDemo fills an empty store with a diagnostic of the Communauté urbaine
// Creusot Montceau.
func seedDemo(ctx context.Context, store surveys.Store, progress io.Writer, now time.Time) error {
	diagnostic, err := library.DemoDiagnostic(demoDiagnostic, now)
	if err != nil {
		return err
	}
	if err := store.AddDiagnostic(ctx, diagnostic); err != nil {
		return err
	}
	forms := surveys.NewForms(store)
	for _, audience := range surveys.Audiences() {
		if err := seedSurvey(ctx, forms, diagnostic, audience, progress, now); err != nil {
			return fmt.Errorf("%s: %w", audience, err)
		}
	}
	return seedPrevious(ctx, forms, diagnostic, progress)
}

// seedPrevious adds the edition before, so that there is something to compare.
func seedPrevious(ctx context.Context, forms *surveys.Forms, d surveys.Diagnostic, progress io.Writer) error {
	before := library.DemoPrevious(d, demoPrevious)
	if err := forms.Store.AddDiagnostic(ctx, before); err != nil {
		return err
	}
	for _, audience := range surveys.Audiences() {
		if err := seedSurvey(ctx, forms, before, audience, progress, before.Opens); err != nil {
			return fmt.Errorf("%s, edition before: %w", audience, err)
		}
		if _, err := surveys.SetState(ctx, forms.Store, slugOf(before, audience), surveys.Closed, before.Closes); err != nil {
			return err
		}
	}
	_, err := forms.Store.UpdateDiagnostic(ctx, d.ID, func(d *surveys.Diagnostic) error {
		d.Updates = before.ID
		return nil
	})
	return err
}

// slugOf is the public address of a survey of the demonstration.
func slugOf(d surveys.Diagnostic, audience surveys.Audience) string {
	if d.ID == demoPrevious {
		return demoSlugs[audience] + "-" + d.Edition
	}
	return demoSlugs[audience]
}

func seedSurvey(ctx context.Context, forms *surveys.Forms, d surveys.Diagnostic, audience surveys.Audience, progress io.Writer, now time.Time) error {
	q, problems := xlsform.Read(bytes.NewReader(library.Workbook(audience)), string(audience)+".xlsx")
	if err := problems.Err(); err != nil {
		return err
	}
	size := demoSizes[audience]
	if d.ID == demoPrevious {
		library.AsBefore(q)
		size = size * 2 / 3
	}
	survey := surveys.Survey{ID: slugOf(d, audience), Diagnostic: d.ID, Audience: audience, Title: q.Title, State: surveys.Draft}
	err := publish(ctx, io.Discard, forms, true, now, asked{survey, q})
	if err != nil {
		return err
	}
	if survey, err = forms.Store.Survey(ctx, survey.ID); err != nil { // as published
		return err
	}
	form, err := forms.Form(ctx, survey.ID, survey.Current)
	if err != nil {
		return err
	}
	answers := library.DemoAnswers(form, audience, d, demoSeed, size)
	return submitAll(ctx, forms, survey, answers, newProgress(progress, len(answers), "réponses des "+string(audience)+", édition "+d.Edition))
}

// demoAccount gives the demonstration's account a password of its own at each
// start, so that no demonstration is opened by a password everybody knows.
func demoAccount(ctx context.Context, store surveys.Store) (string, error) {
	secret, err := store.Secret(ctx)
	if err != nil {
		return "", err
	}
	password := surveys.WithdrawalCode(secret, surveys.NewResponseID(time.Now()))
	hash, err := handlers.HashPassword(password)
	if err != nil {
		return "", err
	}
	account := surveys.Account{Login: demoLogin, Name: "Démonstration", Role: surveys.Coordinator, Diagnostics: []string{demoDiagnostic, demoPrevious}, Password: hash}
	if err := store.AddAccount(ctx, account); !errors.Is(err, surveys.ErrExists) {
		return password, err
	}
	_, err = store.UpdateAccount(ctx, demoLogin, func(a *surveys.Account) error {
		a.Password = hash
		return nil
	})
	return password, err
}
