package territory

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
)

// A Point is a place on the Earth, in degrees.
type Point struct{ Lat, Lon float64 }

// earth is its mean radius in kilometres (IUGG).
const earth = 6371

// Distance is how far two points are in kilometres, as the crow flies: on a
// plane, which is good to a few metres between neighbouring communes.
func (p Point) Distance(q Point) float64 {
	const radian = math.Pi / 180
	x := (p.Lon - q.Lon) * radian * math.Cos((p.Lat+q.Lat)/2*radian)
	y := (p.Lat - q.Lat) * radian
	return earth * math.Hypot(x, y)
}

// pointsFormat is the first word of the file of points.
const pointsFormat = "diapason-points-1"

//go:embed points.txt.gz
var embeddedPoints []byte

// points are where the larger communes are. The others, villages mostly, are
// guessed to be where those of their postal code are.
type points struct {
	source string
	exact  map[string]Point // by INSEE code
	// near is the middle of the points whose postal code begins so, for every
	// beginning of two to five digits.
	near map[string]Point
}

var loadPoints = sync.OnceValues(func() (*points, error) {
	france, err := Load()
	if err != nil {
		return nil, err
	}
	p, err := decodePoints(bytes.NewReader(embeddedPoints))
	if err != nil {
		return nil, err
	}
	p.guess(france)
	return p, nil
})

// decodePoints reads the file that generate writes: gzip apart, a line with the
// format and the source, then one commune a line: INSEE code, latitude and
// longitude in hundredths of a degree.
func decodePoints(r io.Reader) (*points, error) {
	unzipped, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("places of communes: not a gzip file, run go generate ./surveys/territory: %w", err)
	}
	p := &points{exact: map[string]Point{}, near: map[string]Point{}}
	lines := bufio.NewScanner(unzipped)
	for row := 1; lines.Scan(); row++ {
		if err := p.read(row, lines.Text()); err != nil {
			return nil, fmt.Errorf("places of communes, line %d: %w", row, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("places of communes: cut short or damaged, run go generate ./surveys/territory: %w", err)
	}
	return p, nil
}

func (p *points) read(row int, line string) error {
	first, rest, _ := strings.Cut(line, "\t")
	if row == 1 {
		if first != pointsFormat {
			return fmt.Errorf("the layout is %q, this program reads %q: run go generate ./surveys/territory", first, pointsFormat)
		}
		p.source = rest
		return nil
	}
	north, east, _ := strings.Cut(rest, "\t")
	lat, err := strconv.Atoi(north)
	lon, err2 := strconv.Atoi(east)
	if err := errors.Join(err, err2); err != nil {
		return fmt.Errorf("commune %s: %w", first, err)
	}
	p.exact[first] = Point{Lat: float64(lat) / 100, Lon: float64(lon) / 100}
	return nil
}

// guess fills near from the communes whose place is known.
func (p *points) guess(france *France) {
	known := map[string]int{}
	for i := range france.communes {
		c := &france.communes[i]
		at, found := p.exact[c.code]
		if !found {
			continue
		}
		first, _, _ := strings.Cut(c.postal, " ")
		for n := 2; n <= len(first); n++ {
			sum := p.near[first[:n]]
			p.near[first[:n]] = Point{Lat: sum.Lat + at.Lat, Lon: sum.Lon + at.Lon}
			known[first[:n]]++
		}
	}
	for begins, n := range known {
		sum := p.near[begins]
		p.near[begins] = Point{Lat: sum.Lat / float64(n), Lon: sum.Lon / float64(n)}
	}
}

// of is where a commune is: exactly, or about where its postal code is.
// It is nowhere (ok false) when no commune near it is known.
func (p *points) of(code string, postal []string) (at Point, exact, ok bool) {
	if at, exact = p.exact[code]; exact {
		return at, true, true
	}
	if len(postal) == 0 {
		return Point{}, false, false
	}
	for n := len(postal[0]); n >= 2; n-- {
		if at, ok = p.near[postal[0][:n]]; ok {
			return at, false, true
		}
	}
	return Point{}, false, false
}
