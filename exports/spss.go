package exports

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"diapason/surveys"
)

// Limits of SPSS, in bytes ("IBM SPSS Statistics Command Syntax Reference":
// VARIABLE LABELS, VALUE LABELS, MISSING VALUES, string formats).
const (
	maxVariableLabel = 255
	maxValueLabel    = 120
	maxMissing       = 8 // of a code that is missing
	maxString        = 32767
)

// spss writes the syntax that reads every file and labels it, for SPSS and PSPP.
func (d *Data) spss(w io.Writer, decimal Decimal) error {
	var s strings.Builder
	s.WriteString(byteOrderMark)
	line := func(format string, args ...any) { fmt.Fprintf(&s, format+"\n", args...) }
	line("* Encoding: UTF-8.")
	line("* Réponses brutes, diffusion restreinte : voir LISEZMOI.txt.")
	line("* Chaque CSV devient un fichier .sav, libellés posés.")
	line("* Ouvrez ce fichier depuis le dossier des CSV, ou placez-vous y d’abord par la commande CD.")
	if decimal == Comma {
		line("SET DECIMAL=COMMA.")
	} else {
		line("SET DECIMAL=DOT.")
	}
	for _, set := range d.sets {
		d.spssFile(line, set)
	}
	_, err := io.WriteString(w, strings.ReplaceAll(s.String(), "\n", "\r\n"))
	return err
}

func (d *Data) spssFile(line func(string, ...any), set *Dataset) {
	line("\n* %s.", spssComment(set.Survey.Audience.Label()))
	line("GET DATA /TYPE=TXT\n  /FILE=%s\n  /ENCODING='UTF8'\n  /ARRANGEMENT=DELIMITED\n  /DELCASE=LINE\n  /FIRSTCASE=2\n  /DELIMITERS=\";\"\n  /QUALIFIER='\"'\n  /VARIABLES=", spssText(d.file(set), maxVariableLabel))
	for i := range set.variables {
		line("    %s %s", set.variables[i].name, set.variables[i].spssFormat())
	}
	line("  .")
	line("VARIABLE LABELS")
	for i := range set.variables {
		line("  %s\n    %s", set.variables[i].name, spssText(set.variables[i].wording, maxVariableLabel))
	}
	line("  .")
	d.spssValues(line, set)
	d.spssSets(line, set)
	line("SAVE OUTFILE='%s.sav'.", d.name(set))
}

// spssValues labels codes, and sets those outside the base apart.
func (d *Data) spssValues(line func(string, ...any), set *Dataset) {
	for i := range set.variables {
		v := &set.variables[i]
		if len(v.choices) == 0 {
			continue
		}
		line("VALUE LABELS %s", v.name)
		var missing []string
		for _, c := range v.choices {
			code := spssText(cellText(c.code), maxString)
			if v.kind == bitVariable {
				code = c.code
			}
			line("  %s\n    %s", code, spssText(c.text, maxValueLabel))
			if v.outside(c) && len(c.code) <= maxMissing {
				missing = append(missing, code)
			}
		}
		line("  .")
		if missing != nil {
			line("MISSING VALUES %s (%s).", v.name, strings.Join(missing, ", "))
		}
	}
}

// spssSets groups the columns of each multiple choice.
func (d *Data) spssSets(line func(string, ...any), set *Dataset) {
	for i := range set.fields {
		f := &set.fields[i]
		var names []string
		for j := range set.variables {
			if v := &set.variables[j]; v.field == f && v.kind == bitVariable {
				names = append(names, v.name)
			}
		}
		if len(names) < 2 {
			continue
		}
		wording := f.columns[0].wording
		if at := strings.LastIndex(wording, " — "); at > 0 {
			wording = wording[:at]
		}
		line("MRSETS /MDGROUP NAME=$%s\n  LABEL=%s\n  VARIABLES=%s\n  VALUE=1.", variableName(map[string]bool{}, f.name),
			spssText(wording, maxVariableLabel), strings.Join(names, "\n    "))
	}
}

// spssFormat is how a column is read: a text as wide as its longest.
func (v *variable) spssFormat() string {
	switch v.kind {
	case numberVariable:
		if v.field == nil || v.field.about.Kind == surveys.Integer {
			return "F8.0"
		}
		return "F12.2"
	case bitVariable:
		return "F1.0"
	case dayVariable:
		return "SDATE10"
	}
	width := v.longest
	for _, c := range v.choices {
		width = max(width, len(cellText(c.code)))
	}
	return fmt.Sprintf("A%d", min(max(width, 1), maxString))
}

// spssText is a string of the syntax: on one line, between quotes, those inside
// doubled, at most so many bytes long.
func spssText(s string, most int) string {
	s = plainLine(s)
	if len(s) > most {
		s = s[:most-len("…")]
		for !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
		s += "…"
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// spssComment is a text that cannot end the comment it stands in.
func spssComment(s string) string {
	return strings.ReplaceAll(plainLine(s), ".", "")
}
