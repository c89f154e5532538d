package handlers

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// takenBack is what surveys.Undo and surveys.Redo have in common.
type takenBack = func(ctx context.Context, store surveys.Store, survey, by string, now time.Time) (surveys.Manuscript, surveys.Step, error)

// editQuestion saves what changed in the form of a question, and does what its
// button asks. What cannot be saved does not keep the rest from being.
func (s *Server) editQuestion(c fiber.Ctx, w writing) error {
	e := newEdition(entries(c))
	m, err := s.edit(c, w, e.says(&w.manuscript.Questionnaire), func(q *surveys.Questionnaire) ([]surveys.Move, error) {
		e.run(q)
		return e.moves, nil
	})
	if err != nil {
		return err
	}
	w.manuscript = m
	return s.settle(c, w, e.desk)
}

// An edition is a form of the editor on its way to moves. Fields are named by
// the column they write: v.label is what it becomes and w.label what the page
// showed; "faire" is the button.
type edition struct {
	desk
	typed    url.Values
	key      string
	do, with string // "choix-haut.oui" is do and with

	now   *surveys.Questionnaire // as the moves lead to it
	moves []surveys.Move
}

func newEdition(typed url.Values) *edition {
	e := &edition{typed: typed, key: typed.Get("cle")}
	e.do, e.with, _ = strings.Cut(typed.Get("faire"), ".")
	return e
}

// run finds the moves that this questionnaire takes. It may run again, on what
// somebody else has changed meanwhile.
func (e *edition) run(q *surveys.Questionnaire) {
	e.desk = desk{open: e.typed.Get("ouverte")}
	e.now, e.moves = q, nil
	if e.key != "" && q.Item(e.key) == nil {
		e.gone()
		return
	}
	for _, column := range e.columns() {
		e.column(column)
	}
	if act := acts[e.do]; act != nil && e.key != "" {
		act(e)
	}
	if e.now.Item(e.open) == nil {
		e.open = ""
	}
}

// gone says that the item is no longer there, and gives back what was written
// for it.
func (e *edition) gone() {
	e.notice, e.status = "Quelqu’un d’autre vient de supprimer cette question.", fiber.StatusConflict
	if e.open == e.key {
		e.open = ""
	}
	var lost []string
	for _, column := range e.columns() {
		if words := e.value(column); words != "" && columnWords[column] != "" {
			lost = append(lost, words)
		}
	}
	e.lost = strings.Join(lost, " / ")
}

// columns are those of the form that say something else than the page showed,
// in order.
func (e *edition) columns() []string {
	var changed []string
	for _, field := range slices.Sorted(maps.Keys(e.typed)) {
		column, shown := strings.CutPrefix(field, "w.")
		switch {
		case !shown || e.do == "prendre" && e.with == column:
		case column == "si" || column == "regle" || e.value(column) != e.was(column):
			changed = append(changed, column)
		}
	}
	return changed
}

// value is what a field was made to say, and was what the page showed there: a
// form turns the ends of lines into two characters.
func (e *edition) value(column string) string { return plainText(e.typed.Get("v." + column)) }

func (e *edition) was(column string) string { return plainText(e.typed.Get("w." + column)) }

func plainText(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// seen is what a move says that its author saw: what is there now when the page
// showed just that, or when the person keeps their own over it.
func (e *edition) seen(column, current string) string {
	shown := e.was(column)
	if e.do == "garder" && e.with == column {
		shown = plainText(e.typed.Get("t." + column))
	}
	if plainText(current) == shown {
		return current
	}
	return shown
}

// try makes moves, or tells beside the field why they cannot be made.
func (e *edition) try(column string, moves ...surveys.Move) bool {
	next, _, problems := surveys.Apply(e.now, moves...)
	if problems != nil {
		e.refuse(column, problems[0])
		return false
	}
	e.now, e.moves = next, append(e.moves, moves...)
	return true
}

func (e *edition) refuse(column string, p surveys.Problem) {
	if p.Code == surveys.MoveGone {
		e.notice, e.status = p.Message, fiber.StatusConflict
		return
	}
	if column == "" {
		e.notice, e.status = p.Message, max(e.status, fiber.StatusUnprocessableEntity)
		return
	}
	r := pages.Refused{Mine: e.value(column), Was: e.was(column), Message: p.Message, Conflict: p.Code == surveys.MoveConflict}
	e.status = max(e.status, fiber.StatusUnprocessableEntity)
	if r.Conflict {
		e.status = fiber.StatusConflict
		if len(p.Args) > 0 {
			r.Theirs = fmt.Sprint(p.Args[0])
		}
	}
	if e.refused == nil {
		e.refused = map[string]pages.Refused{}
	}
	e.refused[column] = r
}

// problem refuses a field in words of the editor's own.
func (e *edition) problem(column, message string) {
	e.refuse(column, surveys.Problem{Message: message})
}

func (e *edition) item() *surveys.Item { return e.now.Item(e.key) }

func (e *edition) language() string { return authoring.MainLanguage(e.now) }

// columnWords name the columns in the history.
var columnWords = map[string]string{
	"title": "titre", "label": "texte", "hint": "aide", "guidance_hint": "consigne", "type": "type de réponse",
	"required": "réponse obligatoire", "required_message": "message", "constraint_message": "message",
	"relevant": "condition", "si": "condition", "constraint": "règle", "regle": "règle", "calculation": "calcul",
	"default": "réponse donnée d’avance", "choice_filter": "filtre des choix", "read_only": "lecture seule",
	"repeat_count": "répétitions", "theme": "thème", "profile": "profil", "short": "version courte",
	"sensitive": "réponse sensible", "name": "nom", "list": "liste de choix", "or_other": "« Autre »",
	"lignes": "lignes", "apparence": "présentation",
}

// actWords say what the buttons do, after the title of the question.
var actWords = map[string]string{
	"haut": " montée", "bas": " descendue", "entrer": " déplacée", "sortir": " déplacée", "placer": " déplacée",
	"dupliquer": " dupliquée", "supprimer": " supprimée", "detacher": " : liste détachée",
	"choix-haut": " : choix", "choix-bas": " : choix", "choix-oter": " : choix retiré", "choix-ajouter": " : choix ajouté",
	"coller-ajouter": " : choix ajoutés", "coller-remplacer": " : choix remplacés",
}

// says tells the step in French, as the history and the undo button do.
func (e *edition) says(q *surveys.Questionnaire) string {
	title := "Titre du questionnaire"
	if item := q.Item(e.key); item != nil {
		title = pages.ShortTitle(q, item)
	}
	if words := actWords[e.do]; words != "" {
		return title + words
	}
	var words []string
	for _, column := range e.columns() {
		if e.key == "" {
			break
		}
		name := columnWords[column]
		switch {
		case column == "si" && !e.conditionChanged(q) || column == "regle" && !e.ruleChanged(q):
			continue
		case strings.HasPrefix(column, "choice.") || strings.HasPrefix(column, "code."):
			name = "choix"
		case strings.HasPrefix(column, "param."):
			name = "réglages"
		}
		if name != "" && !slices.Contains(words, name) {
			words = append(words, name)
		}
	}
	if words == nil {
		return title
	}
	return title + " : " + strings.Join(words, ", ")
}

// checkExpression says whether an expression being typed is right, without
// saving it.
func (s *Server) checkExpression(c fiber.Ctx, w writing) error {
	typed := entries(c)
	q, column := &w.manuscript.Questionnaire, typed.Get("colonne")
	item := q.Item(typed.Get("cle"))
	if item == nil || !slices.Contains(expressionColumns, column) {
		return surveys.ErrNotFound
	}
	next, _, problems := surveys.Apply(q, surveys.Move{
		Do: surveys.SetField, Key: item.Key, Field: column, Was: item.Field(column, ""), Now: plainText(typed.Get("valeur")),
	})
	if problems != nil {
		return c.JSON(checked{Wrong: true, Says: problems[0].Message})
	}
	_, problems = surveys.Compile(surveys.WithCommunes(*next, w.diagnostic.Territory))
	for _, p := range problems {
		if p.Place.Question == item.Name && p.Place.Column == column {
			return c.JSON(checked{Wrong: true, Says: p.Message})
		}
	}
	return c.JSON(checked{Says: meaning(next, next.Item(item.Key), column)})
}

// checked is what the page is told of an expression.
type checked struct {
	Wrong bool   `json:"wrong"`
	Says  string `json:"says"`
}

// meaning says a right expression as a sentence, where one can.
func meaning(q *surveys.Questionnaire, item *surveys.Item, column string) string {
	if expression := item.Field(column, ""); expression == "" {
		return ""
	}
	if column == "relevant" {
		if condition, ok := authoring.ReadCondition(q, item.Relevant); ok {
			return condition.Sentence(q, authoring.MainLanguage(q))
		}
	}
	return "L’expression est juste."
}

var expressionColumns = []string{"relevant", "constraint", "calculation", "choice_filter", "read_only", "repeat_count", "required", "default"}
