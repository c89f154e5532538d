package exports

import (
	"io"
	"strings"

	"diapason/surveys"
)

// codebook lists every column of every file.
func (d *Data) codebook(w io.Writer, decimal Decimal) error {
	c := newCSV(w, decimal, "fichier", "variable", "libelle", "type", "question", "theme", "posee_a", "posee_si", "modalites")
	for _, s := range d.sets {
		for i := range s.variables {
			v := &s.variables[i]
			question, theme, to, condition := "", "", "", ""
			if f := v.field; f != nil {
				question, condition = f.name, f.condition()
				if f.about != nil {
					theme, to = f.about.Theme, asked(f.about)
				}
			}
			c.row(d.file(s), v.name, v.wording, v.kindLabel(), question, theme, to, condition, v.codes())
		}
	}
	return c.flush()
}

// choices lists every code of every column.
func (d *Data) choices(w io.Writer, decimal Decimal) error {
	c := newCSV(w, decimal, "fichier", "variable", "code", "libelle", "hors_base")
	for _, s := range d.sets {
		for i := range s.variables {
			for _, choice := range s.variables[i].choices {
				outside := "non"
				if s.variables[i].outside(choice) {
					outside = "oui"
				}
				c.row(d.file(s), s.variables[i].name, choice.code, choice.text, outside)
			}
		}
	}
	return c.flush()
}

// outside reports whether a choice says "I do not know" or "I would rather not
// say".
func (v *variable) outside(c madeChoice) bool {
	return v.kind == codeVariable && v.field != nil && surveys.NoOpinion(c.code)
}

// kindLabel says what the cells of a column are, in French.
func (v *variable) kindLabel() string {
	switch v.kind {
	case numberVariable:
		return "nombre"
	case dayVariable:
		return "date (année-mois-jour)"
	case bitVariable:
		return "choix multiple : 1 cité, 0 non"
	case codeVariable:
		if v.field != nil && v.field.shape == rankShape {
			return "classement : code"
		}
		return "choix unique : code"
	}
	if v.field != nil && v.field.shape == rowsShape {
		return "lignes répétées, en texte"
	}
	return "texte"
}

// maxCodes is how many bytes of choices the codebook holds in one cell; the
// file of choices has them all.
const maxCodes = 4000

// codes are the choices in one cell: « oui = Oui | non = Non ».
func (v *variable) codes() string {
	var s strings.Builder
	for i, c := range v.choices {
		if i > 0 {
			s.WriteString(" | ")
		}
		if s.Len() > maxCodes {
			s.WriteString("… (la suite dans modalites.csv)")
			break
		}
		s.WriteString(c.code + " = " + c.text)
	}
	return s.String()
}
