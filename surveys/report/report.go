package report

import (
	"math"
	"time"

	"diapason/surveys"
)

// View is who a report is for.
type View string

const (
	// Restitution can be shared: every number went through disclosure control.
	Restitution View = "restitution"
	// Work is for the team alone: raw counts, restricted and logged.
	Work View = "travail"
)

// A Report is everything a diagnostic shows at one moment, ready to draw.
type Report struct {
	Diagnostic string // ID
	Title      string
	Edition    string
	Territory  string
	Population int
	Controller string
	Contact    string
	Opens      time.Time
	Closes     time.Time
	View       View
	// Demo reports are made from invented answers and say so on every page.
	Demo bool
	Made time.Time
	// For is who asked for a document of the working view, which names them on
	// every page; "" otherwise.
	For string
	// Release is the number of the publication a restitution is, and Until the
	// moment its answers stop at; zero in the working view, which has them all.
	Release int
	Until   time.Time
	// Answers counts the responses of each audience, in audience order.
	Answers  []AudienceCount
	Chapters []Chapter
	// Suppressions logs every hidden cell: where and why, never the value.
	Suppressions []Suppression

	weighers map[string]Weigher // by survey
}

// DemoNotice is what every page and export made from a demo report shows.
const DemoNotice = "Données de démonstration"

// AudienceCount is how many people of an audience answered. The restitution
// view rounds N, and when only 1 to 10 people answered says so by the State
// Hidden instead, N being 0.
type AudienceCount struct {
	Audience surveys.Audience
	Label    string
	Survey   string // ID of its survey
	N        int
	State    State
}

// Chapter IDs that pages and exports look up; the chapter of an audience has
// the audience as its ID, and that of a theme the theme's code.
const (
	ChapterSummary       = "synthese"
	ChapterApproach      = "demarche"
	ChapterTerritory     = "territoire"
	ChapterParticipation = "participation"
	ChapterAccess        = "acces"
	ChapterCrossed       = "regards-croises"
	ChapterSectors       = "secteurs"
	ChapterEvolution     = "evolution"
	ChapterPriorities    = "priorites"
	ChapterActions       = "actions"
	ChapterMethod        = "methode"
)

// A Chapter is a subject of the report. Audience is "" when it crosses several,
// Theme "" unless it is the chapter of a theme.
type Chapter struct {
	ID         string
	Title      string
	Lead       string // one or two sentences: what to see here
	Audience   surveys.Audience
	Theme      string
	Paragraphs []string
	Tables     []Table
}

// A Table is rows of typed cells under typed columns.
type Table struct {
	ID      string // unique in its chapter: the question name where there is one
	Section string // heading shared by consecutive tables
	Title   string
	Theme   string // T01 … T13, or ""
	Note    string // base, how to read, cautions
	Source  string
	Columns []Column
	Rows    []Row
	Chart   Chart
}

// A Column types the cells below it. Audience gives its colour, when it is one
// audience's.
type Column struct {
	Key      string // stable: n, base, share, low, high, habitants.share …
	Title    string
	Kind     ColumnKind
	Audience surveys.Audience
	// Formula says how the numbers follow from others of their row, where a
	// reader may change those: as a spreadsheet writes it, each number by the
	// key of its column in braces, and "{key:}" for the whole column. "" is none.
	Formula string
}

// ColumnKind says what the numbers of a column are.
type ColumnKind uint8

// The kinds of column. Shares, lows, highs and gaps are fractions of one.
const (
	Label    ColumnKind = iota // text
	Count                      // people, or answers
	Base                       // people the share is of
	Share                      // 0 to 1
	Low                        // lower end of the 95 % interval of the share
	High                       // upper end
	Mean                       // of a scale, in its units
	Score                      // ranking score, 0 to 100
	Rank                       // 1 is first
	Gap                        // difference of shares, as a fraction
	Rate                       // per 1 000 inhabitants
	Verdict                    // text: convergence, divergence, angle mort…
	Quantity                   // a published statistic, in the unit its row says
)

// A Row is one line; Key is the choice code, sector ID or day it is about.
type Row struct {
	Key   string
	Role  Role
	Cells []Cell // one for each column
}

// Role tells rows that are not ordinary answers.
type Role uint8

// The roles of a row.
const (
	Ordinary Role = iota
	Outside       // ne sait pas, sans réponse: counted, outside the base
	Total
)

// A Cell is one value. When State is Shown, a Label or Verdict cell has Text,
// any other has Number.
type Cell struct {
	State  State
	Text   string
	Number float64
	// Caution marks a number on a base of 30 to 49: shown, to be read with care.
	Caution bool
}

// State says whether a cell shows its value and why it does not.
type State uint8

// The states of a cell.
const (
	Empty    State = iota // nothing to say here
	Shown                 // the value may be drawn
	Hidden                // withheld to protect people
	TooFew                // the base is too small for a share
	BlurLow               // homogeneous group: "moins de 5 %"
	BlurHigh              // homogeneous group: "plus de 95 %"
)

// Chart is how a table is best drawn, as column indexes. The zero Chart is
// none: the table speaks alone.
type Chart struct {
	Kind   ChartKind
	Label  int   // column of the categories
	Of     int   // column whose words complete them, 0 for none
	Series []int // columns of the values, one colour each
}

// Extent is the smallest and the greatest number that the series of the chart
// show; ok is false when they show fewer than two that differ. Tints made from it
// never tell a number that is hidden.
func (t Table) Extent() (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, row := range t.Rows {
		for _, at := range t.Chart.Series {
			if row.Role == Ordinary && row.Cells[at].State == Shown {
				low, high = min(low, row.Cells[at].Number), max(high, row.Cells[at].Number)
			}
		}
	}
	return low, high, low < high
}

// ChartKind is a form of chart.
type ChartKind uint8

// The kinds of chart.
const (
	NoChart   ChartKind = iota
	Bars                // horizontal bars, one series
	Clustered           // horizontal bars, one series an audience
	Stacked             // 100 % stacked bars: a scale, one row an item
	Columns             // vertical columns: a distribution in order
	Timeline            // columns by day or week, stacked by audience
	Dumbbell            // one line an item, one dot an audience, a bar between the furthest
	Heat                // the cells of the series coloured by their value
	Forest              // points with an interval: the series are value, low and high
	Bubble              // the series are the two axes and, when there is a third, the size
)

// A Suppression says which rule hid what, and where; never the value.
type Suppression struct {
	Chapter string
	Table   string
	Row     string
	Column  string
	Rule    string // sentence in French
}

// Chapter returns the chapter with this ID.
func (r *Report) Chapter(id string) (*Chapter, bool) {
	for i := range r.Chapters {
		if r.Chapters[i].ID == id {
			return &r.Chapters[i], true
		}
	}
	return nil, false
}

// Total is the number of responses of all audiences: the sum of what Answers
// shows, as in the total row of the table by audience.
func (r *Report) Total() int {
	n := 0
	for _, a := range r.Answers {
		n += a.N
	}
	return n
}
