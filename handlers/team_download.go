package handlers

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gofiber/fiber/v3"

	"diapason/exports"
	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// downloads explains the workbooks, the documents and the files of data.
func (s *Server) downloads(c fiber.Ctx, v visit) error {
	asked, err := view(c, v)
	if err != nil {
		return err
	}
	frame := s.frame(c, v, asked)
	frame.MayWork = v.may(surveys.SeeWork) && v.may(surveys.SeeAnswers)
	base := "/d/" + v.diagnostic.ID
	return s.render(c, pages.TeamDownload{
		TeamFrame: frame, Address: base + "/classeur.xlsx", Document: base + "/document.docx", Print: base + "/rapport",
		Data: base + "/donnees.zip", PublicData: base + "/donnees-publiques.zip", WorkDocument: v.may(surveys.SeeWork),
	})
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// workbook sends the workbook of a diagnostic. It is written whole before a
// byte leaves, and noted in the journal: a workbook that failed never looks
// like one.
func (s *Server) workbook(c fiber.Ctx, v visit) error {
	asked := report.Restitution
	if c.Query("vue") != "" {
		var err error
		if asked, err = view(c, v); err != nil {
			return err
		}
	}
	if asked == report.Work && !v.may(surveys.SeeAnswers) {
		return errForbidden
	}
	file, size, detail, err := spooled("diapason-*.xlsx", func(w io.Writer) (string, error) {
		return exports.Diagnostic(c.Context(), w, s.source, v.diagnostic, asked, v.name(), s.now(), nil)
	})
	if err != nil {
		return err
	}
	return s.hand(c, v, file, size, handed{surveys.WorkbookDownloaded, detail, asked, xlsxType, "xlsx"})
}

// name is what a document of the working view calls its reader.
func (v visit) name() string { return cmp.Or(v.account.Name, v.account.Login) }

// handed is a file for somebody of the team: what the journal says of it, and
// what it is.
type handed struct {
	action, detail string
	view           report.View
	mime           string
	extension      string
}

// hand notes a file in the journal and sends it.
func (s *Server) hand(c fiber.Ctx, v visit, file spool, size int, h handed) error {
	if err := s.note(c.Context(), v, h.action, h.detail); err != nil {
		return errors.Join(err, file.Close())
	}
	name := fmt.Sprintf("diapason-%s-%s-%s.%s", v.diagnostic.ID, h.view, surveys.DayOf(s.now()), h.extension)
	c.Set(fiber.HeaderContentType, h.mime)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.SendStream(file, size)
}

// spool is a temporary file that goes when it is closed.
type spool struct{ *os.File }

// Close closes and removes the file.
func (f spool) Close() error {
	return errors.Join(f.File.Close(), os.Remove(f.Name()))
}

// spooled writes a whole file before a byte of it leaves, and returns it ready
// to be read, with its size and what the journal says of it.
func spooled(pattern string, write func(io.Writer) (string, error)) (file spool, size int, detail string, err error) {
	created, err := os.CreateTemp("", pattern)
	if err != nil {
		return spool{}, 0, "", fmt.Errorf("download: %w", err)
	}
	file = spool{created}
	if detail, err = write(file); err != nil {
		return spool{}, 0, "", errors.Join(err, file.Close())
	}
	end, err := file.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return spool{}, 0, "", errors.Join(err, file.Close())
	}
	return file, int(end), detail, nil
}
