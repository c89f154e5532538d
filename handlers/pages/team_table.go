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
	ChartSeries string // columns, separated by spaces
	Wide        bool   // chart above the table and not beside it
	Long        bool   // a row a day: the table scrolls
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
}

// wideTable is how many columns leave no room for a chart beside them;
// wideCharts are the charts that need the whole width.
const wideTable = 7

var wideCharts = []report.ChartKind{report.Timeline, report.Clustered, report.Dumbbell, report.Heat, report.Bubble}

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
		Chart: chartName(t.Chart.Kind), ChartLabel: t.Chart.Label,
		Long: t.Chart.Kind == report.Timeline,
		Wide: len(t.Columns) >= wideTable || slices.Contains(wideCharts, t.Chart.Kind),
	}
	scale := scaleOf(t)
	series := make([]string, len(t.Chart.Series))
	for i, column := range t.Chart.Series {
		series[i] = strconv.Itoa(column)
	}
	drawn.ChartSeries = strings.Join(series, " ")
	for i, column := range t.Columns {
		switch {
		case underneath(t.Columns, i):
			last := &drawn.Heads[len(drawn.Heads)-1]
			last.Under += ", " + measure(column.Kind)
		case !highOfInterval(t.Columns, i):
			drawn.Heads = append(drawn.Heads, drawHead(t.Columns, i, column))
		}
	}
	for _, row := range t.Rows {
		drawn.Rows = append(drawn.Rows, drawRow(t.Columns, row, scale))
	}
	drawn.Legends, drawn.Scale = legends(t), scale.legend()
	return drawn
}

// highOfInterval reports whether column i is drawn in the cell of the one
// before: the two ends of an interval are one thing to read.
func highOfInterval(columns []report.Column, i int) bool {
	return i > 0 && columns[i].Kind == report.High && columns[i-1].Kind == report.Low
}

func opensInterval(columns []report.Column, i int) bool {
	return i+1 < len(columns) && highOfInterval(columns, i+1)
}

// underneath reports whether column i is drawn as the second line of the one
// before: the base and the rank of an audience's share, where several audiences
// stand side by side and the verdict must stay on the screen.
func underneath(columns []report.Column, i int) bool {
	if i == 0 || columns[i].Audience == "" || columns[i].Audience != columns[i-1].Audience {
		return false
	}
	return columns[i].Kind == report.Base || columns[i].Kind == report.Rank
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
		head.Title = "Intervalle indicatif"
	}
	return head
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

func drawRow(columns []report.Column, row report.Row, scale heatScale) teamRow {
	drawn := teamRow{Class: rowClass(row.Role)}
	if slices.Contains(surveys.Audiences(), surveys.Audience(row.Key)) {
		drawn.Audience = row.Key
	}
	for i, cell := range row.Cells {
		if i >= len(columns) || highOfInterval(columns, i) {
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
			c.Text = interval(cell, row.Cells[i+1], c.Text)
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
func interval(low, high report.Cell, otherwise string) string {
	if low.State != report.Shown || high.State != report.Shown {
		return otherwise
	}
	return strings.TrimSuffix(number(report.Low, low.Number), narrow+"%") + " à " + number(report.High, high.Number)
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
