package territory

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	// titleLines is how far down the line of titles may be: a workbook of
	// INSEE's saved as CSV begins with its own title.
	titleLines = 30
	// mostPeople is more than any commune has: beyond, a number is a fault.
	mostPeople = 1e8
)

// ReadMargins reads the inhabitants of communes by sex and age band from a CSV
// file: INSEE's "Évolution et structure de la population" as it is downloaded
// (columns CODGEO, P21_H0014 and so on, whatever the year), or the plain
// template that [WriteMarginsTemplate] makes. Cells are parted by semicolons,
// commas or tabs, numbers may have a decimal comma, and what is not UTF-8 is
// taken for Windows-1252.
//
// Only the wanted communes are kept, of which Code and Name are used; all of
// them when none is named. Every fault is told at once, as [MarginProblems]:
// communes that are missing or there twice, cells that are empty, negative or
// no number. What is wrong with other communes is not looked at. Another error
// is the reader's own.
func ReadMargins(r io.Reader, wanted []Commune) (*Census, error) {
	lines, problems, err := openMargins(r)
	if err != nil {
		return nil, err
	}
	if problems != nil {
		return nil, problems
	}
	m := marginReader{lines: lines, wanted: map[string]bool{}, seen: map[string]int{}}
	for _, c := range wanted {
		m.wanted[c.Code] = true
	}
	if err := m.readAll(); err != nil {
		return nil, err
	}
	m.checkWanted(wanted)
	if m.problems != nil {
		return nil, m.problems
	}
	slices.SortFunc(m.census.Communes, func(a, b CommuneCounts) int { return strings.Compare(a.Code, b.Code) })
	return &m.census, nil
}

// openMargins finds out what the file is and how its cells are parted.
func openMargins(r io.Reader) (*csv.Reader, MarginProblems, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	start, err := buffered.Peek(1 << 16)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	var problems MarginProblems
	switch {
	case len(bytes.TrimSpace(start)) == 0:
		problems.add(0, "", "margins.file.empty", "Le fichier est vide. Envoyez le fichier du recensement au format CSV.")
	case bytes.HasPrefix(start, []byte("PK")):
		problems.add(0, "", "margins.file.zip", "Ce fichier est une archive ou un classeur, pas un fichier CSV. Décompressez l’archive de l’Insee, ou enregistrez le classeur au format CSV, et envoyez le fichier obtenu.")
	case bytes.IndexByte(start, 0) >= 0:
		problems.add(0, "", "margins.file.binary", "Ce fichier n’est pas un fichier CSV lisible. Enregistrez-le depuis votre tableur au format « CSV UTF-8 ».")
	}
	if problems != nil {
		return nil, problems, nil
	}
	if mark := []byte("\ufeff"); bytes.HasPrefix(start, mark) {
		if _, err := buffered.Discard(len(mark)); err != nil {
			return nil, nil, err
		}
	}
	lines := csv.NewReader(buffered)
	lines.Comma, lines.FieldsPerRecord, lines.ReuseRecord = parting(start), -1, true
	return lines, nil, nil
}

// parting is what parts the cells. A line of titles has at least twelve
// counts, and decimal commas never come with so many semicolons.
func parting(start []byte) rune {
	const enough = 10
	for _, separator := range []string{";", "\t"} {
		for line := range bytes.Lines(start) {
			if bytes.Count(line, []byte(separator)) >= enough {
				return rune(separator[0])
			}
		}
	}
	return ','
}

// A marginReader reads one file.
type marginReader struct {
	lines    *csv.Reader
	layout   layout
	wanted   map[string]bool
	seen     map[string]int // code → line
	yearLine int            // where the year was read
	census   Census
	problems MarginProblems
}

// A marginLine is the cells of one line of the file.
type marginLine struct {
	row   int
	cells []string
}

// next reads a line; ok is false at the end.
func (m *marginReader) next() (l marginLine, ok bool, err error) {
	for !m.problems.full() {
		cells, err := m.lines.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return l, false, nil
		case errors.As(err, &wrong):
			m.problems.add(wrong.StartLine, "", "margins.quotes", "Les guillemets de cette ligne ne vont pas par deux. Corrigez-la, ou enregistrez à nouveau le fichier au format CSV.")
			continue
		case err != nil:
			return l, false, err
		}
		row, _ := m.lines.FieldPos(0)
		return marginLine{row, cells}, true, nil
	}
	return l, false, nil
}

func (m *marginReader) readAll() error {
	top, err := m.top()
	if err != nil {
		return err
	}
	after := m.head(top)
	if after < 0 {
		return nil
	}
	for _, l := range top[after:] {
		m.commune(l)
	}
	for {
		l, ok, err := m.next()
		if !ok || err != nil {
			return err
		}
		m.commune(l)
	}
}

// top reads the lines among which the titles are.
func (m *marginReader) top() ([]marginLine, error) {
	var top []marginLine
	for range titleLines {
		l, ok, err := m.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		l.cells = slices.Clone(l.cells)
		top = append(top, l)
	}
	return top, nil
}

// head finds the line of titles and returns where the lines after it begin,
// -1 when they are of no use. INSEE's names come first: above them, its
// workbooks have a line of titles in words.
func (m *marginReader) head(top []marginLine) int {
	for _, read := range []func(string) (marginColumn, bool){inseeMargin, plainMargin} {
		for i, l := range top {
			titles := make([]string, len(l.cells))
			for j, cell := range l.cells {
				titles[j] = readable(cell)
			}
			h := headingOf(titles, read)
			if len(h.margins) < 2 {
				continue
			}
			var missing MarginProblems
			m.layout, missing = layoutOf(h, l.row)
			m.census.Year = m.layout.vintage
			if missing != nil {
				m.problems = append(m.problems, missing...)
				return -1
			}
			return i + 1
		}
	}
	m.problems.add(0, "", "margins.header", "Aucune ligne de titres n’est reconnue parmi les %d premières. Il faut une colonne CODGEO (ou commune) et une colonne par sexe et par âge, comme P21_H1529 dans le fichier de l’Insee ou « hommes 15-29 » dans le modèle.", titleLines)
	return -1
}

// readable is a cell as UTF-8.
func readable(cell string) string {
	if utf8.ValidString(cell) {
		return cell
	}
	decoded, err := charmap.Windows1252.NewDecoder().String(cell)
	if err != nil {
		return cell
	}
	return decoded
}

// inseeCode is the shape of the code of a commune.
var inseeCode = regexp.MustCompile(`^\d[\dAB]\d{3}$`)

// communeCode is the code in a cell. Spreadsheets drop the zero that codes of
// the first nine départements begin with.
func communeCode(cell string) string {
	code := strings.ToUpper(strings.TrimSpace(readable(cell)))
	if len(code) == 4 {
		code = "0" + code
	}
	return code
}

// commune reads a line when its commune is wanted.
func (m *marginReader) commune(l marginLine) {
	code := communeCode(l.cell(m.layout.commune))
	switch {
	case len(m.wanted) > 0 && !m.wanted[code], code == "":
		return
	case !inseeCode.MatchString(code):
		m.problems.add(l.row, "", "margins.commune.code", "« %s » n’est pas le code Insee d’une commune, comme 71153 ou 2A004. Corrigez-le ou retirez la ligne.", code)
		return
	}
	if first, twice := m.seen[code]; twice {
		m.problems.add(l.row, "", "margins.commune.twice", "La commune de code %s est déjà à la ligne %d. Gardez une seule ligne par commune.", code, first)
		return
	}
	m.seen[code] = l.row
	m.year(l)
	one := CommuneCounts{Code: code}
	for sex := range one.Counts {
		for band := range one.Counts[sex] {
			for _, column := range m.layout.columns[sex][band] {
				one.Counts[sex][band] += m.count(l, column)
			}
		}
	}
	m.census.Communes = append(m.census.Communes, one)
}

// cell is "" beyond the end of a short line.
func (l marginLine) cell(at int) string {
	if at < 0 || at >= len(l.cells) {
		return ""
	}
	return l.cells[at]
}

// year reads the year of a line of the plain template; all must agree.
func (m *marginReader) year(l marginLine) {
	cell := strings.TrimSpace(l.cell(m.layout.year))
	if cell == "" {
		return
	}
	year, err := strconv.Atoi(cell)
	switch {
	case err != nil || year < 1900 || year > 2200:
		m.problems.add(l.row, "", "margins.year", "« %s » n’est pas une année de recensement. Écrivez-la en quatre chiffres.", readable(cell))
	case m.yearLine > 0 && year != m.census.Year:
		m.problems.add(l.row, "", "margins.year", "L’année %d n’est pas celle de la ligne %d (%d). Prenez toutes les communes dans le même recensement.", year, m.yearLine, m.census.Year)
	case m.yearLine == 0:
		m.census.Year, m.yearLine = year, l.row
	}
}

// plainNumber is how a count is written once the spaces are gone.
var plainNumber = regexp.MustCompile(`^[-−]?\d+([.,]\d+)?([eE][-+]?\d{1,2})?$`)

var marginSpaces = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".", "−", "-")

// count reads the inhabitants in a cell, 0 when a problem was told.
func (m *marginReader) count(l marginLine, c marginColumn) float64 {
	cell := strings.TrimSpace(readable(l.cell(c.at)))
	digits := marginSpaces.Replace(cell)
	n, err := strconv.ParseFloat(digits, 64)
	switch {
	case cell == "":
		m.problems.add(l.row, c.title, "margins.cell.empty", "La case est vide. Complétez-la d’après le recensement ; s’il n’y a personne, écrivez 0.")
	case !plainNumber.MatchString(digits) || err != nil:
		m.problems.add(l.row, c.title, "margins.cell.number", "« %s » n’est pas un nombre d’habitants. Écrivez un nombre, comme 1250 ou 1250,4.", shortened(cell))
	case n < 0:
		m.problems.add(l.row, c.title, "margins.cell.negative", "Le nombre d’habitants (%s) est négatif. Corrigez-le.", shortened(cell))
	case n > mostPeople:
		m.problems.add(l.row, c.title, "margins.cell.huge", "Le nombre d’habitants (%s) dépasse celui de la France. Vérifiez la virgule.", shortened(cell))
	default:
		return n
	}
	return 0
}

// shortened keeps the start of a long cell.
func shortened(cell string) string {
	const most = 40
	runes := []rune(cell)
	if len(runes) <= most {
		return cell
	}
	return string(runes[:most]) + "…"
}

// checkWanted tells the wanted communes that the file does not have, in their
// order. A file that could not be read has none to tell about.
func (m *marginReader) checkWanted(wanted []Commune) {
	if len(m.census.Communes) == 0 && m.problems != nil {
		return
	}
	for _, c := range wanted {
		if m.seen[c.Code] == 0 && !m.problems.full() {
			m.problems = append(m.problems, missingCommune(c))
		}
	}
	if len(m.census.Communes) == 0 && m.problems == nil {
		m.problems.add(0, "", "margins.communes.none", "Le fichier n’a aucune commune sous la ligne de titres.")
	}
}
