package handlers

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// editorRoutes are those of the page where a questionnaire is written.
func (s *Server) editorRoutes() []route {
	const base = "/questionnaires/:survey"
	return []route{
		{fiber.MethodGet, base, surveys.RunSurveys, s.written(s.editor)},
		{fiber.MethodPost, base + "/question", surveys.RunSurveys, s.written(s.editQuestion)},
		{fiber.MethodPost, base + "/ajouter", surveys.RunSurveys, s.written(s.addItem)},
		{fiber.MethodPost, base + "/annuler", surveys.RunSurveys, s.written(s.takeBack(surveys.Undo))},
		{fiber.MethodPost, base + "/refaire", surveys.RunSurveys, s.written(s.takeBack(surveys.Redo))},
		{fiber.MethodPost, base + "/verifier", surveys.RunSurveys, s.written(s.checkExpression)},
		{fiber.MethodGet, base + "/nouvelles", surveys.RunSurveys, s.written(s.editorNews)},
		{fiber.MethodGet, base + "/apercu", surveys.RunSurveys, s.written(s.previewForm)},
	}
}

// editor shows the questionnaire, with the question the address names open.
func (s *Server) editor(c fiber.Ctx, w writing) error {
	d := desk{open: copied(c.Query("question"))}
	if d.open != "" && w.manuscript.Questionnaire.Item(d.open) == nil {
		d.open, d.notice = "", "Cette question n’existe plus : quelqu’un l’a sans doute supprimée."
	}
	if c.Query("ajouter") != "" {
		d.place = &pages.EditorPlace{Into: copied(c.Query("dans")), After: copied(c.Query("apres"))}
	}
	return s.showEditor(c, w, d)
}

// desk is what the editor shows besides the questionnaire: what is open, and
// what came of a change.
type desk struct {
	open    string
	place   *pages.EditorPlace
	focus   string // identifier of an element
	notice  string
	lost    string
	remarks []string
	refused map[string]pages.Refused
	clauses *authoring.Condition
	status  int // 0 is 200
}

// deskHeader marks the requests of the page's own script, which puts the answer
// in place instead of following to another page.
const deskHeader = "Diapason-Desk"

// settle answers a change: with the page itself where something has to be told
// there, else by leading back to it.
func (s *Server) settle(c fiber.Ctx, w writing, d desk) error {
	told := d.notice != "" || d.lost != "" || d.remarks != nil || d.refused != nil || d.clauses != nil
	if told || c.Get(deskHeader) != "" {
		return s.showEditor(c, w, d)
	}
	address := w.base()
	if d.open != "" {
		address += "?question=" + url.QueryEscape(d.open)
	}
	if d.focus != "" {
		address += "#" + d.focus
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(address)
}

func (s *Server) showEditor(c fiber.Ctx, w writing, d desk) error {
	siblings, err := s.audienceForms(c, w)
	if err != nil {
		return err
	}
	m := w.manuscript
	page := pages.TeamEditor{
		WritingFrame: s.writingFrame(c, w), Manuscript: m, Frame: w.diagnostic.Frame, Siblings: siblings,
		Hints: authoring.Hints(&m.Questionnaire, siblings),
		Open:  d.open, Adding: d.place, Focus: d.focus, Notice: d.notice, Lost: d.lost, Remarks: d.remarks,
		Refused: d.refused, Clauses: d.clauses,
	}
	undo, _ := lastBy(w.account.Login, m.Done)
	redo, _ := lastBy(w.account.Login, m.Undone)
	page.Undo, page.Redo = undo.Says, redo.Says
	_, page.Faults = surveys.Compile(surveys.WithCommunes(m.Questionnaire, w.diagnostic.Territory))
	c.Set(fiber.HeaderContentSecurityPolicy, framingPolicy)
	if d.status != 0 {
		c.Status(d.status)
	}
	return s.render(c, page)
}

// audienceForms are what the other audiences of the diagnostic are asked.
func (s *Server) audienceForms(c fiber.Ctx, w writing) ([]authoring.Sibling, error) {
	var all []authoring.Sibling
	for _, other := range w.surveys {
		if other.ID == w.survey.ID || other.Current == 0 {
			continue
		}
		v, err := s.store.Version(c.Context(), other.ID, other.Current)
		if err != nil {
			return nil, err
		}
		all = append(all, authoring.Sibling{Title: other.Title, Audience: other.Audience, Questionnaire: &v.Questionnaire})
	}
	return all, nil
}

// lastBy is the last of the steps a person made; false when there is none.
func lastBy(login string, steps []surveys.Step) (surveys.Step, bool) {
	for _, step := range slices.Backward(steps) {
		if step.By == login {
			return step, true
		}
	}
	return surveys.Step{}, false
}

// takeBack undoes or redoes the person's last step.
func (s *Server) takeBack(do takenBack) func(fiber.Ctx, writing) error {
	return func(c fiber.Ctx, w writing) error {
		d := desk{open: copied(c.FormValue("ouverte"))}
		m, _, err := do(c.Context(), s.store, w.survey.ID, w.account.Login, s.now())
		var problems surveys.Problems
		switch {
		case errors.Is(err, surveys.ErrNothingToUndo):
			d.notice, d.status = "Il n’y a plus rien à annuler ni à refaire de votre côté.", fiber.StatusConflict
		case errors.As(err, &problems):
			d.notice, d.status = "Quelqu’un d’autre a changé la même chose depuis : ce changement ne peut plus être repris.", fiber.StatusConflict
		case err != nil:
			return err
		default:
			d.focus = changedLine(&w.manuscript.Questionnaire, &m.Questionnaire)
			w.manuscript = m
		}
		if w.manuscript.Questionnaire.Item(d.open) == nil {
			d.open = ""
		}
		return s.settle(c, w, d)
	}
}

// changedLine is the line of the first item that one questionnaire has and the
// other has not, or has elsewhere; "" when there is none.
func changedLine(before, after *surveys.Questionnaire) string {
	var line string
	after.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if line != "" {
			return
		}
		old := before.Item(item.Key)
		wasInto, wasAfter := before.Where(item.Key)
		if into, after := after.Where(item.Key); old == nil || into != wasInto || after != wasAfter {
			line = "l-" + item.Key
		}
	})
	return line
}

// editorNews tells whether somebody changed the questionnaire since the page
// was drawn.
func (s *Server) editorNews(c fiber.Ctx, w writing) error {
	m := w.manuscript
	news := pages.EditorNews{Revision: m.Revision}
	seen, _ := strconv.ParseInt(c.Query("depuis"), 10, 64) // 0 has seen nothing
	if m.Revision == seen || m.By == w.account.Login {
		return c.JSON(news)
	}
	var err error
	if news.By, err = s.nameOf(c, m.By); err != nil {
		return err
	}
	for _, steps := range [][]surveys.Step{m.Done, m.Undone} {
		if last := len(steps) - 1; last >= 0 && steps[last].At.Equal(m.Updated) {
			news.Says = steps[last].Says
		}
	}
	return c.JSON(news)
}

// previewForm is the respondent's page of the questionnaire as it stands.
func (s *Server) previewForm(c fiber.Ctx, w writing) error {
	c.Set(fiber.HeaderContentSecurityPolicy, framedPolicy)
	form, problems := surveys.Compile(surveys.WithCommunes(w.manuscript.Questionnaire, w.diagnostic.Territory))
	if form == nil {
		return s.render(c, pages.NewPreviewFault(w.base(), &w.manuscript.Questionnaire, problems))
	}
	return s.render(c, pages.Form{
		Survey: w.survey, Diagnostic: w.diagnostic, Form: form, Version: w.survey.Current, Preview: true,
		ID: surveys.NewResponseID(s.now()), Language: s.language(c, form), Mode: surveys.Web, Begun: form.Begin(s.now()),
	})
}
