package surveys

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// CommunesList is the list that publication fills with the communes of the
// territory, before the choices its author wrote ("J'habite ailleurs").
const CommunesList = "communes"

// A Publication is a questionnaire about to be published in a survey.
type Publication struct {
	Survey        string // ID
	Questionnaire Questionnaire
}

// Publish freezes questionnaires as the next versions of their surveys, all of
// one diagnostic, and serves them from now on. The problems are all those
// found, warnings included; when one refuses, nothing is published. A question
// that another survey of the diagnostic asks by the same name must be of the
// same kind and offer the same choices: that is what makes the views cross. A
// question that several surveys share changes by publishing them together.
func Publish(ctx context.Context, forms *Forms, now time.Time, drafts ...Publication) ([]Version, Problems, error) {
	p := publisher{forms: forms, byID: map[string]*Form{}, titles: map[string]string{}}
	for _, d := range drafts {
		if err := p.add(ctx, d); err != nil {
			return nil, nil, fmt.Errorf("publish %s: %w", d.Survey, err)
		}
	}
	p.crossing()
	if p.problems.Refusals() != nil {
		return nil, p.problems, nil
	}
	var versions []Version
	for _, d := range p.drafts {
		v, err := freeze(ctx, forms.Store, d.survey, *d.form.Source, now)
		if err != nil {
			return versions, p.problems, err
		}
		versions = append(versions, v)
	}
	return versions, p.problems, nil
}

// publisher holds what is about to be published, and the forms it must agree
// with: by survey ID, those served now, or the drafts that replace them.
type publisher struct {
	forms    *Forms
	drafts   []compiledDraft
	byID     map[string]*Form
	titles   map[string]string
	problems Problems
}

type compiledDraft struct {
	survey Survey
	form   *Form
}

// add compiles a draft and brings in the other surveys of its diagnostic.
func (p *publisher) add(ctx context.Context, d Publication) error {
	survey, err := p.forms.Store.Survey(ctx, d.Survey)
	if err != nil {
		return err
	}
	diagnostic, err := p.forms.Store.Diagnostic(ctx, survey.Diagnostic)
	if err != nil {
		return err
	}
	form, problems := Compile(WithCommunes(d.Questionnaire, diagnostic.Territory))
	p.problems = append(p.problems, problems...)
	if form == nil {
		return nil
	}
	if !slices.ContainsFunc(form.Questions, func(q *Question) bool { return q.Kind.Asked() }) {
		p.problems = append(p.problems, Problem{Code: "questionnaire.empty", Message: "le questionnaire ne pose aucune question : ajoutez-en au moins une."})
	}
	if err := p.siblings(ctx, survey); err != nil {
		return err
	}
	p.drafts = append(p.drafts, compiledDraft{survey, form})
	p.byID[survey.ID], p.titles[survey.ID] = form, form.Questionnaire.Title
	return nil
}

func (p *publisher) siblings(ctx context.Context, survey Survey) error {
	all, err := p.forms.Store.Surveys(ctx, survey.Diagnostic)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID == survey.ID || s.Current == 0 || p.byID[s.ID] != nil {
			continue
		}
		form, err := p.forms.Form(ctx, s.ID, s.Current)
		if err != nil {
			return err
		}
		p.byID[s.ID], p.titles[s.ID] = form, s.Title
	}
	return nil
}

// crossing holds the questions of each draft against those of the same name in
// the other surveys.
func (p *publisher) crossing() {
	for _, d := range p.drafts {
		for _, id := range slices.Sorted(maps.Keys(p.byID)) {
			if id != d.survey.ID {
				p.problems = append(p.problems, disagreements(d.form, p.byID[id], p.titles[id])...)
			}
		}
	}
}

func disagreements(form, sibling *Form, title string) Problems {
	var problems Problems
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
			refuse("crossing.choices", fmt.Sprintf("« %s » ne propose pas les mêmes choix que dans l’enquête « %s » : reprenez les mêmes codes, donnez un autre nom, ou publiez les deux questionnaires ensemble.", q.Name, title))
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
