package handlers

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/csrf"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// tokensPath is the page of somebody's own tokens.
const tokensPath = "/compte/jetons"

// accountRoutes are the pages of one's own account.
func (s *Server) accountRoutes() {
	s.app.Get(tokensPath, s.inside(s.tokens))
	s.app.Post(tokensPath, s.inside(s.newToken))
	s.app.Post(tokensPath+"/:token/supprimer", s.inside(s.deleteToken))
}

// defaultTokenDays is how long a token lives unless its owner chooses.
const defaultTokenDays = 90

// tokens lists the tokens of an account and offers to make one.
func (s *Server) tokens(c fiber.Ctx, account surveys.Account) error {
	page, _, err := s.tokensPage(c, account)
	if err != nil {
		return err
	}
	page.Deleted = c.Query("supprime") != ""
	return s.render(c, page)
}

func (s *Server) tokensPage(c fiber.Ctx, account surveys.Account) (pages.TeamTokens, []surveys.Token, error) {
	has, err := s.store.Tokens(c.Context(), account.Login)
	if err != nil {
		return pages.TeamTokens{}, nil, err
	}
	page := pages.TeamTokens{
		TeamFrame: pages.TeamFrame{Person: account.Name, CSRF: csrf.TokenFromContext(c)}, Action: tokensPath,
		Scopes: surveys.Scopes(account), Scope: surveys.ScopeProtected, Days: defaultTokenDays, List: s.site(c) + apiDiagnostics,
	}
	all, err := s.store.Diagnostics(c.Context())
	if err != nil {
		return pages.TeamTokens{}, nil, err
	}
	for _, d := range all {
		if surveys.May(account, surveys.SeeProtected, d.ID) {
			page.Results = append(page.Results, pages.TeamResultsAddress{Title: strings.TrimSuffix(d.Title+", "+d.Edition, ", "), Address: page.List + "/" + d.ID + "/report.csv"})
		}
	}
	now := s.now()
	for _, t := range has {
		page.Tokens = append(page.Tokens, pages.TeamToken{
			ID: t.ID, Label: t.Label, Scope: t.Scope, Created: surveys.DayOf(t.Created), Expires: surveys.DayOf(t.Expires),
			Used: t.Used, Over: !now.Before(t.Expires),
		})
	}
	return page, has, nil
}

// newToken makes a token and shows its secret: here and never again. The page is
// the answer to the form itself, so that the secret is kept nowhere; sent again,
// the form is refused, for the name is taken.
func (s *Server) newToken(c fiber.Ctx, account surveys.Account) error {
	page, has, err := s.tokensPage(c, account)
	if err != nil {
		return err
	}
	label, scope := copied(c.FormValue("nom")), surveys.Scope(copied(c.FormValue("portee")))
	days, err := strconv.Atoi(c.FormValue("jours"))
	if err != nil {
		days = 0
	}
	if problems := surveys.CheckToken(account, has, label, scope, days); len(problems) > 0 {
		page.Label, page.Scope, page.Days, page.Faults = label, scope, days, map[string]string{}
		for _, p := range problems {
			if page.Faults[p.Place.Question] == "" {
				page.Faults[p.Place.Question] = p.Message
			}
		}
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, page)
	}
	token, secret := surveys.NewToken(account, label, scope, s.now(), time.Duration(days)*24*time.Hour)
	if err := s.store.AddToken(c.Context(), token); err != nil {
		return fmt.Errorf("token of %s: %w", account.Login, err)
	}
	if page, _, err = s.tokensPage(c, account); err != nil {
		return err
	}
	page.Secret, page.SecretLabel = secret, token.Label
	return s.render(c, page)
}

// deleteToken forgets one of the account's tokens; somebody else's is not found.
func (s *Server) deleteToken(c fiber.Ctx, account surveys.Account) error {
	token, err := s.store.Token(c.Context(), copied(c.Params("token")))
	if err == nil && token.Login != account.Login {
		err = surveys.ErrNotFound
	}
	if errors.Is(err, surveys.ErrNotFound) { // gone already, in another tab
		return c.Redirect().Status(fiber.StatusSeeOther).To(tokensPath)
	}
	if err != nil {
		return err
	}
	if err := s.store.DeleteToken(c.Context(), token.ID); err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(tokensPath + "?supprime=1")
}
