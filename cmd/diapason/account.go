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
	password, err := readPassword(c.Root().ErrWriter)
	if err != nil {
		return err
	}
	if problems := surveys.CheckPassword(password); problems != nil {
		return problems
	}
	if account.Password, err = handlers.HashPassword(password); err != nil {
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
