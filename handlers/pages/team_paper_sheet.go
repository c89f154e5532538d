package pages

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"diapason/surveys"
)

// A paperBlock is one thing on the sheet, in reading order.
type paperBlock struct {
	Kind        paperKind
	Number      string // of a question
	Level       int    // of a heading, 2 to 4
	Label, Hint template.HTML
	// Only tells who answers what follows, and where the others go.
	Only, Else string
	How        string // to answer: one, several…
	Choices    []template.HTML
	Layout     string // of the choices: on one line, in columns
	Lines      int    // to write on
	Rows       []paperBlock
	LowLabel   string
	TopLabel   string
	WriteIn    bool // the list is too long for paper
	Stop       bool // this note ends the questionnaire
}

// paperKind is how a block is drawn.
type paperKind string

// The kinds of blocks.
const (
	paperHeading paperKind = "heading"
	paperNote    paperKind = "note"
	paperOnly    paperKind = "only"
	paperOne     paperKind = "one"
	paperMany    paperKind = "many"
	paperRank    paperKind = "rank"
	paperScale   paperKind = "scale"
	paperMatrix  paperKind = "matrix"
	paperText    paperKind = "text"
	paperNumber  paperKind = "number"
	paperDate    paperKind = "date"
	paperTime    paperKind = "time"
	paperTick    paperKind = "tick"
)

// Limits of what a sheet can show.
const (
	// paperChoices is how many choices are printed; a longer list is answered
	// by writing.
	paperChoices = 40
	// paperColumns is how many choices a matrix may have beside its rows.
	paperColumns = 7
	// A line holds about so many letters, of which a box takes some.
	lineWidth, boxWidth = 92, 4
	longList            = 8
)

// paperSheet numbers the questions of a form, then draws them.
type paperSheet struct {
	page    TeamPaper
	builder *builder
	lang    string
	numbers map[string]string // by name
	order   []string          // names of the numbered, in reading order
}

func newPaperSheet(p TeamPaper, t Tongue) *paperSheet {
	s := &paperSheet{
		page: p, lang: t.Code, numbers: map[string]string{},
		builder: newBuilder(Form{Form: p.Form}, newReader(p.Form.Questionnaire, t), t.Code, p.Form.Logic()),
	}
	s.number(p.Form.Questionnaire.Items)
	return s
}

func (s *paperSheet) say(key string, args ...any) string { return Translate(s.lang, key, args...) }

func (s *paperSheet) text(t surveys.Text) template.HTML { return s.builder.texts.rich(t) }

// number gives each question its number; the rows of a matrix share one and
// have a letter each.
func (s *paperSheet) number(items []surveys.Item) {
	for i := range items {
		item := &items[i]
		switch {
		case s.matrix(item):
			s.take(item.Name)
			letter := 'a'
			for _, row := range item.Items {
				if row.Kind.Asked() {
					s.numbers[row.Name] = s.numbers[item.Name] + string(letter)
					letter++
				}
			}
		case item.Kind.Section():
			s.number(item.Items)
		case item.Kind.Asked():
			s.take(item.Name)
		}
	}
}

func (s *paperSheet) take(name string) {
	s.order = append(s.order, name)
	s.numbers[name] = fmt.Sprint(len(s.order))
}

// matrix reports whether an item is drawn as a table: one whose choices fit
// side by side.
func (s *paperSheet) matrix(item *surveys.Item) bool {
	if item.Kind != surveys.Group || !s.builder.isMatrix(item) {
		return false
	}
	first := slices.IndexFunc(item.Items, func(i surveys.Item) bool { return i.Kind.Asked() })
	list, _ := s.page.Form.Questionnaire.List(item.Items[first].List)
	conditional := slices.ContainsFunc(item.Items, func(i surveys.Item) bool { _, has := s.page.Conditions[i.Name]; return has })
	return len(list.Choices) <= paperColumns && !conditional
}

func (s *paperSheet) blocks() []paperBlock { return s.draw(s.page.Form.Questionnaire.Items, 2) }

// draw draws the items of a section. Neighbours under the same condition are
// announced once.
func (s *paperSheet) draw(items []surveys.Item, level int) []paperBlock {
	var blocks []paperBlock
	for i := 0; i < len(items); {
		end := i + 1
		for end < len(items) && s.sameCondition(&items[i], &items[end]) {
			end++
		}
		blocks = append(blocks, s.announce(items[i:end])...)
		for ; i < end; i++ {
			blocks = append(blocks, s.drawItem(&items[i], level)...)
		}
	}
	return blocks
}

// sameCondition reports whether two questions are for the same people; each
// note tells for itself whom it is for.
func (s *paperSheet) sameCondition(a, b *surveys.Item) bool {
	_, has := s.page.Conditions[a.Name]
	return has && a.Kind != surveys.Note && b.Kind != surveys.Note && a.Relevant == b.Relevant
}

func (s *paperSheet) drawItem(item *surveys.Item, level int) []paperBlock {
	switch {
	case s.matrix(item):
		return []paperBlock{s.table(item)}
	case item.Kind == surveys.Repeat:
		return s.rows(item, level)
	case item.Kind.Section():
		return s.section(item, level)
	case item.Kind == surveys.Note:
		return []paperBlock{s.note(item)}
	case item.Kind.Asked():
		if q, ok := s.page.Form.Question(item.Name); ok {
			return []paperBlock{s.question(q)}
		}
	}
	return nil
}

func (s *paperSheet) section(item *surveys.Item, level int) []paperBlock {
	inner := s.draw(item.Items, min(level+1, 4))
	if len(inner) == 0 || item.Label.Empty() {
		return inner
	}
	return append([]paperBlock{{Kind: paperHeading, Level: level, Label: s.text(item.Label), Hint: s.text(item.Hint)}}, inner...)
}

// rows draws a repeat as many times as the web page without a script does.
func (s *paperSheet) rows(item *surveys.Item, level int) []paperBlock {
	field := s.builder.repeat(item, "", false)
	inner := s.draw(item.Items, min(level+1, 4))
	blocks := []paperBlock{{Kind: paperHeading, Level: level, Label: s.text(item.Label), Hint: s.text(item.Hint)}}
	for row := range field.Items {
		title := template.HTML(template.HTMLEscapeString(s.say("form.row", row+1)))
		blocks = append(blocks, paperBlock{Kind: paperHeading, Level: min(level+1, 4), Label: title})
		blocks = append(blocks, inner...)
	}
	return blocks
}

func (s *paperSheet) note(item *surveys.Item) paperBlock {
	b := paperBlock{Kind: paperNote, Label: s.text(item.Label), Hint: s.text(item.Hint), Stop: item.HasProfile(surveys.ProfileEnd)}
	if condition, has := s.page.Conditions[item.Name]; has {
		if words := s.words(condition); words != "" {
			b.Only = s.say("paper.if_note", words)
		} else {
			b.Only = s.say("form.note_if_concerned")
		}
	}
	return b
}

func (s *paperSheet) table(item *surveys.Item) paperBlock {
	b := paperBlock{Kind: paperMatrix, Number: s.numbers[item.Name], Label: s.text(item.Label), Hint: s.text(item.Hint)}
	for i := range item.Items {
		row := &item.Items[i]
		q, ok := s.page.Form.Question(row.Name)
		if !ok || !row.Kind.Asked() {
			continue
		}
		if b.Choices == nil {
			b.Choices = s.labels(q.Choices)
		}
		b.Rows = append(b.Rows, paperBlock{Number: s.numbers[row.Name], Label: s.text(row.Label), Hint: s.text(row.Hint)})
	}
	return b
}

func (s *paperSheet) labels(choices []surveys.Choice) []template.HTML {
	labels := make([]template.HTML, len(choices))
	for i, c := range choices {
		if labels[i] = s.text(c.Label); labels[i] == "" {
			labels[i] = template.HTML(template.HTMLEscapeString(c.Name))
		}
	}
	return labels
}

// offered are the choices of a question as paper can offer them: those that
// depend on no other answer, or all when there would be none.
func (s *paperSheet) offered(q *surveys.Question) []surveys.Choice {
	if offered := s.page.Offered(q); len(offered) > 0 {
		return offered
	}
	return q.Choices
}

// layout is how choices stand on the sheet: on one line when they fit, else in
// as many columns, read downwards, as their length allows. In a long list the
// two longest may go on to a second line.
func (s *paperSheet) layout(choices []surveys.Choice) string {
	var lengths []int
	total := 0
	for _, c := range choices {
		n := utf8.RuneCountInString(unmarked(s.builder.texts.read(c.Label)))
		lengths, total = append(lengths, n), total+n+boxWidth
	}
	if total <= lineWidth {
		return "line-up"
	}
	slices.Sort(lengths)
	many := len(lengths) > longList
	longest := lengths[len(lengths)-1]
	if many {
		longest = lengths[len(lengths)-3]
	}
	switch {
	case longest <= lineWidth/3-boxWidth && many:
		return "three"
	case longest <= lineWidth/2-boxWidth && len(choices) > 3, longest <= lineWidth/2 && many:
		return "two"
	}
	return "one"
}

func (s *paperSheet) question(q *surveys.Question) paperBlock {
	b := paperBlock{Number: s.numbers[q.Name], Label: s.text(q.Label), Hint: s.text(q.Hint)}
	switch control(q) {
	case controlRadios, controlMenu:
		b.Kind, b.How = paperOne, s.say("paper.one")
		s.choices(&b, q)
	case controlCheckboxes:
		b.Kind, b.How = paperMany, s.limit(q)
		s.choices(&b, q)
	case controlRanking:
		b.Kind, b.How = paperRank, s.say("paper.rank")
		if q.Limit > 0 {
			b.How = s.say("paper.rank_limit", q.Limit)
		}
		s.choices(&b, q)
	case controlScale:
		b.Kind = paperScale
		var f Field
		s.builder.scale(&f, q)
		b.LowLabel, b.TopLabel = f.LowLabel, f.TopLabel
		for _, o := range f.Options {
			b.Choices = append(b.Choices, o.Label)
		}
	case controlTick:
		b.Kind, b.How = paperTick, s.say("form.tick")
	case controlArea:
		b.Kind, b.Lines = paperText, 3
	default:
		s.line(&b, q)
	}
	if strings.Contains(string(b.Hint), strings.TrimSuffix(b.How, ".")) {
		b.How = "" // the author says it already
	}
	return b
}

func (s *paperSheet) choices(b *paperBlock, q *surveys.Question) {
	offered := s.offered(q)
	if len(offered) > paperChoices {
		b.WriteIn, b.How = true, s.say("paper.write_in")
		offered = slices.DeleteFunc(slices.Clone(offered), func(c surveys.Choice) bool { return !apart[c.Name] && !noAnswer(c.Name) })
	}
	b.Choices, b.Layout = s.labels(offered), s.layout(offered)
}

// noAnswer reports whether a code says that somebody does not answer, or lives
// elsewhere: what a written answer cannot say as well as a box.
func noAnswer(code string) bool { return surveys.NoOpinion(code) || code == "ailleurs" }

func (s *paperSheet) limit(q *surveys.Question) string {
	switch {
	case q.Limit > 0 && q.Exact:
		return s.say("form.limit_exact", q.Limit)
	case q.Limit > 0:
		return s.say("form.limit_max", q.Limit)
	}
	return s.say("paper.many")
}

// line is what is answered on one line: a number, a date, a few words.
func (s *paperSheet) line(b *paperBlock, q *surveys.Question) {
	switch q.Kind {
	case surveys.Date, surveys.DateTime:
		b.Kind, b.How = paperDate, s.say("paper.day")
	case surveys.Time:
		b.Kind = paperTime
	case surveys.Integer, surveys.Decimal:
		b.Kind = paperNumber
	case surveys.Range:
		low, high, _ := q.Bounds()
		b.Kind, b.How = paperNumber, s.say("paper.between", low, high)
	default:
		b.Kind, b.Lines = paperText, 1
	}
}
