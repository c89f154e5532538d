package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// childArguments, in the environment, makes the test binary run as diapason:
// a test that kills a server needs a process to kill.
const childArguments = "DIAPASON_TEST_ARGUMENTS"

func TestMain(m *testing.M) {
	if arguments := os.Getenv(childArguments); arguments != "" {
		os.Args = append([]string{"diapason"}, strings.Split(arguments, "\n")...)
		main()
		return
	}
	os.Exit(m.Run())
}

// output is a writer that may be read while it is written to.
type output struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buffer.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buffer.String()
}

// run runs a command line and returns what it printed.
func run(t *testing.T, arguments ...string) (string, error) {
	t.Helper()
	var out output
	c := command()
	c.Writer, c.ErrWriter = &out, &out
	err := c.Run(t.Context(), append([]string{"diapason"}, arguments...))
	return out.String(), err
}

// demonstration is a running "diapason demo".
type demonstration struct {
	url, password string
}

// startDemo starts the demonstration on a free port and stops it with the test.
func startDemo(t *testing.T, data string) demonstration {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var out output
	ended := make(chan error, 1)
	c := command()
	c.Writer, c.ErrWriter = &out, &out
	go func() { ended <- c.Run(ctx, []string{"diapason", "demo", "--data", data, "--listen", "127.0.0.1:0"}) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the demonstration ended badly: %v", err)
		}
	})
	deadline := time.After(2 * time.Minute)
	for !strings.Contains(out.String(), "Ctrl-C") {
		select {
		case err := <-ended:
			ended <- nil
			t.Fatalf("the demonstration did not start: %v\n%s", err, out.String())
		case <-deadline:
			t.Fatalf("the demonstration did not start in time:\n%s", out.String())
		case <-time.After(20 * time.Millisecond):
		}
	}
	printed := out.String()
	return demonstration{url: "http://" + between(printed, "http://", "/"), password: between(printed, "mot de passe : ", "\n")}
}

// between returns what stands in s between two texts.
func between(s, before, after string) string {
	_, s, _ = strings.Cut(s, before)
	s, _, _ = strings.Cut(s, after)
	return s
}

func temporaryStore(t *testing.T) string {
	return "bolt:" + filepath.Join(t.TempDir(), "diapason.db")
}
