package surveys_test

import (
	"strings"
	"testing"
	"time"

	"diapason/surveys"
)

func TestATokenOpensWithItsSecretAlone(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	marie := surveys.Account{Login: "marie", Role: surveys.Coordinator, Diagnostics: []string{"vallee"}}
	token, secret := surveys.NewToken(marie, " Tableau ", surveys.ScopeWork, now, 24*time.Hour)
	if token.Label != "Tableau" || surveys.TokenID(secret) != token.ID {
		t.Fatalf("%+v from %s", token, secret)
	}
	if strings.Contains(string(token.Hash), secret[len(secret)-10:]) {
		t.Error("the secret is kept")
	}
	if !token.Opens(secret, now) || !token.Opens(secret, now.Add(24*time.Hour-time.Second)) {
		t.Error("its secret does not open it")
	}
	if token.Opens(secret, now.Add(24*time.Hour)) {
		t.Error("it opens when its time is over")
	}
	for _, other := range []string{"", secret[:len(secret)-1], secret + "A", strings.ToLower(secret), "diapason_" + token.ID + "_"} {
		if token.Opens(other, now) {
			t.Errorf("%q opens it", other)
		}
	}
	if (surveys.Token{}).Opens("", now) {
		t.Error("a token without a hash opens")
	}
	for _, wrong := range []string{"", "diapason_", "diapason_abc_def", "other_0123456789_X", "diapason_0123456789"} {
		if id := surveys.TokenID(wrong); id != "" {
			t.Errorf("%q has the ID %q", wrong, id)
		}
	}
}

func TestATokenMayWhatItsAccountMayWithinItsScope(t *testing.T) {
	now := time.Now()
	coordinator := surveys.Account{Login: "marie", Role: surveys.Coordinator, Diagnostics: []string{"vallee"}}
	reader := surveys.Account{Login: "marie", Role: surveys.Committee, Diagnostics: []string{"vallee"}}
	narrow, _ := surveys.NewToken(coordinator, "a", surveys.ScopeProtected, now, time.Hour)
	wide, _ := surveys.NewToken(coordinator, "b", surveys.ScopeWork, now, time.Hour)
	for _, c := range []struct {
		name       string
		token      surveys.Token
		account    surveys.Account
		do         surveys.Action
		diagnostic string
		may        bool
	}{
		{"protected numbers", narrow, coordinator, surveys.SeeProtected, "vallee", true},
		{"work outside the scope", narrow, coordinator, surveys.SeeWork, "vallee", false},
		{"answers outside the scope", narrow, coordinator, surveys.SeeAnswers, "vallee", false},
		{"work", wide, coordinator, surveys.SeeWork, "vallee", true},
		{"another diagnostic", wide, coordinator, surveys.SeeProtected, "ailleurs", false},
		{"an account that lost the right", wide, reader, surveys.SeeAnswers, "vallee", false},
		{"somebody else's account", wide, surveys.Account{Login: "bob", Role: surveys.Admin}, surveys.SeeProtected, "vallee", false},
		{"a token changes nothing", wide, coordinator, surveys.RunSurveys, "vallee", false},
	} {
		if got := c.token.May(c.account, c.do, c.diagnostic); got != c.may {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestWhatIsWrongWithATokenIsToldAllAtOnce(t *testing.T) {
	reader := surveys.Account{Login: "bob", Role: surveys.Committee, Diagnostics: []string{"vallee"}}
	has := []surveys.Token{{Label: "Agence"}}
	codes := func(p surveys.Problems) (all []string) {
		for _, problem := range p {
			all = append(all, problem.Code)
		}
		return all
	}
	for _, c := range []struct {
		label string
		scope surveys.Scope
		days  int
		want  string
	}{
		{"Tableur", surveys.ScopeProtected, 30, ""},
		{"  ", surveys.ScopeWork, 0, "token.unnamed token.scope token.days"},
		{"AGENCE", surveys.ScopeProtected, 367, "token.twice token.days"},
		{strings.Repeat("é", 61), "autre", 1, "token.long token.scope"},
		{"a\x00b", surveys.ScopeProtected, 1, "token.unreadable"},
	} {
		if got := strings.Join(codes(surveys.CheckToken(reader, has, c.label, c.scope, c.days)), " "); got != c.want {
			t.Errorf("%q: %s, want %s", c.label, got, c.want)
		}
	}
	if got := surveys.Scopes(surveys.Account{Role: surveys.Entry}); got != nil {
		t.Errorf("an account that sees nothing has the scopes %v", got)
	}
}
