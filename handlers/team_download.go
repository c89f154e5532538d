package handlers

import (
	"cmp"
	"context"
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

// downloads explains the two workbooks.
func (s *Server) downloads(c fiber.Ctx, v visit) error {
	asked, err := view(c, v)
	if err != nil {
		return err
	}
	frame := s.frame(c, v, asked)
	frame.MayWork = v.may(surveys.SeeWork) && v.may(surveys.SeeAnswers)
	return s.render(c, pages.TeamDownload{TeamFrame: frame, Address: "/d/" + v.diagnostic.ID + "/classeur.xlsx"})
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
	file, size, detail, err := s.writeWorkbook(c.Context(), v, asked)
	if err != nil {
		return err
	}
	if err := s.note(c.Context(), v, surveys.WorkbookDownloaded, detail); err != nil {
		return errors.Join(err, file.Close())
	}
	name := fmt.Sprintf("diapason-%s-%s-%s.xlsx", v.diagnostic.ID, asked, surveys.DayOf(s.now()))
	c.Set(fiber.HeaderContentType, xlsxType)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.SendStream(file, size)
}

// spool is a temporary file that goes when it is closed.
type spool struct{ *os.File }

// Close closes and removes the file.
func (f spool) Close() error {
	return errors.Join(f.File.Close(), os.Remove(f.Name()))
}

func (s *Server) writeWorkbook(ctx context.Context, v visit, asked report.View) (file spool, size int, detail string, err error) {
	created, err := os.CreateTemp("", "diapason-*.xlsx")
	if err != nil {
		return spool{}, 0, "", fmt.Errorf("workbook: %w", err)
	}
	file = spool{created}
	detail, err = exports.Diagnostic(ctx, file, s.source, v.diagnostic, asked, cmp.Or(v.account.Name, v.account.Login), s.now(), nil)
	if err != nil {
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
