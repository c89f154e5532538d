package pages

import (
	"bytes"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/report"
)

func TestSharesAreToldAsPeopleOutOfTen(t *testing.T) {
	for _, c := range []struct {
		share  report.Cell
		people string
		says   string
	}{
		{report.Cell{State: report.Shown, Number: 0.29}, "habitants", "Environ 3 habitants sur 10"},
		{report.Cell{State: report.Shown, Number: 0.85}, "habitants", "Environ 9 habitants sur 10"},
		{report.Cell{State: report.Shown, Number: 0.12}, "professionnels", "Environ 1 professionnel sur 10"},
		{report.Cell{State: report.Shown, Number: 0.04}, "habitants", "Très peu d’habitants"},
		{report.Cell{State: report.Shown, Number: 0}, "professionnels", "Très peu de professionnels"},
		{report.Cell{State: report.Shown, Number: 0.97}, "associations", "Presque toutes les associations"},
		{report.Cell{State: report.BlurLow}, "professionnels", "Très peu de professionnels"},
		{report.Cell{State: report.BlurHigh}, "habitants", "Presque tous les habitants"},
		{report.Cell{State: report.Hidden}, "habitants", ""},
		{report.Cell{State: report.TooFew}, "habitants", ""},
		{report.Cell{}, "habitants", ""},
	} {
		got, ok := tenOf(c.share, c.people)
		if got.Says != c.says || ok != (c.says != "") {
			t.Errorf("%v: %q, %t", c.share, got.Says, ok)
		}
		on := 0
		for _, p := range got.People() {
			if p {
				on++
			}
		}
		if len(got.People()) != 10 || on != got.Ten {
			t.Errorf("%v: %d people drawn of %d", c.share, on, len(got.People()))
		}
	}
}

// protected is a report of one audience with a number that is withheld.
func protected() *report.Report {
	hidden := report.Cell{State: report.Hidden}
	text := func(s string) report.Cell { return report.Cell{State: report.Shown, Text: s} }
	number := func(v float64) report.Cell { return report.Cell{State: report.Shown, Number: v} }
	return &report.Report{
		Title: "Essai", View: report.Restitution, Answers: []report.AudienceCount{{Audience: surveys.Habitants, Label: "Habitants", N: 100, State: report.Shown}},
		Chapters: []report.Chapter{{ID: report.ChapterSummary, Tables: []report.Table{{
			ID: "chiffres-cles",
			Columns: []report.Column{{Key: "label"}, {Key: "audience"}, {Key: "n", Kind: report.Count}, {Key: "base", Kind: report.Base},
				{Key: "share", Kind: report.Share}, {Key: "low", Kind: report.Low}, {Key: "high", Kind: report.High}},
			Rows: []report.Row{
				{Key: "secret", Cells: []report.Cell{text("Ce qui est caché"), text("Habitants"), hidden, number(100), hidden, hidden, hidden}},
				{Key: "h_renonce", Cells: []report.Cell{text("Renoncement"), text("Habitants"), number(30), number(100), number(0.3), number(0.2), number(0.4)}},
			},
		}}}},
	}
}

func TestAWithheldNumberIsNamedAndNotPictured(t *testing.T) {
	shared := Restitution{Report: protected(), Base: "/restitution/essai"}
	numbers := KeyNumbers(shared.Report)
	if len(numbers) != 2 || numbers[0].Row != "h_renonce" || !numbers[1].Withheld || numbers[1].Told != "masqué" || numbers[1].Interval != "" && numbers[1].Interval != "masqué" {
		t.Fatalf("%+v", numbers)
	}
	var whole, plain bytes.Buffer
	if err := (RestitutionSummary{shared}).Render(&whole); err != nil {
		t.Fatal(err)
	}
	if err := (RestitutionSimplePage{shared}).Render(&plain); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(whole.String(), "masqué") || strings.Contains(whole.String(), "/image/secret") {
		t.Error("the synthesis does not say it is hidden, or offers it as an image")
	}
	if strings.Contains(plain.String(), "Ce qui est caché") || !strings.Contains(plain.String(), "Environ 3 habitants sur 10") {
		t.Error("the plain page tells what is hidden, or not what is shown")
	}
}

func TestSlidesWithoutNumbersAreLeftOut(t *testing.T) {
	for _, r := range []*report.Report{{Title: "Vide", View: report.Restitution}, protected()} {
		slides := talk{r, nil}.slides()
		if len(slides) < 3 {
			t.Errorf("%s: %d slides", r.Title, len(slides))
		}
		for _, s := range slides {
			if s.Title == "" || s.Kicker == "" {
				t.Errorf("%s: a slide says nothing: %+v", r.Title, s)
			}
		}
	}
}
