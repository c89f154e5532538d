package territory

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// format is the first word of the file. A change of layout changes it, so that
// a file of another age is refused and not misread.
const format = "diapason-territory-1"

// Decode reads the file that generate writes. The layout, gzip apart, is plain
// text that zcat shows, one record a line, fields parted by tabs:
//
//	diapason-territory-1  source
//	regions      n, then n lines: code, name
//	departments  n, then n lines: code, name, region
//	groups       n, then n lines: SIREN, kind, name
//	communes     n, then n lines: INSEE code, name, postal codes (by spaces),
//	             population, department, EPCI, EPT, former names (by "|")
//
// Every list is in order of code. Members of groups and all totals follow from
// the communes. An error names the line and what is wrong with it.
func Decode(r io.Reader) (*France, error) {
	unzipped, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("territory list: not a gzip file, run go generate ./surveys/territory: %w", err)
	}
	// One string for the whole text: names and codes are parts of it, not copies.
	var text strings.Builder
	text.Grow(2 << 20) // a little more than all of France
	if _, err := io.Copy(&text, bufio.NewReaderSize(unzipped, 1<<16)); err != nil {
		return nil, fmt.Errorf("territory list: cut short or damaged, run go generate ./surveys/territory: %w", err)
	}
	d := decoder{rest: text.String(), france: &France{}}
	if err := d.all(); err != nil {
		return nil, fmt.Errorf("territory list, line %d: %w", d.line, err)
	}
	d.france.total()
	return d.france, nil
}

// widest is the number of fields of the widest record, a commune.
const widest = 8

type decoder struct {
	rest   string
	line   int
	fields [widest]string // of the line being read
	france *France

	// Positions by code, needed only while decoding.
	regions, departments, groups map[string]int16
}

func (d *decoder) all() error {
	header, err := d.next(2)
	if err != nil {
		return err
	}
	if header[0] != format {
		return fmt.Errorf("the layout is %q, this program reads %q: run go generate ./surveys/territory", header[0], format)
	}
	d.france.source = header[1]
	for _, read := range []func() error{d.readRegions, d.readDepartments, d.readGroups, d.readCommunes} {
		if err := read(); err != nil {
			return err
		}
	}
	if d.rest != "" {
		return errors.New("more lines follow than were announced")
	}
	return nil
}

func (d *decoder) readRegions() error {
	d.regions = map[string]int16{}
	return d.section("regions", 2, func(n int) {
		d.france.regions = make([]Region, 0, n)
	}, func(f []string) error {
		d.regions[f[0]] = int16(len(d.france.regions))
		d.france.regions = append(d.france.regions, Region{Code: f[0], Name: f[1]})
		return nil
	})
}

func (d *decoder) readDepartments() error {
	d.departments = map[string]int16{}
	return d.section("departments", 3, func(n int) {
		d.france.departments = make([]Department, 0, n)
	}, func(f []string) error {
		if _, err := position(d.regions, f[2], "region"); err != nil {
			return err
		}
		d.departments[f[0]] = int16(len(d.france.departments))
		d.france.departments = append(d.france.departments, Department{Code: f[0], Name: f[1], Region: f[2]})
		return nil
	})
}

func (d *decoder) readGroups() error {
	d.groups = map[string]int16{"": none}
	return d.section("groups", 3, func(n int) {
		d.france.groups = make([]group, 0, n)
	}, func(f []string) error {
		d.groups[f[0]] = int16(len(d.france.groups))
		g := group{code: f[0], kind: f[1], name: f[2], key: Fold(f[2])}
		g.kindKey = Fold(Group{Kind: g.kind}.KindName())
		d.france.groups = append(d.france.groups, g)
		return nil
	})
}

func (d *decoder) readCommunes() error {
	return d.section("communes", widest, func(n int) {
		d.france.communes = make([]commune, 0, n)
	}, func(f []string) error {
		c := commune{code: f[0], name: f[1], postal: f[2], former: f[7], key: searchKey(f[1], f[7])}
		if last := len(d.france.communes) - 1; last >= 0 && d.france.communes[last].code >= c.code {
			return fmt.Errorf("commune %s is out of order", c.code)
		}
		population, err := strconv.ParseInt(f[3], 10, 32)
		if err != nil {
			return fmt.Errorf("commune %s: the population %q is not a number", c.code, f[3])
		}
		c.population = int32(population)
		if err := d.place(&c, f[4], f[5], f[6]); err != nil {
			return fmt.Errorf("commune %s: %w", c.code, err)
		}
		d.france.communes = append(d.france.communes, c)
		return nil
	})
}

// place puts c in its department and groups, and in the groups' own lists.
func (d *decoder) place(c *commune, department, epci, ept string) (err error) {
	if c.department, err = position(d.departments, department, "department"); err != nil {
		return err
	}
	if c.epci, err = position(d.groups, epci, "group"); err != nil {
		return err
	}
	if c.ept, err = position(d.groups, ept, "group"); err != nil {
		return err
	}
	at := int32(len(d.france.communes))
	for _, i := range [...]int16{c.epci, c.ept} {
		if i != none {
			d.france.groups[i].members = append(d.france.groups[i].members, at)
		}
	}
	return nil
}

func position(positions map[string]int16, code, what string) (int16, error) {
	at, known := positions[code]
	if !known {
		return none, fmt.Errorf("%s %q is not in the list", what, code)
	}
	return at, nil
}

// searchKey is one line for each name a commune is known by, its own first.
func searchKey(name, former string) string {
	if former == "" {
		return Fold(name)
	}
	lines := []string{Fold(name)}
	for other := range strings.SplitSeq(former, "|") {
		lines = append(lines, Fold(other))
	}
	return strings.Join(lines, "\n")
}

// total adds the populations up, group by group.
func (f *France) total() {
	departments := map[string]int{}
	regions := map[string]int{}
	for _, c := range f.communes {
		d := f.departments[c.department]
		departments[d.Code] += int(c.population)
		regions[d.Region] += int(c.population)
		for _, i := range [...]int16{c.epci, c.ept} {
			if i != none {
				f.groups[i].population += int(c.population)
			}
		}
	}
	for i := range f.departments {
		f.departments[i].Population = departments[f.departments[i].Code]
	}
	for i := range f.regions {
		f.regions[i].Population = regions[f.regions[i].Code]
	}
}

// section reads a heading and the lines it announces. The fields given to
// record are overwritten by the next line.
func (d *decoder) section(heading string, width int, begin func(n int), record func(fields []string) error) error {
	fields, err := d.next(2)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(fields[1])
	if fields[0] != heading || err != nil || n < 0 || n > len(d.rest) {
		return fmt.Errorf("expected the heading %q and a count, found %q", heading, fields)
	}
	begin(n)
	for range n {
		fields, err := d.next(width)
		if err != nil {
			return err
		}
		if err := record(fields); err != nil {
			return err
		}
	}
	return nil
}

// next cuts the next line into exactly width fields.
func (d *decoder) next(width int) ([]string, error) {
	d.line++
	line, rest, found := strings.Cut(d.rest, "\n")
	if !found {
		return nil, errors.New("the file ends too early")
	}
	d.rest = rest
	if n := strings.Count(line, "\t") + 1; n != width {
		return nil, fmt.Errorf("%d fields where %d are expected: %q", n, width, line)
	}
	for i := range width {
		d.fields[i], line, _ = strings.Cut(line, "\t")
	}
	return d.fields[:width], nil
}
