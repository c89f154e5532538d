package pages

import (
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
)

// A VerbatimFrame is what the pages of the texts people wrote share.
type VerbatimFrame struct {
	TeamFrame
	Base  string
	Pages []TeamTab
}

func (f *VerbatimFrame) dress() {
	f.TeamFrame.dress()
	f.Styles = append(f.Styles, "verbatims.css")
}

// TeamVerbatims is the queue of texts to read, mask and code.
type TeamVerbatims struct {
	VerbatimFrame
	Filters   []VerbatimFilter
	Filter    string // the current one, in the address
	Questions []VerbatimOption
	Surveys   []VerbatimOption
	Words     string // searched
	Written   int    // texts in all
	Total     int    // in the list
	Page      int
	PageCount int
	Previous  string // address of the page before, "" when there is none
	Next      string
	Cards     []VerbatimCard
	Done      string        // what was just done
	Refused   *VerbatimCard // the one that was not kept, nil when all is well
}

// A VerbatimFilter is one list of texts.
type VerbatimFilter struct {
	Label   string
	Count   int
	Address string
	Current bool
}

// A VerbatimOption is a choice of a list.
type VerbatimOption struct {
	Value, Label string
	Selected     bool
}

// A VerbatimCard is one text with its form.
type VerbatimCard struct {
	Anchor, Before, After string // of this card, and of those around it
	Number                int    // in the list
	Action                string
	Audience              surveys.Audience
	AudienceLabel, Sector string
	Question              string
	Text                  string
	Found                 []string // what was masked by the program
	ByHand                bool
	State                 surveys.ReviewState
	Seen                  string
	Typed                 string // what the text area holds
	Problem               string
	HandOpen              bool
	Suggested, Codes      []VerbatimCode
	Coded                 bool // by the reader
	Waiting               bool // another reader coded, and is not shown yet
	Others                []VerbatimCoding
}

// A VerbatimCode is a box to tick.
type VerbatimCode struct {
	Code, Label, Because string
	Under, Checked       bool
}

// A VerbatimCoding is what another reader found.
type VerbatimCoding struct{ Name, Subjects string }

// Check ticks the boxes of some codes.
func (c *VerbatimCard) Check(codes []string) {
	for _, list := range [][]VerbatimCode{c.Suggested, c.Codes} {
		for i := range list {
			list[i].Checked = slices.Contains(codes, list[i].Code)
		}
	}
}

// Chosen names the boxes that are ticked.
func (c VerbatimCard) Chosen() string {
	var labels []string
	for _, list := range [][]VerbatimCode{c.Suggested, c.Codes} {
		for _, code := range list {
			if code.Checked {
				labels = append(labels, code.Label)
			}
		}
	}
	return strings.Join(labels, ", ")
}

// CodesOpen reports whether the boxes are shown at once: when somebody still has
// to tick some.
func (c VerbatimCard) CodesOpen() bool { return !c.Coded || c.Problem != "" }

// Link tells each card which ones are around it.
func (p *TeamVerbatims) Link() {
	for i := range p.Cards {
		if i > 0 {
			p.Cards[i].Before = p.Cards[i-1].Anchor
		}
		if i+1 < len(p.Cards) {
			p.Cards[i].After = p.Cards[i+1].Anchor
		}
	}
}

var teamVerbatims = verbatimPage("team_verbatims.html")

// verbatimPage parses one page of the texts, with their common head.
func verbatimPage(file string) *template.Template {
	return template.Must(teamPage(file).ParseFS(templates, "team_verbatims_frame.html"))
}

// Render writes the page.
func (p TeamVerbatims) Render(w io.Writer) error {
	p.Title, p.Done = "Textes libres", printed(p.Done)
	p.dress()
	for i := range p.Cards {
		if p.Cards[i].Problem = printed(p.Cards[i].Problem); p.Cards[i].Problem != "" {
			p.Refused = &p.Cards[i]
		}
	}
	p.Scripts = append(p.Scripts, "verbatims.js")
	return draw(w, teamVerbatims, p)
}

// TeamVerbatimFrame is the page of the subjects texts are coded with.
type TeamVerbatimFrame struct {
	VerbatimFrame
	Themes  []VerbatimTheme
	Done    string
	Problem string
	// What somebody typed who was refused: a name, for a new subject under
	// Theme or for the one they were Renaming.
	Typed, Theme, Renaming string
}

// A VerbatimTheme is a subject with the texts that have it, and those under it.
type VerbatimTheme struct {
	Code, Name string
	Texts      int
	Added      []VerbatimTheme
}

var teamVerbatimFrame = verbatimPage("team_verbatims_subjects.html")

// Render writes the page.
func (p TeamVerbatimFrame) Render(w io.Writer) error {
	p.Title, p.Done, p.Problem = "Grille des sujets", printed(p.Done), printed(p.Problem)
	p.dress()
	return draw(w, teamVerbatimFrame, p)
}

// TeamVerbatimReaders says how far the readers agree.
type TeamVerbatimReaders struct {
	VerbatimFrame
	Pairs []VerbatimPair
}

// A VerbatimPair is two readers.
type VerbatimPair struct {
	Names []string
	Texts int
	Kappa VerbatimKappa
	Codes []VerbatimAgreement
}

// A VerbatimAgreement is how far two readers agree on a subject, in texts.
type VerbatimAgreement struct {
	Code, Label         string
	First, Second, Both int
	Kappa               VerbatimKappa
}

// A VerbatimKappa is an agreement in figures and in words; not Defined when
// there is nothing to compare.
type VerbatimKappa struct {
	Defined bool
	Number  string
	Words   string
	Class   string
}

// TwoDecimals writes a number as French does: 0,42.
func TwoDecimals(f float64) string {
	return strings.NewReplacer(".", ",", "-", "−").Replace(strconv.FormatFloat(f, 'f', 2, 64))
}

var teamVerbatimReaders = verbatimPage("team_verbatims_readers.html")

// Render writes the page.
func (p TeamVerbatimReaders) Render(w io.Writer) error {
	p.Title = "Deux lecteurs"
	p.dress()
	return draw(w, teamVerbatimReaders, p)
}
