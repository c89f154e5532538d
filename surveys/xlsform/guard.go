package xlsform

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// checkTexts refuses a workbook that keeps a text longer than a cell may hold.
// Texts are kept once and named by cells: without this, a small file could
// name one long text a million times and fill the memory.
func checkTexts(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("open workbook: %w", err)
	}
	for _, part := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		if !strings.HasSuffix(name, "sharedstrings.xml") {
			continue
		}
		if err := checkPart(part); err != nil {
			return fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	return nil
}

func checkPart(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	decoder, length := xml.NewDecoder(io.LimitReader(r, maxContentBytes)), 0
	for {
		token, err := decoder.Token()
		if err != nil { // the end, or what the workbook's own reader will tell
			return nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" {
				length = 0
			}
		case xml.CharData:
			if length += len(t); length > maxCellBytes {
				return errTooLarge
			}
		}
	}
}
