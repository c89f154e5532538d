package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// translationRoutes are those of the pages for other languages and for the
// questions ready to be taken.
func (s *Server) translationRoutes() []route {
	const texts, bank = "/questionnaires/:survey/traductions", "/questionnaires/:survey/bibliotheque"
	return []route{
		{fiber.MethodGet, texts, surveys.RunSurveys, s.written(s.translations)},
		{fiber.MethodPost, texts, surveys.RunSurveys, s.written(s.translate)},
		{fiber.MethodPost, texts + "/langues", surveys.RunSurveys, s.written(s.addLanguage)},
		{fiber.MethodPost, texts + "/langues/retirer", surveys.RunSurveys, s.written(s.dropLanguage)},
		{fiber.MethodPost, texts + "/reprendre", surveys.RunSurveys, s.written(s.reuseTranslations)},
		{fiber.MethodPost, texts + "/annuler", surveys.RunSurveys, s.written(s.undoLast("/traductions"))},
		{fiber.MethodGet, texts + "/textes.csv", surveys.RunSurveys, s.written(s.textsFile)},
		{fiber.MethodPost, texts + "/textes", surveys.RunSurveys, s.written(s.readTextsFile)},
		{fiber.MethodGet, bank, surveys.RunSurveys, s.written(s.bank)},
		{fiber.MethodPost, bank, surveys.RunSurveys, s.written(s.takeQuestion)},
		{fiber.MethodPost, bank + "/annuler", surveys.RunSurveys, s.written(s.undoLast("/bibliotheque"))},
	}
}

// translationAsked is what a page of translations shows besides the texts.
type translationAsked struct {
	language    string // label or code, "" for the first one
	onlyMissing bool
	typed       string // a language that was refused
	told        []string
	problems    surveys.Problems
	refused     []typedText // texts somebody else has changed meanwhile
}

// translations shows a questionnaire beside its translation.
func (s *Server) translations(c fiber.Ctx, w writing) error {
	asked := translationAsked{language: copied(c.Query("langue")), onlyMissing: c.Query("manque") != ""}
	if asked.language != "" {
		if _, ok := languageNamed(&w.manuscript.Questionnaire, asked.language); !ok {
			return surveys.ErrNotFound
		}
	}
	return s.showTranslation(c, w, asked)
}

func (s *Server) showTranslation(c fiber.Ctx, w writing, asked translationAsked) error {
	q := &w.manuscript.Questionnaire
	page := pages.TeamTranslation{
		WritingFrame: s.writingFrame(c, w), Source: spoken(authoring.MainLanguage(q)), Common: offered(q), Typed: asked.typed,
		OnlyMissing: asked.onlyMissing, Told: append(asked.told, undone(c)...), Problems: asked.problems,
	}
	target, chosen := languageNamed(q, asked.language)
	if all := others(q); !chosen && len(all) > 0 {
		target, chosen = all[0], true
	}
	page.Done = s.lastStep(c, w, "/traductions", url.Values{"langue": {target}})
	for _, label := range others(q) {
		l := spoken(label)
		l.Address, l.Current = w.translationAddress(label), chosen && label == target
		l.Done, l.Total = w.translation(label).count()
		page.Languages = append(page.Languages, l)
		if l.Current {
			page.Target = &l
		}
	}
	if !chosen {
		return s.render(c, page)
	}
	t, err := s.informed(c.Context(), w, w.translation(target))
	if err != nil {
		return err
	}
	page.Groups, page.Known = drawTexts(t, asked)
	return s.render(c, page)
}

// translation is what is to be put into a language, from the manuscript alone.
func (w writing) translation(to string) translation {
	q := &w.manuscript.Questionnaire
	return translation{questionnaire: q, territory: w.diagnostic.Territory, from: authoring.MainLanguage(q), to: to}
}

// informed adds what was published, and what is translated elsewhere in the
// questionnaire or in the other surveys of the diagnostic.
func (s *Server) informed(ctx context.Context, w writing, t translation) (translation, error) {
	if w.manuscript.Base > 0 {
		v, err := s.store.Version(ctx, w.survey.ID, w.manuscript.Base)
		if err != nil {
			return t, err
		}
		t.published = &v.Questionnaire
	}
	siblings, err := s.neighbours(ctx, w)
	if err != nil {
		return t, err
	}
	t.known = map[string]string{}
	for _, q := range append([]*surveys.Questionnaire{t.questionnaire}, siblings...) {
		t.learn(q)
	}
	return t, nil
}

// learn remembers the translations of a questionnaire in the same two
// languages. The first one of a sentence is kept.
func (t translation) learn(q *surveys.Questionnaire) {
	to, ok := languageNamed(q, surveys.LanguageCode(t.to))
	if !ok {
		return
	}
	other := translation{questionnaire: q, from: authoring.MainLanguage(q), to: to}
	for _, block := range other.blocks() {
		for _, text := range block.texts {
			if t.known[text.Source] == "" && text.Text != "" && text.Text != text.Source {
				t.known[text.Source] = text.Text
			}
		}
	}
}

// neighbours are the questionnaires of the other surveys of the diagnostic, as
// they are being written or, when nobody writes them, as they are served.
func (s *Server) neighbours(ctx context.Context, w writing) ([]*surveys.Questionnaire, error) {
	var all []*surveys.Questionnaire
	for _, survey := range w.surveys {
		if survey.ID == w.survey.ID {
			continue
		}
		q, err := s.latest(ctx, survey)
		if err != nil {
			return nil, err
		}
		if q != nil {
			all = append(all, q)
		}
	}
	return all, nil
}

// latest is the questionnaire of a survey as it is being written, else as it
// is served; nil when it has none.
func (s *Server) latest(ctx context.Context, survey surveys.Survey) (*surveys.Questionnaire, error) {
	m, err := s.store.Manuscript(ctx, survey.ID)
	if err == nil {
		return &m.Questionnaire, nil
	}
	if !errors.Is(err, surveys.ErrNotFound) {
		return nil, err
	}
	if survey.Current == 0 {
		return nil, nil
	}
	v, err := s.store.Version(ctx, survey.ID, survey.Current)
	return &v.Questionnaire, err
}

// A typedText is one text as a form sends it: what its author saw, and what
// they want.
type typedText struct {
	place    textPlace
	was, now string
	problem  surveys.Problem // why it was refused
}

// typedTexts reads the texts of a form. Browsers write line ends their own
// way.
func typedTexts(c fiber.Ctx) []typedText {
	form := c.Request().PostArgs()
	places, was, now := form.PeekMulti("lieu"), form.PeekMulti("avait"), form.PeekMulti("texte")
	var all []typedText
	for i := range min(len(places), len(was), len(now)) {
		if place, ok := placeOf(string(places[i])); ok {
			all = append(all, typedText{place: place, was: plainLines(string(was[i])), now: plainLines(string(now[i]))})
		}
	}
	return all
}

func plainLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// translate keeps what was typed. What somebody else changed meanwhile is
// shown again with both texts; the rest is kept.
func (s *Server) translate(c fiber.Ctx, w writing) error {
	label, ok := languageNamed(&w.manuscript.Questionnaire, c.FormValue("langue"))
	if !ok {
		return surveys.ErrNotFound
	}
	m, refused, err := s.keepTexts(c, w, label, "", typedTexts(c))
	if err != nil {
		return err
	}
	w.manuscript = m
	if len(refused) > 0 {
		c.Status(fiber.StatusConflict)
	}
	if wantsJSON(c) {
		return s.tellTexts(c, w, label, refused)
	}
	if len(refused) > 0 {
		return s.showTranslation(c, w, translationAsked{
			language: label, onlyMissing: c.FormValue("manque") != "", refused: refused, problems: problemsOf(refused)})
	}
	back := w.translationAddress(label)
	if c.FormValue("manque") != "" {
		back += "&manque=1"
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(back + "#" + url.PathEscape(c.FormValue("partie")))
}

func problemsOf(refused []typedText) surveys.Problems {
	var problems surveys.Problems
	for _, t := range refused {
		problems = append(problems, t.problem)
	}
	return problems
}

// keepTexts writes texts in one language, as one step; says tells it, "" for
// what the texts themselves tell. It returns those that cannot be kept.
func (s *Server) keepTexts(c fiber.Ctx, w writing, label, says string, typed []typedText) (surveys.Manuscript, []typedText, error) {
	var changed, refused []typedText
	for _, t := range typed {
		if t.now != t.was {
			changed = append(changed, t)
		}
	}
	if len(changed) == 0 {
		return w.manuscript, nil, nil
	}
	if says == "" {
		says = translationSays(w, label, changed)
	}
	m, err := s.edit(c, w, says, func(q *surveys.Questionnaire) (moves []surveys.Move, _ error) {
		moves, refused = textMoves(q, label, changed)
		return moves, nil
	})
	return m, refused, err
}

// textMoves are the moves that can be made, and the texts that cannot be kept.
func textMoves(q *surveys.Questionnaire, label string, typed []typedText) (moves []surveys.Move, refused []typedText) {
	for _, t := range typed {
		was, now := t.was, strings.TrimSpace(t.now)
		if kept, ok := t.place.read(q, label); ok && plainLines(kept) == was {
			was = kept
		}
		move := t.place.move(label, was, now)
		if _, _, problems := surveys.Apply(q, move); problems != nil {
			t.problem = problems[0]
			refused = append(refused, t)
			continue
		}
		moves = append(moves, move)
	}
	return moves, refused
}

// translationSays is how the history tells a translation.
func translationSays(w writing, label string, changed []typedText) string {
	language := spoken(label).Spelled()
	if len(changed) > 1 {
		return fmt.Sprintf("Traduction en %s : %d textes", language, len(changed))
	}
	source, _ := changed[0].place.read(&w.manuscript.Questionnaire, authoring.MainLanguage(&w.manuscript.Questionnaire))
	return fmt.Sprintf("Traduction en %s : « %s »", language, shortened(source))
}

// keptText is what a script is told of the one text it sends.
type keptText struct {
	Kept    bool     `json:"kept"`
	Done    int      `json:"done"`
	Total   int      `json:"total"`
	Text    string   `json:"text"` // as it is now, whoever wrote it
	Hints   []string `json:"hints"`
	Message string   `json:"message,omitempty"`
}

func (s *Server) tellTexts(c fiber.Ctx, w writing, label string, refused []typedText) error {
	t := w.translation(label)
	told := keptText{Kept: len(refused) == 0, Hints: []string{}}
	told.Done, told.Total = t.count()
	if typed := typedTexts(c); len(typed) == 1 {
		source, _ := typed[0].place.read(t.questionnaire, t.from)
		told.Text, _ = typed[0].place.read(t.questionnaire, t.to)
		told.Hints = append(told.Hints, translationHints(source, told.Text)...)
	}
	if !told.Kept {
		told.Message = refused[0].problem.Message
	}
	return c.JSON(told)
}

// reuseTranslations fills what is missing with what is translated elsewhere,
// word for word.
func (s *Server) reuseTranslations(c fiber.Ctx, w writing) error {
	label, ok := languageNamed(&w.manuscript.Questionnaire, c.FormValue("langue"))
	if !ok {
		return surveys.ErrNotFound
	}
	t, err := s.informed(c.Context(), w, w.translation(label))
	if err != nil {
		return err
	}
	var typed []typedText
	for _, block := range t.blocks() {
		for _, text := range block.texts {
			if text.Known != "" {
				typed = append(typed, typedText{place: text.textPlace, now: text.Known})
			}
		}
	}
	says := fmt.Sprintf("Traductions reprises d’ailleurs en %s : %d", spoken(label).Spelled(), len(typed))
	if _, _, err := s.keepTexts(c, w, label, says, typed); err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.translationAddress(label) + "&fait=1")
}
