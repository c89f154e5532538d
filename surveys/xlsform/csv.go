package xlsform

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A record is a line of a CSV file, under the number a spreadsheet gives it.
type record struct {
	row   int
	cells []string
}

// A csvFault is a line that cannot be told into cells.
type csvFault struct {
	row  int
	code string
}

// maxFaults is how many faults of a file are told: somebody who mends these
// mends the others too.
const maxFaults = 50

// parseCSV cuts a file into lines of cells, at semicolons, commas or tabs,
// whichever its first line has most of.
func parseCSV(data []byte) ([]record, []csvFault) {
	data = decodeCSV(data)
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, []csvFault{{1, "xlsform.csv.encoding"}}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = separator(data), -1
	var records []record
	var faults []csvFault
	extra := 0 // lines of the file that are not rows of their own
	for len(faults) < maxFaults {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			faults = append(faults, csvFault{wrong.StartLine - extra, "xlsform.csv.quotes"})
			continue
		}
		line, _ := r.FieldPos(0)
		records = append(records, record{row: line - extra, cells: cells})
		for _, cell := range cells {
			extra += strings.Count(cell, "\n")
		}
	}
	return records, faults
}

// decodeCSV returns a file as UTF-8 with ends of lines we know, without its
// byte order mark and the line that may name its separator, which Excel does
// not show. What is not UTF-8 is taken for Windows-1252, in which French
// spreadsheets still write.
func decodeCSV(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	if bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if bytes.HasPrefix(first, []byte("sep=")) {
		return rest
	}
	return data
}

// separator is what parts the cells of the first line, outside quotes.
func separator(data []byte) rune {
	counts := map[rune]int{}
	quoted := false
	for _, c := range string(data[:min(len(data), 64<<10)]) {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted && (c == ';' || c == ',' || c == '\t') {
			counts[c]++
		}
	}
	best := ','
	for _, c := range []rune{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}
