package xlsform

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

// A sheet that is only kept may hold gaps that end a sheet that is read.
const blankRowsKept = 5_000

// Read reads a questionnaire from an .xlsx workbook and the files that go with
// it, or from a zip of them all, as [WriteBundle] makes; name is its file
// name, for the messages. It returns what it could read, never nil, and every
// problem found, each with its place; the questionnaire is only worth keeping
// when none of them refuses.
//
// Files above 20 MB in all, 64 MB once inflated, 50,000 rows by 2,000 columns a
// sheet, or half a million cells are refused.
func Read(r io.Reader, name string, files ...File) (*surveys.Questionnaire, surveys.Problems) {
	data, err := readAll(r, name)
	if err != nil {
		return &surveys.Questionnaire{}, surveys.Problems{asProblem(err, name)}
	}
	b, err := openBook(data, name)
	if err != nil {
		return &surveys.Questionnaire{}, surveys.Problems{asProblem(err, name)}
	}
	q, problems := ReadRows(b.sheets, append(b.files, files...)...)
	return q, append(b.problems, problems...)
}

// readAll reads a file to its end, without ever holding much more than it.
func readAll(r io.Reader, name string) ([]byte, error) {
	var pieces [][]byte
	size := 0
	for {
		piece := make([]byte, 1<<20)
		n, err := io.ReadFull(r, piece)
		pieces, size = append(pieces, piece[:n]), size+n
		switch ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); {
		case size > maxFileBytes:
			return nil, problem(surveys.Place{}, "xlsform.file.size", name, maxFileBytes>>20)
		case ended:
			return slices.Concat(pieces...), nil
		case err != nil:
			return nil, problem(surveys.Place{}, "xlsform.file.read", name)
		}
	}
}

// asProblem is the error of a file as somebody can mend it; whatever the
// library says, the file is not a workbook it can read.
func asProblem(err error, name string) surveys.Problem {
	var told surveys.Problem
	if errors.As(err, &told) {
		return told
	}
	return problem(surveys.Place{}, "xlsform.file.damaged", name)
}

// A book is a workbook as text cells, with the files of its bundle.
type book struct {
	sheets   []surveys.Sheet
	files    []File
	problems surveys.Problems
}

// openBook opens a workbook, or the bundle that holds one.
func openBook(data []byte, name string) (book, error) {
	archive, err := unpack(data, name)
	if err != nil {
		return book{}, err
	}
	if bundled(archive) {
		return openBundle(archive, name)
	}
	return openWorkbook(data, archive, name)
}

func openWorkbook(data []byte, archive *zip.Reader, name string) (book, error) {
	found, err := inspect(archive, name)
	if err != nil {
		return book{}, err
	}
	var b book
	if b.sheets, err = readSheets(data, name); err != nil {
		return book{}, err
	}
	if found.macros {
		b.warn(surveys.Place{}, "xlsform.file.macros", name)
	}
	if found.formulas {
		b.checkFormulas(archive)
	}
	return b, checkParts(archive, name)
}

func (b *book) warn(at surveys.Place, code string, args ...any) {
	p := problem(at, code, args...)
	p.Warning = true
	b.problems = append(b.problems, p)
}

func readSheets(data []byte, name string) (sheets []surveys.Sheet, err error) {
	// The library may panic on a file made to break it; to the person it is
	// one more file that is not a workbook.
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("read workbook: %v", fault)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxContentBytes, UnzipXMLSizeLimit: maxContentBytes,
	})
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	defer f.Close()
	return allSheets(f)
}

func allSheets(f *excelize.File) ([]surveys.Sheet, error) {
	var sheets []surveys.Sheet
	room := maxCellBytes
	for _, name := range f.GetSheetList() {
		if probe, err := f.Rows(name); err != nil {
			continue // a chart has a sheet of its own, without rows
		} else if err := probe.Close(); err != nil {
			return nil, err
		}
		rows, err := readCells(f, name, &room)
		if errors.Is(err, errTooLarge) {
			return nil, problem(surveys.Place{Sheet: name}, "xlsform.sheet.size", maxRows, maxColumns, maxCellBytes>>20)
		}
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, surveys.Sheet{Name: name, Rows: rows})
	}
	return sheets, nil
}

var errTooLarge = errors.New("sheet too large")

// cellCost is what a cell takes besides its text, blank ones too.
const cellCost = 16

// maxCellBytes is what all cells may take: many times the largest
// questionnaire we have seen.
const maxCellBytes = 32 << 20

// readCells reads a sheet twice in step, as stored and as shown: only both
// together tell a number from a date or a truth. Room is the bytes the
// workbook may still take.
func readCells(f *excelize.File, sheet string, room *int) ([][]string, error) {
	stored, err := f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer stored.Close()
	shown, err := f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer shown.Close()
	var rows [][]string
	blank, most := 0, blankRowsEnd
	if canonicalSheet(sheet) == "" {
		most = blankRowsKept
	}
	for stored.Next() && shown.Next() && blank < most {
		cells, err := readRow(stored, shown)
		if err != nil {
			return nil, err
		}
		for _, cell := range cells {
			*room -= len(cell) + cellCost
		}
		if len(rows) == maxRows || *room < 0 {
			return nil, errTooLarge
		}
		if blank++; len(cells) > 0 {
			blank = 0
		}
		rows = append(rows, cells)
	}
	if len(rows) == blank {
		return nil, nil
	}
	return rows[:len(rows)-blank], nil
}

func readRow(stored, shown *excelize.Rows) ([]string, error) {
	cells, err := stored.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("read cells: %w", err)
	}
	looks, err := shown.Columns()
	if err != nil {
		return nil, fmt.Errorf("read cells: %w", err)
	}
	if len(cells) > maxColumns {
		return nil, errTooLarge
	}
	last := 0
	for i := range cells {
		if i < len(looks) {
			cells[i] = cellText(cells[i], looks[i])
		}
		if cells[i] != "" {
			last = i + 1
		}
	}
	return cells[:last:last], nil
}

// cellText is a cell as XLSForm reads it: numbers in their shortest form
// whatever their format, truths as TRUE and FALSE, dates in ISO order.
func cellText(stored, shown string) string {
	if stored == shown || shown == "TRUE" || shown == "FALSE" {
		return shown
	}
	number, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return stored
	}
	if looksLikeDate(shown) {
		if date, err := excelize.ExcelDateToTime(number, false); err == nil {
			return date.Format("2006-01-02 15:04:05")
		}
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

// looksLikeDate reports whether a number is shown with what only dates and
// times have between their digits.
func looksLikeDate(shown string) bool {
	return strings.ContainsAny(strings.TrimLeft(shown, "-"), "/:-") && !strings.ContainsAny(shown, "%€$#?")
}

// open returns a part of the workbook by its name under any case, nil when it
// has none.
func open(archive *zip.Reader, name string) io.ReadCloser {
	for _, part := range archive.File {
		if partName(part.Name) == partName(name) {
			if r, err := part.Open(); err == nil {
				return r
			}
		}
	}
	return nil
}
