package xlsform

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

// Limits of what is read: a workbook comes from anywhere, and a small zip can
// hold a very large sheet.
const (
	maxFileBytes    = 20 << 20
	maxContentBytes = 64 << 20
	maxSheets       = 100
	maxRows         = 50_000
	maxColumns      = 2_000
	// A sheet that is only kept may hold gaps that end a sheet that is read.
	blankRowsKept = 5_000
	// Excel keeps 32,767 UTF-16 units in a cell, of three bytes at most each.
	maxCellBytes = 3 * maxCellUnits
)

// Read reads a questionnaire from an .xlsx workbook; name is its file name, for
// the messages. It returns what it could read, never nil, and every problem
// found, each with its place; the questionnaire is only worth keeping when
// none of them refuses. Files above 20 MB, 64 MB unzipped, or 50,000 rows by
// 2,000 columns a sheet are refused.
func Read(r io.Reader, name string) (*surveys.Questionnaire, surveys.Problems) {
	sheets, err := readSheets(r, name)
	if err != nil {
		return &surveys.Questionnaire{}, surveys.Problems{asProblem(err, name)}
	}
	return ReadRows(sheets)
}

// asProblem is the error of a file as somebody can mend it; whatever the
// library says, the file is not a workbook it can read.
func asProblem(err error, name string) surveys.Problem {
	var told surveys.Problem
	if errors.As(err, &told) {
		return told
	}
	return problem(surveys.Place{}, "xlsform.file.kind", name)
}

func readSheets(r io.Reader, name string) (sheets []surveys.Sheet, err error) {
	// The library may panic on a file made to break it; to the person it is
	// one more file that is not a workbook.
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("read workbook: %v", fault)
		}
	}()
	data, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return nil, problem(surveys.Place{}, "xlsform.file.read", name)
	}
	if len(data) > maxFileBytes {
		return nil, problem(surveys.Place{}, "xlsform.file.size", name, maxFileBytes>>20)
	}
	if err := checkTexts(data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxContentBytes, UnzipXMLSizeLimit: maxContentBytes,
	})
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	defer f.Close()
	if len(f.GetSheetList()) > maxSheets {
		return nil, problem(surveys.Place{}, "xlsform.file.sheets", name, maxSheets)
	}
	return allSheets(f)
}

func allSheets(f *excelize.File) ([]surveys.Sheet, error) {
	var sheets []surveys.Sheet
	room := maxContentBytes
	for _, name := range f.GetSheetList() {
		if probe, err := f.Rows(name); err != nil {
			continue // a chart has a sheet of its own, without rows
		} else if err := probe.Close(); err != nil {
			return nil, err
		}
		rows, err := readCells(f, name, &room)
		if errors.Is(err, errTooLarge) {
			return nil, problem(surveys.Place{Sheet: name}, "xlsform.sheet.size", maxRows, maxColumns)
		}
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, surveys.Sheet{Name: name, Rows: rows})
	}
	return sheets, nil
}

var errTooLarge = errors.New("sheet too large")

// readCells reads a sheet twice in step, as stored and as shown: only both
// together tell a number from a date or a truth. Room is the bytes of text the
// workbook may still hold.
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
			*room -= len(cell)
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
