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
	return &cli.Command{
		Name:    "diapason",
		Usage:   "le diagnostic partagé des contrats locaux de santé",
		Version: version,
		Suggest: true,
		Commands: []*cli.Command{
			demoCommand(), serveCommand(), importCommand(), exportCommand(),
			accountCommand(), benchCommand(),
		},
	}
}
