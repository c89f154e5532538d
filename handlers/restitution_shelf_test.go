package handlers

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// counted is a shelf whose reports are counted, with a clock to move.
func counted(err *error) (s *shelf, made *int, now *time.Time) {
	made, now = new(int), new(time.Time)
	*now = respondentNow
	s = &shelf{by: map[string]*shelved{}, now: func() time.Time { return *now }}
	s.make = func(context.Context, surveys.Diagnostic) (*report.Report, error) {
		*made++
		return &report.Report{Title: "Essai"}, *err
	}
	return s, made, now
}

func TestManyVisitorsMakeOneReport(t *testing.T) {
	var none error
	s, made, now := counted(&none)
	d := surveys.Diagnostic{ID: "essai", Revision: 1}
	drawn := 0
	ask := func() *ready {
		p, err := s.page(context.Background(), d, "page", htmlType, func(r *report.Report) ([]byte, error) {
			drawn++
			return []byte(r.Title), nil
		})
		if err != nil {
			t.Error(err)
		}
		return p
	}
	var visitors sync.WaitGroup
	for range 50 {
		visitors.Go(func() { ask() })
	}
	visitors.Wait()
	first := ask()
	if *made != 1 || drawn != 1 {
		t.Errorf("%d reports and %d pages for 51 visitors", *made, drawn)
	}
	*now = now.Add(shelfLife)
	if again := ask(); *made != 2 || again != first {
		t.Errorf("a minute later: %d reports; the same page was pressed again: %t", *made, again != first)
	}
	d.Revision++
	if ask(); *made != 3 {
		t.Error("a change of the diagnostic was not looked at")
	}
}

func TestAReportThatFailsIsAskedForAgain(t *testing.T) {
	failure := errors.New("disk")
	s, made, _ := counted(&failure)
	for range 2 {
		if _, err := s.report(context.Background(), surveys.Diagnostic{ID: "essai"}); !errors.Is(err, failure) {
			t.Errorf("%v", err)
		}
	}
	failure = nil
	if _, err := s.report(context.Background(), surveys.Diagnostic{ID: "essai"}); err != nil || *made != 3 {
		t.Errorf("%v after %d", err, *made)
	}
}

func TestTheOpenDataHaveNobodysWords(t *testing.T) {
	r := &report.Report{
		Chapters:     []report.Chapter{{ID: report.ChapterSummary}, {ID: report.ChapterVerbatims}, {ID: report.ChapterMethod}},
		Suppressions: []report.Suppression{{Chapter: report.ChapterVerbatims}, {Chapter: report.ChapterMethod}},
	}
	told := withoutWords(r)
	if _, there := told.Chapter(report.ChapterVerbatims); there || len(told.Chapters) != 2 || len(told.Suppressions) != 1 {
		t.Errorf("%+v", told)
	}
	if len(r.Chapters) != 3 || r.Chapters[1].ID != report.ChapterVerbatims {
		t.Error("the report that the pages share was changed")
	}
}
