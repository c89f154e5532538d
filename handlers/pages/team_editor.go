package pages

import (
	"io"

	"diapason/surveys"
	"diapason/surveys/authoring"
)

// TeamEditor is the page where a questionnaire is written: its outline, the
// question that is open in it, and the phone that shows how it looks.
type TeamEditor struct {
	WritingFrame
	Manuscript surveys.Manuscript
	Frame      surveys.Frame
	// Faults are what Compile says of the questionnaire.
	Faults surveys.Problems
	// Hints are what a colleague would say, Siblings what the other audiences
	// are asked.
	Hints    []authoring.Hint
	Siblings []authoring.Sibling

	// Open is the key of the question that is open; Adding is where something
	// is about to be added.
	Open   string
	Adding *EditorPlace
	// Focus is the identifier of the element the keyboard goes to.
	Focus string
	// Undo and Redo say what these buttons would do, "" when nothing.
	Undo, Redo string
	// Refused is what could not be saved, by field; Clauses the condition as
	// it was typed, while a clause lacks its value.
	Refused map[string]Refused
	Clauses *authoring.Condition
	// Notice says what went wrong, or what has just happened; Lost is what
	// somebody wrote in a question that is gone.
	Notice, Lost string
	Remarks      []string
}

// An EditorPlace is where an item is added: in a section ("" is the top), after
// one of its items ("" is the first place).
type EditorPlace struct{ Into, After string }

// Refused is what somebody typed in a field and could not be saved: because it
// cannot be, or because somebody else has written Theirs meanwhile.
type Refused struct {
	Mine, Was string // what was typed, over what the page showed
	Message   string
	Conflict  bool
	Theirs    string
}

var teamEditor = writingPage("team_editor.html", "team_editor_question.html", "team_editor_parts.html")

// editorView is the editor as its template draws it.
type editorView struct {
	TeamEditor
	Outline   editorRoom
	TitleForm editorField
	Tongues   []Tongue
	ToMend    []editorFault // what keeps from publishing
	ToLook    []editorFault // warnings
	Advice    int           // how many hints in all
	General   []string      // hints about the whole questionnaire
	Minutes   int
	Questions int
	FirstHint string // key of the first question with a hint
	When      string // the condition of the question that is open, in words
}

// Render writes the page.
func (p TeamEditor) Render(w io.Writer) error {
	p.Title = "Écrire – " + p.Survey.Title
	p.dress()
	p.Styles = append(p.Styles, "editor.css")
	p.Scripts = append(p.Scripts, "editor.js")
	return draw(w, teamEditor, p.view())
}

func (p TeamEditor) view() editorView {
	q := &p.Manuscript.Questionnaire
	v := editorView{TeamEditor: p, Tongues: Tongues(q), Minutes: authoring.Minutes(q)}
	v.TitleForm = p.field("title", q.Title)
	v.TitleForm.Label = "Titre du questionnaire"
	b := newOutline(p)
	v.Outline = b.room("", q.Items)
	v.Questions = b.number
	v.ToMend, v.ToLook = b.faults(p.Faults.Refusals()), b.faults(p.Faults.Warnings())
	v.Advice = len(p.Hints)
	if item := q.Item(p.Open); item != nil && item.Relevant != "" {
		v.When = "sa condition est vraie"
		if c, ok := authoring.ReadCondition(q, item.Relevant); ok {
			v.When = c.Words(q, authoring.MainLanguage(q))
		}
	}
	for _, h := range p.Hints {
		keys := b.keysOf(h)
		if len(keys) == 0 {
			v.General = append(v.General, h.Message)
		} else if v.FirstHint == "" {
			v.FirstHint = keys[0]
		}
	}
	return v
}

// itemTitle is how the editor names an item on one line: what it says, else
// its name, else its kind.
func itemTitle(q *surveys.Questionnaire, item *surveys.Item) string {
	for _, s := range []string{unmarked(item.Label.In(authoring.MainLanguage(q), surveys.NoLanguage)), unmarked(item.Hint.In(authoring.MainLanguage(q))), item.Name} {
		if s != "" {
			return cut(s, 70)
		}
	}
	return kindOf(item).Word
}

// ShortTitle names an item inside a sentence of the history.
func ShortTitle(q *surveys.Questionnaire, item *surveys.Item) string {
	return "« " + cut(itemTitle(q, item), 36) + " »"
}

// cut shortens a text to at most that many letters.
func cut(s string, letters int) string {
	runes := []rune(s)
	if len(runes) <= letters {
		return s
	}
	return string(runes[:letters-1]) + "…"
}

// An EditorNews tells a page that is open what somebody else did.
type EditorNews struct {
	Revision int64  `json:"revision"`
	By       string `json:"by,omitempty"`   // "" when nothing is new, or it is one's own
	Says     string `json:"says,omitempty"` // in French
}

// TeamPreviewFault stands in the phone while the questionnaire cannot be shown.
type TeamPreviewFault struct {
	Layout
	Base   string
	Faults []editorFault
}

var teamPreviewFault = parse("team_editor_fault.html")

// NewPreviewFault says what keeps a questionnaire from being shown.
func NewPreviewFault(base string, q *surveys.Questionnaire, problems surveys.Problems) TeamPreviewFault {
	b := newOutline(TeamEditor{Manuscript: surveys.Manuscript{Questionnaire: *q}})
	return TeamPreviewFault{Base: base, Faults: b.faults(problems.Refusals())}
}

// Render writes the page.
func (p TeamPreviewFault) Render(w io.Writer) error {
	p.Title, p.Bare = "Aperçu", true
	p.Styles = []string{"form.css"}
	return draw(w, teamPreviewFault, p)
}
