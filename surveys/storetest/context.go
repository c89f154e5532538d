package storetest

import (
	"context"
	"testing"

	"diapason/surveys"
)

func testContexts(t *testing.T, open Open) {
	t.Run("a store that was just opened can be reached", func(t *testing.T) {
		noError(t, open(t).Ping(t.Context()))
	})

	t.Run("nothing is done for somebody who has left", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1))
		left, leave := context.WithCancel(t.Context())
		leave()
		for name, call := range everyMethod(store) {
			t.Run(name, func(t *testing.T) { wantError(t, call(left), context.Canceled) })
		}
		equal(t, ids(read(t, store, DiagnosticID, "")), []string{ResponseID(1)})
		list, err := store.Diagnostics(t.Context())
		noError(t, err)
		equal(t, len(list), 0)
	})

	t.Run("a stream ends when its reader leaves", func(t *testing.T) {
		store := open(t)
		add(t, store, Response(1), Response(2))
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		var last error
		for _, err := range store.Responses(ctx, DiagnosticID, "") {
			last = err
			leave()
		}
		wantError(t, last, context.Canceled)
	})
}

// everyMethod calls each method of a store that takes a context.
func everyMethod(s surveys.Store) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Secret":        func(ctx context.Context) error { _, err := s.Secret(ctx); return err },
		"AddDiagnostic": func(ctx context.Context) error { return s.AddDiagnostic(ctx, Diagnostic("d")) },
		"Diagnostic":    func(ctx context.Context) error { _, err := s.Diagnostic(ctx, "d"); return err },
		"Diagnostics":   func(ctx context.Context) error { _, err := s.Diagnostics(ctx); return err },
		"UpdateDiagnostic": func(ctx context.Context) error {
			_, err := s.UpdateDiagnostic(ctx, "d", func(*surveys.Diagnostic) error { return nil })
			return err
		},
		"AddSurvey": func(ctx context.Context) error { return s.AddSurvey(ctx, Survey("s", DiagnosticID)) },
		"Survey":    func(ctx context.Context) error { _, err := s.Survey(ctx, "s"); return err },
		"Surveys":   func(ctx context.Context) error { _, err := s.Surveys(ctx, DiagnosticID); return err },
		"UpdateSurvey": func(ctx context.Context) error {
			_, err := s.UpdateSurvey(ctx, "s", func(*surveys.Survey) error { return nil })
			return err
		},
		"AddVersion":  func(ctx context.Context) error { return s.AddVersion(ctx, Version("s", 1)) },
		"Version":     func(ctx context.Context) error { _, err := s.Version(ctx, "s", 1); return err },
		"Versions":    func(ctx context.Context) error { _, err := s.Versions(ctx, "s"); return err },
		"AddResponse": func(ctx context.Context) error { _, err := s.AddResponse(ctx, Response(2)); return err },
		"Responses":   func(ctx context.Context) error { _, err := collect(ctx, s, DiagnosticID, ""); return err },
		"WithdrawResponse": func(ctx context.Context) error {
			return s.WithdrawResponse(ctx, DiagnosticID, ReceiptOf(1))
		},
		"AddAccount": func(ctx context.Context) error { return s.AddAccount(ctx, Account("a")) },
		"Account":    func(ctx context.Context) error { _, err := s.Account(ctx, "a"); return err },
		"Accounts":   func(ctx context.Context) error { _, err := s.Accounts(ctx); return err },
		"UpdateAccount": func(ctx context.Context) error {
			_, err := s.UpdateAccount(ctx, "a", func(*surveys.Account) error { return nil })
			return err
		},
		"AddToken": func(ctx context.Context) error { return s.AddToken(ctx, Token("t1")) },
		"Token":    func(ctx context.Context) error { _, err := s.Token(ctx, "t1"); return err },
		"Tokens":   func(ctx context.Context) error { _, err := s.Tokens(ctx, "nadia"); return err },
		"UpdateToken": func(ctx context.Context) error {
			_, err := s.UpdateToken(ctx, "t1", func(*surveys.Token) error { return nil })
			return err
		},
		"DeleteToken":    func(ctx context.Context) error { return s.DeleteToken(ctx, "t1") },
		"PutSession":     func(ctx context.Context) error { return s.PutSession(ctx, "k", nil, noon) },
		"Session":        func(ctx context.Context) error { _, err := s.Session(ctx, "k", noon); return err },
		"DeleteSession":  func(ctx context.Context) error { return s.DeleteSession(ctx, "k") },
		"DeleteSessions": func(ctx context.Context) error { return s.DeleteSessions(ctx, noon) },
		"AddEvent":       func(ctx context.Context) error { return s.AddEvent(ctx, Event(1)) },
		"Events":         func(ctx context.Context) error { _, err := s.Events(ctx, DiagnosticID, 1); return err },
		"Ping":           func(ctx context.Context) error { return s.Ping(ctx) },
	}
}
