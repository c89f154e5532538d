package tally

import "diapason/surveys"

// arrival is an entry of the stream, read but not yet in the columns.
type arrival struct {
	id      identity
	number  int64
	plan    *plan // nil for a withdrawal
	day     []byte
	answers []byte
}

// batch is the arrivals that enter under one lock.
type batch struct {
	arrivals []arrival
	buffer   []byte // their bytes
	position surveys.Position
	last     int64 // number of the last arrival
}

// batchSize is few enough arrivals that readers wait less than a few
// milliseconds.
const batchSize = 256

// keep copies lent bytes.
func (b *batch) keep(bytes []byte) []byte {
	start := len(b.buffer)
	b.buffer = append(b.buffer, bytes...)
	return b.buffer[start:len(b.buffer):len(b.buffer)]
}

// keepAll copies the answers of a document and how they came in.
func (b *batch) keepAll(d *document) []byte {
	start := len(b.buffer)
	b.buffer = d.all(b.buffer)
	return b.buffer[start:len(b.buffer):len(b.buffer)]
}

// line hands batches from the goroutine that reads the store to the one that
// fills the columns, and back: each costs about as much, and two batches keep
// both busy.
type line struct {
	spare   chan *batch
	full    chan *batch
	stopped chan struct{} // closed when no more batches are taken
}

func newLine() *line {
	l := &line{spare: make(chan *batch, 2), full: make(chan *batch), stopped: make(chan struct{})}
	l.spare <- &batch{}
	l.spare <- &batch{}
	return l
}

// empty is a batch to fill; ok is false when the line stopped.
func (l *line) empty() (b *batch, ok bool) {
	select {
	case b = <-l.spare:
		b.arrivals, b.buffer = b.arrivals[:0], b.buffer[:0]
		return b, true
	case <-l.stopped:
		return nil, false
	}
}

// send gives a batch to the columns; it is false when the line stopped.
func (l *line) send(b *batch) bool {
	select {
	case l.full <- b:
		return true
	case <-l.stopped:
		return false
	}
}
