package surveys

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// CommunesList is the list that publication fills with the communes of the
// territory, before the choices its author wrote ("J'habite ailleurs").
const CommunesList = "communes"

// Publish freezes a questionnaire as the next version of a survey and serves
// it from now on. The problems are all those found, warnings included; when
// one refuses, nothing is published. A question that another survey of the
// diagnostic asks by the same name must be of the same kind and offer the same
// choices: that is what makes the views cross.
func Publish(ctx context.Context, forms *Forms, surveyID string, q Questionnaire, now time.Time) (Version, Problems, error) {
	store := forms.Store
	survey, err := store.Survey(ctx, surveyID)
	if err != nil {
		return Version{}, nil, fmt.Errorf("publish %s: %w", surveyID, err)
	}
	diagnostic, err := store.Diagnostic(ctx, survey.Diagnostic)
	if err != nil {
		return Version{}, nil, fmt.Errorf("publish %s: %w", surveyID, err)
	}
	filled := WithCommunes(q, diagnostic.Territory)
	form, problems := Compile(filled)
	if form != nil {
		siblings, err := siblingForms(ctx, forms, survey)
		if err != nil {
			return Version{}, nil, fmt.Errorf("publish %s: %w", surveyID, err)
		}
		problems = append(problems, crossing(form, siblings)...)
	}
	if problems.Refusals() != nil {
		return Version{}, problems, nil
	}
	v, err := freeze(ctx, store, survey, *filled, now)
	return v, problems, err
}

// freeze adds the version under the first free number: two people who publish
// at once get two versions.
func freeze(ctx context.Context, store Store, survey Survey, q Questionnaire, now time.Time) (Version, error) {
	v := Version{Survey: survey.ID, Number: survey.Current + 1, Published: now.UTC(), Questionnaire: q}
	for {
		err := store.AddVersion(ctx, v)
		if err == nil {
			break
		}
		if !errors.Is(err, ErrExists) {
			return Version{}, fmt.Errorf("publish %s: %w", survey.ID, err)
		}
		v.Number++
	}
	_, err := store.UpdateSurvey(ctx, survey.ID, func(s *Survey) error {
		s.Current = max(s.Current, v.Number)
		s.Updated = now.UTC()
		return nil
	})
	return v, err
}

// WithCommunes returns the questionnaire with the communes of the territory,
// by name, at the head of its list called "communes". The one given does not
// change.
func WithCommunes(q Questionnaire, t Territory) *Questionnaire {
	q.Lists = slices.Clone(q.Lists)
	for i, list := range q.Lists {
		if list.Name != CommunesList {
			continue
		}
		communes := slices.Clone(t.Communes)
		slices.SortFunc(communes, func(a, b Commune) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
		var choices []Choice
		for _, c := range communes {
			choices = append(choices, Choice{
				Name: c.Code, Label: q.everywhere(c.Name),
				Extra: map[string]string{"code_postal": strings.Join(c.PostalCodes, " ")},
			})
		}
		known := func(c Choice) bool {
			return slices.ContainsFunc(choices, func(k Choice) bool { return k.Name == c.Name })
		}
		for _, c := range list.Choices {
			if !known(c) {
				choices = append(choices, c)
			}
		}
		q.Lists[i].Choices = choices
	}
	return &q
}

// everywhere is a proper noun: the same text in each language of the
// questionnaire.
func (q Questionnaire) everywhere(name string) Text {
	if len(q.Languages) == 0 {
		return Text{NoLanguage: name}
	}
	text := Text{}
	for _, language := range q.Languages {
		text[language] = name
	}
	return text
}

func siblingForms(ctx context.Context, forms *Forms, survey Survey) (map[string]*Form, error) {
	all, err := forms.Store.Surveys(ctx, survey.Diagnostic)
	if err != nil {
		return nil, err
	}
	siblings := map[string]*Form{}
	for _, s := range all {
		if s.ID == survey.ID || s.Current == 0 {
			continue
		}
		form, err := forms.Form(ctx, s.ID, s.Current)
		if err != nil {
			return nil, err
		}
		siblings[s.Title] = form
	}
	return siblings, nil
}

// crossing holds the questions of a form against those of the same name in
// the other surveys.
func crossing(form *Form, siblings map[string]*Form) Problems {
	var problems Problems
	for title, sibling := range siblings {
		for _, q := range form.Questions {
			other, ok := sibling.Question(q.Name)
			if !ok || !q.Kind.Asked() {
				continue
			}
			refuse := func(code, message string) {
				problems = append(problems, Problem{
					Place: Place{Question: q.Name, Sheet: "survey", Row: q.Row}, Code: code, Message: message,
				})
			}
			switch {
			case q.Kind != other.Kind:
				refuse("crossing.kind", fmt.Sprintf("« %s » est de type %s ici et %s dans l’enquête « %s » : le même nom doit poser la même question. Donnez un autre nom ou le même type.", q.Name, q.Kind, other.Kind, title))
			case !sameCodes(q.Choices, other.Choices):
				refuse("crossing.choices", fmt.Sprintf("« %s » ne propose pas les mêmes choix que dans l’enquête « %s » : reprenez les mêmes codes ou donnez un autre nom.", q.Name, title))
			}
		}
	}
	return problems
}

func sameCodes(a, b []Choice) bool {
	return slices.Equal(sortedCodes(a), sortedCodes(b))
}

func sortedCodes(choices []Choice) []string {
	codes := make([]string, len(choices))
	for i, c := range choices {
		codes[i] = c.Name
	}
	slices.Sort(codes)
	return codes
}
