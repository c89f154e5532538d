package handlers

import (
	"bytes"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/exports"
	"diapason/surveys"
	"diapason/surveys/report"
)

// An apiDiagnostic is a diagnostic as the list tells it.
type apiDiagnostic struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Edition   string            `json:"edition"`
	Territory string            `json:"territory"`
	State     surveys.State     `json:"state"`
	Demo      bool              `json:"demo"`
	Views     []report.View     `json:"views"`
	Surveys   []apiSurvey       `json:"surveys"`
	Links     map[string]string `json:"links"`
}

// An apiSurvey is a survey that was published; Answers is where its answers are,
// for a bearer who may read them.
type apiSurvey struct {
	ID       string           `json:"id"`
	Audience surveys.Audience `json:"audience"`
	Title    string           `json:"title"`
	Version  int              `json:"version"`
	Answers  string           `json:"answers,omitempty"`
}

// apiDiagnosticList lists what a token may read.
func (s *Server) apiDiagnosticList(c fiber.Ctx, b bearer) error {
	all, err := s.store.Diagnostics(c.Context())
	if err != nil {
		return err
	}
	list := struct {
		Diagnostics []apiDiagnostic `json:"diagnostics"`
	}{[]apiDiagnostic{}}
	for _, d := range all {
		if !b.may(surveys.SeeProtected, d.ID) {
			continue
		}
		entry, err := s.apiDiagnosticEntry(c, b, d)
		if err != nil {
			return err
		}
		list.Diagnostics = append(list.Diagnostics, entry)
	}
	return sendJSON(c, list)
}

func (s *Server) apiDiagnosticEntry(c fiber.Ctx, b bearer, d surveys.Diagnostic) (apiDiagnostic, error) {
	base := s.site(c) + apiDiagnostics + "/" + d.ID
	entry := apiDiagnostic{
		ID: d.ID, Title: d.Title, Edition: d.Edition, Territory: d.Territory.Name, State: d.State, Demo: d.Demo,
		Views: []report.View{report.Restitution}, Surveys: []apiSurvey{},
		Links: map[string]string{"report": base + "/report", "csv": base + "/report.csv"},
	}
	if b.may(surveys.SeeWork, d.ID) {
		entry.Views = append(entry.Views, report.Work)
	}
	asked, err := s.store.Surveys(c.Context(), d.ID)
	if err != nil {
		return entry, err
	}
	for _, survey := range surveys.InOrder(asked) {
		if survey.Current == 0 {
			continue
		}
		told := apiSurvey{ID: survey.ID, Audience: survey.Audience, Title: survey.Title, Version: survey.Current}
		if b.may(surveys.SeeAnswers, d.ID) {
			told.Answers = base + "/surveys/" + survey.ID + "/answers"
		}
		entry.Surveys = append(entry.Surveys, told)
	}
	return entry, nil
}

// readReport makes the report of the address in the view it asks for.
func (s *Server) readReport(c fiber.Ctx, b bearer) (*report.Report, error) {
	d, err := s.apiDiagnosticOf(c, b)
	if err != nil {
		return nil, err
	}
	asked, err := s.apiView(c, b, d)
	if err != nil {
		return nil, err
	}
	return s.source.Report(c.Context(), d, asked, s.now())
}

// apiReport sends a whole report. Its tag says what it shows and not when it was
// made, so that nothing is sent again that says the same.
func (s *Server) apiReport(c fiber.Ctx, b bearer) error {
	r, err := s.readReport(c, b)
	if err != nil {
		return err
	}
	timeless := *r
	timeless.Made = time.Time{}
	told, err := exports.ReportJSON(&timeless)
	if err != nil {
		return fmt.Errorf("report of %s: %w", r.Diagnostic, err)
	}
	body, err := exports.ReportJSON(r)
	if err != nil {
		return fmt.Errorf("report of %s: %w", r.Diagnostic, err)
	}
	return sendTagged(c, body, fiber.MIMEApplicationJSONCharsetUTF8, "private, no-cache", tagOf(told))
}

// apiReportCSV sends every table of a report as rows of one value each, for
// spreadsheets that read it again when they are asked to.
func (s *Server) apiReportCSV(c fiber.Ctx, b bearer) error {
	decimal, err := decimalMark(c)
	if err != nil {
		return err
	}
	r, err := s.readReport(c, b)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := exports.ReportCSV(&out, r, decimal); err != nil {
		return fmt.Errorf("report of %s: %w", r.Diagnostic, err)
	}
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`inline; filename="diapason-%s-%s.csv"`, r.Diagnostic, r.View))
	return sendTagged(c, out.Bytes(), csvType, "private, no-cache", tagOf(out.Bytes()))
}
