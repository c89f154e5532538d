package territory

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A marginColumn counts one sex in one span of ages.
type marginColumn struct {
	at      int
	title   string
	vintage string // "P21", "" in the plain template
	sex     Sex
	span    string // "1529", "75P"
}

// inseeColumn is the name of a column by sex and age in INSEE's files: the
// base (P, principale), the year of the census, the sex and the ages.
var inseeColumn = regexp.MustCompile(`^([A-Z]+(\d{2}|\d{4}))_([HF])(\d{4}|\d{2}P)$`)

// spans are the columns each band is read from. The files by commune cut the
// oldest in two, those by quarter do not.
var spans = [Bands][][]string{
	Under15:    {{"0014"}},
	From15To29: {{"1529"}},
	From30To44: {{"3044"}},
	From45To59: {{"4559"}},
	From60To74: {{"6074"}},
	From75:     {{"75P"}, {"7589", "90P"}},
}

// counted reports whether a span is one that some band is read from.
func counted(span string) bool {
	for _, ways := range spans {
		for _, way := range ways {
			for _, s := range way {
				if s == span {
					return true
				}
			}
		}
	}
	return false
}

// inseeMargin reads a title as INSEE writes it: P21_H1529.
func inseeMargin(title string) (c marginColumn, ok bool) {
	m := inseeColumn.FindStringSubmatch(strings.ToUpper(title))
	if m == nil || !counted(m[4]) {
		return c, false
	}
	c = marginColumn{title: title, vintage: m[1], span: m[4]}
	if m[3] == "F" {
		c.sex = Women
	}
	return c, true
}

// fillers are the words of a title in plain French that say nothing more.
var fillers = map[string]bool{"de": true, "a": true, "ans": true, "et": true, "ou": true, "plus": true}

// plainMargin reads a title as people write it: "Hommes 15-29", "femmes de 75
// ans ou plus".
func plainMargin(title string) (c marginColumn, ok bool) {
	words := strings.Fields(Fold(title))
	if len(words) < 2 {
		return c, false
	}
	switch words[0] {
	case "hommes", "homme":
	case "femmes", "femme":
		c.sex = Women
	default:
		return c, false
	}
	var ages []int
	for _, word := range words[1:] {
		age, err := strconv.Atoi(word)
		switch {
		case err == nil:
			ages = append(ages, age)
		case !fillers[word]:
			return c, false
		}
	}
	c.title, c.span = title, spanOf(ages)
	return c, counted(c.span)
}

func spanOf(ages []int) string {
	switch len(ages) {
	case 1:
		return fmt.Sprintf("%02dP", ages[0])
	case 2:
		return fmt.Sprintf("%02d%02d", ages[0], ages[1])
	}
	return ""
}

// communeTitles are the folded titles of the column of INSEE codes.
var communeTitles = map[string]bool{"codgeo": true, "com": true, "commune": true, "code commune": true, "code insee": true, "insee": true, "depcom": true}

// yearTitles are the folded titles of the column of the plain template that
// tells the year of the census.
var yearTitles = map[string]bool{"annee": true, "annee du recensement": true, "millesime": true}

// A heading is what a line of titles says.
type heading struct {
	commune, year int // columns, -1 when there is none
	margins       []marginColumn
}

// headingOf reads a line of titles with one way of naming columns.
func headingOf(titles []string, read func(string) (marginColumn, bool)) heading {
	h := heading{commune: none, year: none}
	for at, title := range titles {
		title = strings.TrimSpace(title)
		folded := Fold(title)
		if c, ok := read(title); ok {
			c.at = at
			h.margins = append(h.margins, c)
		} else if communeTitles[folded] && h.commune == none {
			h.commune = at
		} else if yearTitles[folded] {
			h.year = at
		}
	}
	return h
}

// vintageYear is the year of a vintage, P21 or P2021; 0 for none. Two digits
// of 50 or more are of the last century.
func vintageYear(vintage string) int {
	year, err := strconv.Atoi(strings.TrimLeft(vintage, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	switch {
	case err != nil:
		return 0
	case year < 50:
		return 2000 + year
	case year < 100:
		return 1900 + year
	}
	return year
}

// A layout is where each count is: the columns to add up.
type layout struct {
	commune, year int
	vintage       int // year of the census the titles tell, 0 for none
	columns       [2][Bands][]marginColumn
}

// layoutOf chooses the most recent census of a heading that has every count,
// or says what is missing.
func layoutOf(h heading, row int) (layout, MarginProblems) {
	best, bestMissing := layout{}, MarginProblems(nil)
	for i, vintage := range vintages(h.margins) {
		l, missing := layoutFor(h, vintage, row)
		better := len(missing) < len(bestMissing) || len(missing) == len(bestMissing) && l.vintage > best.vintage
		if i == 0 || better {
			best, bestMissing = l, missing
		}
	}
	if h.commune == none {
		bestMissing.add(row, "", "margins.column.commune", "Il manque la colonne des codes Insee des communes. Intitulez-la CODGEO ou commune.")
	}
	return best, bestMissing
}

// vintages are those of the columns, each once.
func vintages(columns []marginColumn) []string {
	var all []string
	seen := map[string]bool{}
	for _, c := range columns {
		if !seen[c.vintage] {
			seen[c.vintage] = true
			all = append(all, c.vintage)
		}
	}
	return all
}

func layoutFor(h heading, vintage string, row int) (layout, MarginProblems) {
	l := layout{commune: h.commune, year: h.year, vintage: vintageYear(vintage)}
	var problems MarginProblems
	bySpan := [2]map[string]marginColumn{{}, {}}
	for _, c := range h.margins {
		if c.vintage != vintage {
			continue
		}
		if first, twice := bySpan[c.sex][c.span]; twice {
			problems.add(row, c.title, "margins.column.twice", "Deux colonnes disent la même chose que « %s ». Gardez-en une seule.", first.title)
		}
		bySpan[c.sex][c.span] = c
	}
	for sex := range l.columns {
		for band := range l.columns[sex] {
			l.columns[sex][band] = readFrom(bySpan[sex], spans[band])
			if l.columns[sex][band] == nil {
				problems.add(row, "", "margins.column.missing", "Il manque la colonne des %s de %s%s.", strings.ToLower(Sex(sex).Label()), Band(band).Label(), hint(vintage, Sex(sex), Band(band)))
			}
		}
	}
	return l, problems
}

// readFrom gives the columns of the first way that is whole.
func readFrom(bySpan map[string]marginColumn, ways [][]string) []marginColumn {
	for _, way := range ways {
		var columns []marginColumn
		for _, span := range way {
			if c, ok := bySpan[span]; ok {
				columns = append(columns, c)
			}
		}
		if len(columns) == len(way) {
			return columns
		}
	}
	return nil
}

// hint is the title a missing column would have in INSEE's file.
func hint(vintage string, sex Sex, band Band) string {
	if vintage == "" {
		return ""
	}
	return " (" + vintage + "_" + sex.Label()[:1] + spans[band][0][0] + ")"
}
