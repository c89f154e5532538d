// Generate writes communes.txt.gz, the list that package territory embeds, from
// the npm package @etalab/decoupage-administratif. From the folder of package
// territory:
//
//	go run ./generate             fetches the package with npm
//	go run ./generate -from DIR   reads a package already unpacked in DIR
//
// The same input gives the same bytes. A list that does not hold together (an
// EPCI member that is no commune, a commune without département) is refused,
// with every fault found.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	pack    = "@etalab/decoupage-administratif"
	version = "6.0.0"
)

func main() {
	log.SetFlags(0)
	from := flag.String("from", "", "folder of an unpacked package; fetched with npm when empty")
	out := flag.String("out", "communes.txt.gz", "file to write")
	flag.Parse()
	if err := run(*from, *out); err != nil {
		log.Fatalf("generate: %v", err)
	}
}

func run(from, out string) error {
	if from == "" {
		fetched, err := os.MkdirTemp("", "territory-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(fetched)
		if from, err = fetch(fetched); err != nil {
			return err
		}
	}
	source, err := readSource(from)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := write(&file, source); err != nil {
		return err
	}
	if err := os.WriteFile(out, file.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d communes, %d groups, %d bytes\n", out, len(source.today()), len(source.groups), file.Len())
	return nil
}

// fetch lets npm download the package, as it is set up on this machine, and
// gives the folder it was unpacked in.
func fetch(dir string) (string, error) {
	npm := exec.Command("npm", "pack", "--loglevel=error", pack+"@"+version)
	npm.Dir, npm.Stderr = dir, os.Stderr
	if err := npm.Run(); err != nil {
		return "", fmt.Errorf("npm pack %s@%s (use -from DIR to do without npm): %w", pack, version, err)
	}
	archives, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(archives) != 1 {
		return "", fmt.Errorf("npm pack left %d archives in %s, expected one", len(archives), dir)
	}
	unpacked := filepath.Join(dir, "package")
	if err := unpack(archives[0], dir); err != nil {
		return "", fmt.Errorf("unpack %s: %w", archives[0], err)
	}
	return unpacked, nil
}
