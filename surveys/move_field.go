package surveys

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Forms of names: of a question, as XLSForm has it (an XML name), and of a
// choice, which people read in exports.
var (
	nameForm = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_.-]*$`)
	codeForm = regexp.MustCompile(`^[^\s"'<>&]+$`)
)

func (q *Questionnaire) setField(m Move) ([]Move, error) {
	if m.Key == "" {
		return q.setTitle(m)
	}
	item := q.Item(m.Key)
	if item == nil {
		return nil, gone()
	}
	m.Now = printable(m.Now)
	current := item.Field(m.Field, m.Language)
	switch {
	case current == m.Now:
		return nil, nil
	case current != m.Was:
		return nil, conflict(Place{Question: item.Name, Column: m.Field}, current)
	}
	if err := q.checkField(item, m); err != nil {
		return nil, err
	}
	if m.Field == "name" && current != "" && m.Now != "" {
		q.rename(current, m.Now)
	}
	item.setField(m.Field, m.Language, m.Now)
	back := m
	// What is kept may be written otherwise than it was asked: "yes", a=1 b=2.
	back.Was, back.Now = item.Field(m.Field, m.Language), current
	if back.Was == back.Now {
		return nil, nil
	}
	return []Move{back}, nil
}

func (q *Questionnaire) setTitle(m Move) ([]Move, error) {
	field := map[string]*string{"title": &q.Title, "default_language": &q.DefaultLanguage}[m.Field]
	switch {
	case field == nil:
		return nil, Problem{Place: Place{Column: m.Field}, Code: "move.field", Message: fmt.Sprintf("Le questionnaire n’a pas de « %s ».", m.Field)}
	case *field == m.Now:
		return nil, nil
	case *field != m.Was:
		return nil, conflict(Place{Column: m.Field}, *field)
	case strings.TrimSpace(m.Now) == "":
		return nil, Problem{Place: Place{Column: m.Field}, Code: "title.missing", Message: "Donnez un titre au questionnaire."}
	case m.Field == "default_language" && !slices.Contains(q.Languages, m.Now):
		return nil, unknownLanguage(m.Now)
	}
	back := m
	back.Was, back.Now = m.Now, *field
	*field = m.Now
	return []Move{back}, nil
}

// checkField refuses what would make the questionnaire unreadable. What is
// only faulty, as an expression half written, is left for [Compile] to say.
func (q *Questionnaire) checkField(item *Item, m Move) error {
	at := Place{Question: item.Name, Column: m.Field}
	switch {
	case item.text(m.Field) != nil && !q.speaks(m.Language):
		return unknownLanguage(m.Language)
	case tooLong(m.Now):
		return longText(at)
	case m.Field == "name" && m.Now == "" && item.Kind == Note: // nobody needs to speak of it
	case m.Field == "name" && !nameForm.MatchString(m.Now):
		return Problem{Place: at, Code: "name.form", Message: fmt.Sprintf(
			"Le nom « %s » ne convient pas : il commence par une lettre et n’a ni espace ni apostrophe, comme medecin_traitant.", m.Now)}
	case m.Field == "name" && reservedName(m.Now):
		return Problem{Place: at, Code: "name.reserved", Message: fmt.Sprintf("Le nom « %s » est réservé aux navigateurs : donnez-en un autre.", m.Now)}
	case m.Field == "name" && q.Named(m.Now) != nil:
		return nameTaken(m.Now)
	case m.Field == "type" && !Kind(m.Now).Known():
		return Problem{Place: at, Code: "kind.unknown", Message: fmt.Sprintf("Le type « %s » n’existe pas.", m.Now)}
	case m.Field == "type" && Kind(m.Now).Section() != item.Kind.Section():
		return Problem{Place: at, Code: "kind.section", Message: "Une question ne peut pas devenir une section, ni une section une question."}
	}
	return nil
}

func (q *Questionnaire) speaks(language string) bool {
	if q.nameless() {
		return language == NoLanguage
	}
	return slices.Contains(q.Languages, language)
}

// maxCell is how many UTF-16 units a cell of a workbook holds: a longer text
// could not leave as it came.
const maxCell = 32_767

func tooLong(s string) bool {
	return len(s) > maxCell && len(utf16.Encode([]rune(s))) > maxCell
}

func longText(at Place) Problem {
	return Problem{Place: at, Code: "text.long", Message: fmt.Sprintf("Ce texte est trop long : %d caractères au plus.", maxCell)}
}

// printable leaves out the control characters that no page or workbook shows.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

func unknownLanguage(language string) Problem {
	return Problem{Place: Place{Column: language}, Code: "language.unknown", Message: fmt.Sprintf(
		"Le questionnaire n’est pas écrit en « %s » : ajoutez d’abord cette langue.", language)}
}

// setChoice writes the label of a choice; another field is a column that
// filters read.
func (q *Questionnaire) setChoice(m Move) ([]Move, error) {
	at := Place{Sheet: "choices", Column: m.Field}
	list, ok := q.List(m.List)
	if !ok {
		return nil, gone()
	}
	i := slices.IndexFunc(list.Choices, func(c Choice) bool { return c.Name == m.Choice })
	if i < 0 {
		return nil, gone()
	}
	if m.Now = printable(m.Now); tooLong(m.Now) {
		return nil, longText(at)
	}
	choice := &list.Choices[i]
	label := m.Field == "label"
	current := choice.Extra[m.Field]
	if label {
		current = choice.Label[m.Language]
	}
	switch {
	case current == m.Now:
		return nil, nil
	case current != m.Was:
		return nil, conflict(at, current)
	case label && !q.speaks(m.Language):
		return nil, unknownLanguage(m.Language)
	case label:
		choice.Label = choice.Label.with(m.Language, m.Now)
	default:
		choice.Extra = withEntry(choice.Extra, m.Field, m.Now)
	}
	back := m
	back.Was, back.Now = m.Now, current
	return []Move{back}, nil
}

// rename makes everything that speaks of a question by name follow its new
// name.
func (q *Questionnaire) rename(from, to string) {
	for i := range q.Items {
		q.Items[i].Refer(from, to)
	}
	follow := follower(from, to)
	for l := range q.Lists {
		for c := range q.Lists[l].Choices {
			q.Lists[l].Choices[c].Label.each(follow)
		}
	}
}

func follower(from, to string) func(string) string {
	reference := regexp.MustCompile(`\$\{\s*` + regexp.QuoteMeta(from) + `\s*\}`)
	return func(s string) string { return reference.ReplaceAllLiteralString(s, "${"+to+"}") }
}

// Refer makes what an item, and those it holds, says of a question by one name
// say it by another.
func (i *Item) Refer(from, to string) {
	follow := follower(from, to)
	for _, column := range textColumns {
		i.text(column).each(follow)
	}
	for _, column := range expressionColumns {
		*i.plain(column) = follow(*i.plain(column))
	}
	for column, cell := range i.Extra {
		i.Extra[column] = follow(cell)
	}
	for name, value := range i.Parameters {
		i.Parameters[name] = follow(value)
	}
	for at := range i.Items {
		i.Items[at].Refer(from, to)
	}
}
