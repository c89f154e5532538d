package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// paper is the questionnaire to print: the version that is served, the one the
// address names, or what is written now when it says 0 or nothing is published.
func (s *Server) paper(c fiber.Ctx, w writing) error {
	form, version, problems, err := s.paperForm(c, w)
	if err != nil {
		return err
	}
	if form == nil {
		c.Status(fiber.StatusConflict)
		return s.render(c, pages.PaperRefused{WritingFrame: s.writingFrame(c, w), Mend: w.asFaults(problems.Refusals())})
	}
	versions, err := s.versionLines(c, w)
	if err != nil {
		return err
	}
	return s.render(c, pages.TeamPaper{
		Layout: pages.Layout{Audience: string(w.survey.Audience), Demo: w.diagnostic.Demo},
		Survey: w.survey, Diagnostic: w.diagnostic, Form: form, Version: version, Versions: versions,
		Language: copied(c.Query("langue")), Large: c.Query("grand") != "",
		Conditions: paperConditions(form.Questionnaire), Offered: form.Path(surveys.Answers{}, s.now()).Choices,
		Address: w.base() + "/papier", Back: w.questionnairesAddress(), Web: s.surveyAddress(c, w.survey),
	})
}

// paperForm is the form to print, with the number of its version, 0 for the
// manuscript; nil with what is wrong when it cannot be followed on paper
// either.
func (s *Server) paperForm(c fiber.Ctx, w writing) (*surveys.Form, int, surveys.Problems, error) {
	asked := c.Query("version")
	if asked == "" && w.survey.Current > 0 || asked != "" && asked != "0" {
		v, err := s.served(c, w.survey)
		if asked != "" {
			v, err = s.versionOf(c, w.survey, asked)
		}
		if err != nil {
			return nil, 0, nil, err
		}
		form, err := s.forms.Form(c.Context(), w.survey.ID, v.Number)
		return form, v.Number, nil, err
	}
	form, problems := surveys.Compile(surveys.WithCommunes(w.manuscript.Questionnaire, w.diagnostic.Territory))
	return form, 0, problems, nil
}

// paperConditions are the conditions of a questionnaire that a sentence can
// say, by item. What only repeats that the questionnaire has not ended is left
// out: whoever reads on has met it.
func paperConditions(q *surveys.Questionnaire) map[string]pages.PaperCondition {
	passed := authoring.Passed(q)
	conditions := map[string]pages.PaperCondition{}
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if item.Relevant == "" {
			return
		}
		read, ok := authoring.ReadCondition(q, item.Relevant)
		condition := pages.PaperCondition{Any: read.Any, Unsaid: !ok}
		for _, clause := range read.Clauses {
			if read.Any || !passed[clause] {
				condition.Clauses = append(condition.Clauses, pages.PaperClause{
					Question: clause.Question, Is: clause.Is, Values: paperValues(clause),
				})
			}
		}
		if condition.Unsaid || condition.Clauses != nil {
			conditions[item.Name] = condition
		}
	})
	return conditions
}

// paperValues are the values of a clause, one by one.
func paperValues(clause authoring.Clause) []string {
	switch {
	case !clause.Is.NeedsValue():
		return nil
	case clause.Is == authoring.OneOf || clause.Is == authoring.NoneOf:
		return strings.Fields(clause.Value)
	}
	return []string{clause.Value}
}
