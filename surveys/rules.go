package surveys

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// slug is what an ID that stands in an address may be.
var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const (
	maxSlug     = 80
	minPassword = 12
	maxPassword = 200
)

func checkSlug(field, id string) Problems {
	if len(id) <= maxSlug && slug.MatchString(id) {
		return nil
	}
	return Problems{{Place: Place{Question: field}, Code: "slug.invalid", Message: fmt.Sprintf(
		"l’identifiant « %s » sert d’adresse : écrivez-le en minuscules sans accent, chiffres et tirets (par exemple creusot-montceau-2026), %d caractères au plus.", id, maxSlug)}}
}

// Check finds what is wrong with a diagnostic, nil when nothing is.
func (d Diagnostic) Check() Problems {
	problems := checkSlug("id", d.ID)
	if strings.TrimSpace(d.Title) == "" {
		problems = append(problems, Problem{Place: Place{Question: "title"}, Code: "title.missing", Message: "donnez un titre au diagnostic."})
	}
	if len(d.Territory.Communes) == 0 {
		problems = append(problems, Problem{Place: Place{Question: "territory"}, Code: "territory.empty", Message: "le territoire n’a aucune commune : choisissez-en au moins une."})
	}
	for _, named := range []struct{ field, value, who string }{
		{"controller", d.Notice.Controller, "le responsable de traitement"},
		{"contact", d.Notice.Contact, "une adresse où joindre l’équipe"},
		{"dpo", d.Notice.DPO, "le délégué à la protection des données"},
		{"hosting", d.Notice.Hosting, "l’endroit où les réponses sont gardées"},
	} {
		if strings.TrimSpace(named.value) == "" {
			problems = append(problems, Problem{Place: Place{Question: named.field}, Code: "notice.missing", Message: "indiquez " + named.who + " : la notice d’information doit le dire (RGPD, art. 13)."})
		}
	}
	if d.Closes.Before(d.Opens) {
		problems = append(problems, Problem{Place: Place{Question: "closes"}, Code: "dates.order", Message: "la collecte se termine avant d’avoir commencé : corrigez l’une des dates."})
	}
	return problems
}

// Check finds what is wrong with a survey, nil when nothing is.
func (s Survey) Check() Problems {
	problems := checkSlug("id", s.ID)
	if !slices.Contains(Audiences(), s.Audience) {
		problems = append(problems, Problem{Place: Place{Question: "audience"}, Code: "audience.unknown", Message: fmt.Sprintf(
			"le public « %s » n’est pas connu : habitants, professionnels ou associations.", s.Audience)})
	}
	return problems
}

// Check finds what is wrong with an account, nil when nothing is. The password
// is checked before it is hashed, by [CheckPassword].
func (a Account) Check() Problems {
	var problems Problems
	if a.Login == "" || a.Login != strings.ToLower(a.Login) || strings.ContainsAny(a.Login, " \t\r\n") {
		problems = append(problems, Problem{Place: Place{Question: "login"}, Code: "login.invalid", Message: "l’identifiant du compte s’écrit en minuscules et sans espace, par exemple une adresse e-mail."})
	}
	if !slices.Contains(Roles(), a.Role) {
		problems = append(problems, Problem{Place: Place{Question: "role"}, Code: "role.unknown", Message: fmt.Sprintf(
			"le rôle « %s » n’est pas connu : admin, coordinateur, saisie, copil ou ars.", a.Role)})
	}
	return problems
}

// CheckPassword holds a new password to a length, nothing else: long is what
// protects (ANSSI-PG-078, NIST SP 800-63B).
func CheckPassword(password string) Problems {
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		return Problems{{Place: Place{Question: "password"}, Code: "password.length", Message: fmt.Sprintf(
			"le mot de passe compte de %d à %d caractères : quelques mots sans rapport font très bien l’affaire.", minPassword, maxPassword)}}
	}
	return nil
}

// MayBecome reports whether the survey can move to a state now: nothing opens
// before a questionnaire is published.
func (s Survey) MayBecome(to State) bool {
	return s.State.CanBecome(to) && (to != Open || s.Current > 0)
}

// SetState moves a survey to a state. Moving it to the state it is in changes
// nothing, so that a button pressed twice acts once; a move that is not
// allowed comes back as Problems.
func SetState(ctx context.Context, store Store, surveyID string, to State, now time.Time) (changed bool, err error) {
	_, err = store.UpdateSurvey(ctx, surveyID, func(s *Survey) error {
		if changed = s.State != to; !changed {
			return nil
		}
		if !s.State.CanBecome(to) {
			return Problems{{Place: Place{Question: "state"}, Code: "state.order", Message: fmt.Sprintf(
				"une enquête à l’état « %s » ne peut pas passer à « %s ».", s.State, to)}}
		}
		if to == Open && s.Current == 0 {
			return Problems{{Place: Place{Question: "state"}, Code: "state.unpublished", Message: "publiez un questionnaire avant d’ouvrir l’enquête."}}
		}
		s.State, s.Updated = to, now.UTC()
		return nil
	})
	return changed && err == nil, err
}
