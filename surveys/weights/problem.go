package weights

import (
	"fmt"
	"strings"
)

// A Problem is one fault of the margins: which, and what to do.
type Problem struct {
	Code    string // stable name: "population.negative"
	Message string // in French
}

// Error is the message.
func (p Problem) Error() string { return p.Message }

// Problems are all the faults of one call, found in one pass.
type Problems []Problem

// Error lists the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Message
	}
	return strings.Join(lines, "\n")
}

func (p *Problems) add(code, format string, args ...any) {
	*p = append(*p, Problem{Code: code, Message: fmt.Sprintf(format, args...)})
}
