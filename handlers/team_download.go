package handlers

import (
	"context"
	"errors"
	"fmt"
	"iter"
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
	file, size, err := s.writeWorkbook(c.Context(), v, asked)
	if err != nil {
		return err
	}
	if err := s.note(c.Context(), v, surveys.WorkbookDownloaded, string(asked)); err != nil {
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

func (s *Server) writeWorkbook(ctx context.Context, v visit, asked report.View) (spool, int, error) {
	r, err := s.report(ctx, v.diagnostic, v.surveys, asked)
	if err != nil {
		return spool{}, 0, err
	}
	dictionary, err := s.dictionary(ctx, v.surveys)
	if err != nil {
		return spool{}, 0, err
	}
	var answers *exports.Answers
	if asked == report.Work {
		answers = &exports.Answers{
			Responses: responses(ctx, s.store, v.diagnostic.ID), Count: r.Total(), Territory: v.diagnostic.Territory,
		}
	}
	created, err := os.CreateTemp("", "diapason-*.xlsx")
	if err != nil {
		return spool{}, 0, fmt.Errorf("workbook: %w", err)
	}
	file := spool{created}
	err = exports.Workbook(file, r, dictionary, answers, nil)
	size, seekErr := file.Seek(0, 1)
	if err == nil {
		err = seekErr
	}
	if err == nil {
		_, err = file.Seek(0, 0)
	}
	if err != nil {
		return spool{}, 0, errors.Join(err, file.Close())
	}
	return file, int(size), nil
}

// dictionary is every published version of every survey.
func (s *Server) dictionary(ctx context.Context, all []surveys.Survey) ([]exports.Form, error) {
	var forms []exports.Form
	for _, survey := range all {
		for number := 1; number <= survey.Current; number++ {
			form, err := s.forms.Form(ctx, survey.ID, number)
			if err != nil {
				return nil, err
			}
			forms = append(forms, exports.Form{Survey: survey, Version: number, Form: form})
		}
	}
	return forms, nil
}

// responses streams the answers of a diagnostic.
func responses(ctx context.Context, store surveys.Store, diagnostic string) iter.Seq2[surveys.Response, error] {
	return func(yield func(surveys.Response, error) bool) {
		for arrival, err := range store.Responses(ctx, diagnostic, "") {
			if err != nil {
				yield(surveys.Response{}, err)
				return
			}
			if arrival.Withdrawn {
				continue
			}
			response, err := arrival.Response()
			if !yield(response, err) || err != nil {
				return
			}
		}
	}
}
