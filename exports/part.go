package exports

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
)

const (
	// partBuffer is how much XML is gathered before it goes to be compressed.
	partBuffer = 256 << 10
	// maxPart keeps a raw sheet below the 4 GiB from which a zip entry needs
	// extensions that spreadsheets read badly.
	maxPart = 3 << 30
)

// part is a raw sheet while it is written: its XML is compressed by a
// goroutine of its own into a temporary file, and copied from there into the
// workbook as it is. The file has no name for as long as it lives, where the
// system allows it: answers do not stay behind a crash.
type part struct {
	name string // of the sheet
	path string // of its entry in the workbook
	rows int    // written, header included

	file    *os.File
	deflate *flate.Writer
	sum     uint32
	raw     int64 // bytes of XML
	packed  int64

	full, empty chan []byte
	stopped     chan struct{}
	err         error // of the goroutine; read after stopped
	ended       bool
}

func newPart(name string) (*part, error) {
	file, err := os.CreateTemp("", "diapason-*.part")
	if err != nil {
		return nil, fmt.Errorf("temporary file for sheet %q: %w", name, err)
	}
	_ = os.Remove(file.Name()) // where it fails, discard does it
	p := &part{name: name, file: file, full: make(chan []byte, 2), empty: make(chan []byte, 3), stopped: make(chan struct{})}
	p.deflate, err = flate.NewWriter(countingWriter{file, &p.packed}, flate.BestSpeed)
	if err != nil {
		return nil, errors.Join(err, p.file.Close())
	}
	for range 3 {
		p.empty <- make([]byte, 0, partBuffer+partBuffer/4)
	}
	go p.compress()
	return p, nil
}

type countingWriter struct {
	w io.Writer
	n *int64
}

func (c countingWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	*c.n += int64(n)
	return n, err
}

// compress runs until full is closed. After an error it only empties the
// channel: the writer finds the error when it ends the part.
func (p *part) compress() {
	defer close(p.stopped)
	for b := range p.full {
		if p.err == nil {
			p.sum = crc32.Update(p.sum, crc32.IEEETable, b)
			_, p.err = p.deflate.Write(b)
		}
		p.empty <- b[:0]
	}
}

// hand gives a buffer to be compressed and takes an empty one.
func (p *part) hand(b []byte) []byte {
	p.raw += int64(len(b))
	p.full <- b
	return <-p.empty
}

// end stops the goroutine; the part takes nothing more but its tail.
func (p *part) end() error {
	if !p.ended {
		p.ended = true
		close(p.full)
		<-p.stopped
	}
	return p.err
}

// copyTo ends the sheet with tail and puts it into the archive, already
// compressed.
func (p *part) copyTo(archive *zip.Writer, tail []byte) error {
	if err := p.end(); err != nil {
		return err
	}
	p.sum = crc32.Update(p.sum, crc32.IEEETable, tail)
	p.raw += int64(len(tail))
	if _, err := p.deflate.Write(tail); err != nil {
		return err
	}
	if err := p.deflate.Close(); err != nil {
		return err
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w, err := archive.CreateRaw(&zip.FileHeader{
		Name: p.path, Method: zip.Deflate, CRC32: p.sum,
		CompressedSize64: uint64(p.packed), UncompressedSize64: uint64(p.raw),
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, p.file)
	return err
}

// discard gives the temporary file back.
func (p *part) discard() {
	_ = p.end()
	_ = p.file.Close()
	_ = os.Remove(p.file.Name()) // usually gone already
}
