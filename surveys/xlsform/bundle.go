package xlsform

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"diapason/surveys"
)

// A File is a file that goes with a workbook: the choices of a
// select_one_from_file, or the table that pulldata() looks into.
type File struct {
	Name    string // with its extension; folders do not count
	Content io.Reader
}

// Files lists the CSV files a questionnaire needs beside its workbook, in the
// order of its lists; with one or more, [WriteBundle] says more than [Write].
func Files(q *surveys.Questionnaire) []string {
	var names []string
	for _, l := range q.Lists {
		if isFile(l.Name) {
			names = append(names, l.Name)
		}
	}
	return names
}

// isFile reports whether a list of this name is kept in a file of its own.
func isFile(list string) bool { return strings.HasSuffix(strings.ToLower(list), ".csv") }

// WriteBundle writes a zip that [Read] reads back equal: the workbook, and
// beside it each list that comes from a file, as CSV in UTF-8 with commas, the
// way ODK and KoboToolbox take them.
func WriteBundle(w io.Writer, q *surveys.Questionnaire) error {
	archive := zip.NewWriter(w)
	part, err := archive.Create(bundleName(q) + ".xlsx")
	if err != nil {
		return fmt.Errorf("write bundle: %w", err)
	}
	if err := Write(part, q); err != nil {
		return err
	}
	for i := range q.Lists {
		if !isFile(q.Lists[i].Name) {
			continue
		}
		part, err := archive.Create(q.Lists[i].Name)
		if err != nil {
			return fmt.Errorf("write bundle: %w", err)
		}
		if err := writeCSV(part, q, &q.Lists[i]); err != nil {
			return fmt.Errorf("write %s: %w", q.Lists[i].Name, err)
		}
	}
	return archive.Close()
}

// bundleName is the form's identifier as a file may be called.
func bundleName(q *surveys.Questionnaire) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|.`, r) || r < ' ' {
			return '-'
		}
		return r
	}, q.FormID)
	if name == "" {
		return "questionnaire"
	}
	return name
}

// bundled reports whether a zip holds a workbook rather than being one.
func bundled(archive *zip.Reader) bool {
	return slices.ContainsFunc(archive.File, func(f *zip.File) bool { return isWorkbook(partName(f.Name)) })
}

// openBundle opens the one workbook of a bundle and keeps its files.
func openBundle(archive *zip.Reader, name string) (book, error) {
	if len(archive.File) > maxParts {
		return book{}, problem(surveys.Place{}, "xlsform.file.parts", name, maxParts)
	}
	var workbooks, others []string
	var data []byte
	var files []File
	room := maxFileBytes
	for _, part := range archive.File {
		base := path.Base(strings.ReplaceAll(part.Name, `\`, "/"))
		switch {
		case part.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(part.Name, "__MACOSX/"):
			continue // what a computer adds on its own
		case !isWorkbook(partName(base)) && !dataFile(base):
			others = append(others, base)
			continue
		}
		content, err := inflate(part, name, &room)
		if err != nil {
			return book{}, err
		}
		if dataFile(base) {
			files = append(files, File{Name: base, Content: bytes.NewReader(content)})
			continue
		}
		workbooks, data = append(workbooks, base), content
	}
	if len(workbooks) != 1 {
		return book{}, problem(surveys.Place{}, "xlsform.bundle.workbooks", name, strings.Join(workbooks, ", "))
	}
	b, err := openInner(data, workbooks[0])
	b.files = files
	if len(others) > 0 {
		b.warn(surveys.Place{}, "xlsform.bundle.others", strings.Join(others[:min(5, len(others))], ", "))
	}
	return b, err
}

func openInner(data []byte, name string) (book, error) {
	archive, err := unpack(data, name)
	if err != nil {
		return book{}, err
	}
	return openWorkbook(data, archive, name)
}

// dataFile reports whether a file may be named by a question.
func dataFile(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".xml", ".geojson":
		return true
	}
	return false
}

// inflate returns a part of a bundle; room is what its parts may still take.
func inflate(part *zip.File, name string, room *int) ([]byte, error) {
	r, err := part.Open()
	if err != nil {
		return nil, problem(surveys.Place{}, "xlsform.file.damaged", name)
	}
	defer r.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(r, int64(*room)+1)); err != nil {
		return nil, problem(surveys.Place{}, "xlsform.file.damaged", name)
	}
	if *room -= b.Len(); *room < 0 {
		return nil, problem(surveys.Place{}, "xlsform.file.size", name, maxFileBytes>>20)
	}
	return b.Bytes(), nil
}
