package verbatims

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

func TestDecisions(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	frame := Frame{Themes: []surveys.Theme{{Code: "T01"}, {Code: "T02"}}}
	const masked = "Le mari de [nom] boit"
	fresh := func() surveys.Review { return surveys.NewReview("d", "1", "x") }

	t.Run("what was read is what may be quoted", func(t *testing.T) {
		r := fresh()
		err := Decide(&r, masked, frame, Decision{Login: "ali", Saw: Seen(r, masked), Text: new("Le mari de\r\n[nom] boit"), Judged: true, State: surveys.Quotable}, now)
		if err != nil || r.State != surveys.Quotable || r.Text != masked || len(r.Codings) != 0 {
			t.Errorf("%+v, %v", r, err)
		}
	})
	t.Run("more may be masked by hand, and nothing else", func(t *testing.T) {
		r := fresh()
		for text, fits := range map[string]bool{"Le mari de Zoé boit": false, "": false, " \n": false, "[…] boit": true} {
			err := Decide(&r, masked, frame, Decision{Saw: Seen(r, masked), Text: &text}, now)
			if problems := (surveys.Problems)(nil); (err == nil) != fits || !fits && !errors.As(err, &problems) {
				t.Errorf("%q: %v", text, err)
			}
		}
		if r.Text != "[…] boit" || r.State != surveys.Unread {
			t.Errorf("%+v", r)
		}
	})
	t.Run("a judgement on what somebody else changed is refused, a coding is not", func(t *testing.T) {
		r := fresh()
		saw := Seen(r, masked)
		r.State, r.Text = surveys.KeptBack, masked
		if err := Decide(&r, masked, frame, Decision{Saw: saw, Judged: true, State: surveys.Quotable}, now); !errors.Is(err, ErrMoved) || r.State != surveys.KeptBack {
			t.Errorf("%+v, %v", r, err)
		}
		if err := Decide(&r, masked, frame, Decision{Login: "zoe", Saw: saw, Coded: true, Codes: []string{"T99", "T02", "T02"}}, now); err != nil {
			t.Error(err)
		}
		if c, ok := r.Coding("zoe"); !ok || strings.Join(c.Codes, " ") != "T02" || r.State != surveys.KeptBack {
			t.Errorf("%+v", r)
		}
		if err := Decide(&r, masked, frame, Decision{Saw: saw, Judged: true, State: surveys.KeptBack}, now); err != nil {
			t.Errorf("who says the same is not refused: %v", err)
		}
	})
	t.Run("a reader who codes again keeps their place", func(t *testing.T) {
		r := fresh()
		for i, login := range []string{"ali", "zoe", "ali"} {
			if err := Decide(&r, masked, frame, Decision{Login: login, Coded: true, Codes: frame.Codes()[:i%2]}, now.Add(time.Duration(i)*time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		if codes, coded := r.Retained(); !coded || len(codes) != 0 || len(r.Codings) != 2 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("to be read again is as before", func(t *testing.T) {
		r := fresh()
		r.State, r.Text = surveys.Quotable, masked
		if err := Decide(&r, masked, frame, Decision{Saw: Seen(r, masked), Judged: true, State: surveys.Unread}, now); err != nil || r.Text != "" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestSaveKeepsTheFirstAndTheNextDecision(t *testing.T) {
	store, forms, d := opened(t)
	written := write(t, store, 1, surveys.Answers{"x_action": surveys.TextValue("Un bus")})
	texts, err := NewBooks(store, forms, 1).Texts(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	frame := Frame{Themes: []surveys.Theme{{Code: "T01"}}}
	for _, login := range []string{"ali", "zoe"} {
		if err := Save(context.Background(), store, "d", texts[0], frame, Decision{Login: login, Coded: true, Codes: []string{"T01"}}, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	reviews, _ := store.Reviews(context.Background(), "d")
	if len(reviews) != 1 || len(reviews[0].Codings) != 2 || reviews[0].Response != written.ID {
		t.Errorf("%+v", reviews)
	}
	gone := texts[0]
	gone.Response = surveys.NewResponseID(time.Now())
	if err := Save(context.Background(), store, "d", gone, frame, Decision{Login: "ali"}, time.Now()); !errors.Is(err, surveys.ErrNotFound) {
		t.Error(err)
	}
}

func TestFiltersShowEachReaderTheirOwn(t *testing.T) {
	coded := surveys.NewReview("d", "2", "x")
	coded.State = surveys.Quotable
	coded.Code("ali", nil, time.Now())
	entries := Entries("d", []Text{{Response: "1", Question: "x"}, {Response: "2", Question: "x"}}, []surveys.Review{coded})
	for _, c := range []struct {
		filter Filter
		login  string
		want   string
	}{{ToRead, "ali", "1"}, {Citable, "ali", "2"}, {SetAside, "ali", ""}, {ToCode, "ali", "1"}, {ToCode, "zoe", "12"}, {Every, "zoe", "12"}} {
		got := ""
		for _, e := range entries {
			if c.filter.Passes(e, c.login) {
				got += e.Response
			}
		}
		if got != c.want {
			t.Errorf("%s shows %s %q, want %q", c.filter, c.login, got, c.want)
		}
	}
}
