package pages

import (
	"slices"
	"strconv"
	"strings"

	"diapason/surveys"
	"diapason/surveys/report"
)

// A teamTable is a table of the report, ready for a template: words for every
// cell, and beside each number the bare value that the chart reads. The table
// on the page is the only copy of the data.
type teamTable struct {
	ID, Anchor  string
	Section     string // "" when the table before has the same
	Top         bool   // under no section: its title is one level up
	Title       string
	Theme       string
	Note        string
	Source      string
	Chart       string // kind for team.js, "" for none
	ChartLabel  int
	ChartOf     int    // column that completes the label, 0 for none
	ChartSeries string // columns, separated by spaces
	Wide        bool   // chart above the table and not beside it
	Long        bool   // the table scrolls in its own frame
	Sheets      bool   // more words than a line holds: each row is a sheet
	Stays       bool   // a line a row even on a phone: it is read across
	Side        bool   // audiences stand side by side, even on a phone
	Heads       []teamHead
	Rows        []teamRow
	Legends     []string // what the words in place of numbers mean
	Scale       string   // what the tints of a heat table mean, "" when it has none
}

type teamHead struct {
	Title    string
	Under    string // what the second line of its cells says
	Class    string
	Audience string
	Kind     string // what a chart counts in: "share", "gap", "ratio", or ""
	Column   int
}

type teamRow struct {
	Class    string
	Audience string // when the row is about one
	Cells    []teamCell
}

type teamCell struct {
	Header bool // names its row
	Text   string
	Under  string // a second line: the base and the rank of a share
	Badge  string // class of a verdict
	Class  string
	Column int
	Value  string // bare number for the chart, "" when nothing may be drawn
	High   string // the same for the upper end, where the cell is an interval
	Step   string // tint on a heat table, 0 to 6, "" for none
	Care   bool   // to be read with care
	Again  bool   // the same words as in the row above
	Of     string // what the cell is about, where its column has no head
}

// wideTable is how many columns leave no room for a chart beside them;
// wideCharts are the charts that need the whole width.
const wideTable = 7

var wideCharts = []report.ChartKind{report.Timeline, report.Clustered, report.Dumbbell, report.Heat, report.Bubble}

// longTable is from how many rows a table scrolls in its own frame. A line holds
// manyColumns, and manyWords of them with words; a phone holds fewColumns, and
// one fewer with words.
const (
	longTable   = 40
	manyColumns = 11
	manyWords   = 6
	fewColumns  = 3
)

// drawTables prepares the tables of a chapter.
func drawTables(chapter report.Chapter) []teamTable {
	tables := make([]teamTable, 0, len(chapter.Tables))
	section := ""
	for _, t := range chapter.Tables {
		drawn := drawTable(t)
		drawn.Top = t.Section == "" && section == ""
		if t.Section != section {
			drawn.Section, section = t.Section, t.Section
		}
		tables = append(tables, drawn)
	}
	return tables
}

func drawTable(t report.Table) teamTable {
	drawn := teamTable{
		ID: t.ID, Anchor: "q-" + t.ID, Title: t.Title, Theme: t.Theme, Note: t.Note, Source: t.Source,
		Chart: chartName(t.Chart.Kind), ChartLabel: t.Chart.Label, ChartOf: t.Chart.Of,
		Long:  t.Chart.Kind == report.Timeline || len(t.Rows) > longTable,
		Wide:  len(t.Columns) >= wideTable || slices.Contains(wideCharts, t.Chart.Kind),
		Stays: t.Chart.Kind == report.Timeline || t.Chart.Kind == report.Heat,
	}
	scale, silent := scaleOf(t), silentColumns(t)
	series, words := make([]string, len(t.Chart.Series)), 0
	for i, column := range t.Chart.Series {
		series[i] = strconv.Itoa(column)
	}
	drawn.ChartSeries = strings.Join(series, " ")
	for i, column := range t.Columns {
		switch {
		case silent[i], highOfInterval(t.Columns, i):
		case underneath(t.Columns, i):
			last := &drawn.Heads[len(drawn.Heads)-1]
			last.Under += ", " + measure(column.Kind)
		default:
			drawn.Heads = append(drawn.Heads, drawHead(t.Columns, i, column))
			if column.Kind == report.Label {
				words++
			}
		}
	}
	drawn.Sheets = words > manyWords || len(drawn.Heads) > manyColumns
	for i, row := range t.Rows {
		drawn.Rows = append(drawn.Rows, drawRow(t.Columns, row, scale, silent))
		for c := range drawn.Rows[i].Cells {
			drawn.Rows[i].Cells[c].Of = drawn.Heads[c].Title
		}
		if i > 0 && !drawn.Sheets && beginsAlike(t, i) {
			drawn.Rows[i].Cells[0].Again = true
		}
	}
	drawn.Stays = drawn.Stays || len(drawn.Heads) <= fewColumns && words < fewColumns
	drawn.Side = len(drawn.Heads) > 2 && drawn.Heads[1].Audience != "" && drawn.Heads[2].Audience != ""
	drawn.Legends, drawn.Scale = legends(t), scale.legend()
	return drawn
}

// silentColumns are the columns of words that say nothing in any row: a screen
// has no room for what is still to be written.
func silentColumns(t report.Table) []bool {
	silent := make([]bool, len(t.Columns))
	for i, column := range t.Columns {
		says := func(row report.Row) bool { return i < len(row.Cells) && row.Cells[i].State != report.Empty }
		silent[i] = i > 0 && column.Kind == report.Label && !slices.ContainsFunc(t.Rows, says)
	}
	return silent
}

// beginsAlike reports whether a row begins with the words of the one above, and
// others tell the two apart.
func beginsAlike(t report.Table, row int) bool {
	if len(t.Columns) < 2 || t.Columns[0].Kind != report.Label || t.Columns[1].Kind != report.Label {
		return false
	}
	return t.Rows[row].Cells[0].Text == t.Rows[row-1].Cells[0].Text
}

// highOfInterval reports whether column i is drawn in the cell of the one
// before: the two ends of an interval are one thing to read.
func highOfInterval(columns []report.Column, i int) bool {
	return i > 0 && strings.HasSuffix(columns[i].Key, "high") && strings.HasSuffix(columns[i-1].Key, "low")
}

func opensInterval(columns []report.Column, i int) bool {
	return i+1 < len(columns) && highOfInterval(columns, i+1)
}

// underneath reports whether column i is drawn as the second line of the one
// before: the base and the rank of a share, where several audiences or editions
// stand side by side and the verdict must stay on the screen.
func underneath(columns []report.Column, i int) bool {
	if i == 0 || columns[i].Kind != report.Base && columns[i].Kind != report.Rank {
		return false
	}
	of, _, among := strings.Cut(columns[i].Key, ".")
	before, _, _ := strings.Cut(columns[i-1].Key, ".")
	return among && of == before
}

func measure(kind report.ColumnKind) string {
	switch kind {
	case report.Share:
		return "part"
	case report.Score:
		return "score"
	case report.Mean:
		return "moyenne"
	case report.Base:
		return "base"
	case report.Rank:
		return "rang"
	}
	return "effectif"
}

// secondLine writes a base or a rank under a share.
func secondLine(kind report.ColumnKind, cell report.Cell) string {
	word, class := withheld(cell.State)
	switch {
	case cell.State == report.Empty:
		return ""
	case class != "" && kind == report.Base:
		return "base\u00a0: " + word
	case class != "":
		return "rang\u00a0: " + word
	case kind == report.Base:
		return "sur\u00a0" + number(kind, cell.Number)
	}
	return number(kind, cell.Number)
}

func drawHead(columns []report.Column, i int, column report.Column) teamHead {
	head := teamHead{Title: column.Title, Audience: string(column.Audience), Column: i, Class: columnClass(column.Kind)}
	head.Kind = countedIn(column)
	if i+1 < len(columns) && underneath(columns, i+1) {
		head.Under = measure(column.Kind)
	}
	if opensInterval(columns, i) {
		head.Title = intervalTitle(column)
	}
	return head
}

// intervalTitle names the column of both ends: the lower one's own name for
// anything but a share.
func intervalTitle(low report.Column) string {
	if low.Kind == report.Low {
		return "Intervalle indicatif"
	}
	of, _, _ := strings.Cut(low.Title, ",")
	return of + ", intervalle"
}

// countedIn is what the axis of a chart says of a column.
func countedIn(column report.Column) string {
	switch {
	case column.Kind == report.Share, column.Kind == report.Low, column.Kind == report.High:
		return "share"
	case column.Kind == report.Gap:
		return "gap"
	case column.Kind == report.Mean && strings.HasPrefix(column.Key, "ratio"):
		return "ratio"
	}
	return ""
}

func drawRow(columns []report.Column, row report.Row, scale heatScale, silent []bool) teamRow {
	drawn := teamRow{Class: rowClass(row.Role)}
	if slices.Contains(surveys.Audiences(), surveys.Audience(row.Key)) {
		drawn.Audience = row.Key
	}
	for i, cell := range row.Cells {
		if i >= len(columns) || silent[i] || highOfInterval(columns, i) {
			continue
		}
		if underneath(columns, i) {
			last := &drawn.Cells[len(drawn.Cells)-1]
			if line := secondLine(columns[i].Kind, cell); line != "" && last.Under != "" {
				last.Under += " · " + line
			} else {
				last.Under += line
			}
			continue
		}
		c := drawCell(columns[i], cell)
		c.Column, c.Header = i, i == 0
		if opensInterval(columns, i) && i+1 < len(row.Cells) {
			c.Text = interval(columns[i].Kind, cell, row.Cells[i+1], c.Text)
			c.High = drawCell(columns[i+1], row.Cells[i+1]).Value
		}
		if row.Role == report.Ordinary && slices.Contains(scale.columns, i) && cell.State == report.Shown {
			c.Step = scale.step(cell.Number)
		}
		drawn.Cells = append(drawn.Cells, c)
	}
	return drawn
}

func drawCell(column report.Column, cell report.Cell) teamCell {
	drawn := teamCell{Class: columnClass(column.Kind)}
	if word, class := withheld(cell.State); class != "" {
		drawn.Text, drawn.Class = word, drawn.Class+" "+class
		return drawn
	}
	switch column.Kind {
	case report.Label:
		drawn.Text = cell.Text
	case report.Verdict:
		drawn.Text, drawn.Badge = cell.Text, verdictClass(cell.Text)
	default:
		drawn.Text = number(column.Kind, cell.Number)
		drawn.Value = strconv.FormatFloat(cell.Number, 'g', 6, 64)
		drawn.Care = cell.Caution
	}
	return drawn
}

// interval joins the two ends; when one may not be shown, the word that says
// so stands for both.
func interval(kind report.ColumnKind, low, high report.Cell, otherwise string) string {
	if low.State != report.Shown || high.State != report.Shown {
		return otherwise
	}
	from, _, _ := strings.Cut(number(kind, low.Number), narrow)
	return from + " à " + number(kind, high.Number)
}

// withheld is the word in place of a value that is not shown, and its class;
// "" when the value is shown.
func withheld(state report.State) (word, class string) {
	switch state {
	case report.Empty:
		return "", "empty"
	case report.Hidden:
		return "masqué", "withheld"
	case report.TooFew:
		return "effectif trop faible", "withheld"
	case report.BlurLow:
		return "moins de 5" + narrow + "%", "withheld"
	case report.BlurHigh:
		return "plus de 95" + narrow + "%", "withheld"
	}
	return "", ""
}

// legends explains the words a table uses in place of numbers.
func legends(t report.Table) []string {
	has := map[report.State]bool{}
	care := false
	for _, row := range t.Rows {
		for _, cell := range row.Cells {
			has[cell.State] = true
			care = care || cell.Caution && cell.State == report.Shown
		}
	}
	var lines []string
	if has[report.Hidden] {
		lines = append(lines, "« masqué » : moins de 11 personnes, ou un nombre qui permettrait d’en retrouver un autre.")
	}
	if has[report.Hidden] && t.Chart.Kind != report.NoChart {
		lines = append(lines, "Le graphique ne dessine que les nombres montrés.")
	}
	if has[report.TooFew] {
		lines = append(lines, "« effectif trop faible » : trop peu de réponses pour calculer une part.")
	}
	if has[report.BlurLow] || has[report.BlurHigh] {
		lines = append(lines, "Quand presque tout le monde répond la même chose, la part exacte n’est pas donnée.")
	}
	if care {
		lines = append(lines, "« prudence » : part calculée sur 30 à 49 réponses, à interpréter avec prudence.")
	}
	return lines
}

func columnClass(kind report.ColumnKind) string {
	switch kind {
	case report.Label:
		return "words"
	case report.Verdict:
		return "verdict"
	case report.Share, report.Mean, report.Score:
		return "number main"
	}
	return "number"
}

func rowClass(role report.Role) string {
	switch role {
	case report.Outside:
		return "outside"
	case report.Total:
		return "total"
	}
	return ""
}

// verdictClass gives the colour of a verdict; the words carry the meaning.
func verdictClass(text string) string {
	lower := strings.ToLower(text)
	for _, known := range []struct{ begins, class string }{
		{report.Convergence, "agree"}, {report.Divergence, "differ"}, {report.BlindSpot, "blind"},
	} {
		if strings.HasPrefix(lower, known.begins) {
			return "badge " + known.class
		}
	}
	if text == "" {
		return ""
	}
	return "badge unsure"
}

func chartName(kind report.ChartKind) string {
	switch kind {
	case report.Bars:
		return "bars"
	case report.Clustered:
		return "clustered"
	case report.Stacked:
		return "stacked"
	case report.Columns:
		return "columns"
	case report.Timeline:
		return "timeline"
	case report.Dumbbell:
		return "dumbbell"
	case report.Heat:
		return "heat"
	case report.Forest:
		return "forest"
	case report.Bubble:
		return "bubble"
	}
	return ""
}
