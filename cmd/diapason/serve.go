package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"

	"diapason/handlers"
	"diapason/surveys"
)

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:   "serve",
		Usage:  "servir les enquêtes et l’espace de l’équipe",
		Flags:  append(serverFlags(), storeFlag()),
		Action: withNewStore(serve),
	}
}

func serverFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "listen", Value: "127.0.0.1:8080", Sources: cli.EnvVars("DIAPASON_LISTEN"),
			Usage: "adresse d’écoute"},
		&cli.StringFlag{Name: "url", Sources: cli.EnvVars("DIAPASON_URL"),
			Usage: "adresse publique, pour les affiches et les QR codes (https://…)"},
		&cli.IntFlag{Name: "submission-rate", Value: 1200, Sources: cli.EnvVars("DIAPASON_SUBMISSION_RATE"),
			Usage: "réponses acceptées par minute et par adresse réseau, 0 : sans limite"},
		&cli.StringSliceFlag{Name: "proxy", Sources: cli.EnvVars("DIAPASON_PROXY"),
			Usage: "adresse ou plage des serveurs mandataires placés devant (répétable) : eux seuls disent d’où vient une demande"},
	}
}

func serve(ctx context.Context, c *cli.Command, store surveys.Store) error {
	return listen(ctx, c, store, func(url string) {
		fmt.Fprintf(c.Root().Writer, "Diapason est ouvert sur %s\n", url)
	})
}

// gcPercent lets the heap grow to four times what lives in it before it is
// collected: little lives there, and a quarter more responses a second are
// taken in than at Go's default of 100. GOGC in the environment still decides.
const gcPercent = 300

// listen serves a store until ctx ends; ready is told the public address.
func listen(ctx context.Context, c *cli.Command, store surveys.Store, ready func(url string)) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	server, err := handlers.New(handlers.Config{
		Store: store, URL: strings.TrimSuffix(c.String("url"), "/"),
		SubmissionRate: c.Int("submission-rate"), Proxies: c.StringSlice("proxy"),
		Log: newLog(c.Root().ErrWriter),
	})
	if err != nil {
		return err
	}
	err = server.Listen(ctx, c.String("listen"), func(bound string) {
		url := c.String("url")
		if url == "" {
			url = "http://" + bound
		}
		ready(strings.TrimSuffix(url, "/"))
	})
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("l’adresse %s est déjà prise : arrêtez l’autre programme, ou choisissez-en une autre avec --listen", c.String("listen"))
	}
	return err
}

func newLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
