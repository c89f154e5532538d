package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"diapason/handlers"
	"diapason/surveys"
)

func accountCommand() *cli.Command {
	return &cli.Command{
		Name:  "account",
		Usage: "les comptes de l’équipe",
		Commands: []*cli.Command{
			{
				Name: "add", Usage: "ajouter un compte ; le mot de passe est demandé, ou lu sur l’entrée standard",
				ArgsUsage: "LOGIN",
				Flags: []cli.Flag{
					storeFlag(),
					&cli.StringFlag{Name: "name", Usage: "nom de la personne"},
					&cli.StringFlag{Name: "role", Value: string(surveys.Coordinator), Usage: "admin, coordinateur, saisie, copil ou ars"},
					&cli.StringSliceFlag{Name: "diagnostic", Usage: "diagnostic ouvert à ce compte (répétable)"},
				},
				Action: withStore(addAccount),
			},
			{
				Name: "password", Usage: "donner un nouveau mot de passe à un compte ; ses sessions ouvertes se ferment",
				ArgsUsage: "LOGIN",
				Flags:     []cli.Flag{storeFlag()},
				Action:    withStore(changePassword),
			},
			{
				Name: "list", Usage: "lister les comptes",
				Flags:  []cli.Flag{storeFlag()},
				Action: withStore(listAccounts),
			},
		},
	}
}

func addAccount(ctx context.Context, c *cli.Command, store surveys.Store) error {
	login := strings.ToLower(strings.TrimSpace(c.Args().First()))
	account := surveys.Account{
		Login: login, Name: c.String("name"), Role: surveys.Role(c.String("role")),
		Diagnostics: c.StringSlice("diagnostic"),
	}
	if problems := account.Check(); problems != nil {
		return problems
	}
	for _, id := range account.Diagnostics {
		if _, err := store.Diagnostic(ctx, id); errors.Is(err, surveys.ErrNotFound) {
			return fmt.Errorf("le diagnostic « %s » n’existe pas dans ce magasin", id)
		} else if err != nil {
			return err
		}
	}
	var err error
	if account.Password, err = newPassword(c.Root().ErrWriter); err != nil {
		return err
	}
	if err := store.AddAccount(ctx, account); errors.Is(err, surveys.ErrExists) {
		return fmt.Errorf("le compte « %s » existe déjà", login)
	} else if err != nil {
		return err
	}
	fmt.Fprintf(c.Root().Writer, "compte « %s » ajouté (%s)\n", login, account.Role)
	return nil
}

func changePassword(ctx context.Context, c *cli.Command, store surveys.Store) error {
	login := strings.ToLower(strings.TrimSpace(c.Args().First()))
	if _, err := store.Account(ctx, login); errors.Is(err, surveys.ErrNotFound) {
		return fmt.Errorf("le compte « %s » n’existe pas", login)
	} else if err != nil {
		return err
	}
	hash, err := newPassword(c.Root().ErrWriter)
	if err != nil {
		return err
	}
	_, err = store.UpdateAccount(ctx, login, func(a *surveys.Account) error {
		a.Password = hash
		return nil
	})
	return err
}

// newPassword reads a password that is long enough and returns its hash.
func newPassword(w io.Writer) (hash string, err error) {
	password, err := readPassword(w)
	if err != nil {
		return "", err
	}
	if problems := surveys.CheckPassword(password); problems != nil {
		return "", problems
	}
	return handlers.HashPassword(password)
}

// readPassword asks on a terminal, without showing what is typed, and else
// reads the first line of the standard input.
func readPassword(w io.Writer) (string, error) {
	if fd := int(os.Stdin.Fd()); term.IsTerminal(fd) {
		fmt.Fprint(w, "Mot de passe : ")
		typed, err := term.ReadPassword(fd)
		fmt.Fprintln(w)
		return string(typed), err
	}
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func listAccounts(ctx context.Context, c *cli.Command, store surveys.Store) error {
	accounts, err := store.Accounts(ctx)
	for _, a := range accounts {
		fmt.Fprintf(c.Root().Writer, "%s\t%s\t%s\t%s\n", a.Login, a.Role, a.Name, strings.Join(a.Diagnostics, " "))
	}
	return err
}
