package exports

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/zip"
)

// archive is the zip file of a workbook. Where the workbook holds the stub of
// a raw sheet, it puts the rows that wait in a part, followed by what the stub
// has after its own rows: printing and tables.
type archive struct {
	*zip.Writer
	parts map[string]*part
	now   *part // whose stub is being written
	stub  bytes.Buffer
	// sheet is a presentation sheet on its way, nil for any other entry.
	sheet *numeric
}

func newArchive(w io.Writer, parts []*part) *archive {
	a := &archive{Writer: zip.NewWriter(w), parts: map[string]*part{}}
	for _, p := range parts {
		a.parts[p.path] = p
	}
	return a
}

// Create begins an entry; the one before is finished.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.finish(); err != nil {
		return nil, err
	}
	if p, ok := a.parts[name]; ok {
		a.now = p
		return &a.stub, nil
	}
	w, err := a.Writer.Create(name)
	if err != nil || !strings.HasPrefix(name, "xl/worksheets/sheet") {
		return w, err
	}
	a.sheet = &numeric{to: w}
	return a.sheet, nil
}

// Close finishes the last entry and the file.
func (a *archive) Close() error {
	if err := a.finish(); err != nil {
		return err
	}
	return a.Writer.Close()
}

func (a *archive) finish() error {
	if sheet := a.sheet; sheet != nil {
		a.sheet = nil
		return sheet.flush()
	}
	p := a.now
	if p == nil {
		return nil
	}
	a.now = nil
	_, tail, found := bytes.Cut(a.stub.Bytes(), []byte("</sheetData>"))
	if !found {
		return fmt.Errorf("sheet %q: the stub has no rows to replace", p.name)
	}
	tail = append([]byte("</sheetData>"), tail...)
	a.stub.Reset()
	return p.copyTo(a.Writer, tail)
}
