package authoring

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"diapason/surveys"
)

// PastedChoices reads what somebody copied from a spreadsheet: a column of
// labels, or two columns, the codes then the labels. The choices come with
// labels in that language, in their order, and codes that are free beside the
// existing choices. Remarks are French sentences about what was left out or
// changed; blank lines at the end are not worth one.
func PastedChoices(existing []surveys.Choice, language, text string) (added []surveys.Choice, remarks []string) {
	p := paster{language: language, used: namesOf(existing), known: map[string]bool{}}
	for _, c := range existing {
		p.known[fold(clean(c.Label.In(language)))] = true
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	lines := strings.Split(strings.TrimRight(text, "\n\t "), "\n")
	for i, line := range lines {
		if i == 0 && isHeader(line) {
			p.remarks = append(p.remarks, "La première ligne donne les titres des colonnes : elle n’est pas un choix.")
			continue
		}
		p.line(i+1, line)
	}
	p.tellBlanks(len(lines))
	return p.added, p.remarks
}

type paster struct {
	language string
	added    []surveys.Choice
	used     names
	known    map[string]bool // labels, folded
	blanks   int
	remarks  []string
}

// line adds the choice of one line, counted from 1.
func (p *paster) line(n int, line string) {
	code, label := cells(line)
	switch {
	case label == "":
		p.blanks++
		return
	case p.known[fold(label)]:
		p.remarks = append(p.remarks, fmt.Sprintf("Ligne %d : %s est déjà dans la liste ; il n’est pas ajouté deux fois.", n, quote(label)))
		return
	}
	p.known[fold(label)] = true
	choice := surveys.Choice{Name: p.code(n, code, label), Label: surveys.Text{p.language: label}}
	p.used.take(choice.Name)
	p.added = append(p.added, choice)
}

// validCode is what a select_multiple can keep: no space, no quotes.
var validCode = regexp.MustCompile(`^[\p{L}\p{N}_][\p{L}\p{N}_.\-]*$`)

// code keeps the code that was given when it can be one and is free.
func (p *paster) code(n int, given, label string) string {
	taken := p.used.has(given)
	if given != "" && validCode.MatchString(given) && !taken {
		return given
	}
	code := freeCode(p.used, label)
	if given != "" {
		p.remarks = append(p.remarks, fmt.Sprintf("Ligne %d : le code %s %s ; %s prend le code %s.",
			n, quote(given), map[bool]string{true: "sert déjà", false: "contient un espace ou un signe interdit"}[taken], quote(label), quote(code)))
	}
	return code
}

func (p *paster) tellBlanks(lines int) {
	switch {
	case p.blanks == lines:
		p.remarks = append(p.remarks, "Il n’y a rien à ajouter : collez une colonne de choix, un par ligne.")
	case p.blanks == 1:
		p.remarks = append(p.remarks, "Une ligne vide a été laissée de côté.")
	case p.blanks > 1:
		p.remarks = append(p.remarks, fmt.Sprintf("%d lignes vides ont été laissées de côté.", p.blanks))
	}
}

// cells are the code and the label of a line: the first two cells that are not
// blank; only a label when there is one.
func cells(line string) (code, label string) {
	var filled []string
	for cell := range strings.SplitSeq(line, "\t") {
		if cell = clean(unquote(cell)); cell != "" {
			filled = append(filled, cell)
		}
	}
	switch len(filled) {
	case 0:
		return "", ""
	case 1:
		return "", filled[0]
	}
	return filled[0], filled[1]
}

// unquote takes away the quotes spreadsheets put around a cell that has some.
func unquote(cell string) string {
	cell = strings.TrimSpace(cell)
	if len(cell) >= 2 && cell[0] == '"' && cell[len(cell)-1] == '"' {
		return strings.ReplaceAll(cell[1:len(cell)-1], `""`, `"`)
	}
	return cell
}

// isHeader reports whether a line names columns instead of filling them.
func isHeader(line string) bool {
	code, label := cells(line)
	return slices.Contains([]string{"name", "code", "valeur", "value"}, fold(code)) &&
		slices.ContainsFunc([]string{"label", "libelle", "texte", "choix"}, func(h string) bool { return strings.HasPrefix(fold(label), h) })
}
