package handlers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/library"
)

// bankAsked is what somebody looks for in the bank of questions.
type bankAsked struct {
	words, theme string
	audience     surveys.Audience
	mine         bool // the questions of the other surveys, not the library's
	place        string
}

// noTheme stands in an address for the questions without a theme.
const noTheme = "aucun"

func bankQuery(values url.Values) bankAsked {
	return bankAsked{
		words: values.Get("q"), theme: values.Get("theme"), audience: surveys.Audience(values.Get("public")),
		mine: values.Get("source") == "enquetes", place: values.Get("ou"),
	}
}

// query is what leads to the same questions.
func (a bankAsked) query() url.Values {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("q", a.words)
	set("theme", a.theme)
	set("public", string(a.audience))
	set("ou", a.place)
	if a.mine {
		set("source", "enquetes")
	}
	return values
}

// bank shows the questions that may be taken.
func (s *Server) bank(c fiber.Ctx, w writing) error {
	values, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return fiber.ErrBadRequest
	}
	asked := bankQuery(values)
	if item := w.manuscript.Questionnaire.Item(values.Get("apres")); item != nil {
		into, _ := w.manuscript.Questionnaire.Where(item.Key)
		asked.place = placeValue(into, item.Key)
	}
	return s.showBank(c, w, asked, nil)
}

func (s *Server) showBank(c fiber.Ctx, w writing, asked bankAsked, problems surveys.Problems) error {
	all, err := s.questions(c.Context(), w, asked.mine)
	if err != nil {
		return err
	}
	elsewhere, err := s.askedElsewhere(c.Context(), w)
	if err != nil {
		return err
	}
	searched := forAudience(library.Search(all, asked.words), asked.audience)
	page := pages.TeamBank{
		WritingFrame: s.writingFrame(c, w), Query: asked.query(), Words: asked.words, ForAudience: asked.audience, Mine: asked.mine,
		Themes: w.themes(searched, asked.theme), Places: places(&w.manuscript.Questionnaire), Place: asked.place,
		Done: s.lastStep(c, w, "/bibliotheque", asked.query()), Told: undone(c), Problems: problems,
	}
	for _, b := range ofTheme(searched, asked.theme) {
		page.Questions = append(page.Questions, w.card(b, all, elsewhere))
	}
	return s.render(c, page)
}

// questions are those of the library, or those of the surveys this account may
// open, but the one being written.
func (s *Server) questions(ctx context.Context, w writing, mine bool) ([]library.BankQuestion, error) {
	if !mine {
		return library.Bank()
	}
	diagnostics, err := s.store.Diagnostics(ctx)
	if err != nil {
		return nil, err
	}
	var all []library.BankQuestion
	for _, d := range diagnostics {
		if !surveys.May(w.account, surveys.RunSurveys, d.ID) {
			continue
		}
		found, err := s.questionsOf(ctx, d, w.survey.ID)
		if err != nil {
			return nil, err
		}
		all = library.Merge(all, found)
	}
	library.ByTheme(all)
	return all, nil
}

func (s *Server) questionsOf(ctx context.Context, d surveys.Diagnostic, except string) ([]library.BankQuestion, error) {
	asked, err := s.store.Surveys(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	var all []library.BankQuestion
	for _, survey := range surveys.InOrder(asked) {
		if survey.ID == except {
			continue
		}
		q, err := s.latest(ctx, survey)
		if err != nil {
			return nil, err
		}
		if q == nil {
			continue
		}
		found := library.Questions(q)
		for i := range found {
			found[i].Audiences = []surveys.Audience{survey.Audience}
			found[i].Surveys = []string{survey.Title + " – " + strings.TrimSpace(d.Title+" "+d.Edition)}
		}
		all = library.Merge(all, found)
	}
	return all, nil
}

// askedElsewhere are the titles of the other surveys of the diagnostic, by the
// name of what they ask.
func (s *Server) askedElsewhere(ctx context.Context, w writing) (map[string][]string, error) {
	titles := map[string][]string{}
	for _, survey := range w.surveys {
		if survey.ID == w.survey.ID {
			continue
		}
		q, err := s.latest(ctx, survey)
		if err != nil {
			return nil, err
		}
		if q == nil {
			continue
		}
		for _, b := range library.Questions(q) {
			titles[b.Name] = append(titles[b.Name], survey.Title)
		}
	}
	return titles, nil
}

// forAudience keeps the questions of an audience. It changes the list given.
func forAudience(all []library.BankQuestion, audience surveys.Audience) []library.BankQuestion {
	if audience == "" {
		return all
	}
	return slices.DeleteFunc(all, func(b library.BankQuestion) bool { return !slices.Contains(b.Audiences, audience) })
}

func ofTheme(all []library.BankQuestion, theme string) []library.BankQuestion {
	if theme == "" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(b library.BankQuestion) bool { return cmp.Or(b.Theme, noTheme) != theme })
}

// takeQuestion puts a question into the questionnaire, with its lists.
func (s *Server) takeQuestion(c fiber.Ctx, w writing) error {
	values, err := url.ParseQuery(copied(c.FormValue("retour")))
	if err != nil {
		return fiber.ErrBadRequest
	}
	asked := bankQuery(values)
	asked.place = copied(c.FormValue("ou"))
	all, err := s.questions(c.Context(), w, asked.mine)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(b library.BankQuestion) bool { return b.ID() == c.FormValue("question") })
	if at < 0 {
		return surveys.ErrNotFound
	}
	err = s.take(c, w, all[at], asked.place)
	if refused := (surveys.Problems)(nil); errors.As(err, &refused) {
		c.Status(fiber.StatusUnprocessableEntity)
		return s.showBank(c, w, asked, refused)
	}
	if err != nil {
		return err
	}
	query := asked.query()
	query.Set("fait", "1")
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + "/bibliotheque?" + query.Encode())
}

// take makes the moves. What they come to is told in the step itself, for the
// history as for the page.
func (s *Server) take(c fiber.Ctx, w writing, b library.BankQuestion, place string) error {
	taken := func(q *surveys.Questionnaire) library.Taking {
		into, after, chosen := placeOfValue(place)
		if !chosen {
			into, after = library.Place(q, b.Theme)
		}
		return b.Take(q, into, after)
	}
	told := taken(&w.manuscript.Questionnaire)
	says := fmt.Sprintf("Question ajoutée%s : « %s ».", within(&w.manuscript.Questionnaire, told.Moves), labelOf(b))
	says = strings.Join(append([]string{says}, told.Told...), " ")
	_, err := s.edit(c, w, says, func(q *surveys.Questionnaire) ([]surveys.Move, error) { return taken(q).Moves, nil })
	return err
}

func labelOf(b library.BankQuestion) string {
	return cmp.Or(b.Item.Label.In(b.Languages...), b.Name)
}

// within says in which section a question went.
func within(q *surveys.Questionnaire, moves []surveys.Move) string {
	for _, move := range moves {
		if section := q.Item(move.Into); move.Do == surveys.Insert && section != nil {
			return " dans « " + pages.PlainLabel(q, section) + " »"
		}
	}
	return ""
}

// placeValue is a place as a form carries it.
func placeValue(into, after string) string { return into + "|" + after }

// placeOfValue reads what [placeValue] wrote; false when nobody chose.
func placeOfValue(s string) (into, after string, chosen bool) { return strings.Cut(s, "|") }
