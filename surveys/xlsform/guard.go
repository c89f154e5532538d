package xlsform

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"diapason/surveys"
)

// Limits of what is opened. A workbook comes from anywhere, and a small zip
// can hold a very large sheet: every part is counted as it is inflated, before
// anything is built from it.
const (
	maxFileBytes    = 20 << 20
	maxContentBytes = 64 << 20 // of all parts, inflated
	maxPartBytes    = 4 << 20  // of an XML part that is neither a sheet nor the texts of the sheets
	maxParts        = 1_000
	maxSheets       = 100
	maxRows         = 50_000
	maxColumns      = 2_000
	maxCells        = 500_000 // and texts of cells, in all sheets
	// Excel keeps 32,767 UTF-16 units in a cell, of three bytes at most each;
	// as much again for the tags of a text in several colours.
	maxTextBytes = 2 * 3 * maxCellUnits
)

// A census is what one look through the parts of a workbook counts.
type census struct {
	bytes, sheets, rows, cells int
	formulas, macros           bool

	buffer *bufio.Reader // of the part being read
}

// inspect refuses a workbook that would cost more to open than any
// questionnaire is worth. Nothing of it is kept in memory.
func inspect(archive *zip.Reader, name string) (census, error) {
	c := census{buffer: bufio.NewReaderSize(nil, 64<<10)}
	if len(archive.File) > maxParts {
		return c, problem(surveys.Place{}, "xlsform.file.parts", name, maxParts)
	}
	for _, part := range archive.File {
		if err := c.part(part, name); err != nil {
			return c, err
		}
	}
	switch {
	case c.sheets > maxSheets:
		return c, problem(surveys.Place{}, "xlsform.file.sheets", name, maxSheets)
	case c.cells > maxCells:
		return c, problem(surveys.Place{}, "xlsform.file.cells", name, maxCells/1_000)
	}
	return c, nil
}

func (c *census) part(part *zip.File, name string) error {
	r, err := part.Open()
	if err != nil {
		return problem(surveys.Place{}, "xlsform.file.damaged", name)
	}
	defer r.Close()
	called := partName(part.Name)
	most := maxContentBytes
	if isXML(called) && !strings.Contains(called, "worksheets/") && !strings.HasSuffix(called, "sharedstrings.xml") {
		most = maxPartBytes // these parts do not grow with the questionnaire
	}
	c.buffer.Reset(&counter{from: r, census: c, room: most})
	if isXML(called) {
		err = c.scan(c.buffer)
	} else {
		_, err = c.buffer.WriteTo(io.Discard)
	}
	c.macros = c.macros || strings.HasSuffix(called, "vbaproject.bin")
	switch {
	case err == nil, errors.Is(err, errCounted):
		return nil
	case errors.Is(err, errTextLength):
		return problem(surveys.Place{}, "xlsform.file.text", name, maxCellUnits)
	case errors.Is(err, errDoctype):
		return problem(surveys.Place{}, "xlsform.file.doctype", name)
	case errors.Is(err, errInflated):
		return problem(surveys.Place{}, "xlsform.file.inflated", name, maxContentBytes>>20)
	}
	return problem(surveys.Place{}, "xlsform.file.damaged", name)
}

func isXML(part string) bool {
	return strings.HasSuffix(part, ".xml") || strings.HasSuffix(part, ".rels")
}

// partName is a part's name as its readers compare it.
func partName(s string) string {
	return strings.ToLower(path.Clean(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/")))
}

var (
	errInflated   = errors.New("too much once inflated")
	errTextLength = errors.New("a text longer than a cell")
	errDoctype    = errors.New("a document type")
	errCounted    = errors.New("enough to refuse is counted")
)

// A counter passes bytes on until a part, or its workbook, has given all it
// may.
type counter struct {
	from   io.Reader
	census *census
	room   int // of the part
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.census.bytes, c.room = c.census.bytes+n, c.room-n
	if c.census.bytes > maxContentBytes || c.room < 0 {
		return n, errInflated
	}
	return n, err
}

// scan counts what opens in an XML part. It need not understand it: whatever
// it lets through is still read by a real parser.
func (c *census) scan(r *bufio.Reader) error {
	length, inText := 0, false
	for {
		run, err := r.ReadSlice('<')
		if length += len(run); inText && length > maxTextBytes {
			return errTextLength
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if c.cells > maxCells || c.rows > 8*maxCells || c.sheets > maxSheets {
			return errCounted
		}
		switch tag, closes := nextTag(r); string(tag) {
		case "!DOCTYPE", "!ENTITY":
			return errDoctype
		case "c", "si", "is":
			length, inText = 0, !closes
			if !closes {
				c.cells++
			}
		case "row":
			c.rows++
		case "sheet":
			c.sheets++
		case "f":
			c.formulas = true
		}
	}
}

// nextTag is the name of the tag that begins here, without its prefix, and
// whether it closes an element. The name lasts until the next read.
func nextTag(r *bufio.Reader) (name []byte, closes bool) {
	ahead, _ := r.Peek(24)
	name, closes = bytes.CutPrefix(ahead, []byte("/"))
	if end := bytes.IndexAny(name, " \t\r\n/>"); end >= 0 {
		name = name[:end]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return name, closes
}
