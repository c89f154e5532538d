// Command diapason runs a diagnostic partagé, from the questionnaires to the
// workbook: one binary, one file or one MongoDB.
//
//	diapason demo                     a living demonstration
//	diapason serve                    the product
//	diapason import FORM.xlsx         publish a questionnaire
//	diapason export --diagnostic ID   write the workbook
//	diapason account add LOGIN        let somebody of the team in
//	diapason bench                    how many answers a second are taken
//
// Flags and environment live here and nowhere else.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"
)

// version is set by the release build.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command().Run(ctx, os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "diapason :", err)
		os.Exit(1)
	}
}

func command() *cli.Command {
	root := &cli.Command{
		Name:    "diapason",
		Usage:   "le diagnostic partagé des contrats locaux de santé",
		Version: version,
		Suggest: true,
		Action:  unknownCommand,
		Commands: []*cli.Command{
			demoCommand(), serveCommand(), importCommand(), exportCommand(),
			accountCommand(), benchCommand(),
		},
	}
	inFrench(root)
	return root
}

// unknownCommand is what runs when no command was recognised.
func unknownCommand(_ context.Context, c *cli.Command) error {
	if name := c.Args().First(); name != "" {
		return fmt.Errorf("la commande « %s » n’existe pas ; « diapason help » les montre toutes", name)
	}
	return cli.ShowRootCommandHelp(c)
}

// usageFaults are the library's words for a command line that is not right.
var usageFaults = strings.NewReplacer(
	"Required flags ", "il manque les options ", "Required flag ", "il manque l’option ", " not set", "",
	"flag provided but not defined: ", "l’option n’existe pas : ", "flag needs an argument: ", "il manque la valeur de l’option ",
	"invalid value ", "la valeur ", " for flag ", " ne convient pas à l’option ",
)

// inFrench makes a command and those below it say what is wrong in French,
// without the whole help after it.
func inFrench(c *cli.Command) {
	c.OnUsageError = func(_ context.Context, c *cli.Command, err error, _ bool) error {
		return fmt.Errorf("%s ; « diapason %s --help » dit comment faire", usageFaults.Replace(err.Error()), c.Name)
	}
	for _, below := range c.Commands {
		inFrench(below)
	}
}
