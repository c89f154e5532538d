package exports

import (
	"slices"
	"strings"

	"diapason/surveys"
)

// dictionary lists every question and every choice of every version.
func (b *book) dictionary(forms []Form) {
	s := b.addSheet("Dictionnaire", neutral, []float64{14, 8, 8, 20, 52, 14, 17, 16, 38})
	s.heading("Dictionnaire", neutral)
	s.line("Le libellé exact de chaque question et de chaque modalité, version par version. Deux publics à qui l’on pose la même question ont le même code : c’est ce qui permet de croiser leurs regards.",
		len(s.widths), look{italic: true, ink: muted})
	header := s.tableHeader("Public", "Version", "Thème", "Code", "Question", "Type", "Posée à", "Code modalité", "Modalité")
	for _, f := range forms {
		for _, q := range f.Form.Questions {
			if q.Kind.Answer() != surveys.Blank {
				s.question(f, q)
			}
		}
	}
	s.closeTable(header, "Dictionnaire")
	s.print("landscape", 0)
	b.list(s.name, "Chaque question, chaque modalité et leur code.")
	b.step(1)
}

// tableHeader writes the titles of a table that fills the sheet, keeps them in
// sight, and returns their row.
func (s *sheet) tableHeader(titles ...string) int {
	for i, title := range titles {
		s.put(i+1, title, look{size: 9, bold: true, fill: headFill, under: true, wrap: true, across: "left"})
	}
	row := s.row
	s.next(30)
	s.freeze()
	return row
}

// closeTable makes an Excel table, with filters, of the rows since the header.
func (s *sheet) closeTable(header int, name string) {
	if s.row > header+1 {
		s.excelTable(s.name, cell(1, header)+":"+cell(len(s.widths), s.row-1), name, "")
	}
}

// question writes a question: a row for each choice, one when it has none.
func (s *sheet) question(f Form, q *surveys.Question) {
	languages := languagesOf(f.Form.Questionnaire)
	row := []any{
		f.Survey.Audience.Label(), float64(f.Version), q.Theme, q.Name,
		plainLabel(q.Label.In(languages...)), kindLabel(q.Kind), asked(q), "", "",
	}
	if len(q.Choices) == 0 {
		s.tableRow(row)
	}
	for i, c := range q.Choices {
		row[7], row[8] = c.Name, plainLabel(c.Label.In(languages...))
		if i == 0 {
			s.tableRow(row)
			continue
		}
		s.repeatRow(row, 7)
	}
}

// tableRow writes a row of a table that fills the sheet, as high as its
// longest text.
func (s *sheet) tableRow(values []any) { s.repeatRow(values, 0) }

// repeatRow writes a row whose first values only repeat those above: filters
// need them, eyes do not.
func (s *sheet) repeatRow(values []any, repeated int) {
	height := rowPixels
	for i, v := range values {
		l := look{size: 9, grid: true, across: "left"}
		if i < repeated {
			l.ink = faint
		} else if text, ok := v.(string); ok {
			l.wrap = true
			height = max(height, textPixels(text, s.widths[i], 9))
		}
		s.put(i+1, v, l)
	}
	s.next(height)
}

func asked(q *surveys.Question) string {
	switch {
	case !q.Kind.Asked():
		return "personne (calculée)"
	case q.Conditional:
		return "certaines personnes"
	}
	return "tout le monde"
}

func kindLabel(k surveys.Kind) string {
	switch k {
	case surveys.SelectOne:
		return "choix unique"
	case surveys.SelectMultiple:
		return "choix multiple"
	case surveys.Rank:
		return "classement"
	case surveys.TextKind:
		return "texte libre"
	case surveys.Integer:
		return "nombre entier"
	case surveys.Decimal:
		return "nombre décimal"
	case surveys.Range:
		return "échelle"
	case surveys.Date:
		return "date"
	case surveys.Time:
		return "heure"
	case surveys.DateTime:
		return "date et heure"
	case surveys.Acknowledge:
		return "accord"
	case surveys.Calculate, surveys.Hidden:
		return "calcul"
	}
	return string(k)
}

// languagesOf is the order in which a workbook, which is French, looks for a
// text.
func languagesOf(q *surveys.Questionnaire) []string {
	var order []string
	for _, l := range q.Languages {
		if strings.Contains(l, "(fr)") {
			order = append(order, l)
		}
	}
	order = append(order, q.DefaultLanguage, surveys.NoLanguage)
	for _, l := range q.Languages {
		if !slices.Contains(order, l) {
			order = append(order, l)
		}
	}
	return order
}

// plainLabel is a label without the marks of Markdown that XLSForm allows.
func plainLabel(s string) string {
	return strings.NewReplacer("**", "", "__", "").Replace(strings.TrimSpace(s))
}
