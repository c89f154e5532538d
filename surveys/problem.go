package surveys

import (
	"fmt"
	"strings"
)

// A Problem is one fault somebody can mend: where it is, what is wrong, and
// what to do. Code is its stable name, by which pages translate it; Message
// says it in French.
type Problem struct {
	Place   Place  `json:"place,omitzero"`
	Code    string `json:"code"`
	Message string `json:"message"`
	// Args are the variable parts of the message, for its translations.
	Args []any `json:"args,omitempty"`
	// Text is the author's own message in every language, where there is one.
	Text Text `json:"-"`
	// Warning problems are told and do not refuse.
	Warning bool `json:"warning,omitempty"`
}

// A Place is where a problem is: a question of a form, or a cell of a
// workbook.
type Place struct {
	Question string `json:"question,omitempty"`
	Sheet    string `json:"sheet,omitempty"`
	Row      int    `json:"row,omitempty"` // 1 is the header
	Column   string `json:"column,omitempty"`
}

// String is the place as a person reads it, "" when there is none.
func (p Place) String() string {
	var parts []string
	if p.Sheet != "" {
		parts = append(parts, "feuille « "+p.Sheet+" »")
	}
	if p.Row > 0 {
		parts = append(parts, fmt.Sprintf("ligne %d", p.Row))
	}
	if p.Column != "" {
		parts = append(parts, "colonne « "+p.Column+" »")
	}
	if p.Question != "" {
		parts = append(parts, "question « "+p.Question+" »")
	}
	return strings.Join(parts, ", ")
}

// Error is the place and the message.
func (p Problem) Error() string {
	if at := p.Place.String(); at != "" {
		return at + " : " + p.Message
	}
	return p.Message
}

// Problems are all the faults of one thing, found in one pass.
type Problems []Problem

// Error lists the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Refusals are the problems that are not warnings; nil when there is none.
func (p Problems) Refusals() Problems { return p.filter(false) }

// Warnings are the problems that only warn.
func (p Problems) Warnings() Problems { return p.filter(true) }

func (p Problems) filter(warning bool) Problems {
	var kept Problems
	for _, problem := range p {
		if problem.Warning == warning {
			kept = append(kept, problem)
		}
	}
	return kept
}

// Err is the problems as an error when one of them refuses, else nil.
func (p Problems) Err() error {
	if refusals := p.Refusals(); refusals != nil {
		return refusals
	}
	return nil
}

// At returns the refusals found at a question.
func (p Problems) At(question string) Problems {
	var kept Problems
	for _, problem := range p {
		if !problem.Warning && problem.Place.Question == question {
			kept = append(kept, problem)
		}
	}
	return kept
}
