package territory

import (
	"fmt"
	"strings"
)

// A MarginProblem is one fault of a file of census margins: where it is, what
// is wrong, and what to do, in French.
type MarginProblem struct {
	Row     int    // line of the file, 1 is the first; 0 for the whole file
	Column  string // title of the column, "" for the whole line
	Code    string // stable name: "margins.cell.negative"
	Message string
}

// Error is the place and the message.
func (p MarginProblem) Error() string {
	switch {
	case p.Row > 0 && p.Column != "":
		return fmt.Sprintf("ligne %d, colonne « %s » : %s", p.Row, p.Column, p.Message)
	case p.Row > 0:
		return fmt.Sprintf("ligne %d : %s", p.Row, p.Message)
	}
	return p.Message
}

// MarginProblems are all the faults of one file, found in one pass.
type MarginProblems []MarginProblem

// Error lists the problems, one a line.
func (p MarginProblems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// mostProblems is how many faults of a file are told: somebody who mends these
// mends the others too.
const mostProblems = 100

// full reports whether no more problems are worth telling.
func (p MarginProblems) full() bool { return len(p) >= mostProblems }

func (p *MarginProblems) add(row int, column, code, format string, args ...any) {
	if !p.full() {
		*p = append(*p, MarginProblem{Row: row, Column: column, Code: code, Message: fmt.Sprintf(format, args...)})
	}
}

// missingCommune says that a commune is not in the file.
func missingCommune(c Commune) MarginProblem {
	name := "de code " + c.Code
	if c.Name != "" {
		name = "« " + c.Name + " » (" + c.Code + ")"
	}
	return MarginProblem{Code: "margins.commune.missing", Message: "La commune " + name +
		" n’est pas dans le fichier du recensement. Prenez le fichier dont la géographie est celle du territoire : une commune qui a fusionné y figure sous le code de la commune nouvelle."}
}
