package boltstore_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"diapason/surveys/boltstore"
	"diapason/surveys/storetest"
)

// crashFolder, in the environment, makes the test binary the process that
// will be killed.
const crashFolder = "DIAPASON_CRASH_FOLDER"

func TestMain(m *testing.M) {
	if folder := os.Getenv(crashFolder); folder != "" {
		addUntilKilled(folder)
	}
	os.Exit(m.Run())
}

// addUntilKilled prints the identifier of each response once it is accepted.
func addUntilKilled(folder string) {
	store, err := boltstore.Open(folder + "/diapason.db")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	const writers = 16
	var lines sync.Mutex
	for g := range writers {
		go func() {
			for n := g; ; n += writers {
				r := storetest.Response(n)
				if _, err := store.AddResponse(context.Background(), r); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				lines.Lock()
				fmt.Println(r.ID)
				lines.Unlock()
			}
		}()
	}
	select {}
}

func TestCrash(t *testing.T) {
	for round, acknowledged := range []int{1, 200, 1500} {
		t.Run(fmt.Sprintf("every response accepted before kill %d is there, once", round+1), func(t *testing.T) {
			folder := t.TempDir()
			accepted := killAfter(t, folder, acknowledged)
			store := openIn(t, folder)
			defer store.Close()
			if err := store.CheckIntegrity(t.Context()); err != nil {
				t.Fatal(err)
			}
			times := map[string]int{}
			for _, a := range arrivals(t, store, "") {
				times[a.ID]++
			}
			for _, id := range accepted {
				if times[id] != 1 {
					t.Errorf("response %s was accepted and is there %d times", id, times[id])
				}
			}
			t.Logf("%d accepted, %d stored", len(accepted), len(times))
		})
	}
}

// killAfter runs a process that adds responses, kills it in the middle once it
// has accepted n, and returns the identifiers of all it had accepted.
func killAfter(t *testing.T, folder string, n int) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashFolder+"="+folder)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var accepted []string
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		accepted = append(accepted, lines.Text())
		if len(accepted) == n {
			child.Process.Kill() // SIGKILL: nothing is flushed, no defer runs
		}
	}
	child.Wait()
	if len(accepted) < n {
		t.Fatalf("the process ended after %d responses", len(accepted))
	}
	return accepted
}
