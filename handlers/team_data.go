package handlers

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/gofiber/fiber/v3"

	"diapason/exports"
	"diapason/surveys"
	"diapason/surveys/report"
)

// dataRoutes are the files for those who compute, and for the public.
func (s *Server) dataRoutes() []route {
	return []route{
		{fiber.MethodGet, "/donnees.zip", surveys.SeeAnswers, s.data},
		{fiber.MethodGet, "/donnees-publiques.zip", surveys.SeeProtected, s.publicData},
	}
}

// decimalMark is the one asked for, the comma unless it is the point.
func decimalMark(c fiber.Ctx) (exports.Decimal, error) {
	switch c.Query("decimales") {
	case "", "virgule":
		return exports.Comma, nil
	case "point":
		return exports.Point, nil
	}
	return 0, fiber.ErrBadRequest
}

// data sends the raw answers with what describes them, while they are read. The
// journal is told before the first byte.
func (s *Server) data(c fiber.Ctx, v visit) error {
	decimal, err := decimalMark(c)
	if err != nil {
		return err
	}
	if !v.may(surveys.SeeWork) {
		return errForbidden
	}
	now := s.now()
	data, err := exports.ReadData(c.Context(), s.source, v.diagnostic, now)
	if err != nil {
		return err
	}
	if c.Method() != fiber.MethodHead {
		if err := s.note(c.Context(), v, surveys.DataDownloaded, string(report.Work)); err != nil {
			return err
		}
	}
	name := fmt.Sprintf("diapason-%s-donnees-%s.zip", v.diagnostic.ID, surveys.DayOf(now))
	return s.sendFlow(c, name, zipType, func(ctx context.Context, w io.Writer) error { return data.Write(ctx, w, decimal) })
}

// publicData sends the tables of the restitution. They are small: made whole
// before a byte leaves.
func (s *Server) publicData(c fiber.Ctx, v visit) error {
	decimal, err := decimalMark(c)
	if err != nil {
		return err
	}
	now := s.now()
	r, err := s.source.Report(c.Context(), v.diagnostic, report.Restitution, now)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := exports.OpenData(&out, r, decimal); err != nil {
		return fmt.Errorf("public data of %s: %w", v.diagnostic.ID, err)
	}
	c.Set(fiber.HeaderContentType, zipType)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="diapason-%s-donnees-publiques-%s.zip"`, v.diagnostic.ID, surveys.DayOf(now)))
	return c.Send(out.Bytes())
}
