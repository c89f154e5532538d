package handlers

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// review fills in what there is to read before publishing.
func (s *Server) review(c fiber.Ctx, w writing, served surveys.Version, page *pages.TeamPublication) error {
	page.Questions, page.Minutes = pages.CountQuestions(&w.manuscript.Questionnaire), authoring.Minutes(&w.manuscript.Questionnaire)
	if w.survey.Current > 0 {
		page.Changes = changes(&served.Questionnaire, &w.manuscript.Questionnaire)
	}
	companions, err := s.companions(c, w)
	if err != nil {
		return err
	}
	alone, err := surveys.Rehearse(c.Context(), s.forms, publicationOf(w.survey, w.manuscript))
	if err != nil {
		return err
	}
	if err := s.together(c, w, alone, companions, page); err != nil {
		return err
	}
	page.Mend = w.asFaults(alone.Refusals())
	page.Warnings = w.asFaults(alone.Warnings())
	page.Hints, err = s.countHints(c, w)
	page.Untranslated = untranslated(&w.manuscript.Questionnaire)
	return err
}

// A companion is another survey of the diagnostic whose manuscript is not what
// it serves: it may be published along.
type companion struct {
	survey     surveys.Survey
	manuscript surveys.Manuscript
	changes    []pages.ChangeGroup
}

func publicationOf(survey surveys.Survey, m surveys.Manuscript) surveys.Publication {
	return surveys.Publication{Survey: survey.ID, Questionnaire: m.Questionnaire}
}

// companions are the other surveys that wait to be published.
func (s *Server) companions(c fiber.Ctx, w writing) ([]companion, error) {
	var found []companion
	for _, survey := range w.surveys {
		if survey.ID == w.survey.ID {
			continue
		}
		m, err := s.store.Manuscript(c.Context(), survey.ID)
		if errors.Is(err, surveys.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		served, err := s.served(c, survey)
		if err != nil {
			return nil, err
		}
		if unpublished(survey, served, m, w.diagnostic) {
			found = append(found, companion{survey, m, changes(&served.Questionnaire, &m.Questionnaire)})
		}
	}
	return found, nil
}

// together offers to publish other questionnaires along with this one: those
// without which a disagreement stays are proposed at once.
func (s *Server) together(c fiber.Ctx, w writing, alone surveys.Problems, companions []companion, page *pages.TeamPublication) error {
	own := len(alone.Refusals()) - crossing(alone.Refusals())
	solving, err := s.solving(c, w, own, companions)
	if err != nil {
		return err
	}
	for _, other := range companions {
		page.Companions = append(page.Companions, pages.Companion{
			Survey: other.survey, Revision: other.manuscript.Revision, Changes: other.changes,
			Address: w.writingAddress(other.survey.ID) + "/publication",
			Solves:  crossing(alone.Refusals()) > 0 && slices.ContainsFunc(solving, func(k companion) bool { return k.survey.ID == other.survey.ID }),
		})
	}
	page.Solved = own == 0 && len(solving) > 0 && crossing(alone.Refusals()) > 0
	return nil
}

// solving is the smallest part of some companions with which no questionnaire
// disagrees with another, found by leaving out one after the other; nil when
// not even all of them are enough.
func (s *Server) solving(c fiber.Ctx, w writing, own int, companions []companion) ([]companion, error) {
	agree, err := s.agree(c, w, own, companions)
	if err != nil || !agree {
		return nil, err
	}
	needed := slices.Clone(companions)
	for _, other := range companions {
		without := slices.DeleteFunc(slices.Clone(needed), func(k companion) bool { return k.survey.ID == other.survey.ID })
		agree, err := s.agree(c, w, own, without)
		if err != nil {
			return nil, err
		}
		if agree {
			needed = without
		}
	}
	return needed, nil
}

// agree reports whether this questionnaire and some companions can be published
// together, but for the faults this one has of its own.
func (s *Server) agree(c fiber.Ctx, w writing, own int, companions []companion) (bool, error) {
	all := []surveys.Publication{publicationOf(w.survey, w.manuscript)}
	for _, other := range companions {
		all = append(all, publicationOf(other.survey, other.manuscript))
	}
	problems, err := surveys.Rehearse(c.Context(), s.forms, all...)
	return crossing(problems) == 0 && len(problems.Refusals()) <= own, err
}

// crossing counts the questions that two surveys do not ask alike.
func crossing(problems surveys.Problems) int {
	n := 0
	for _, p := range problems {
		if strings.HasPrefix(p.Code, "crossing.") {
			n++
		}
	}
	return n
}

// asFaults are problems with the way to the question, in the page where it is
// written. Questions that disagree with another survey in the same way are told
// together.
func (w writing) asFaults(problems surveys.Problems) []pages.QuestionFault {
	var faults []pages.QuestionFault
	for _, p := range problems {
		fault := pages.QuestionFault{QuestionLink: w.linkTo(p.Place.Question), Message: pages.Sentence(p.Message)}
		if strings.HasPrefix(p.Code, "crossing.") {
			_, fault.Way, _ = strings.Cut(p.Message, "»")
		}
		last := len(faults) - 1
		switch {
		case last >= 0 && faults[last].Way != "" && faults[last].Way == fault.Way:
			faults[last].Also = append(faults[last].Also, fault.QuestionLink)
		case !slices.ContainsFunc(faults, func(k pages.QuestionFault) bool {
			return k.QuestionLink == fault.QuestionLink && k.Message == fault.Message
		}):
			faults = append(faults, fault)
		}
	}
	return faults
}

// linkTo is the way to a question of the manuscript; without an address when
// it is not there.
func (w writing) linkTo(name string) pages.QuestionLink {
	item := w.manuscript.Questionnaire.Named(name)
	if item == nil || name == "" {
		return pages.QuestionLink{Label: name}
	}
	return pages.QuestionLink{Label: pages.PlainLabel(&w.manuscript.Questionnaire, item), Address: w.base() + "?question=" + item.Key}
}

// countHints is how many hints an expert colleague would give.
func (s *Server) countHints(c fiber.Ctx, w writing) (int, error) {
	siblings, err := s.audienceForms(c, w)
	if err != nil {
		return 0, err
	}
	return len(authoring.Hints(&w.manuscript.Questionnaire, siblings)), nil
}

// untranslated counts the texts each language lacks, the main one aside.
func untranslated(q *surveys.Questionnaire) []pages.MissingTexts {
	var missing []pages.MissingTexts
	for _, language := range q.Languages {
		if done, total := authoring.Translated(q, language); done < total {
			missing = append(missing, pages.MissingTexts{Language: language, Count: total - done})
		}
	}
	return missing
}

// versionLines is the history of a survey, newest first.
func (s *Server) versionLines(c fiber.Ctx, w writing) ([]pages.VersionLine, error) {
	versions, err := s.store.Versions(c.Context(), w.survey.ID)
	var lines []pages.VersionLine
	for _, v := range slices.Backward(versions) {
		lines = append(lines, pages.VersionLine{
			Number: v.Number, Published: v.Published, Questions: pages.CountQuestions(&v.Questionnaire),
			Languages: pages.NamedTongues(&v.Questionnaire), Served: v.Number == w.survey.Current,
		})
	}
	return lines, err
}

// compareVersions fills in the differences between the two versions the
// address names.
func (s *Server) compareVersions(c fiber.Ctx, w writing, page *pages.TeamPublication) error {
	from, to := c.Query("de"), c.Query("a")
	if from == "" || to == "" {
		if n := len(page.Versions); n > 1 {
			page.From, page.To = page.Versions[1].Number, page.Versions[0].Number
		}
		return nil
	}
	old, err := s.versionOf(c, w.survey, from)
	if err != nil {
		return err
	}
	new, err := s.versionOf(c, w.survey, to)
	if err != nil {
		return err
	}
	page.From, _ = strconv.Atoi(from)
	page.To, _ = strconv.Atoi(to)
	page.Compared, page.Between = true, changes(&old.Questionnaire, &new.Questionnaire)
	return nil
}
