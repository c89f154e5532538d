package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v3"

	"diapason/surveys"
	"diapason/surveys/boltstore"
	"diapason/surveys/library"
)

// benchAnswers is how many different answers a load sends in turn.
const benchAnswers = 500

func benchCommand() *cli.Command {
	return &cli.Command{
		Name:  "bench",
		Usage: "mesurer combien de réponses par seconde sont acceptées, vérifiées et sur le disque",
		Flags: []cli.Flag{
			&cli.IntSliceFlag{Name: "connections", Value: []int{64, 256}, Usage: "connexions simultanées"},
			&cli.DurationFlag{Name: "duration", Value: 10 * time.Second, Usage: "durée de chaque mesure"},
		},
		Action: bench,
	}
}

// bench measures the server in a process of its own, on an empty store.
func bench(ctx context.Context, c *cli.Command) (err error) {
	dir, err := os.MkdirTemp("", "diapason-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "bench.db")
	answers, err := seedBench(ctx, path)
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	server := exec.CommandContext(ctx, program, serveArguments(path)...)
	address, err := startServer(server)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.Root().Writer, "connexions  réponses/s   p50 ms   p99 ms  refusées\n")
	accepted := 0
	for _, connections := range c.IntSlice("connections") {
		during, cancel := context.WithTimeout(ctx, c.Duration("duration"))
		o := load{address: address, survey: demoSlugs[surveys.Habitants], answers: answers, connections: connections}.run(during)
		cancel()
		accepted += len(o.accepted)
		fmt.Fprintf(c.Root().Writer, "%10d %11.0f %8.1f %8.1f %9d\n",
			connections, o.rate(), milliseconds(o.percentile(0.5)), milliseconds(o.percentile(0.99)), o.refused+o.broken)
	}
	if err := stopServer(server); err != nil {
		return err
	}
	return checkStored(ctx, c.Root().Writer, path, accepted)
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func serveArguments(path string) []string {
	return []string{"serve", "--store", "bolt:" + path, "--listen", "127.0.0.1:0", "--submission-rate", "0"}
}

// seedBench makes a store with the residents' survey and no answer, and
// returns answers to send to it.
func seedBench(ctx context.Context, path string) (answers []json.RawMessage, err error) {
	store, err := boltstore.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	now := time.Now()
	d, err := library.DemoDiagnostic(demoDiagnostic, now)
	if err != nil {
		return nil, err
	}
	if err := store.AddDiagnostic(ctx, d); err != nil {
		return nil, err
	}
	q, err := library.Questionnaire(surveys.Habitants)
	if err != nil {
		return nil, err
	}
	forms := surveys.NewForms(store)
	survey := surveys.Survey{ID: demoSlugs[surveys.Habitants], Diagnostic: d.ID, Audience: surveys.Habitants, Title: q.Title, State: surveys.Draft}
	if err := publish(ctx, io.Discard, forms, true, now, asked{survey, q}); err != nil {
		return nil, err
	}
	form, err := forms.Form(ctx, survey.ID, 1)
	if err != nil {
		return nil, err
	}
	for _, a := range library.DemoAnswers(form, surveys.Habitants, d, demoSeed, benchAnswers) {
		data, err := json.Marshal(a.Answers)
		if err != nil {
			return nil, err
		}
		answers = append(answers, data)
	}
	return answers, nil
}

// startServer starts a server process and waits for the address it prints.
func startServer(server *exec.Cmd) (address string, err error) {
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := server.Start(); err != nil {
		return "", err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "http://"); ok {
			go io.Copy(io.Discard, out)
			return address, nil
		}
	}
	return "", errors.Join(errors.New("the server did not start"), lines.Err(), server.Wait())
}

func stopServer(server *exec.Cmd) error {
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return server.Wait()
}

// checkStored counts what is on disk: a rate of answers that were lost would
// be no rate.
func checkStored(ctx context.Context, w io.Writer, path string, accepted int) (err error) {
	store, err := boltstore.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	stored := 0
	for _, err := range store.Responses(ctx, demoDiagnostic, "") {
		if err != nil {
			return err
		}
		stored++
	}
	fmt.Fprintf(w, "%d réponses acceptées, %d sur le disque\n", accepted, stored)
	if stored < accepted {
		return fmt.Errorf("%d réponses acceptées ne sont pas sur le disque", accepted-stored)
	}
	return nil
}
