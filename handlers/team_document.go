package handlers

import (
	"html/template"
	"io"

	"github.com/gofiber/fiber/v3"

	"diapason/exports"
	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// documentRoutes are the report on paper: as a Word document, and as a page to
// print.
func (s *Server) documentRoutes() []route {
	return []route{
		{fiber.MethodGet, "/document.docx", surveys.SeeProtected, s.document},
		{fiber.MethodGet, "/rapport", surveys.SeeProtected, s.printed},
	}
}

// document sends the Word document of a diagnostic, written whole and noted in
// the journal like the workbook. Without a word of the reader it is the one that
// may be shared.
func (s *Server) document(c fiber.Ctx, v visit) error {
	asked := report.Restitution
	if c.Query("vue") != "" {
		var err error
		if asked, err = view(c, v); err != nil {
			return err
		}
	}
	file, size, detail, err := spooled("diapason-*.docx", func(w io.Writer) (string, error) {
		return exports.DiagnosticDocument(c.Context(), w, s.source, v.diagnostic, asked, v.name(), s.now())
	})
	if err != nil {
		return err
	}
	return s.hand(c, v, file, size, handed{surveys.DocumentDownloaded, detail, asked, docxType, "docx"})
}

// printed is the whole report as one page, for the printer or a PDF.
func (s *Server) printed(c fiber.Ctx, v visit) error {
	r, frame, err := s.read(c, v)
	if err != nil {
		return err
	}
	body, annexes := exports.Parts(r)
	return s.render(c, pages.TeamPrint{
		TeamFrame: frame, Report: r, Body: body, Annexes: annexes, Back: "/d/" + v.diagnostic.ID + "/telecharger" + keptView(c),
		Picture: func(id string, of surveys.Audience, t *report.Table) template.HTML {
			// Safe: a picture escapes all the text it holds.
			drawn, _ := exports.SVG(t, exports.SVGOptions{ID: id, Audience: of, Demo: r.Demo})
			return template.HTML(drawn)
		},
	})
}
