package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/boltstore"
)

func TestAKilledServerLosesNoAcknowledgedResponse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "diapason.db")
	answers, err := seedBench(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), childArguments+"="+strings.Join(serveArguments(path), "\n"))
	address, err := startServer(server)
	if err != nil {
		t.Fatal(err)
	}

	burst, stop := context.WithCancel(t.Context())
	defer stop()
	time.AfterFunc(1500*time.Millisecond, func() {
		_ = server.Process.Kill() // SIGKILL, in the middle of the burst
		time.AfterFunc(100*time.Millisecond, stop)
	})
	o := load{address: address, survey: demoSlugs[surveys.Habitants], answers: answers, connections: 32}.run(burst)
	_ = server.Wait() // killed: an error by design
	if len(o.accepted) == 0 || o.broken == 0 {
		t.Fatalf("%d accepted and %d broken: the server was not killed in the middle of a burst", len(o.accepted), o.broken)
	}

	times := storedIDs(t, path)
	for _, id := range o.accepted {
		if times[id] != 1 {
			t.Errorf("response %s was acknowledged and is stored %d times", id, times[id])
		}
	}
	for id, n := range times {
		if n != 1 {
			t.Errorf("response %s is stored %d times", id, n)
		}
	}
	t.Logf("%d responses acknowledged before the kill, %d on disk", len(o.accepted), len(times))
}

func storedIDs(t *testing.T, path string) map[string]int {
	t.Helper()
	store, err := boltstore.Open(path)
	if err != nil {
		t.Fatalf("the store does not open after the kill: %v", err)
	}
	defer store.Close()
	times := map[string]int{}
	for arrival, err := range store.Responses(t.Context(), demoDiagnostic, "") {
		if err != nil {
			t.Fatal(err)
		}
		times[arrival.ID]++
	}
	return times
}
