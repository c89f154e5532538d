package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/mongostore"
)

const defaultStore = "bolt:./data/diapason.db"

// storeFlag names the store; every command that needs one takes it.
func storeFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "store", Value: defaultStore, Sources: cli.EnvVars("DIAPASON_STORE"),
		Usage: "où sont les données : bolt:FICHIER ou mongodb://…",
	}
}

// openStore opens what an address names.
func openStore(ctx context.Context, address string) (surveys.Store, error) {
	scheme, path, _ := strings.Cut(address, ":")
	switch scheme {
	case "bolt":
		return boltstore.Open(path)
	case "mongodb", "mongodb+srv":
		return mongostore.Open(ctx, address)
	}
	return nil, fmt.Errorf("le magasin « %s » n’est pas connu : écrivez bolt:FICHIER ou mongodb://…", address)
}

// withStore opens a store that is there, for a command that has no use for an
// empty one.
func withStore(run storeAction) cli.ActionFunc {
	return func(ctx context.Context, c *cli.Command) error {
		if path, embedded := strings.CutPrefix(c.String("store"), "bolt:"); embedded {
			if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("le fichier « %s » n’existe pas : vérifiez --store", path)
			}
		}
		return withNewStore(run)(ctx, c)
	}
}

type storeAction func(ctx context.Context, c *cli.Command, store surveys.Store) error

// withNewStore opens the store of a command, new if need be, runs the command
// and closes the store.
func withNewStore(run storeAction) cli.ActionFunc {
	return func(ctx context.Context, c *cli.Command) (err error) {
		store, err := openStore(ctx, c.String("store"))
		if err != nil {
			return err
		}
		defer func() {
			if closing := store.Close(); err == nil {
				err = closing
			}
		}()
		return run(ctx, c, store)
	}
}
