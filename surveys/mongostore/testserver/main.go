// Command testserver is a server that speaks MongoDB, for the tests of
// package mongostore on a machine that has no MongoDB: FerretDB on SQLite,
// in one process, on a free port of this machine.
//
//	testserver [folder]
//
// Its first line of output is its address, mongodb://…; it keeps its data in
// the folder, or in a temporary one that it removes. It stops when its
// standard input closes, so that it never outlives who started it, or when it
// is asked to.
//
// It is a module of its own, so that the product does not depend on FerretDB.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "testserver:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	folder, remove, err := dataFolder(args)
	if err != nil {
		return err
	}
	defer remove()
	socket := filepath.Join(folder, "ferretdb.sock")
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{Unix: socket},
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError + 1})),
		Handler:   "sqlite",
		SQLiteURL: "file:" + folder + "/",
	})
	if err != nil {
		return err
	}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go oneByOne(door, socket)
	fmt.Printf("mongodb://%s/\n", door.Addr())
	defer door.Close()
	return server.Run(ctx)
}

// dataFolder is the folder of the command line, or a new temporary one.
func dataFolder(args []string) (folder string, remove func(), err error) {
	if len(args) > 0 {
		return args[0], func() {}, os.MkdirAll(args[0], 0o700)
	}
	folder, err = os.MkdirTemp("", "testserver-")
	return folder, func() { os.RemoveAll(folder) }, err
}
