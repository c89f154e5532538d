package xlsform

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"diapason/surveys"
)

// container is the container of Excel before 2007, and of encrypted files
// since.
const container = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// unpack opens the zip that every .xlsx is. When the file is something else,
// the error says what it seems to be and how to make a workbook of it.
func unpack(data []byte, name string) (*zip.Reader, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, problem(surveys.Place{}, wrongFile(data), name)
	}
	if code := wrongZip(archive); code != "" {
		return nil, problem(surveys.Place{}, code, name)
	}
	return archive, nil
}

// wrongFile is the code of the sentence about a file that is not a zip.
func wrongFile(data []byte) string {
	has := func(s string) bool { return bytes.HasPrefix(data, []byte(s)) }
	switch {
	case len(data) == 0:
		return "xlsform.file.empty"
	case has("PK"):
		return "xlsform.file.cut"
	case has("%PDF"):
		return "xlsform.file.pdf"
	case has(container) && bytes.Contains(data, spaced("EncryptedPackage")):
		return "xlsform.file.locked"
	case has(container):
		return "xlsform.file.old"
	case !bytes.ContainsRune(data, 0) && utf8.Valid(data[:min(len(data), 512)/4*4]) && bytes.ContainsAny(data, ";,\t"):
		return "xlsform.file.csv"
	}
	return "xlsform.file.kind"
}

// spaced is a text as Windows writes it, two bytes a letter.
func spaced(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// wrongZip is the code of the sentence about a zip that is not a workbook, ""
// when it may be one.
func wrongZip(archive *zip.Reader) string {
	holds := func(match func(string) bool) bool {
		return slices.ContainsFunc(archive.File, func(f *zip.File) bool { return match(partName(f.Name)) })
	}
	in := func(folder string) bool {
		return holds(func(part string) bool { return strings.HasPrefix(part, folder) })
	}
	is := func(name string) bool { return holds(func(part string) bool { return part == name }) }
	switch {
	case is("xl/workbook.xml") || holds(isWorkbook):
		return ""
	case is("xl/workbook.bin"):
		return "xlsform.file.binary"
	case in("word/"), in("ppt/"):
		return "xlsform.file.office"
	case is("mimetype") && is("content.xml"):
		return "xlsform.file.opendocument"
	case holds(func(part string) bool { return strings.HasSuffix(part, "workbook.xml") }):
		return ""
	}
	return "xlsform.file.kind"
}

func isWorkbook(file string) bool {
	return strings.HasSuffix(file, ".xlsx") || strings.HasSuffix(file, ".xlsm")
}
